import { statSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseFile, openReader } from '../../electron/engine/store/connection.ts';
import type { Backups } from '../../electron/engine/upkeep/backups.ts';
import { startCheckpoints } from '../../electron/engine/upkeep/checkpoints.ts';
import { undoneIn } from '../../electron/engine/upkeep/undone.ts';
import { createUpkeep } from '../../electron/engine/upkeep/upkeep.ts';
import { trustedNow } from '../../electron/engine/upkeep/upkeep-times.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { createFakeClock, settled } from '../support/clock.ts';
import { startTestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';

const noRebuild = { look: async () => {} };
const quiet = { rebuild: noRebuild, emptyLog: async () => true };

/** 02:00 in Manila. */
const twoAtNight = Date.UTC(2024, 2, 14, 18);

let folder: TemporaryFolder;
let context: TestContext;

beforeEach(async () => {
  folder = await temporaryFolder();
  context = openContext(folder.path, { clock: createFakeClock(twoAtNight) });
});

afterEach(async () => {
  context.close();
  await folder.remove();
});

describe('what is done by the clock', () => {
  function upkeepThatTells(fails = false) {
    const did: string[] = [];
    const at = () => new Date(context.clock.wallMs() + 8 * 3_600_000).toISOString().slice(11, 16);
    const backups = {
      make: async (kind: string) => {
        did.push(`${at()} ${kind}`);
        if (fails) throw new Error('the disk is gone');
        return true;
      },
    } as unknown as Backups;
    const retention = {
      run: async () => did.push(`${at()} retention`),
      stop: () => {},
    };
    const emptyLog = async () => {
      did.push('the log is emptied');
      return true;
    };
    return { did, upkeep: createUpkeep(context, { retention, backups, rebuild: noRebuild, emptyLog }) };
  }

  /** Minutes pass; what each look sets off has time to be committed. */
  async function pass(minutes: number): Promise<void> {
    for (let minute = 0; minute < minutes; minute += 1) {
      await context.clock.advance(60_000);
      for (let turn = 0; turn < 8; turn += 1) await settled();
    }
  }

  test('the whole backup comes before the retention, once a night at 03:00; the small one every hour', async () => {
    context.writer.exec(`INSERT INTO meta VALUES ('upkeep.night', '${twoAtNight - 3_600_000}')`);
    context.writer.exec(`INSERT INTO meta VALUES ('upkeep.hour', '${twoAtNight - 1_800_000}')`);
    const { did, upkeep } = upkeepThatTells();
    upkeep.start();
    await pass(150);
    expect(did).toEqual([
      ...['02:30 hourly', '03:00 nightly', '03:00 retention', 'the log is emptied'],
      ...['03:30 hourly', '04:30 hourly'],
    ]);
    await upkeep.stop();
  });

  test('a backup that fails is tried again at its next time, not every minute', async () => {
    const { did, upkeep } = upkeepThatTells(true);
    upkeep.start();
    await pass(30);
    // What is old goes all the same, and what was deleted leaves the log.
    expect(did).toEqual(['02:01 nightly', 'the log is emptied', '02:01 hourly']);
    await upkeep.stop();
  });
});

describe('what is done by the clock and fails', () => {
  test('is told with since and why until it is done: the small backup the second time, doctor at once', async () => {
    await using engine = await startTestEngine();
    const hour = async () => {
      await engine.clock.advance(3_660_000);
      return (await engine.call('situation.get', {})).upkeepUndone;
    };
    const told = async () => {
      const surface = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null } as const;
      const conditions = conditionsOf(await engine.call('situation.get', {}), surface);
      return conditions.filter(({ kind }) => kind === 'upkeep_undone');
    };
    const doctor = async () => (await engine.call('doctor.run', {})).map(({ name }) => name.key);
    // A file stands where the folder has to be: nothing can be written into it, whoever one is.
    const stands = join(engine.dataFolder, 'backups');
    await rm(stands, { recursive: true, force: true });
    await writeFile(stands, '');
    const once = await engine.until(hour, (undone) => undone.some(({ work }) => work === 'hourly'));
    const first = once.find(({ work }) => work === 'hourly');
    expect(await doctor()).toContain('doctor.undone.hourly');
    const again = await engine.until(hour, (undone) =>
      undone.some(({ times, work }) => work === 'hourly' && times > 1),
    );
    expect(again.find(({ work }) => work === 'hourly')).toMatchObject({ since: first?.since });
    expect(await told()).toContainEqual(
      expect.objectContaining({
        title: expect.objectContaining({ key: 'conditions.upkeep_undone.title.hourly' }),
        since: first?.since,
        turn: 'it_helper',
        toasts: true,
      }),
    );
    await rm(stands);
    await engine.until(hour, (undone) => undone.every(({ work }) => work !== 'hourly'));
    expect((await engine.call('backup.list', {})).backups.map(({ kind }) => kind)).toContain('hourly');
    expect(await doctor()).not.toContain('doctor.undone.hourly');
  });

  test('without its backup the night goes on, since what is old goes all the same; what keeps that is told', async () => {
    let wrong: Error | null = new Error('EBUSY: somebody holds old.csv');
    const did: string[] = [];
    const retention = {
      async run() {
        did.push('retention');
        if (wrong !== null) throw wrong;
        return 0;
      },
      stop: () => {},
    };
    const backups = { make: () => Promise.reject(new Error('the disk is gone')) };
    const upkeep = createUpkeep(context, { ...quiet, retention, backups });
    const night = async () => {
      await context.clock.advance(86_400_000);
      const looked = upkeep.look();
      for (let turn = 0; turn < 40; turn += 1) await settled();
      await looked;
      return Object.fromEntries(undoneIn(context.reader).map((one) => [one.work, one]));
    };
    await night();
    // The first night only looks what is old: a clock may be wrong.
    expect(await night()).toMatchObject({
      nightly: { times: 2, says: { key: 'problem.backup_failed', params: { detail: 'Error: the disk is gone' } } },
      retention: { times: 1, says: { params: { detail: 'Error: EBUSY: somebody holds old.csv' } } },
    });
    wrong = null;
    expect(await night()).toEqual({ nightly: expect.anything(), hourly: expect.anything() });
    expect(did).toEqual(['retention', 'retention']);
    await upkeep.stop();
  });
});

