/**
 * Engine and command line on Windows, for a user called Peña and with blanks in every path. Under Wine where this is
 * not Windows: files, locks, renames, exit codes and the network are Windows' there; rights, toasts and shutdown are
 * not (build/windows-check.md).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { catalogue } from '../../shared/events.ts';
import { freePorts } from '../support/engine-process.ts';
import { isSignedWith, type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';
import { openWindows, type RunningOnWindows, root, type Windows, whyNoWindows } from './windows.ts';

const reason = whyNoWindows();
if (reason !== null) console.warn(`\nSKIPPED: nothing was tried on Windows, because ${reason}.\n`);

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const anyStack = /^\s+at .+:\d+:\d+\)?$/m;

describe.skipIf(reason !== null)('on Windows, for Peña', () => {
  let windows: Windows;
  let home: string;
  let folder: string;
  let receiver: Receiver;
  let engine: RunningOnWindows;
  let port: number;
  let token: string;

  const own = (...names: string[]) => `${windows.driveName}${['Peña', 'Mis datos', ...names].join('\\')}`;
  const cli = async (args: readonly string[], input?: string) => {
    const ended = await windows.start(
      [windows.pathOf(join(root, 'electron', 'cli.ts')), ...args, '--data', own('Roost Relay')],
      input,
    ).ended;
    expect(ended.err).not.toMatch(anyStack);
    return ended;
  };
  const works = async (args: readonly string[], input?: string): Promise<string> => {
    const { code, out, err } = await cli(args, input);
    expect([args[0], code, err]).toEqual([args[0], 0, '']);
    return out;
  };
  const post = (id: string) =>
    fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'booking.created', id, data: catalogue['booking.created'].sample }),
    });
  async function startEngine(): Promise<void> {
    engine = windows.start([
      windows.pathOf(join(root, 'electron', 'headless.ts')),
      ...['--headless', '--no-window', '--port', String(port), '--data', own('Roost Relay')],
    ]);
    await vi.waitFor(() => expect(engine.output() + engine.errors()).toMatch(/listening on/), {
      timeout: 60_000,
      interval: 200,
    });
  }

  beforeAll(async () => {
    windows = openWindows();
    home = join(windows.drive, 'Peña', 'Mis datos');
    folder = join(home, 'Roost Relay');
    rmSync(home, { recursive: true, force: true });
    mkdirSync(home, { recursive: true });
    receiver = await startReceiver();
    writeFileSync(join(home, 'my ca.pem'), receiver.caPem);
    [port] = (await freePorts(1)) as [number];
    await startEngine();
  });

  afterAll(async () => {
    await engine?.kill();
    await receiver?.stop();
    if (windows !== undefined) rmSync(join(home, '..'), { recursive: true, force: true });
  });

  test('an event that the PMS posts arrives, signed', async () => {
    await works(['settings', 'set', '--property-name', 'Casa Peña', '--property', 'prop_pena']);
    token = JSON.parse(await works(['source', 'add', '--name', 'Front desk', '--json'])).token;
    const added = JSON.parse(
      await works([
        ...['endpoint', 'add', '--description', 'Door locks', '--url', receiver.url],
        ...['--ca-file', own('my ca.pem'), '--secret', secret, '--json'],
      ]),
    );
    const id: string = added.endpoint?.id ?? added.id;
    await works(['endpoint', 'test', id]);
    await works(['endpoint', 'enable', id]);
    receiver.clear();
    expect((await post('first')).status).toBe(202);
    const [request] = await receiver.received(1, 20_000);
    expect(request && isSignedWith(request, secret)).toBe(true);
  });

  test('lines that are piped in are taken; nothing piped in is an error', async () => {
    receiver.clear();
    const lines = ['piped-1', 'piped-2'].map((id) =>
      JSON.stringify({ event: 'booking.created', id, data: catalogue['booking.created'].sample }),
    );
    expect(await works(['emit'], `${lines.join('\r\n')}\r\n`)).toContain('2 events');
    await receiver.received(2, 20_000);
    const none = await cli(['emit'], '');
    expect(none.code).not.toBe(0);
    expect(none.err).not.toBe('');
  });

  test('killed in the midst of it, it goes on with what it had acknowledged', async () => {
    await receiver.stop();
    const ids = Array.from({ length: 20 }, (_, n) => `kept-${n}`);
    for (const id of ids) expect((await post(id)).status).toBe(202);
    await engine.kill();
    await receiver.start();
    receiver.clear();
    await startEngine();
    const isAll = (all: readonly ReceivedRequest[]) =>
      new Set(all.map(({ headers }) => headers['x-roostsync-event-id'])).size >= ids.length;
    const arrived = await receiver.until(isAll, 90_000);
    expect(arrived.every((request) => isSignedWith(request, secret))).toBe(true);
  });

  test('backup, export and restore, into folders with blanks; what is there is not replaced', async () => {
    mkdirSync(join(home, 'my files'));
    await works(['backup', '--file', own('my files', 'a copy.db')]);
    expect(existsSync(join(home, 'my files', 'a copy.db'))).toBe(true);
    const again = await cli(['backup', '--file', own('my files', 'a copy.db')]);
    expect(again.code).not.toBe(0);
    expect(again.err).toContain('a copy.db');
    await works(['export', '--file', own('my files', 'the log.csv')]);
    expect(readFileSync(join(home, 'my files', 'the log.csv'), 'utf8')).toContain('booking.created');
    expect(readdirSync(join(home, 'my files')).toSorted()).toEqual(['a copy.db', 'the log.csv']);
    const restored = await works(['restore', own('my files', 'a copy.db'), '--yes']);
    expect(restored).not.toBe('');
    await engine.kill();
    await startEngine();
    expect((await post('after the restore')).status).toBe(202);
  });

  test('a file that another program holds open for a second is replaced when it lets go', async () => {
    const target = join(home, 'my files', 'held.csv');
    writeFileSync(target, 'old');
    // Opened so that nobody else may have it, as a virus scanner does: UV_FS_O_EXLOCK.
    const holder = windows.start([
      '-e',
      `const fs = require('fs'); const held = fs.openSync(process.argv[1], 0x10000000 | fs.constants.O_RDONLY);
       console.log('held'); setTimeout(() => fs.closeSync(held), 1500)`,
      own('my files', 'held.csv'),
    ]);
    await expect.poll(() => holder.output(), { timeout: 20_000 }).toContain('held');
    await works(['export', '--file', own('my files', 'held.csv'), '--force']);
    expect(readFileSync(target, 'utf8')).toContain('booking.created');
    await holder.ended;
  });

  test('a second engine on the folder, and a bad option, end with one sentence', async () => {
    const [other] = await freePorts(1);
    const second = await windows.start([
      windows.pathOf(join(root, 'electron', 'headless.ts')),
      ...['--headless', '--no-window', '--port', String(other), '--data', own('Roost Relay')],
    ]).ended;
    expect(second.code).toBe(1);
    expect(second.err).not.toMatch(anyStack);
    expect((await cli(['status', '--nonsense'])).code).toBe(2);
  });

  test('a port that another program has is refused with one that is free', async () => {
    const [other] = (await freePorts(1)) as [number];
    const holder = windows.start([
      '-e',
      `require('net').createServer().listen(${other}, '127.0.0.1', () => console.log('held'))`,
    ]);
    await expect.poll(() => holder.output(), { timeout: 20_000 }).toContain('held');
    const taken = await cli(['settings', 'set', '--port', String(other)]);
    expect(taken.code).not.toBe(0);
    expect(taken.err).toMatch(new RegExp(`port ${other} is already in use .* Port \\d+ is free`));
    await holder.kill();
  });

  test('so is one that Windows keeps for itself', async ({ skip }) => {
    const [other] = (await freePorts(1)) as [number];
    const range = `protocol=tcp startport=${other} numberofports=1 store=active`;
    const kept = await windows.cmd(`netsh interface ipv4 add excludedportrange ${range}`);
    const list = await windows.cmd('netsh interface ipv4 show excludedportrange protocol=tcp');
    skip(kept.code !== 0 || !list.out.includes(String(other)), 'no range can be excluded here');
    try {
      const forbidden = await cli(['settings', 'set', '--port', String(other)]);
      expect(forbidden.err).toMatch(new RegExp(`the system keeps port ${other} .* Port \\d+ is free`));
    } finally {
      await windows.cmd(`netsh interface ipv4 delete excludedportrange ${range}`);
    }
  });

  test('the task for the start of Windows is written for it; where it takes it, it is shown and removed', async () => {
    expect(await works(['startup-task', 'show'])).toContain('Nothing runs between a restart');
    const added = await cli(['startup-task', 'add', '--no-password']);
    if (added.code === 0) {
      expect(await works(['startup-task', 'show'])).toContain('runs the engine from its start on');
      await works(['startup-task', 'remove']);
      expect(await works(['startup-task', 'show'])).toContain('Nothing runs between a restart');
    } else {
      // No administrator's rights, or no Task Scheduler, as under Wine: what is to be pasted names the file.
      expect(added.err).toContain('schtasks /Create /TN "Roost Relay" /XML');
      const xml = readFileSync(join(folder, 'startup-task.xml')).subarray(2).toString('utf16le');
      expect(xml).toContain(`--give-way --data &quot;${own('Roost Relay')}&quot;</Arguments>`);
    }
  });

  test.each(['SIGBREAK', 'SIGHUP'])(
    'a console that says %s (Ctrl-Break, its window closed) ends it cleanly',
    async (signal) => {
      // Nobody but a console can send these: Node is told by hand what it makes of them.
      writeFileSync(
        join(home, 'console.cjs'),
        `const { existsSync } = require('fs');
       setInterval(() => existsSync(process.env.CONSOLE_SAYS) && process.emit('${signal}', '${signal}'), 200).unref();`,
      );
      const said = join(home, `says ${signal}`);
      const [port] = (await freePorts(1)) as [number];
      const running = windows.start(
        [
          ...['--require', own('console.cjs'), windows.pathOf(join(root, 'electron', 'headless.ts'))],
          ...['--headless', '--no-window', '--port', String(port), '--data', own(signal)],
        ],
        '',
        { CONSOLE_SAYS: own(`says ${signal}`) },
      );
      await expect.poll(() => running.output() + running.errors(), { timeout: 60_000 }).toContain('listening on');
      writeFileSync(said, '');
      expect((await running.ended).code).toBe(0);
      expect(readdirSync(join(home, signal))).not.toContain('relay.db-wal');
    },
  );

  test('the command that the installer writes finds the app in a profile with any letter', async () => {
    // Out of the installer's own text, with what NSIS would put in for this account.
    const macro = readFileSync(join(root, 'build', 'installer.nsh'), 'utf8');
    const template = /FileWrite \$0 '(.+)\$\\r\$\\n'/.exec(macro)?.[1] ?? '';
    expect(template).toContain(' -- cli ');
    const line = template.replace('$2', '%LOCALAPPDATA%\\Programs\\Roost Relay').replace(/\$\{\w+\}/, 'app.cmd');
    const programs = join(home, 'Programs', 'Roost Relay');
    mkdirSync(programs, { recursive: true });
    writeFileSync(join(programs, 'app.cmd'), '@echo off\r\necho got %*\r\n');
    writeFileSync(join(home, 'roost-relay.cmd'), `${line}\r\n`);
    // As a terminal of this account would: the profile's folder is the environment's, and no script's text.
    writeFileSync(
      join(home, '..', 'terminal.cmd'),
      '@set "LOCALAPPDATA=%~dp0Mis datos"\r\n@call "%LOCALAPPDATA%\\roost-relay.cmd" endpoint add --url https://example.com\r\n',
    );
    const ran = await windows.cmd(`${windows.driveName}Peña\\terminal.cmd`);
    expect(ran.out.trim()).toBe('got -- cli endpoint add --url https://example.com');
  });

  test('the log and the data folder hold nothing that went wrong', async () => {
    expect(engine.errors()).not.toMatch(anyStack);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part') || name.endsWith('.tmp'))).toEqual([]);
  });
});
