import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSituationFacts, type SituationFacts } from '../../electron/engine/log/situation/situation-facts.ts';
import type { Present } from '../../electron/engine/reader/present.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { createIntegrity } from '../../electron/engine/upkeep/integrity.ts';
import { situation as situationSchema } from '../../shared/schemas.ts';
import { createFakeClock } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { manager, openLog } from '../support/log-engine.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { type Seeded, seed } from '../support/seed.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** 18:45 in Manila. */
const nowMs = Date.UTC(2024, 2, 15, 10, 45);

let folder: TemporaryFolder;
let context: TestContext;
let seeded: Seeded;

beforeEach(async () => {
  folder = await temporaryFolder();
  seeded = seed(folder.path, { deliveries: 5_000, endMs: nowMs, days: 20 });
  context = openContext(folder.path, { clock: createFakeClock(nowMs) });
});

afterEach(async () => {
  context.close();
  await folder.remove();
});

const present = (wallMs: number = nowMs): Present => ({
  ...{ wallMs, engineMs: wallMs, pausedUntil: null, facts: [] },
});
const factsAt = (wallMs: number, timeZone = 'Asia/Manila'): SituationFacts =>
  createSituationFacts(context.reader)(present(wallMs), timeZone);
const number = (sql: string): number => context.writer.prepare<[], number>(sql).pluck().get() ?? 0;

describe('the situation', () => {
  test('is what the contract says, put together from the store and the running parts', async () => {
    const log = openLog(context, { pausedUntil: () => null }, false);
    const situation = await log.handlers['situation.get']({}, manager);
    expect(situationSchema.parse(situation)).toEqual(situation);
    expect(situation).toMatchObject({
      timeZone: 'Asia/Manila',
      connectivity: { state: 'online' },
      database: { state: 'ok' },
    });
    await log.stop();
  });

  test('counts what waits and what needs a person, for each endpoint and in all', () => {
    const facts = factsAt(nowMs);
    expect(facts.waiting).toBe(number("SELECT COUNT(*) FROM deliveries WHERE state = 'waiting'"));
    expect(facts.needsAttention).toBe(number("SELECT COUNT(*) FROM deliveries WHERE state = 'needs_attention'"));
    const failing = facts.endpoints.find(({ id }) => id === seeded.endpointIds[4]);
    expect(failing?.waiting).toBe(facts.waiting);
    const oldest = number("SELECT created_at FROM deliveries WHERE state = 'waiting' ORDER BY seq LIMIT 1");
    expect(failing?.oldestWaitingAt).toBe(oldest);
    expect(facts.oldestWaitingAt).toBe(oldest);
  });

  test('counts among what waits what has failed before', () => {
    const failed = "seq IN (SELECT seq FROM deliveries WHERE state = 'waiting' ORDER BY seq DESC LIMIT 3)";
    context.writer.exec(`UPDATE deliveries SET failures = 2 WHERE ${failed}`);
    expect(factsAt(nowMs).endpoints.map(({ retrying }) => retrying)).toEqual([0, 0, 0, 0, 3]);
    context.writer.exec(`UPDATE deliveries SET failures = 0 WHERE ${failed}`);
    expect(factsAt(nowMs).endpoints[4]?.retrying).toBe(0);
  });

  test('knows since when it has waited, whatever status was answered last', () => {
    const { oldestWaitingAt } = factsAt(nowMs);
    const oldest = "seq = (SELECT MIN(seq) FROM deliveries WHERE state = 'waiting')";
    context.writer.exec(`UPDATE deliveries SET status = 999, status_class = 9 WHERE ${oldest}`);
    expect(factsAt(nowMs).oldestWaitingAt).toBe(oldestWaitingAt);
  });

  test('what needs a person is counted of endpoints that are still there', () => {
    const { needsAttention } = factsAt(nowMs);
    expect(needsAttention).toBeGreaterThan(0);
    const of = (no: number) =>
      number(`SELECT COUNT(*) FROM deliveries WHERE state = 'needs_attention' AND endpoint_no = ${no}`);
    const no = [1, 2, 3, 4, 5].find((each) => of(each) > 0) ?? 0;
    const before = context.writer
      .prepare<[number], string>('SELECT switch FROM endpoints WHERE no = ?')
      .pluck()
      .get(no);
    context.writer.exec(`UPDATE endpoints SET switch = 'removed' WHERE no = ${no}`);
    expect(factsAt(nowMs).needsAttention).toBe(needsAttention - of(no));
    context.writer.exec(`UPDATE endpoints SET switch = '${before}' WHERE no = ${no}`);
  });

  test('what waits for a paused endpoint is counted with that endpoint, and in no sum', () => {
    context.writer.exec("UPDATE endpoints SET switch = 'paused' WHERE no = 5");
    const facts = factsAt(nowMs);
    expect(facts.waiting).toBe(0);
    expect(Math.max(...facts.endpoints.map(({ waiting }) => waiting))).toBeGreaterThan(0);
    expect(facts.oldestWaitingAt).toBeNull();
    expect(facts.endpoints[4]?.nextAttemptAt).toBeNull();
  });

  test.each([
    ['Asia/Manila', Date.UTC(2024, 2, 14, 16)],
    // The day begins at half past: part of an hour is today's, part of it yesterday's.
    ['Asia/Kolkata', Date.UTC(2024, 2, 14, 18, 30)],
    ['Asia/Kathmandu', Date.UTC(2024, 2, 14, 18, 15)],
  ])('counts today by the clocks of %s', (timeZone, began) => {
    const facts = factsAt(nowMs, timeZone);
    expect(facts.eventsToday).toBe(number(`SELECT COUNT(*) FROM events WHERE received_at >= ${began}`));
    expect(facts.deliveredToday).toBe(
      number(`SELECT COUNT(*) FROM deliveries WHERE state = 'delivered' AND ended_at >= ${began}`),
    );
    expect(facts.sources[0]?.eventsToday).toBe(facts.eventsToday);
  });

  test('shows the last 24 hours, those in which nothing happened too', () => {
    const { hours } = factsAt(nowMs + 3 * hour);
    expect(hours).toHaveLength(24);
    expect(hours.slice(-3).every(({ delivered, failed }) => delivered + failed === 0)).toBe(true);
    expect(hours[0]?.delivered).toBeGreaterThan(0);
  });

  test('tells of endpoints that came back within the last day', () => {
    const add = context.writer.prepare(
      'INSERT INTO recoveries (endpoint_no, since, until, waited) VALUES (1, ?, ?, ?)',
    );
    add.run(nowMs - 4 * day, nowMs - 2 * day, 10);
    add.run(nowMs - 5 * hour, nowMs - hour, 37);
    expect(factsAt(nowMs).recoveries).toEqual([
      {
        endpointId: seeded.endpointIds[0],
        name: 'Receiver 1',
        since: nowMs - 5 * hour,
        until: nowMs - hour,
        waited: 37,
      },
    ]);
  });
});

