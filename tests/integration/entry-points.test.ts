/** Every command of README, started and ended as README says: through npm, with real signals. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { request } from 'undici';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { freePort, startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { npmEnvironment, runNpm } from '../support/npm.ts';
import { headlessEngineOn } from '../support/processes.ts';
import { startReceiver } from '../support/receiver.ts';
import { setUpProperty } from '../support/set-up-property.ts';
import { ctrlC, noTerminal, processesOn, runInTerminal } from '../support/terminal.ts';

/** Signals and process groups are POSIX's: Windows has neither. */
const onPosix = it.skipIf(process.platform === 'win32');

const stackTrace = /\n\s+at |TypeError|node:internal|UnhandledPromise/;

async function headless(folder: string, more: readonly string[] = ['--no-window']) {
  const port = await freePort();
  const run = runNpm(['start', '--', '--headless', '--data', folder, '--port', String(port), ...more]);
  await run.printed(`listening on http://127.0.0.1:${port}`);
  await run.printed(`  data      ${folder}`);
  return { run, port };
}

describe('npm start -- --headless', () => {
  onPosix.each([
    ['SIGTERM to npm', 'signal', 'SIGTERM'],
    ['SIGTERM to all of it', 'signalAll', 'SIGTERM'],
    ['Ctrl-C', 'signalAll', 'SIGINT'],
  ] as const)('%s: ends with 0, and nothing comes after it', async (_, how, signal) => {
    await using folder = await temporaryFolder();
    const { run } = await headless(folder.path);
    await using _run = run;
    const before = run.output();
    run[how](signal);
    expect(await run.ended).toBe(0);
    expect(run.output().slice(before.length).trim()).toBe('');
    await expect.poll(run.isGroupAlive).toBe(false);
    // The next start finds a database that was closed.
    expect(existsSync(join(folder.path, 'relay.db-wal'))).toBe(false);
  });

  it('where the port of the window is taken it runs without, and who opens it hears which port, and what to do', {
    timeout: 120_000,
  }, async () => {
    await using folder = await temporaryFolder();
    const [port = 0, windowPort = 0] = await twoInARow();
    const taken = createServer().listen(windowPort, '127.0.0.1');
    await once(taken, 'listening');
    await using run = runNpm(['start', '--', '--headless', '--data', folder.path, '--port', String(port)]);
    const why = `There is no window: port ${windowPort} for it is already in use by another program.`;
    await run.printed(why);
    taken.close();
    const { code, err } = await runCommand(folder.path, ['open']);
    expect([code, err]).toEqual([2, expect.stringContaining(why)]);
    expect(err).toMatch(/Port \d+ is free: start Roost Relay again with --window-port \d+\./);
  });

  onPosix('SIGTERM to the engine process alone: all of it ends with 0, and nothing is started again', async () => {
    await using folder = await temporaryFolder();
    const { run } = await headless(folder.path);
    await using _run = run;
    const before = run.output();
    process.kill(headlessEngineOn(folder.path), 'SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output().slice(before.length).trim()).toBe('');
    await expect.poll(run.isGroupAlive).toBe(false);
  });

  onPosix('an impatient second and third Ctrl-C do not cut the clean end off', async () => {
    await using folder = await temporaryFolder();
    const { run } = await headless(folder.path);
    await using _run = run;
    for (let n = 0; n < 3; n += 1) run.signalAll('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toMatch(stackTrace);
    expect(existsSync(join(folder.path, 'relay.db-wal'))).toBe(false);
  });

  onPosix.each([
    ['npm killed outright', 'signal', 'SIGKILL'],
    // npm itself dies of it.
    ['the terminal closed', 'signalAll', 'SIGHUP'],
  ] as const)('%s: the engine closes its database and ends by itself', async (_, how, signal) => {
    await using folder = await temporaryFolder();
    const { run } = await headless(folder.path);
    run[how](signal);
    await expect.poll(run.isGroupAlive, { timeout: 10_000 }).toBe(false);
    expect(existsSync(join(folder.path, 'relay.db-wal'))).toBe(false);
  });

  onPosix('an engine that crashes is started again, and takes events again', async () => {
    await using folder = await temporaryFolder();
    const { run, port } = await headless(folder.path);
    await using _run = run;
    process.kill(headlessEngineOn(folder.path), 'SIGKILL');
    await run.printed('is started again');
    await expect.poll(() => healthOf(port), { timeout: 20_000 }).toBe(200);
    run.signal('SIGTERM');
    expect(await run.ended).toBe(0);
  });

  it('a port that is taken, and a folder in use: one sentence each, and status 1', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    await using engine = await startEngineProcess({ dataFolder: folder.path });
    await using taken = runNpm([
      'start',
      '--',
      '--headless',
      '--data',
      other.path,
      '--port',
      String(engine.port),
      '--no-window',
    ]);
    expect(await taken.ended).toBe(1);
    expect(taken.output()).toContain(`Port ${engine.port} is already in use`);
    await using inUse = runNpm(['start', '--', '--headless', '--data', folder.path, '--no-window']);
    expect(await inUse.ended).toBe(1);
    expect(inUse.output()).toContain('already running on the data folder');
    expect(taken.output() + inUse.output()).not.toMatch(stackTrace);
    const ports = (...args: string[]) => runNpm(['start', '--', '--headless', '--data', other.path, ...args]);
    await using noWindow = ports('--port', String(await freePort()), '--window-port', String(engine.port));
    expect(await noWindow.ended).toBe(1);
    expect(noWindow.output()).toMatch(new RegExp(`--window-port.*${engine.port}`));
    expect(noWindow.output()).not.toContain('listening on');
    await using same = ports('--port', '47999', '--window-port', '47999');
    expect(await same.ended).toBe(2);
    expect(same.output()).toContain('--window-port: expected another port than --port has, got "47999".');
  });
});

if (noTerminal !== null) console.warn(`SKIPPED: Ctrl-C in a terminal: ${noTerminal}`);

describe.skipIf(noTerminal !== null)('npm start -- --headless in a terminal', () => {
  const inTerminal = async (folder: string) => {
    const port = await freePort();
    const args = ['start', '--', '--headless', '--data', folder, '--port', String(port), '--no-window'];
    return { port, run: runInTerminal(['npm', ...args], npmEnvironment()) };
  };
  /** Its own banner apart, and what it takes off the screen again. */
  const saidAfter = (output: string) =>
    stripVTControlCharacters(output.slice(output.lastIndexOf('^C') + 2))
      .replaceAll(/[\u2800-\u28ff]/g, '')
      .trim();

  it.each([1, 2, 3])('Ctrl-C, pressed %i times: ends with 0, says nothing, and leaves no process', async (presses) => {
    await using folder = await temporaryFolder();
    const { run, port } = await inTerminal(folder.path);
    await using _run = run;
    await run.printed(`listening on http://127.0.0.1:${port}`);
    await run.printed(`  data      ${folder.path}`);
    for (let n = 0; n < presses; n += 1) run.type(ctrlC);
    expect(await run.ended).toBe(0);
    expect(saidAfter(run.output())).toBe('');
    await expect.poll(() => processesOn(folder.path)).toEqual([]);
    expect(existsSync(join(folder.path, 'relay.db-wal'))).toBe(false);
  });

  it('Ctrl-C while it starts: whenever it comes, no trace of a fault and no process are left', async () => {
    await using folder = await temporaryFolder();
    for (const afterMs of [0, 300, 600, 900, 1_300, 1_800, 2_500]) {
      const { run } = await inTerminal(folder.path);
      await using _run = run;
      await run.printed('electron/start.ts');
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      run.type(ctrlC);
      // Before it could hear of it the shell says how it died.
      expect([0, 130], run.output()).toContain(await run.ended);
      expect(run.output()).not.toMatch(stackTrace);
      await expect.poll(() => processesOn(folder.path)).toEqual([]);
    }
    const { run, port } = await inTerminal(folder.path);
    await using _run = run;
    await run.printed(`listening on http://127.0.0.1:${port}`);
    expect(await healthOf(port)).toBe(200);
  }, 120_000);

  it('Ctrl-C, twice, while an event is on its way: it has arrived, or goes out at the next start', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await startReceiver();
    const { run, port } = await inTerminal(folder.path);
    await using _run = run;
    await run.printed(`listening on http://127.0.0.1:${port}`);
    const control = await connectControl(folder.path);
    const { token } = await setUpProperty(control, receiver);
    // Longer than what is under way is waited for.
    receiver.answerNext({ status: 200, delayMs: 8_000 });
    const taken = await fetch(`http://127.0.0.1:${port}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'booking.created', data: { booking_id: 'bk_1' } }),
    });
    expect(taken.status).toBe(202);
    await receiver.until((requests) => requests.length === 1, 20_000);
    run.type(ctrlC);
    run.type(ctrlC);
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toMatch(stackTrace);
    await expect.poll(() => processesOn(folder.path)).toEqual([]);
    await using engine = await startEngineProcess({ dataFolder: folder.path });
    await receiver.until((requests) => requests.length === 2, 20_000);
    const ids = receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']);
    expect(new Set(ids).size).toBe(1);
    const again = await connectControl(folder.path);
    await expect.poll(async () => (await again.call('situation.get', {})).waiting, { timeout: 10_000 }).toBe(0);
    expect(await engine.stop()).toBe(0);
  }, 60_000);
});

describe.each([
  ['npm start', []],
  ['npm start -- --headless', ['--headless']],
])('%s', (_, args) => {
  it('--help says what there is, and ends with 0', async () => {
    await using run = runNpm(['start', '--', ...args, '--help']);
    expect(await run.ended).toBe(0);
    expect(run.output()).toContain('--window-port');
  });

  it.each([
    ['an unknown option', ['--bogus'], '--bogus'],
    ['a port that is none', ['--port', 'abc'], '--port: expected a port from 1 to 65535, got "abc"'],
    ['an option without its value', ['--data'], '--data'],
    ['a data folder that is a file', ['--data', 'package.json'], 'package.json is a file.'],
  ])('%s is told, starts nothing, and ends with 2', async (_name, wrong, says) => {
    await using run = runNpm(['start', '--', ...args, ...wrong]);
    expect(await run.ended).toBe(2);
    expect(run.output()).toContain(says);
    expect(run.output()).not.toContain('listening');
    expect(run.output()).not.toMatch(stackTrace);
  });
});

onPosix(
  'npm start without a display runs the engine with its window in a browser, and ends with 0',
  async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    await using run = runNpm(['start', '--', '--data', folder.path, '--port', String(port)]);
    await run.printed('There is no display here');
    await run.printed('  window    http://127.0.0.1:', 120_000);
    run.signal('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toMatch(stackTrace);
  },
  150_000,
);

describe('npm run relay', () => {
  it('--help ends with 0, an unknown command with 2, an engine that does not run with 4', async () => {
    await using folder = await temporaryFolder();
    const env = { ROOST_RELAY_DATA: folder.path };
    await using help = runNpm(['run', '-s', 'relay', '--', '--help'], env);
    await using wrong = runNpm(['run', '-s', 'relay', '--', 'bogus'], env);
    await using status = runNpm(['run', '-s', 'relay', '--', 'status'], env);
    expect([await help.ended, await wrong.ended, await status.ended]).toEqual([0, 2, 4]);
    expect(help.output() + wrong.output() + status.output()).not.toMatch(stackTrace);
  });
});

describe('npm run demo', () => {
  onPosix.each([
    ['SIGTERM to npm', 'signal', 'SIGTERM'],
    ['Ctrl-C', 'signalAll', 'SIGINT'],
  ] as const)('ended by %s it leaves nothing behind', async (_, how, signal) => {
    await using run = runNpm(['run', 'demo']);
    await run.printed('takes events on');
    run[how](signal);
    expect(await run.ended).toBe(0);
    expect(run.output()).not.toMatch(stackTrace);
    await expect.poll(run.isGroupAlive).toBe(false);
  });
});

const healthOf = async (port: number): Promise<number> => {
  try {
    const answer = await request(`http://127.0.0.1:${port}/v1/health`);
    await answer.body.dump();
    return answer.statusCode;
  } catch {
    return 0;
  }
};

/** Two ports that are free now, one after the other: the window's is the one behind where none is chosen. */
async function twoInARow(): Promise<readonly [number, number]> {
  for (let tries = 0; tries < 50; tries += 1) {
    const port = await freePort();
    const next = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      next.once('error', () => resolve(false));
      next.listen(port + 1, '127.0.0.1', () => next.close(() => resolve(true)));
    });
    if (isFree) return [port, port + 1];
  }
  throw new Error('no two ports in a row are free');
}
