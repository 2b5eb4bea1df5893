import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDiskWatch } from '../../electron/engine/intake/disk.ts';
import { createReaderThread } from '../../electron/engine/reader/reader-thread-client.ts';
import { databaseFile, openDatabase, openReader } from '../../electron/engine/store/connection.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { prepareShrinking, reusableBytes, shrinkStep } from '../../electron/engine/store/shrinking.ts';
import { startCheckpoints } from '../../electron/engine/upkeep/checkpoints.ts';
import type { LongCalls } from '../../electron/engine/upkeep/long-work.ts';
import { createRebuild } from '../../electron/engine/upkeep/rebuild.ts';
import { createRetention } from '../../electron/engine/upkeep/retention.ts';
import { createFakeClock } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';
import { createKeptLog, createTestMishaps } from '../support/ports.ts';
import { seed } from '../support/seed.ts';

const endMs = Date.UTC(2024, 2, 15, 19);
const readerThread = new URL('../../electron/engine/reader-thread.ts', import.meta.url);
let folder: TemporaryFolder;
let context: TestContext | null;

beforeEach(async () => {
  folder = await temporaryFolder();
  context = null;
});
afterEach(async () => {
  context?.close();
  await folder.remove();
});

function open(): TestContext {
  context = openContext(folder.path, { clock: createFakeClock(endMs), settings: { retentionDays: 30 } });
  return context;
}

const free = (of: TestContext) => of.writer.pragma('freelist_count', { simple: true }) as number;
const pages = (of: TestContext) => of.writer.pragma('page_count', { simple: true }) as number;
const sizeOf = () => statSync(databaseFile(folder.path)).size;

/** How many pages each step gave back. */
async function retain(of: TestContext): Promise<number[]> {
  const steps: number[] = [];
  const commit: TestContext['commit'] = {
    ...of.commit,
    transact: (work) =>
      of.commit.transact(() => {
        const before = pages(of);
        const value = work();
        if (pages(of) < before) steps.push(before - pages(of));
        return value;
      }),
  };
  let over = false;
  void createRetention({ ...of, commit })
    .run()
    .then(() => {
      over = true;
    });
  while (!over) await of.clock.advance(20);
  return steps;
}

/** As an earlier version made it: without what shrinking needs. */
function madeEarlier(): void {
  const database = new BetterSqlite3(databaseFile(folder.path));
  database.pragma('journal_mode = DELETE');
  database.pragma('auto_vacuum = NONE');
  database.exec('VACUUM');
  expect(database.pragma('auto_vacuum', { simple: true })).toBe(0);
  database.pragma('journal_mode = WAL');
  database.close();
}

describe('after what was old has gone', () => {
  test.each(['of this version', 'of an earlier version'])(
    'the file of a folder %s shrinks, in small steps',
    async (made) => {
      seed(folder.path, { deliveries: 6_000, endMs, days: 400 });
      if (made === 'of an earlier version') madeEarlier();
      const present = open();
      present.database.connection.pragma('wal_checkpoint(TRUNCATE)');
      const before = sizeOf();
      const steps = await retain(present);
      expect(free(present)).toBe(0);
      present.database.connection.pragma('wal_checkpoint(TRUNCATE)');
      expect(sizeOf()).toBeLessThan(before / 2);
      expect(present.database.connection.pragma('integrity_check', { simple: true })).toBe('ok');
      // Measured under load, the steps take 0 to 3 ms; what bounds them on any machine is how much one gives back.
      expect(steps.length).toBeGreaterThan(3);
      expect(Math.max(...steps)).toBeLessThanOrEqual(512);
    },
  );

  test('nothing of what was deleted is left in the file', async () => {
    const present = open();
    const name = 'Guadalupe Villanueva-Ocampo';
    const add = present.writer.prepare(
      `INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
       VALUES (?, 'guest.checkin', 'p', '', 0, ?, '{}')`,
    );
    for (let n = 0; n < 20; n += 1) add.run(`evt_${n}`, name.repeat(n === 7 ? 2_000 : 3));
    const bytes = () => {
      present.database.connection.pragma('wal_checkpoint(TRUNCATE)');
      return readFileSync(databaseFile(folder.path));
    };
    expect(bytes().includes(name)).toBe(true);
    present.writer.exec('DELETE FROM events');
    expect(bytes().includes(name)).toBe(false);
  });

  test('nor in its log, once the retention is over', async () => {
    const present = open();
    const name = 'Guadalupe Villanueva-Ocampo';
    present.writer
      .prepare(
        `INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
         VALUES ('evt_1', 'guest.checkin', 'p', '', 0, ?, '{}')`,
      )
      .run(name.repeat(300));
    const checkpoints = startCheckpoints(folder.path);
    const inFolder = () =>
      readdirSync(folder.path).filter(
        (file) => file.startsWith('relay.db') && readFileSync(join(folder.path, file)).includes(name),
      );
    expect(inFolder()).toContain('relay.db-wal');
    present.writer.exec('DELETE FROM events');
    checkpoints.step();
    expect(inFolder()).toEqual(['relay.db-wal']);
    const reading = openReader(folder.path);
    reading.connection.exec('BEGIN; SELECT COUNT(*) FROM events');
    // Somebody reads in it: it is emptied once they have done.
    reading.connection.prepare('SELECT COUNT(*) FROM meta').get();
    present.writer.exec("INSERT INTO meta (key, value) VALUES ('more', '1')");
    expect(checkpoints.truncate()).toBe(false);
    reading.connection.exec('COMMIT');
    expect(checkpoints.truncate()).toBe(true);
    expect(inFolder()).toEqual([]);
    reading.connection.close();
    checkpoints.stop();
  });

  test('without room for the rebuilt copy, or with too much to rebuild at a start, an older one stays as it is', () => {
    seed(folder.path, { deliveries: 500, endMs });
    madeEarlier();
    const database = new BetterSqlite3(databaseFile(folder.path));
    try {
      expect(prepareShrinking(database, folder.path, () => 1_000)).toBe('no_room');
      expect(database.prepare('SELECT COUNT(*) AS n FROM deliveries').get()).toEqual({ n: 500 });
      expect(prepareShrinking(database, folder.path)).toBe('possible');
      expect(database.prepare('SELECT COUNT(*) AS n FROM deliveries').get()).toEqual({ n: 500 });
    } finally {
      database.close();
    }
  });
});