describe('a clock that is wrong', () => {
  const dayMs = 86_400_000;
  const look = (wallMs: number, engineMs = wallMs) => ({ wallMs, engineMs });

  test('removes nothing by a single look', () => {
    expect(trustedNow(null, look(10 * dayMs))).toEqual({ wallMs: null, keep: look(10 * dayMs) });
    // 400 days ahead: what goes is what the look of the day before saw as old.
    const ahead = trustedNow(look(10 * dayMs), look(411 * dayMs));
    expect(ahead).toEqual({ wallMs: 10 * dayMs, keep: look(411 * dayMs) });
    // And again within the hour, by a clock that moved on: not yet a day of the engine's time.
    const soon = trustedNow(ahead.keep, look(412 * dayMs, 411 * dayMs + 3_600_000));
    expect(soon).toEqual({ wallMs: null, keep: ahead.keep });
    // Right again: it begins anew.
    expect(trustedNow(ahead.keep, look(11 * dayMs, 412 * dayMs))).toEqual({
      wallMs: null,
      keep: look(11 * dayMs, 412 * dayMs),
    });
  });

  test('that was ahead for a night and is right again has cost nothing, by what the retention is told', async () => {
    const told: (number | undefined)[] = [];
    const retention = { run: async (wallMs?: number) => told.push(wallMs), stop: () => {} };
    const backups = { make: async () => true } as unknown as Backups;
    const upkeep = createUpkeep(context, { ...quiet, retention: retention as never, backups });
    const night = async (afterMs: number) => {
      await context.clock.advance(afterMs);
      const looked = upkeep.look();
      for (let turn = 0; turn < 30; turn += 1) await settled();
      await looked;
    };
    const first = twoAtNight + dayMs;
    await night(dayMs);
    await night(dayMs);
    expect(told).toEqual([first]);
    context.clock.setWall(400 * dayMs);
    await night(60_000);
    context.clock.setWall(-400 * dayMs);
    await night(60_000);
    expect(told.every((wallMs) => (wallMs ?? Number.POSITIVE_INFINITY) <= first + dayMs)).toBe(true);
    await upkeep.stop();
  });

  test('a database that is held when a look is due puts it off, and ends nothing', async () => {
    const upkeep = createUpkeep(
      { ...context, commit: { ...context.commit, transact: () => Promise.reject(new Error('held')) } },
      { ...quiet, retention: { run: async () => 0, stop: () => {} }, backups: { make: async () => true } },
    );
    upkeep.start();
    await context.clock.advance(60_000);
    for (let turn = 0; turn < 8; turn += 1) await settled();
    expect(context.logger.lines.some((line) => line.includes('put off'))).toBe(true);
    await upkeep.stop();
  });
});

describe('the write-ahead log', () => {
  test('does not grow without bound while writing goes on, whatever is read beside it', () => {
    const checkpoints = startCheckpoints(folder.path);
    const { connection } = openReader(folder.path);
    const insert = context.writer.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
    const value = 'x'.repeat(3_500);
    const wal = `${databaseFile(folder.path)}-wal`;
    const steps = new Set<string>();
    let longest = 0;
    try {
      for (let round = 0; round < 60; round += 1) {
        context.writer.exec('BEGIN');
        for (let row = 0; row < 700; row += 1) insert.run(`bench.${round}.${row}`, value);
        context.writer.exec('COMMIT');
        connection.prepare('SELECT COUNT(*) FROM meta').get();
        steps.add(checkpoints.step());
        longest = Math.max(longest, statSync(wal).size);
      }
      // Some 170 MB went through it.
      expect(statSync(databaseFile(folder.path)).size).toBeGreaterThan(140e6);
      expect(longest).toBeLessThan(100e6);
      expect(steps).toContain('passive');
    } finally {
      connection.close();
      checkpoints.stop();
    }
  });
});
