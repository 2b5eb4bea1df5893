import type { Migration } from '../migrate.ts';

/**
 * What is said to a person is kept as a sentence by its key, as JSON, so that each reads it in their own language. What was
 * kept as English text before stays what it was.
 */
const asSentence = (text: string) =>
  `json_object('key', 'problem.said_earlier', 'params', json_object('text', ${text}))`;

export const sentences: Migration = {
  version: 2,
  sql: `
ALTER TABLE refusals RENAME COLUMN message TO says;
UPDATE refusals SET says = ${asSentence('says')};
UPDATE jobs SET problem = ${asSentence('problem')} WHERE problem IS NOT NULL;
UPDATE events SET hints = (SELECT json_group_array(${asSentence('value')}) FROM json_each(events.hints))
  WHERE hints IS NOT NULL;
`,
};
