import type { Migration } from '../migrate.ts';

/** What makes events of a source's messages, as JSON, and whether the source is still being set up; its messages are shown by their time. */
export const sourceShaping: Migration = {
  version: 27,
  sql: `
ALTER TABLE sources ADD COLUMN shaping TEXT NOT NULL DEFAULT '{}';
ALTER TABLE sources ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;
DROP INDEX messages_by_source;
CREATE INDEX messages_by_time ON messages (source_no, at, seq);
`,
};
