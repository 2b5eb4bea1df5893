import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRetention } from '../../electron/engine/upkeep/retention.ts';
import { lookAtRetention } from '../../electron/engine/upkeep/retention-look.ts';
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
  const run = createRetention(context).run(endMs);
  void run.then(
    (events) => {
      removed = events;
    },
    () => {
      removed = 0;
    },
  );
  while (removed === null) await context.clock.advance(20);
  return run;
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

describe('each kind of data by its own days', () => {
  const keep = { payloadDays: 10, answerDays: 5, refusedDays: 20, auditDays: 40, exportDays: 7, backupDays: 60 };
  const payloadsOld = endMs - keep.payloadDays * dayMs;
  const settled = `NOT EXISTS (SELECT 1 FROM deliveries WHERE event_seq = e.seq AND (state <> 'delivered'
    AND (state <> 'cancelled' OR reason IN ('endpoint_removed', 'past_stopped', 'bench'))
    OR coalesce(ended_at, 0) >= ${payloadsOld} OR coalesce(last_attempt_at, 0) >= ${payloadsOld}))`;

  beforeEach(async () => {
    await context.settings.change({ keep }, { account: 'tester', surface: 'window' });
  });

  test('of what has arrived the facts stay and the data goes, with its hash; the rest keeps it', async () => {
    await retain();
    expect(
      number(`SELECT COUNT(*) FROM events e WHERE gone IS NULL AND received_at < ${payloadsOld} AND ${settled}`),
    ).toBe(0);
    const gone = number("SELECT COUNT(*) FROM events WHERE gone = 'old'");
    expect(gone).toBeGreaterThan(50);
    expect(
      number(`SELECT COUNT(*) FROM events WHERE gone = 'old' AND (data <> '{}' OR guest IS NOT NULL
      OR json_extract(summary, '$.guest') IS NOT NULL OR length(data_hash) <> 32)`),
    ).toBe(0);
    expect(number("SELECT COUNT(*) FROM events WHERE gone = 'old' AND entity_id IS NOT NULL")).toBeGreaterThan(0);
    expect(number(`SELECT COUNT(*) FROM events e WHERE gone IS NOT NULL AND NOT (${settled})`)).toBe(0);
    // What would be sent again keeps what it says.
    expect(
      number(
        "SELECT COUNT(*) FROM deliveries d JOIN events e ON e.seq = d.event_seq WHERE d.state = 'needs_attention' AND e.gone IS NOT NULL",
      ),
    ).toBe(0);
    const again = number("SELECT COUNT(*) FROM events WHERE gone = 'old'");
    await retain();
    expect(number("SELECT COUNT(*) FROM events WHERE gone = 'old'")).toBe(again);
  });

  test('answers go after their days, but for what still needs a person', async () => {
    const old = endMs - keep.answerDays * dayMs;
    context.writer.exec("UPDATE attempts SET response_body = x'6869'");
    const open = `delivery_seq IN (SELECT seq FROM deliveries WHERE state IN ('waiting', 'needs_attention'))`;
    await retain();
    expect(
      number(`SELECT COUNT(*) FROM attempts WHERE started_at < ${old} AND response_body IS NOT NULL AND NOT ${open}`),
    ).toBe(0);
    expect(
      number(`SELECT COUNT(*) FROM attempts WHERE started_at < ${old} AND response_body IS NOT NULL AND ${open}`),
    ).toBeGreaterThan(0);
    expect(
      number(`SELECT COUNT(*) FROM attempts WHERE started_at >= ${old} AND response_body IS NOT NULL`),
    ).toBeGreaterThan(0);
    // A person has decided: the next night takes those too.
    context.writer.exec(
      "UPDATE deliveries SET state = 'cancelled', reason = 'by_hand' WHERE state IN ('waiting', 'needs_attention')",
    );
    await retain();
    expect(number(`SELECT COUNT(*) FROM attempts WHERE started_at < ${old} AND response_body IS NOT NULL`)).toBe(0);
  });

  test('a look says what the night then does; exports and asked-for backups go by their files', async () => {
    const place = async (path: string, days: number) => {
      await mkdir(join(folder.path, path, '..'), { recursive: true });
      await writeFile(join(folder.path, path), 'x');
      const at = new Date(endMs - days * dayMs);
      await utimes(join(folder.path, path), at, at);
    };
    await place('exports/old.csv', 8);
    await place('exports/young.csv', 6);
    await place('backups/mine.db', 61);
    await place('backups/nightly 2024-01-01T03-00-00.db', 70);
    const { retentionDays } = context.settings.current();
    const rows = (sql: string) => number(`SELECT COUNT(*) FROM ${sql}`);
    const [events, audit] = [rows('events'), rows('audit')];
    const look = await lookAtRetention(context.database.connection, folder.path, { retentionDays, keep }, endMs);
    expect(look.files).toBe(2);
    await retain();
    expect(events - rows('events')).toBe(look.events);
    expect(rows("events WHERE gone = 'old'")).toBe(look.payloads);
    expect(audit - rows('audit')).toBe(look.acts);
    expect(await readdir(join(folder.path, 'exports'))).toEqual(['young.csv']);
    expect(await readdir(join(folder.path, 'backups'))).toEqual(['nightly 2024-01-01T03-00-00.db']);
    const after = await lookAtRetention(context.database.connection, folder.path, { retentionDays, keep }, endMs);
    expect(after).toMatchObject({ events: 0, payloads: 0, answers: 0, acts: 0, files: 0 });
  });

  test('a file that cannot be removed is told at the end, and keeps nothing else', async () => {
    const backups = join(folder.path, 'backups');
    // Not even its owner removes a folder as a file.
    await mkdir(join(backups, 'held.db'), { recursive: true });
    await writeFile(join(backups, 'mine.db'), 'x');
    await utimes(join(backups, 'held.db'), 0, (endMs - 100 * dayMs) / 1_000);
    await utimes(join(backups, 'mine.db'), 0, (endMs - 200 * dayMs) / 1_000);
    await expect(retain()).rejects.toThrow('held.db');
    expect(await readdir(backups)).toEqual(['held.db']);
    expect(
      number(`SELECT COUNT(*) FROM events WHERE received_at < ${old} AND unwanted = 0 AND seq NOT IN (
      SELECT event_seq FROM deliveries WHERE state IN ('waiting', 'needs_attention'))`),
    ).toBe(0);
  });
});
