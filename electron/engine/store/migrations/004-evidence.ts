import type { Migration } from '../migrate.ts';

/**
 * Each endpoint's trouble since its first failure, events that no endpoint wanted (`unwanted` until one is sent
 * all the same), what was known of the world when the app ended, and the outages that are told of afterwards.
 *
 * What an outage kept are the deliveries from `from_seq` to `to_seq`.
 */
export const evidence: Migration = {
  version: 4,
  sql: `
ALTER TABLE endpoints ADD COLUMN trouble TEXT;

ALTER TABLE events ADD COLUMN unwanted INTEGER NOT NULL DEFAULT 0;
UPDATE events SET unwanted = 1 WHERE NOT EXISTS (
  SELECT 1 FROM deliveries d INDEXED BY deliveries_by_event WHERE d.event_seq = events.seq);
CREATE INDEX events_unwanted ON events (seq) WHERE unwanted = 1;

CREATE TABLE facts (
  kind   TEXT NOT NULL,
  host   TEXT NOT NULL,
  since  INTEGER NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (kind, host)
) STRICT, WITHOUT ROWID;

CREATE TABLE outages (
  seq         INTEGER PRIMARY KEY,
  kind        TEXT NOT NULL,
  endpoint_no INTEGER REFERENCES endpoints (no),
  since       INTEGER NOT NULL,
  until       INTEGER,
  from_seq    INTEGER NOT NULL,
  to_seq      INTEGER
) STRICT;
`,
};
