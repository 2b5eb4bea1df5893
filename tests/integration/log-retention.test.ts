import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRetention } from '../../electron/engine/upkeep/retention.ts';
import { createFakeClock, settled } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { seed } from '../support/seed.ts';

const dayMs = 86_400_000;
const endMs = Date.UTC(2024, 2, 15, 19);

let folder: TemporaryFolder;
let context: TestContext;

beforeEach(async () => {
  folder = await temporaryFolder();
  seed(folder.path, { deliveries: 3_000, endMs, days: 100 });
  context = openContext(folder.path, { clock: createFakeClock(endMs), settings: { retentionDays: 30 } });
});

afterEach(async () => {
  context.close();
  await folder.remove();
});

const number = (sql: string): number => context.writer.prepare<[], number>(sql).pluck().get() ?? 0;
const old = endMs - 30 * dayMs;

/** Runs the retention to its end: time passes between its batches. */
async function retain(): Promise<number> {
  let removed: number | null = null;
  const run = createRetention(context).run();
  void run.then((events) => {
    removed = events;
  });
  while (removed === null) await context.clock.advance(20);
  return removed;
}

describe('at night', () => {
  test('events go whose deliveries are all done and lie far enough back, with everything of them', async () => {
    const goes = number(`SELECT COUNT(*) FROM events e WHERE received_at < ${old} AND NOT EXISTS (
      SELECT 1 FROM deliveries WHERE event_seq = e.seq AND state IN ('waiting', 'needs_attention'))`);
    const before = number('SELECT COUNT(*) FROM events');
    expect(await retain()).toBe(goes);
    expect(goes).toBeGreaterThan(100);
    expect(number('SELECT COUNT(*) FROM events')).toBe(before - goes);
    expect(number('SELECT COUNT(*) FROM deliveries WHERE event_seq NOT IN (SELECT seq FROM events)')).toBe(0);
    expect(number('SELECT COUNT(*) FROM attempts WHERE delivery_seq NOT IN (SELECT seq FROM deliveries)')).toBe(0);
  });

  test('what waits or needs attention stays, however old, with its whole event', async () => {
    const kept = () =>
      number(`SELECT COUNT(*) FROM deliveries WHERE created_at < ${old} AND state IN ('waiting', 'needs_attention')`);
    context.writer.exec("UPDATE deliveries SET state = 'waiting' WHERE seq = 1");
    const before = kept();
    expect(before).toBeGreaterThan(1);
    await retain();
    expect(kept()).toBe(before);
    expect(number('SELECT COUNT(*) FROM deliveries WHERE event_seq = 1')).toBe(5);
  });

  test('an old event that was delivered only lately stays', async () => {
    context.writer.exec(`UPDATE deliveries SET ended_at = ${endMs - dayMs} WHERE seq = 3`);
    await retain();
    expect(number('SELECT COUNT(*) FROM events WHERE seq = 1')).toBe(1);
  });

  test('the audit is kept for a year, and keys of events for good', async () => {
    const add = context.writer.prepare(
      "INSERT INTO audit (at, account, surface, act, detail) VALUES (?, 'a', 'window', 'act', '{}')",
    );
    for (const days of [400, 366, 364, 10]) add.run(endMs - days * dayMs);
    context.writer.exec(
      "INSERT INTO event_keys (source_no, key, body_hash, answer, at) VALUES (1, 'k', x'00', '{}', 0)",
    );
    await retain();
    expect(number('SELECT COUNT(*) FROM audit')).toBe(2);
    expect(number('SELECT COUNT(*) FROM event_keys')).toBe(1);
  });

  test('test sends and old refusals go, young ones stay', async () => {
    const addTest = context.writer.prepare(`INSERT INTO attempts (id, endpoint_no, kind, ordinal, counts, started_at,
      outcome, request_headers) VALUES (?, 1, 'test', 1, 0, ?, 'delivered', '[]')`);
    const addRefusal = context.writer.prepare("INSERT INTO refusals (at, status, says) VALUES (?, 400, '{}')");
    for (const days of [90, 31, 29]) {
      addTest.run(`att_${days}`, endMs - days * dayMs);
      addRefusal.run(endMs - days * dayMs);
    }
    await retain();
    expect(number('SELECT COUNT(*) FROM attempts WHERE delivery_seq IS NULL')).toBe(1);
    expect(number('SELECT COUNT(*) FROM refusals')).toBe(1);
  });

  test('counters stay as long as a time filter needs them', async () => {
    await retain();
    const firstKept = number('SELECT MIN(seq) FROM deliveries');
    expect(number(`SELECT COUNT(*) FROM delivery_hours WHERE ${firstKept} BETWEEN first_seq AND last_seq`)).toBe(1);
  });

  test('it is done in small steps, between which other work has its turn', async () => {
    let now = 0;
    const transactions: number[] = [];
    const commit = {
      ...context.commit,
      transact: <Value>(work: () => Value) => {
        const before = now;
        return context.commit.transact(() => {
          const value = work();
          transactions.push(now - before);
          return value;
        });
      },
    };
    const retention = createRetention({ ...context, commit }, () => {
      now += 1;
      return now;
    });
    let over = false;
    void retention.run().then(() => {
      over = true;
    });
    while (!over) await context.clock.advance(20);
    expect(transactions.length).toBeGreaterThan(50);
    // A look at the clock per event, and none begun after 4 ms.
    expect(Math.max(...transactions)).toBeLessThanOrEqual(7);
  });

  test('stopping the engine ends it between two steps', async () => {
    const retention = createRetention(context);
    const run = retention.run();
    await settled();
    retention.stop();
    expect(await run).toBeLessThanOrEqual(100);
    expect(number(`SELECT COUNT(*) FROM events WHERE received_at < ${old}`)).toBeGreaterThan(100);
  });
});
