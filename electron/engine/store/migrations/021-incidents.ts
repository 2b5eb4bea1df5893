import type { Migration } from '../migrate.ts';

/**
 * An outage is a record of its own, which outlives the rows that it was counted from: how many events waited, for how
 * many deliveries, how many of them a person skipped, and when the last of them went out. `events` is null until they
 * have been counted after its end; `settled` once none of them is here any more. `hosts` (JSON): what it is about, where
 * that is not everything out there; `beside` (JSON): endpoints that were failing when it began.
 */
export const incidents: Migration = {
  version: 21,
  sql: `
ALTER TABLE outages ADD COLUMN hosts TEXT;
ALTER TABLE outages ADD COLUMN beside TEXT;
ALTER TABLE outages ADD COLUMN events INTEGER;
ALTER TABLE outages ADD COLUMN deliveries INTEGER;
ALTER TABLE outages ADD COLUMN skipped INTEGER;
ALTER TABLE outages ADD COLUMN last_out_at INTEGER;
ALTER TABLE outages ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outages_unsettled ON outages (seq) WHERE settled = 0;
`,
};
