/**
 * The rights of an ordinary account are taken from what it writes into, while its engine runs or before it starts: nothing is
 * lost, it is said which folder and what to do, and once the right is back it goes on by itself. Root has every right,
 * so the engine runs as `nobody`.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { conditionsOf } from '../../shared/conditions/index.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { connectControl } from '../support/control.ts';
import { freePort, spawnEngine, startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startReceiver } from '../support/receiver.ts';
import { setUpProperty } from '../support/set-up-property.ts';

const nobody = 65_534;
const obstacle =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'an engine of another account needs Linux and root'
    : mayRead(fileURLToPath(import.meta.url)) && mayRead(process.execPath)
      ? null
      : 'another account may not read this checkout';

/** Whether the other account may: a checkout below a home of root's own is closed to it. */
function mayRead(path: string): boolean {
  return spawnSync('/usr/bin/head', ['-c', '1', path], { uid: nobody, gid: nobody }).status === 0;
}

if (obstacle !== null) console.warn(`SKIPPED: rights that are taken away: ${obstacle}`);

const stackTrace = /\n\s+at |TypeError|UnhandledPromise/;
const words = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null } as const;

/** A property of an ordinary account, with a source and an endpoint, and its engine running. */
async function property() {
  const place = await temporaryFolder();
  chownSync(place.path, nobody, nobody);
  const folder = join(place.path, 'data');
  const port = await freePort();
  const receiver = await startReceiver();
  // Its own compiled code: what root has kept, another account may not read, and each start would take five seconds.
  const own = { HOME: place.path, NODE_COMPILE_CACHE: join(place.path, 'compiled') };
  const given = { dataFolder: folder, port, uid: nobody, env: { ...own, ROOST_RELAY_INTERNET_CHECK: 'off' } };
  let engine = await startEngineProcess(given);
  let control = await connectControl(folder);
  const { token } = await setUpProperty(control, receiver);
  const taken: string[] = [];
  const told = async () =>
    conditionsOf(await control.call('situation.get', {}), words).map(({ kind, title, meaning, step }) => ({
      kind,
      text: [title, meaning, step].map((one) => one && inEnglish(one)).join(' '),
    }));
  return {
    folder,
    told,
    /** Posts one more; an answer of 202 is a promise. */
    async send() {
      const id = `bk_${taken.length}_${Math.random()}`;
      const answer = await fetch(`http://127.0.0.1:${port}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'booking.created', data: { booking_id: id } }),
        signal: AbortSignal.timeout(5_000),
      });
      if (answer.status === 202) taken.push(id);
      return {
        status: answer.status,
        retryAfter: Number(answer.headers.get('retry-after')),
        text: await answer.text(),
      };
    },
    promise: (id: string) => void taken.push(id),
    kinds: async () => (await told()).map(({ kind }) => kind),
    doctor: async () =>
      JSON.stringify(
        (await control.call('doctor.run', {})).map(({ says, nextStep }) =>
          [...says, nextStep].map((one) => one && inEnglish(one)),
        ),
      ),
    stop: () => engine.stop(),
    async start() {
      engine = await startEngineProcess(given);
      control = await connectControl(folder);
    },
    /** Starts it where it cannot run: what it says, and how it ends. */
    async startRefused() {
      const { exited, output } = await spawnEngine(given);
      return { status: await exited, said: output() };
    },
    /** The command line of the same account. */
    async relay(...args: string[]) {
      const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
      const child = spawn(process.execPath, [cli, ...args, '--data', folder], {
        uid: nobody,
        gid: nobody,
        env: { ...process.env, ...own },
      });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
      const [status] = await once(child, 'close');
      return { status, said };
    },
    arrived: () => receiver.requests.map(({ text }) => JSON.parse(text).data.booking_id as string),
    /** All that was promised has arrived, and nowhere is a trace of a fault. */
    async expectAllWell() {
      await expect.poll(async () => (await control.call('situation.get', {})).waiting, { timeout: 20_000 }).toBe(0);
      const arrived = receiver.requests.map(({ text }) => JSON.parse(text).data.booking_id);
      expect(new Set(arrived)).toEqual(new Set(taken));
      expect(engine.output()).not.toMatch(stackTrace);
    },
    async [Symbol.asyncDispose]() {
      chmodSync(folder, 0o700);
      await engine.kill();
      await receiver[Symbol.asyncDispose]();
      await place.remove();
    },
  };
}

/** Takes every right to it away, or all but those; it is made where it is not there. @returns gives them back */
function take(path: string, mode = 0): () => void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, nobody, nobody);
  }
  const before = statSync(path).mode;
  chmodSync(path, mode);
  return () => chmodSync(path, before);
}

describe.skipIf(obstacle !== null)('rights that are taken from a running engine', () => {
  test('the data folder: 503 with when to try again, told by its path, and over by itself', async () => {
    await using relay = await property();
    expect((await relay.send()).status).toBe(202);
    const giveBack = take(relay.folder);
    for (let tries = 0; tries < 2; tries += 1) {
      const refused = await relay.send();
      expect([refused.status, refused.retryAfter > 0]).toEqual([503, true]);
      expect(refused.text).toMatch(/may not (?:read and )?write/);
    }
    expect(await relay.kinds()).toEqual(['disk_no_rights']);
    const [{ text } = { text: '' }] = await relay.told();
    expect(text).toContain(relay.folder);
    expect(text).toMatch(/Properties, Security.*Controlled folder access/);
    giveBack();
    await expect.poll(relay.kinds, { timeout: 15_000 }).toEqual([]);
    expect((await relay.send()).status).toBe(202);
    await relay.expectAllWell();
  }, 120_000);

  test('what is open goes on: each place is told by its path, what that means and what to do, and is over by itself', async () => {
    await using relay = await property();
    expect((await relay.send()).status).toBe(202);
    for (const [name, mode, meaning] of [
      ['', 0o555, /could not start anew/],
      ['relay.db', 0, /no backup can be made, and Roost Relay could not start anew/],
      ['relay.db-wal', 0, /could not start anew/],
      ['spool', 0, /handed in on the command line/],
      ['backups', 0, /No backup can be made there/],
      ['logs', 0, /written into no log/],
    ] as const) {
      const path = join(relay.folder, name);
      const giveBack = take(path, mode);
      expect([name, (await relay.send()).status]).toEqual([name, 202]);
      // Asked, it is looked at once.
      expect(await relay.doctor()).toContain(`Roost Relay may not read and write ${path}`);
      expect([name, await relay.kinds()]).toEqual([name, ['closed']]);
      const [{ text } = { text: '' }] = await relay.told();
      expect(text).toMatch(meaning);
      expect(text).toContain(`right to read and write ${path}:`);
      expect(text).toMatch(/Properties, Security.*Controlled folder access/);
      expect([name, (await relay.send()).status]).toEqual([name, 202]);
      giveBack();
      expect(await relay.doctor()).not.toContain('may not read and write');
      expect([name, await relay.kinds()]).toEqual([name, []]);
    }
    await relay.expectAllWell();
  }, 120_000);
});

describe.skipIf(obstacle !== null)('rights that are missing at a start', () => {
  test('it is refused by the path, and once the right is back nothing is lost', async () => {
    await using relay = await property();
    expect((await relay.send()).status).toBe(202);
    for (const name of ['', 'relay.db', 'data-key.json']) {
      await relay.stop();
      const path = join(relay.folder, name);
      const giveBack = take(path);
      const { status, said } = await relay.startRefused();
      expect([name, status]).toEqual([name, 1]);
      expect(said).toContain(`may not read and write ${path}`);
      expect(said).not.toMatch(stackTrace);
      expect(said).not.toContain('--new-key');
      giveBack();
      await relay.start();
      expect((await relay.send()).status).toBe(202);
    }
    await relay.expectAllWell();
  }, 120_000);

  test('spool: what was handed in waits there, is told, and is taken once the right is back', async () => {
    await using relay = await property();
    const emit = (id: string) =>
      relay.relay('emit', 'booking.created', '--payload', JSON.stringify({ booking_id: id }));
    expect(await relay.stop()).toBe(0);
    expect(await emit('bk_spooled')).toMatchObject({ status: 0 });
    relay.promise('bk_spooled');
    const giveBack = take(join(relay.folder, 'spool'));
    const refused = await emit('bk_refused');
    expect(refused.status).not.toBe(0);
    expect(refused.said).toContain(join(relay.folder, 'spool'));
    expect(refused.said).not.toMatch(stackTrace);
    await relay.start();
    await expect.poll(relay.kinds, { timeout: 20_000 }).toEqual(['closed']);
    giveBack();
    await expect.poll(relay.kinds, { timeout: 20_000 }).toEqual([]);
    await expect.poll(relay.arrived, { timeout: 20_000 }).toEqual(['bk_spooled']);
    await relay.expectAllWell();
  }, 120_000);
});
