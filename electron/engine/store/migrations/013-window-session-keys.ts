import type { Migration } from '../migrate.ts';

/**
 * A browser's key is what page and engine prove themselves with: sealed, where its hash was. What was kept of it before
 * proves nothing, so that those sessions are over.
 */
export const windowSessionKeys: Migration = {
  version: 13,
  sql: `
DELETE FROM window_sessions;
ALTER TABLE window_sessions RENAME COLUMN key_hash TO sealed_key;
`,
};
