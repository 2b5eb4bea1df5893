import type { Migration } from '../migrate.ts';

/**
 * What a person was told outside the window, which until now the desktop alone remembered, in its preferences. That
 * memory is not carried over: what goes on is told once more, and its end too.
 */
export const notices: Migration = {
  version: 14,
  sql: `
CREATE TABLE notices (
  id TEXT PRIMARY KEY,
  condition TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  announced INTEGER NOT NULL,
  amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
};
