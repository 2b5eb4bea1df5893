import type { Migration } from '../migrate.ts';

/** Browsers that the window is open in. Of cookie and key only SHA-256 hashes; times are engine times. */
export const windowSessions: Migration = {
  version: 10,
  sql: `
CREATE TABLE window_sessions (
  id TEXT PRIMARY KEY,
  cookie_hash BLOB NOT NULL,
  key_hash BLOB NOT NULL,
  browser TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
`,
};
