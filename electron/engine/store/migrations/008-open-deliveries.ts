import type { Migration } from '../migrate.ts';

/**
 * The events of deliveries that have not arrived, by state: counting them, each once, reads this narrow index alone
 * (measured at 200,000 that wait: 670 ms by looking each up, against some 20 ms).
 */
export const openDeliveries: Migration = {
  version: 8,
  sql: `CREATE INDEX deliveries_open ON deliveries (state, event_seq, endpoint_no)
    WHERE state = 'waiting' OR state = 'needs_attention' OR state = 'cancelled';`,
};
