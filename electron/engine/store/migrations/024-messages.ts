import type { Migration } from '../migrate.ts';

/**
 * Messages of sources that are read, or that have a shape, as they came: the last of each for whoever sets it up, and
 * everything that could not be made an event, until a person takes it in or lets it go.
 */
export const messages: Migration = {
  version: 24,
  sql: `
CREATE TABLE messages (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  source_no INTEGER NOT NULL REFERENCES sources (no),
  at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('taken', 'ignored', 'kept', 'dropped')),
  origin TEXT NOT NULL,
  message_key TEXT,
  raw TEXT NOT NULL,
  size INTEGER NOT NULL,
  trouble TEXT,
  events TEXT NOT NULL DEFAULT '[]',
  settled_at INTEGER
) STRICT;
CREATE INDEX messages_by_state ON messages (source_no, state, seq, size);
CREATE INDEX messages_by_source ON messages (source_no, seq);
`,
};