describe('a source', () => {
  const source = (wallMs: number) => factsAt(wallMs).sources[0];

  test('that says what it usually says is not quiet', () => {
    context.writer.exec(`UPDATE sources SET last_event_at = ${nowMs - 60_000}`);
    expect(source(nowMs)?.quietSince).toBeNull();
    const usual = source(nowMs)?.usualByNow ?? 0;
    expect(Math.abs(usual - (source(nowMs)?.eventsToday ?? 0))).toBeLessThanOrEqual(2);
  });

  test('is quiet once so much is missing that on most days had come by then', () => {
    // 50 events a day: five take about two and a half hours.
    context.writer.exec(`UPDATE sources SET last_event_at = ${nowMs}`);
    expect(source(nowMs + hour)?.quietSince).toBeNull();
    expect(source(nowMs + 3 * hour)?.quietSince).toBe(nowMs);
    expect(source(nowMs + 3 * day)?.quietSince).toBe(nowMs);
  });

  test('of which too few days are known has no usual', () => {
    context.writer.exec(`UPDATE sources SET created_at = ${nowMs - 3 * day}, last_event_at = ${nowMs - day}`);
    expect(source(nowMs)).toMatchObject({ usualByNow: null, quietSince: null });
  });

  test('that never sent anything, or is revoked, is not quiet', () => {
    context.writer.exec('UPDATE sources SET last_event_at = NULL');
    expect(source(nowMs + day)?.quietSince).toBeNull();
    context.writer.exec(`UPDATE sources SET last_event_at = ${nowMs}, revoked_at = ${nowMs}`);
    expect(source(nowMs + day)?.quietSince).toBeNull();
  });
});

describe('an unclean stop', () => {
  /** What the situation says of the database once the check is over. */
  async function afterTheCheck(): Promise<string> {
    const log = openLog(context, {}, true);
    const state = async () => (await log.handlers['situation.get']({}, manager)).database.state;
    log.start();
    let now = await state();
    while (now === 'checking') now = await state();
    await log.stop();
    return now;
  }

  test('is followed by a check beside the work, which finds a sound database sound', async () => {
    expect(await afterTheCheck()).toBe('ok');
  });

  test('is followed by a check that finds damage', async () => {
    const database = new BetterSqlite3(databaseFile(context.dataFolder)).unsafeMode(true);
    database.pragma('writable_schema = ON');
    database.exec(`UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'events_by_id')
      WHERE name = 'deliveries_by_id'`);
    database.close();
    expect(await afterTheCheck()).toBe('damaged');
  });

  test('shows that the check is under way, and takes one that could not be made for none', async () => {
    const { promise, reject } = Promise.withResolvers<readonly string[]>();
    const integrity = createIntegrity(context, () => promise);
    const run = integrity.run();
    expect(integrity.state()).toBe('checking');
    reject(new Error('the thread died'));
    await run;
    expect(integrity.state()).toBe('ok');
  });
});
