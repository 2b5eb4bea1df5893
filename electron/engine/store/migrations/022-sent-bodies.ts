import type { Migration } from '../migrate.ts';

/** What went out in an attempt, of a kind whose bodies are made for each, and which template made it. */
export const sentBodies: Migration = {
  version: 22,
  sql: `
ALTER TABLE attempts ADD COLUMN sent_body BLOB;
ALTER TABLE attempts ADD COLUMN shape TEXT;
`,
};
