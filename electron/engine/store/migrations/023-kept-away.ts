import type { Migration } from '../migrate.ts';

/** Endpoints that want an event's type and whose rules kept it away when it came: a JSON list of their `no`. */
export const keptAway: Migration = {
  version: 23,
  sql: 'ALTER TABLE events ADD COLUMN kept_away TEXT;',
};