describe('an older database with much in it', () => {
  test('is rebuilt in a quiet hour of the night; what is written meanwhile waits, and is there', async () => {
    seed(folder.path, { deliveries: 6_000, endMs });
    madeEarlier();
    const database = openDatabase(folder.path, undefined, () => 1_000);
    expect(database.shrinking).toBe('no_room');
    const clock = createFakeClock(endMs);
    const { writer } = database;
    const commit = createGroupCommit(writer);
    const logger = createKeptLog();
    const thread = createReaderThread<LongCalls>({
      ...{ file: readerThread, dataFolder: folder.path, role: 'long', clock, mishaps: createTestMishaps() },
      present: () => ({ wallMs: endMs, engineMs: endMs, pausedUntil: null, facts: [] }),
    });
    const put = writer.prepare("INSERT INTO meta (key, value) VALUES ('meanwhile', ?)");
    let written: Promise<unknown> | null = null;
    const rebuild = createRebuild(
      {
        ...{ clock, writer, commit, logger, changes: { touch: () => {} } as unknown as TestContext['changes'] },
        settings: { current: () => ({ timeZone: 'Asia/Manila' }) } as TestContext['settings'],
      },
      database.shrinking,
      () => {
        const ran = thread.call('store.rebuild', null);
        written = commit.transact(() => void put.run('kept'));
        return ran;
      },
    );
    try {
      const hours = async (n: number) => {
        await clock.advance(n * 3_600_000);
        await rebuild.look();
      };
      // Seeded to end at 03:00: then events have just come.
      await hours(0);
      expect(rebuild.state()).toBe('no_room');
      await hours(12);
      expect(rebuild.state()).toBe('no_room');
      await hours(13);
      expect(rebuild.state()).toBe('possible');
      await written;
      expect(writer.prepare("SELECT value FROM meta WHERE key = 'meanwhile'").pluck().get()).toBe('kept');
      expect(writer.pragma('auto_vacuum', { simple: true })).toBe(2);
      expect(database.connection.pragma('integrity_check', { simple: true })).toBe('ok');
      // From now on it gives room back, over the connection that was there all the time.
      writer.exec('DELETE FROM attempts');
      const before = writer.pragma('page_count', { simple: true }) as number;
      expect(shrinkStep(writer, 1_000_000)).toBe(0);
      expect(writer.pragma('page_count', { simple: true })).toBeLessThan(before);
    } finally {
      await thread.stop();
      database.close();
    }
  });
});

describe('the disk guard', () => {
  test('counts room inside the database, and ends once there is enough of both', async () => {
    const present = open();
    let insideBytes = 0;
    let freeBytes = 300_000_000;
    const disk = createDiskWatch(present, async () => ({ freeBytes, totalBytes: 1e10 }), {
      reusableBytes: () => insideBytes,
    });
    await disk.look();
    expect(disk.current()).toEqual({ state: 'low', freeBytes });
    insideBytes = 250_000_000;
    await disk.look();
    expect(disk.current()).toEqual({ state: 'ok', freeBytes });
    // Its log needs room beside it.
    freeBytes = 50_000_000;
    insideBytes = 2e9;
    await disk.look();
    expect(disk.current().state).toBe('low');
    disk.stop();
  });

  test('is told what the database has free', async () => {
    seed(folder.path, { deliveries: 2_000, endMs, days: 100 });
    const present = open();
    expect(reusableBytes(present.writer)).toBe(0);
    present.writer.exec('DELETE FROM attempts');
    expect(reusableBytes(present.writer)).toBeGreaterThan(100_000);
  });
});
