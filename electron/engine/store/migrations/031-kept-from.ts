import type { Migration } from '../migrate.ts';

/**
 * Endpoints that a person keeps a message's events from, whenever it is taken in, and those that an event is kept from: their
 * numbers as JSON; null: none.
 */
export const keptFrom: Migration = {
  version: 31,
  sql: `
ALTER TABLE messages ADD COLUMN kept_from TEXT;
ALTER TABLE events ADD COLUMN kept_from TEXT;
`,
};
