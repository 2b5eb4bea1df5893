import type { Migration } from '../migrate.ts';

/**
 * A try that a person asked for is one wherever its attempt is shown, whatever else it is: a retry ahead of its time, the
 * trial of a failing endpoint. What was tried before this was not kept apart.
 */
export const byHand: Migration = {
  version: 12,
  sql: `
ALTER TABLE leases ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attempts ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;
UPDATE leases SET by_hand = 1 WHERE kind = 'resend';
`,
};
