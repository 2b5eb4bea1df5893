import { statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backups } from '../../electron/engine/log/backups.ts';
import { startCheckpoints } from '../../electron/engine/log/checkpoints.ts';
import { createUpkeep } from '../../electron/engine/log/upkeep.ts';
import { databaseFile, openReader } from '../../electron/engine/store/connection.ts';
import { createFakeClock, settled } from '../support/clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { openContext, type TestContext } from '../support/log-folder.ts';

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
    return { did, upkeep: createUpkeep(context, retention, backups) };
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
    expect(did).toEqual(['02:30 hourly', '03:00 nightly', '03:00 retention', '03:30 hourly', '04:30 hourly']);
    await upkeep.stop();
  });

  test('a backup that fails is tried again at its next time, not every minute', async () => {
    const { did, upkeep } = upkeepThatTells(true);
    upkeep.start();
    await pass(30);
    expect(did).toEqual(['02:01 nightly', '02:01 hourly']);
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
