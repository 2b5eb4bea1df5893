import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backupsFolder } from '../../electron/engine/files/backup-files.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { holdsOf } from '../../electron/engine/upkeep/backup-holds.ts';
import { finishRestore, stageRestore } from '../../electron/engine/upkeep/restore.ts';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { utcMs } from '../../shared/domain.ts';
import { relayInProcess } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { readOnlyDisk, readOnlyObstacle } from '../support/read-only/read-only.ts';
import { startReceiver } from '../support/receiver.ts';
import { setUpProperty } from '../support/set-up-property.ts';
import { diskObstacle, type SmallDisk, smallDisk } from '../support/small-disk.ts';

/** Large enough not to be nearly full to begin with: under 500 MB free the engine takes no events at all. */
const sizeMb = 640;

const obstacle = diskObstacle(sizeMb);
if (obstacle !== null) console.warn(`SKIPPED: a disk that fills up: ${obstacle}`);

describe.skipIf(obstacle !== null)('a disk that fills up', () => {
  let disk: SmallDisk;
  beforeAll(async () => {
    disk = await smallDisk(sizeMb);
  });
  afterAll(() => disk.remove());

  const fillDisk = (leaveBytes: number) => disk.fill(leaveBytes);
  const freeDisk = () => disk.free();
  const dataFolder = (name: string) => {
    const folder = join(disk.path, name);
    mkdirSync(folder);
    return folder;
  };
  const post = (test: TestEngine, n: number) =>
    test.post('booking.created', { booking_id: `bk_${n}`, note: 'x'.repeat(20_000) }, { id: `pms-${n}` });

  it('nearly full: refuses events with 429, and takes them again once there is room', async () => {
    await using test = await startTestEngine({ dataFolder: dataFolder('nearly') });
    expect((await post(test, 0)).status).toBe(202);
    fillDisk(100_000_000);
    await test.clock.advance(10_000);
    const refused = await test.until(
      () => post(test, 1),
      ({ status }) => status !== 202,
    );
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '60']);
    expect((await test.call('situation.get', {})).disk.state).toBe('low');
    freeDisk();
    await test.clock.advance(10_000);
    await test.until(
      () => post(test, 2),
      ({ status }) => status === 202,
    );
  });

  it('full at a commit: 503, nothing half stored, and what was acknowledged is delivered', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine({ dataFolder: dataFolder('full') });
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 20, perSecond: 1000 } });
    await test.call('endpoints.pause', { id });
    fillDisk(2_000_000);
    const acknowledged: string[] = [];
    let refused = null;
    for (let n = 0; n < 500 && refused === null; n++) {
      const answer = await post(test, n);
      if (answer.status === 202) acknowledged.push(String(answer.body.id));
      else refused = answer;
    }
    expect(refused?.status).toBe(503);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await test.call('situation.get', {})).disk.state).toBe('full');
    freeDisk();
    fillDisk(0);
    const doctor = await test.call('doctor.run', {});
    const folderCheck = doctor.find(({ name }) => name.key === 'doctor.folder');
    expect(folderCheck).toMatchObject({ state: 'problem', nextStep: { key: 'doctor.folder.full_step' } });
    expect(readdirSync(test.dataFolder).filter((name) => name.startsWith('.doctor-'))).toEqual([]);

    freeDisk();
    const again = await test.until(
      async () => {
        await test.clock.advance(10_000);
        return post(test, acknowledged.length);
      },
      ({ status }) => status === 202,
    );
    expect(again.body.duplicate).toBe(false);
    acknowledged.push(String(again.body.id));

    await test.call('endpoints.resume', { id });
    const arrived = await test.until(
      async () => {
        await test.clock.advance(1_000);
        return new Set(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']));
      },
      (ids) => acknowledged.every((eventId) => ids.has(eventId)),
    );
    expect(arrived.size).toBe(acknowledged.length);
    await test.stop();
    const database = new BetterSqlite3(databaseFile(test.dataFolder), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(database.prepare('SELECT count(*) FROM events').pluck().get()).toBe(acknowledged.length);
    database.close();
  });

  it('full at the hourly look: the engine goes on, and makes the backup once there is room', async () => {
    await using test = await startTestEngine({ dataFolder: dataFolder('hourly') });
    expect((await post(test, 0)).status).toBe(202);
    fillDisk(0);
    await test.clock.advance(61_000);
    // What is written down first has no room, or the backup has none: either is said, and nothing ends.
    await test.until(
      () => test.log.lines.join('\n'),
      (lines) => /put off|the hourly backup failed|no backup was made/.test(lines),
    );
    expect((await test.call('situation.get', {})).disk.state).toBe('full');
    freeDisk();
    const kinds = await test.until(
      async () => {
        await test.clock.advance(3_660_000);
        return (await test.call('backup.list', {})).backups.map(({ kind }) => kind);
      },
      (found) => found.includes('hourly'),
    );
    expect(kinds).toContain('hourly');
    expect((await post(test, 1)).status).toBe(202);
  });

  it('full while a backup takes the place of damaged data: the next start carries all of it over', async () => {
    const vault = createTestVault();
    const folder = dataFolder('restored');
    let file = '';
    {
      await using test = await startTestEngine({ dataFolder: folder, vault });
      const job = await test.call('backup.start', { file: null });
      await test.until(
        () => test.call('jobs.get', { id: job.id }),
        ({ state }) => state === 'done',
      );
      file = join(backupsFolder(folder), (await test.call('backup.list', {})).backups[0]?.file ?? '');
      const note = 'x'.repeat(40_000);
      for (let n = 0; n < 20; n += 1) {
        expect((await test.post('booking.created', { booking_id: `bk_${n}`, note })).status).toBe(202);
      }
    }
    const { madeAt, holdsLog, lastSeq } = holdsOf(folder, file);
    const plan = { file, madeAt, holdsLog, lastSeq, carryOver: true };
    await finishRestore(folder, vault, { carried: stageRestore(folder, file), plan }, () => {});
    // There is room for the start itself, and not for what is carried over.
    fillDisk(300_000);
    await expect(startTestEngine({ dataFolder: folder, vault })).rejects.toMatchObject({ code: 'store_full' });
    freeDisk();
    await using test = await startTestEngine({ dataFolder: folder, vault });
    const { restored } = (await test.call('situation.get', {})).database;
    expect(restored).toMatchObject({ carriedOver: true, carried: 20, missing: 0 });
    expect(restored?.notCarried).toBeUndefined();
  });

  it('full all the way: the process says 503 all the while, takes events again by itself, and ends with 0', async () => {
    const folder = dataFolder('process');
    const engine = await startEngineProcess({ dataFolder: folder });
    const control = await connectControl(folder);
    await control.call('settings.change', { change: { propertyId: 'prop_test' } });
    const { token } = await control.call('sources.add', { name: 'PMS' });
    const send = async (n: number) => {
      const answer = await fetch(`http://127.0.0.1:${engine.port}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'booking.created', data: { booking_id: `bk_${n}`, note: 'x'.repeat(20_000) } }),
        signal: AbortSignal.timeout(5_000),
      });
      return answer.status;
    };
    expect(await send(0)).toBe(202);
    fillDisk(0);
    const fullUntil = performance.now() + 6_000;
    for (let n = 1; performance.now() < fullUntil; n += 1) {
      // Refused whole, or for a moment still into room that the database holds already.
      expect([202, 429, 503]).toContain(await send(n));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await send(9_000)).toBe(503);
    freeDisk();
    await expect.poll(() => send(9_001), { timeout: 30_000, interval: 500 }).toBe(202);
    expect(await engine.stop()).toBe(0);
    expect(engine.output()).not.toMatch(/\n\s+at /);
  }, 90_000);
});

const noReadOnly = readOnlyObstacle();
if (noReadOnly !== null) console.warn(`SKIPPED: a disk that can only be read: ${noReadOnly}`);

describe.skipIf(noReadOnly !== null)('a disk that can only be read from one moment on', () => {
  it('answers 503 with when to try again, says what to do, and goes on by itself once it can be written', async () => {
    await using beside = await temporaryFolder();
    await using receiver = await startReceiver();
    const folder = join(beside.path, 'data');
    const disk = readOnlyDisk(folder, beside.path);
    await using engine = await startEngineProcess({ dataFolder: folder, env: disk.env });
    const control = await connectControl(folder);
    const { token } = await setUpProperty(control, receiver);
    const send = (n: number) =>
      fetch(`http://127.0.0.1:${engine.port}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'booking.created', data: { booking_id: `bk_${n}` } }),
        signal: AbortSignal.timeout(5_000),
      });
    const relay = async (command: string) => (await relayInProcess(folder, [command])).out.replace(/\s+/g, ' ');
    const situation = () => control.call('situation.get', {});
    // One is on its way when it begins: its outcome cannot be written down.
    receiver.answerNext({ status: 200, delayMs: 3_000 });
    expect((await send(0)).status).toBe(202);
    await expect.poll(() => receiver.requests.length, { timeout: 10_000 }).toBe(1);
    disk.begin();
    const refused = await send(1);
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await situation()).disk.state).toBe('read_only');
    expect(await relay('status')).toContain('can only be read');
    expect(await relay('doctor')).toMatch(/can only be read.*make it writable again/);
    expect((await send(2)).status).toBe(503);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    disk.end();
    await expect.poll(async () => (await situation()).disk.state, { timeout: 15_000 }).toBe('ok');
    expect((await send(3)).status).toBe(202);
    await expect.poll(async () => (await situation()).waiting, { timeout: 15_000 }).toBe(0);
    const arrived = receiver.requests.map(({ text }) => JSON.parse(text).data.booking_id);
    expect(arrived).toEqual(['bk_0', 'bk_3']);
    expect(await relay('doctor')).not.toContain('can only be read');
    expect(await engine.stop()).toBe(0);
    expect(engine.output()).not.toMatch(/\n\s+at /);
  }, 60_000);
});

