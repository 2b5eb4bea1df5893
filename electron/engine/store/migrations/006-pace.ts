import type { Migration } from '../migrate.ts';

/**
 * The pace that an endpoint's receiver was found to take, as JSON. `release_mark` is the endpoint's `delivered_count`
 * before the success that frees what had failed: only deliveries whose first failure came after the success before
 * go with it (`delivered_mark`); null where everything goes.
 */
export const pace: Migration = {
  version: 6,
  sql: `
ALTER TABLE endpoints ADD COLUMN pace TEXT;
ALTER TABLE endpoints ADD COLUMN release_mark INTEGER;
`,
};
