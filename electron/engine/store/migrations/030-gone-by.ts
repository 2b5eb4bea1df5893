import type { Migration } from '../migrate.ts';

/** When a forgotten event was forgotten, and by whom (`actor` as JSON); null for one of before, and for what is only old. */
export const goneBy: Migration = {
  version: 30,
  sql: `
ALTER TABLE events ADD COLUMN gone_at INTEGER;
ALTER TABLE events ADD COLUMN gone_by TEXT;
`,
};
