import type { Migration } from '../migrate.ts';

/**
 * Sources have a kind; what a person chooses for one lies in one column as JSON, so that a new kind needs no migration,
 * and what is secret of it sealed in another. `cursor` is how far a source that is read has been read. Its health is what
 * every kind can say of itself: filled in here with what is known of those that post.
 */
export const sourceKinds: Migration = {
  version: 16,
  sql: `
ALTER TABLE sources ADD COLUMN kind TEXT NOT NULL DEFAULT 'http';
ALTER TABLE sources ADD COLUMN config TEXT NOT NULL DEFAULT '{}';
ALTER TABLE sources ADD COLUMN secrets BLOB;
ALTER TABLE sources ADD COLUMN cursor TEXT;
ALTER TABLE sources ADD COLUMN last_seen_at INTEGER;
ALTER TABLE sources ADD COLUMN last_trouble_at INTEGER;
ALTER TABLE sources ADD COLUMN last_trouble TEXT;
ALTER TABLE sources ADD COLUMN next_look_at INTEGER;
UPDATE sources SET last_seen_at = NULLIF(MAX(COALESCE(last_event_at, 0), COALESCE(last_test_at, 0)), 0);
UPDATE sources SET (last_trouble_at, last_trouble) = (
  SELECT at, says FROM refusals WHERE source_no = sources.no ORDER BY at DESC, seq DESC LIMIT 1);
`,
};
