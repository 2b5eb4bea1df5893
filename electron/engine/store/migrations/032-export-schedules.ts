import type { Migration } from '../migrate.ts';

/**
 * Exports that are made by the clock. `request` (JSON): what a person set up; `next`: the first day of the next period that
 * is to be written; `state` (JSON): what became of the last, and since when the folder is away. `exported_files`: what was
 * written for them, known again by its hash; without one it was begun. They outlive their schedule.
 */
export const exportSchedules: Migration = {
  version: 32,
  sql: `
CREATE TABLE export_schedules (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  request TEXT NOT NULL,
  next TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT;
CREATE TABLE exported_files (
  seq INTEGER PRIMARY KEY,
  schedule_id TEXT NOT NULL,
  path TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  hash BLOB,
  size_bytes INTEGER
) STRICT;
CREATE INDEX exported_files_by_path ON exported_files (path);
CREATE INDEX exported_files_of ON exported_files (schedule_id, seq);
`,
};
