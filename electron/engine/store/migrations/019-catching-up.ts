import type { Migration } from '../migrate.ts';

/**
 * What waits goes out in three turns (`store/deliveries.ts`): `deliveries_due` begins with them. What is older than its
 * endpoint wants needs a person, for the reason `too_old`, and has its own half of `deliveries_attention`; `may_be_late`
 * once one has said that it goes out all the same. `settled_by`: who skipped it, as JSON.
 */
export const catchingUp: Migration = {
  version: 19,
  sql: `
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (
  endpoint_no, (CASE WHEN failures > 0 THEN 1 WHEN type = 'inventory.low' THEN 2 ELSE 0 END), due_at, seq
) WHERE state = 'waiting';
ALTER TABLE deliveries ADD COLUMN may_be_late INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN settled_by TEXT;
CREATE INDEX deliveries_attention ON deliveries (endpoint_no, (reason IS 'too_old'), seq)
  WHERE state = 'needs_attention';
`,
};
