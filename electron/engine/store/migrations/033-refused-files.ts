import type { Migration } from '../migrate.ts';

/**
 * A refused file by its name, which stood where a member does; and what a source that reads files knows of them. Of a folder
 * the name was the member, of the spool it stood before it.
 */
export const refusedFiles: Migration = {
  version: 33,
  sql: `
ALTER TABLE refusals ADD COLUMN file TEXT;
UPDATE refusals SET file = member, member = NULL
  WHERE request IS NULL AND source_no IN (SELECT no FROM sources WHERE kind = 'folder');
UPDATE refusals SET file = request ->> '$.path', member = NULLIF(SUBSTR(member, LENGTH(request ->> '$.path') + 2), '')
  WHERE request ->> '$.method' = 'FILE';
ALTER TABLE sources ADD COLUMN files TEXT;
`,
};
