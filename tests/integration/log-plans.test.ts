import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportStatements } from '../../electron/engine/export/export-read.ts';
import { attemptStatements } from '../../electron/engine/log/attempts.ts';
import { auditStatements } from '../../electron/engine/log/audit-log.ts';
import { deliveryLogStatements } from '../../electron/engine/log/delivery-log.ts';
import { rangeStatements } from '../../electron/engine/log/delivery-ranges.ts';
import { deliveryRowStatements } from '../../electron/engine/log/delivery-rows.ts';
import { searchStatements } from '../../electron/engine/log/delivery-search.ts';
import { eventLogStatements } from '../../electron/engine/log/event-log.ts';
import { eventSearchStatements } from '../../electron/engine/log/event-search.ts';
import { heldStatements } from '../../electron/engine/log/held-log.ts';
import { pastStatements } from '../../electron/engine/log/past-events.ts';
import { attentionStatements } from '../../electron/engine/log/situation/attention.ts';
import { eventCountStatements } from '../../electron/engine/log/situation/event-counts.ts';
import { outageStatements } from '../../electron/engine/log/situation/outages.ts';
import { situationStatements } from '../../electron/engine/log/situation/situation-facts.ts';
import { sourceFactsStatements } from '../../electron/engine/log/situation/source-facts.ts';
import { statisticsStatements } from '../../electron/engine/log/situation/statistics.ts';
import { storyStatements } from '../../electron/engine/log/story.ts';
import { weekStatements } from '../../electron/engine/log/week.ts';
import { blankStatements } from '../../electron/engine/privacy/forget/blank.ts';
import { wordsStatements } from '../../electron/engine/privacy/forget/words.ts';
import { type OpenedDatabase, openDatabase } from '../../electron/engine/store/connection.ts';
import { metaStatements } from '../../electron/engine/store/meta.ts';
import { retentionStatements } from '../../electron/engine/upkeep/retention.ts';
import { contentStatements } from '../../electron/engine/upkeep/retention-content.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { seed } from '../support/seed.ts';

const statements = {
  ...named('attempts', attemptStatements),
  ...named('attention', attentionStatements),
  ...named('audit', auditStatements),
  ...named('delivery log', deliveryLogStatements),
  ...named('ranges', rangeStatements),
  ...named('rows', deliveryRowStatements),
  ...named('search', searchStatements),
  ...named('event counts', eventCountStatements),
  ...named('event log', eventLogStatements),
  ...named('event search', eventSearchStatements),
  ...named('export', exportStatements),
  ...named('held', heldStatements),
  ...named('meta', metaStatements),
  ...named('outages', outageStatements),
  ...named('past', pastStatements),
  ...named('retention', retentionStatements),
  ...named('situation', situationStatements),
  ...named('source facts', sourceFactsStatements),
  ...named('statistics', statisticsStatements),
  ...named('story', storyStatements),
  ...named('week', weekStatements),
  ...named('content', contentStatements),
  ...named('blank', blankStatements),
  ...named('words', wordsStatements),
};

function named(part: string, of: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(of).map(([name, sql]) => [`${part}: ${name}`, sql]));
}

/** The tables that hold as much as the log does. Endpoints, sources and hours are few. */
const large = ['deliveries', 'events', 'attempts', 'd', 'e', 'a'];

let folder: TemporaryFolder;
let database: OpenedDatabase;

beforeAll(async () => {
  folder = await temporaryFolder();
  seed(folder.path, { deliveries: 2_000 });
  database = openDatabase(folder.path);
});

afterAll(async () => {
  database.close();
  await folder.remove();
});

describe('every statement of the log', () => {
  test.each(Object.entries(statements))('%s reads no large table from end to end, and sorts nothing', (_name, sql) => {
    const plan = database.writer
      .prepare<[], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?|:[a-z]+/g, '1')}`)
      .all()
      .map(({ detail }) => detail);

    expect(plan.filter((step) => large.some((table) => fullScan(step, table)))).toEqual([]);
    expect(plan.filter((step) => step.includes('TEMP B-TREE') && !step.includes('GROUP BY'))).toEqual([]);
  });

  test('a statement that does scan is caught', () => {
    expect(fullScan('SCAN deliveries', 'deliveries')).toBe(true);
    expect(fullScan('SEARCH deliveries USING INTEGER PRIMARY KEY (rowid<?)', 'deliveries')).toBe(false);
  });
});

/** The words `SCAN table` alone: along an index that the statement ends early, or that is narrow, is meant. */
const fullScan = (step: string, table: string): boolean => step === `SCAN ${table}`;
