import type { Migration } from '../migrate.ts';

/**
 * Files that were taken from a source's folder, each known again by its content, with how far it was taken; the rows that
 * a source showed last, where each look shows all there is; and since when a source is away.
 */
export const sourceFiles: Migration = {
  version: 28,
  sql: `
CREATE TABLE source_files (
  no INTEGER PRIMARY KEY AUTOINCREMENT,
  source_no INTEGER NOT NULL REFERENCES sources (no),
  hash TEXT NOT NULL,
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('reading', 'done', 'rejected')),
  position INTEGER NOT NULL DEFAULT 0,
  learns INTEGER NOT NULL DEFAULT 0,
  taken INTEGER NOT NULL DEFAULT 0,
  kept INTEGER NOT NULL DEFAULT 0,
  reasons TEXT NOT NULL DEFAULT '[]',
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  moved_to TEXT,
  UNIQUE (source_no, hash)
) STRICT;
CREATE TABLE source_rows (
  source_no INTEGER NOT NULL REFERENCES sources (no),
  key TEXT NOT NULL,
  raw TEXT NOT NULL,
  seen INTEGER NOT NULL,
  PRIMARY KEY (source_no, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX source_rows_by_seen ON source_rows (source_no, seen);
ALTER TABLE sources ADD COLUMN away_since INTEGER;
ALTER TABLE sources ADD COLUMN away TEXT;
`,
};
