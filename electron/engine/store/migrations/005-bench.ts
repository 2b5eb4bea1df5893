import type { Migration } from '../migrate.ts';

/**
 * The test bench's mark: an attempt that went to it (`to_bench`), and a delivery that it took (`cancelled` for the
 * reason `bench`) or refused (waiting for the reason `bench`, until its endpoint has its own address back). An endpoint that
 * points there has a time at which that ends, in engine time, and keeps in `bench_kept` what its own receiver's
 * answers had made of it.
 *
 * `past`: a delivery that was made later than its event, so that its number says nothing of the event's.
 */
export const bench: Migration = {
  version: 5,
  sql: `
ALTER TABLE attempts ADD COLUMN to_bench INTEGER NOT NULL DEFAULT 0;
ALTER TABLE endpoints ADD COLUMN bench_since INTEGER;
ALTER TABLE endpoints ADD COLUMN bench_until INTEGER;
ALTER TABLE endpoints ADD COLUMN bench_kept TEXT;
ALTER TABLE deliveries ADD COLUMN past INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deliveries_at_bench ON deliveries (endpoint_no, seq) WHERE reason = 'bench';
CREATE INDEX deliveries_past ON deliveries (seq, event_seq) WHERE past = 1;
`,
};
