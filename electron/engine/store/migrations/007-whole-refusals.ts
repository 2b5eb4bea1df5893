import type { Migration } from '../migrate.ts';

/**
 * Refused requests are kept whole, so that what was sent once can be mended and taken in; those of nobody known
 * have a ring of their own (`known` = 0). Of each source: when it last sent a test, and how many of its events about
 * a booking had no id to be kept in order by.
 */
export const wholeRefusals: Migration = {
  version: 7,
  sql: `
ALTER TABLE refusals ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE refusals ADD COLUMN known INTEGER NOT NULL DEFAULT 1;
ALTER TABLE refusals ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
ALTER TABLE refusals ADD COLUMN taken_at INTEGER;
ALTER TABLE refusals ADD COLUMN size_bytes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refusals ADD COLUMN body_hash BLOB;
ALTER TABLE refusals ADD COLUMN request TEXT;
ALTER TABLE refusals ADD COLUMN body TEXT;
UPDATE refusals SET known = 0 WHERE source_no IS NULL AND status IN (401, 403);
CREATE INDEX refusals_by_ring ON refusals (known, seq);
CREATE INDEX refusals_by_body ON refusals (body_hash);

ALTER TABLE sources ADD COLUMN last_test_at INTEGER;
ALTER TABLE sources ADD COLUMN unordered INTEGER NOT NULL DEFAULT 0;
`,
};
