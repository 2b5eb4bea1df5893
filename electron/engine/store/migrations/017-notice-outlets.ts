import type { Migration } from '../migrate.ts';

/**
 * Each outlet of notices remembers for itself: what stands in the log of an engine without a desktop was told to nobody,
 * and the desktop that takes over from it has yet to tell it. What was remembered before is told once more.
 */
export const noticeOutlets: Migration = {
  version: 17,
  sql: `
DROP TABLE notices;
CREATE TABLE notices (
  outlet TEXT NOT NULL,
  id TEXT NOT NULL,
  condition TEXT NOT NULL,
  told_at INTEGER NOT NULL,
  announced INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (outlet, id)
) STRICT, WITHOUT ROWID;
`,
};
