import type { Migration } from '../migrate.ts';

/**
 * When an event was taken in, by engine time: how late it is must not depend on a clock that was set meanwhile. A PC that
 * starts with its clock three years back, without internet, is the ordinary case of it.
 */
export const takenAt: Migration = {
  version: 18,
  sql: `
ALTER TABLE events ADD COLUMN taken_at INTEGER;
`,
};
