import type { Migration } from '../migrate.ts';

/** `paused_by` is the person who paused; an endpoint whose receiver said that it is gone was paused by nobody. */
export const pausedBy: Migration = {
  version: 3,
  sql: "UPDATE endpoints SET paused_by = NULL WHERE paused_by = 'gone';",
};
