import type { Migration } from '../migrate.ts';

/**
 * A delivery's number is never given twice. Once all that was old had been removed numbers began anew, while a paused job
 * still held those of before, and the hours that a time filter goes by: the one took away, the other showed, what was not
 * meant. AUTOINCREMENT changes nothing of what lies on the disk (sqlite.org/autoinc.html), so the table's text is changed
 * (sqlite.org/lang_altertable.html, 7) and millions of rows are not written anew.
 */
export const deliveryNumbers: Migration = {
  version: 25,
  rewritesSchema: true,
  sql: `
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'seq             INTEGER PRIMARY KEY,',
    'seq             INTEGER PRIMARY KEY AUTOINCREMENT,')
  WHERE type = 'table' AND name = 'deliveries';
PRAGMA writable_schema = RESET;
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'deliveries', MAX(COALESCE((SELECT MAX(seq) FROM deliveries), 0), COALESCE((SELECT MAX(last_seq) FROM delivery_hours), 0),
    COALESCE((SELECT MAX(delivery_seq) FROM job_items), 0));
`,
};