describe('a database that another program holds', () => {
  it('answers 503 within a second or two, and takes the event once it is free', async () => {
    await using test = await startTestEngine();
    const other = new BetterSqlite3(databaseFile(test.dataFolder), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    const beganAt = performance.now();
    const refused = await test.post('booking.created', { booking_id: 'bk_1' }, { id: 'pms-1' });
    expect(refused.status).toBe(503);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    // The engine's one thread stands still meanwhile: other endpoints wait too.
    expect(performance.now() - beganAt).toBeLessThan(4_500);
    // Everybody is told the same of it, in plain words and with whose turn it is.
    expect(JSON.stringify(refused.body)).toMatch(
      /"Another program, such as backup software, holds .* send it again\."/,
    );
    const held = await test.call('situation.get', {});
    expect(held.database).toMatchObject({ state: 'held', since: expect.any(Number) });
    const conditions = (now = held.now) =>
      conditionsOf({ ...held, now }, { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null });
    expect(conditions()[0]).toMatchObject({ kind: 'database_held', turn: 'nobody', toasts: false });
    expect(conditions(utcMs(held.now + 60_000))[0]).toMatchObject({ turn: 'it_helper', toasts: true });
    const checks = Object.fromEntries((await test.call('doctor.run', {})).map((one) => [one.name.key, one]));
    expect(checks['doctor.database']).toMatchObject({ state: 'problem', says: [{ key: 'doctor.database.held' }] });
    expect(checks['doctor.intake']).toMatchObject({ state: 'problem', says: [{ key: 'doctor.intake.refuses' }] });
    other.exec('ROLLBACK');
    other.close();
    // Nothing has to come in for its end to be noticed.
    await test.until(
      async () => {
        await test.clock.advance(2_000);
        return (await test.call('situation.get', {})).database.state;
      },
      (state) => state === 'ok',
    );
    const taken = await test.post('booking.created', { booking_id: 'bk_1' }, { id: 'pms-1' });
    expect(taken.status).toBe(202);
    expect(taken.body.duplicate).toBe(false);
  });

  it('delivers on, though an outcome could not be written for a while: nothing is lost', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    receiver.answerWith({ status: 200, delayMs: 150 });
    const posted = await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    const other = new BetterSqlite3(databaseFile(test.dataFolder), { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    await test.until(
      () => test.log.lines.join('\n'),
      (log) => log.includes('attempts could not be recorded'),
    );
    other.exec('ROLLBACK');
    other.close();
    const row = await test.until(
      async () => {
        await test.clock.advance(15_000);
        return (await test.call('deliveries.list', {})).rows[0];
      },
      (found) => found?.state === 'delivered',
    );
    expect(row?.eventId).toBe(posted.body.id);
    expect(new Set(receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']))).toEqual(
      new Set([posted.body.id]),
    );
  });
});

describe('a disk that fails in the middle of a transaction', () => {
  it('leaves nothing behind that keeps later deliveries from going out', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    // With each answer one more goes out at once: by now three of one post do.
    for (let n = 1; n <= 4; n += 1) {
      await test.post('booking.created', { booking_id: `bk_known_${n}` });
      await receiver.received(n);
      await test.until(
        () => test.call('situation.get', {}),
        ({ waiting }) => waiting === 0,
      );
    }
    receiver.clear();
    const other = new BetterSqlite3(databaseFile(test.dataFolder));
    // The second lease of a transaction cannot be written.
    other.exec(`CREATE TRIGGER broken BEFORE INSERT ON leases WHEN (SELECT COUNT(*) FROM leases) > 0
      BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END`);
    // Events that came together are stored together, with the leases of their first attempts.
    const post = async () => {
      const events = [1, 2, 3].map((n) => ({ event: 'booking.created', data: { booking_id: `bk_${n}` } }));
      const answer = await fetch(`${test.engine.intakeAddress}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${test.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
      });
      return answer.status;
    };
    expect(await post()).toBeGreaterThanOrEqual(500);
    other.exec('DROP TRIGGER broken');
    other.close();
    await test.clock.advance(60_000);
    expect(await post()).toBe(202);
    await test.clock.advance(60_000);
    await receiver.received(3);
    expect((await test.call('endpoints.list', {}))[0]).toMatchObject({ waiting: 0 });
  });
});
