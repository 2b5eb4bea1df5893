import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { type Control, connectControl } from '../support/control.ts';
import { startTestEngine } from '../support/engine.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';

/** Longer than any work waits for the database before it is given up. */
const heldMs = 4_600;

describe('another program that holds the database of an engine process', () => {
  let folder: TemporaryFolder;
  let engine: EngineProcess;
  let control: Control;

  beforeAll(async () => {
    folder = await temporaryFolder();
    engine = await startEngineProcess({ dataFolder: folder.path });
    control = await connectControl(folder.path);
    await control.call('settings.change', { change: { propertyId: 'prop_test' } });
    await control.call('sources.add', { name: 'PMS' });
    await control.call('events.emit', { event: 'booking.created', dataText: '{"booking_id":"bk_1"}' });
  }, 60_000);
  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
    await folder.remove();
  });

  /** Holds it for so long, and resolves once it is free again. */
  async function hold(): Promise<void> {
    const other = new BetterSqlite3(databaseFile(folder.path), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    await new Promise((resolve) => setTimeout(resolve, heldMs));
    other.exec('ROLLBACK');
    other.close();
  }

  const start = {
    export: () => control.call('export.start', { filter: {}, format: 'csv', file: null }),
    backup: () => control.call('backup.start', { file: null }),
  };
  const startBoth = () => Promise.allSettled([start.export(), start.backup()]);

  it('ends neither the exports and backups of that time nor the engine', async () => {
    // Their ends fall into it, and their beginnings.
    const begunBefore = await startBoth();
    const held = hold();
    for (const begun of await startBoth()) {
      // Begun before it took hold, or refused with the reason.
      if (begun.status === 'rejected') expect(String(begun.reason)).toContain('Another program holds the database');
    }
    await held;
    const begunAfter = [await start.export(), await start.backup()];
    const states = async () => (await control.call('jobs.list', {})).map(({ state }) => state);
    // Written down at last, however long that had to be put off.
    await expect.poll(states, { timeout: 30_000, interval: 200 }).not.toContain('running');
    for (const { id } of begunAfter) expect(await control.call('jobs.get', { id })).toMatchObject({ state: 'done' });
    for (const begun of begunBefore) {
      const job = begun.status === 'fulfilled' ? await control.call('jobs.get', { id: begun.value.id }) : null;
      if (job?.state === 'failed') expect(job.problem).not.toBeNull();
    }
    expect(engine.output()).not.toMatch(/\n\s+at /);
  }, 60_000);
});

describe('the look at what the clock has due, while another program holds the database', () => {
  it('is put off, and made up for', async () => {
    await using test = await startTestEngine();
    const other = new BetterSqlite3(databaseFile(test.dataFolder), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    await test.clock.advance(61_000);
    await test.until(
      () => test.log.lines.join('\n'),
      (lines) => lines.includes('what is done by the clock was put off'),
    );
    other.exec('ROLLBACK');
    other.close();
    await test.clock.advance(61_000);
    await test.until(
      async () => {
        await test.clock.advance(1_000);
        return (await test.call('backup.list', {})).backups.map(({ kind }) => kind);
      },
      (kinds) => kinds.includes('hourly'),
    );
  });
});
