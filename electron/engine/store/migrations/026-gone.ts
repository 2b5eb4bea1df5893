import type { Migration } from '../migrate.ts';

/**
 * Events whose data went while their facts stay: `forgotten` at a guest's wish, or `old`. Of what is old a hash is kept.
 * `events_whole` leads to those that have theirs.
 *
 * `forgettings`: what a person asked to be forgotten. `plan` says what is looked for, sealed, and is gone at its end.
 */
export const gone: Migration = {
  version: 26,
  sql: `
ALTER TABLE events ADD COLUMN gone TEXT;
ALTER TABLE events ADD COLUMN data_hash BLOB;
CREATE INDEX events_whole ON events (seq) WHERE gone IS NULL;

CREATE TABLE forgettings (
  seq      INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  asked_at INTEGER NOT NULL,
  ended_at INTEGER,
  step     TEXT NOT NULL,
  found_by TEXT NOT NULL,
  actor    TEXT NOT NULL,
  plan     BLOB,
  done     TEXT NOT NULL
) STRICT;
`,
};
