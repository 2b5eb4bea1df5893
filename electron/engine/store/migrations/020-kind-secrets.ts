import type { Migration } from '../migrate.ts';

/** The secrets of an endpoint's kind: sealed as one JSON object, with their names and masks beside it for lists. */
export const kindSecrets: Migration = {
  version: 20,
  sql: `
ALTER TABLE endpoints ADD COLUMN kind_secrets BLOB;
ALTER TABLE endpoints ADD COLUMN kind_secret_names TEXT NOT NULL DEFAULT '[]';
`,
};
