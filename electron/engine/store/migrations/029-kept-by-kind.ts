import type { Migration } from '../migrate.ts';

/**
 * Retention by kind of data. A folder in use keeps what it had, until a person agrees to other days: everything of an event
 * as long as the event, the audit a year, exports and backups that were asked for without an end.
 */
export const keptByKind: Migration = {
  version: 29,
  sql: `
INSERT OR IGNORE INTO meta (key, value)
  SELECT 'setting.retentionDays', '90'
  WHERE EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM sources) OR EXISTS (SELECT 1 FROM endpoints);
INSERT OR IGNORE INTO meta (key, value)
  SELECT 'setting.keep', json_object('payloadDays', CAST(value AS INTEGER), 'answerDays', CAST(value AS INTEGER),
    'refusedDays', CAST(value AS INTEGER), 'auditDays', 365, 'exportDays', NULL, 'backupDays', NULL)
  FROM meta WHERE key = 'setting.retentionDays'
    AND (EXISTS (SELECT 1 FROM events) OR EXISTS (SELECT 1 FROM sources) OR EXISTS (SELECT 1 FROM endpoints));
`,
};
