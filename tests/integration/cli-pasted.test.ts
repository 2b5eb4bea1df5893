/** A command that is printed does what it says when it is pasted where it was printed: checkout or installed app. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Invocation, invocationOf, withDataFolder } from '../../electron/invocation.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

let folder: TemporaryFolder;
let elsewhere: string;
let engine: TestEngine;
let receiver: Receiver;
let path: string;

/** What a person's shell makes of a line that was pasted into it. */
const paste = (line: string, cwd: string) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const { ROOST_RELAY_DATA: _, ...ours } = process.env;
    const clean = Object.fromEntries(Object.entries(ours).filter(([name]) => !name.toLowerCase().startsWith('npm_')));
    execFile('/bin/sh', ['-c', line], { cwd, env: { ...clean, PATH: path } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
    );
  });

/** The commands in a text: each stands at the end of its line. */
const commandsIn = (text: string, prefix: string): string[] =>
  text.split('\n').flatMap((line) => {
    const at = line.indexOf(prefix);
    return at < 0 ? [] : [line.slice(at)];
  });

beforeAll(async () => {
  folder = await temporaryFolder();
  elsewhere = join(folder.path, 'elsewhere');
  await mkdir(elsewhere);
  // As the installed app puts it there.
  const program = join(elsewhere, 'roost-relay');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${process.cwd()}/electron/cli.ts' "$@"\n`);
  await chmod(program, 0o755);
  path = [elsewhere, process.env.PATH].join(delimiter);
  const dataFolder = join(folder.path, "Front desk's data");
  await mkdir(dataFolder);
  engine = await startTestEngine({ dataFolder, defaults: { propertyId: null } });
  receiver = await startReceiver();
  await writeFile(join(folder.path, 'ca.pem'), receiver.caPem);
}, 30_000);
afterAll(async () => {
  await engine?.stop();
  await receiver?.stop();
  await folder?.remove();
});

const surroundings = { platform: 'linux' as const, environment: {}, cwd: process.cwd(), checkout: process.cwd() };

describe.skipIf(process.platform === 'win32')('what is printed can be pasted', () => {
  let invocation: Invocation;
  const printed = async (...args: readonly string[]): Promise<string[]> => {
    const { out, err } = await relayInProcess('/nowhere', ['--data', engine.dataFolder, ...args], { invocation });
    return commandsIn(out + err, withDataFolder(invocation, engine.dataFolder));
  };

  test.each<[string, Invocation, () => string]>([
    ['of the installed app', invocationOf({ ...surroundings, checkout: null }), () => elsewhere],
    ['in a checkout', invocationOf(surroundings), () => process.cwd()],
    ['beside a checkout', invocationOf({ ...surroundings, cwd: '/' }), () => '/'],
  ])('%s', { timeout: 120_000 }, async (_where, how, cwd) => {
    invocation = how;
    const add = ['endpoint', 'add', '--url', receiver.url, '--ca-file', join(folder.path, 'ca.pem'), '--yes'];
    const [toTest = '', enable = ''] = await printed(...add);
    const id = /ep_\w+/.exec(toTest)?.[0] ?? '';
    expect(await paste(toTest, cwd())).toMatchObject({ code: 0, said: expect.stringContaining('took the test event') });
    expect(await paste(enable, cwd())).toMatchObject({ code: 0, said: expect.stringContaining('is on.') });
    expect((await engine.call('endpoints.get', { id: id as never })).switch).toBe('on');
    if (cwd() !== elsewhere) return;
    // The rest is the same whatever it begins with.
    await engine.post('booking.created', { booking_id: 'bk_1' }, { property_id: 'p' });
    const { id: event = '' } = (await engine.call('events.list', {})).rows[0] ?? {};
    await engine.until(
      () => engine.call('endpoints.get', { id: id as never }),
      ({ lastAnswer, waiting }) => waiting === 0 && lastAnswer !== null,
    );
    // What wants a yes prints the whole command, as it was given.
    const asked = [
      await printed('event', 'send', event, '--to', id),
      await printed('endpoint', 'send-past', id, '--again', '--event', 'booking.*', '--event', 'order.*'),
      await printed('resend', '--endpoint', id, '--text', 'bk_1'),
      await printed(...add.slice(0, -1), '--description', 'Ana\'s $(books) & "keys"'),
    ];
    expect(asked.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    // Work in the background goes on in its own time.
    const ticking = setInterval(() => void engine.clock.advance(250), 50);
    for (const line of asked.flat()) {
      expect(line).toMatch(/ --yes$/);
      expect([line, await paste(line, cwd())]).toMatchObject([line, { code: 0 }]);
    }
    clearInterval(ticking);
    const sentAgain = receiver.requests.filter(({ headers }) => headers['x-roostsync-event-id'] === event);
    expect(sentAgain).toHaveLength(4);
    const twice = await engine.call('endpoints.list', {});
    const named = twice.find(({ description }) => description === `Ana's $(books) & "keys"`);
    expect(named?.address).toBe(twice.find((one) => one.id === id)?.address);
    await engine.call('endpoints.remove', { id: named?.id as never });
    const all = [
      await printed('endpoint', 'remove', id),
      await printed('restore'),
      await printed('pause', '--for', '1h'),
      await printed('session', 'list'),
      await printed('doctor'),
      await printed('bench', 'point', id, '--yes').then((lines) =>
        lines.length === 0 ? printed('bench', 'show') : lines,
      ),
    ].flat();
    expect(all.length).toBeGreaterThanOrEqual(5);
    for (const line of all) {
      // `ID` and `…` stand for what the person knows.
      const { code, said } = await paste(
        line.replace(/ID$/, 'prop_1').replace(/…$/, 'https://hooks.example.com/'),
        cwd(),
      );
      expect(said, line).not.toMatch(/unknown|not found|not running/);
      if (!/ open$/.test(line)) expect([line, code]).toEqual([line, 0]);
    }
    expect((await engine.call('settings.get', {})).propertyId).toBe('prop_1');
    expect((await engine.call('situation.get', {})).pausedUntil).toBe(null);
    expect((await engine.call('endpoints.get', { id: id as never })).switch).toBe('on');
  });
});
