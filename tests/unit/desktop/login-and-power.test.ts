import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GenericProvider } from 'electron-updater/out/providers/GenericProvider.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseDesktopArguments } from '../../../electron/shell/arguments.ts';
import { autostartFile, systemLoginItem } from '../../../electron/shell/login-item.ts';
import { keepAwakeDuringJobs, keepAwakeWhileWaiting, watchSleep } from '../../../electron/shell/power.ts';
import { prepareQuit } from '../../../electron/shell/quit.ts';
import {
  namesItsSigner,
  type UpdateParts,
  type Updater,
  watchForUpdates,
} from '../../../electron/shell/updates/updates.ts';
import type { Endpoint, Situation, Update } from '../../../shared/schemas.ts';
import { createFakeClock } from '../../support/clock.ts';
import { createTestMishaps } from '../../support/ports.ts';
import { endpoint, situation } from './situations.ts';

describe('start at login on Linux', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'autostart-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const entry = () => join(folder, 'autostart', 'roost-relay.desktop');

  test('is a file that starts the app hidden, and is gone when it is not wanted', () => {
    const item = autostartFile(folder, ['/opt/Roost Relay/roost-relay']);
    item.set(true);
    expect(readFileSync(entry(), 'utf8')).toContain('Exec="/opt/Roost Relay/roost-relay" --hidden');
    expect(item.works(true)).toBe(true);
    item.set(false);
    expect(item.works(false)).toBeNull();
    expect(item.works(true)).toBe(false);
  });

  test('quotes what a shell would take for something else', () => {
    autostartFile(folder, ['/opt/50% $HOME/a"b']).set(true);
    expect(readFileSync(entry(), 'utf8')).toContain(String.raw`Exec="/opt/50%% \\$HOME/a\\"b" --hidden`);
  });

  test.each(['Hidden=true', 'X-GNOME-Autostart-enabled=false'])('notices that the system wrote %s', (line) => {
    mkdirSync(join(folder, 'autostart'));
    writeFileSync(entry(), `[Desktop Entry]\nExec=roost-relay\n${line}\n`);
    expect(autostartFile(folder, ['roost-relay']).works(true)).toBe(false);
  });
});

describe('start at login on Windows and macOS', () => {
  const item = (platform: 'win32' | 'darwin', settings: object) =>
    systemLoginItem(
      {
        setLoginItemSettings: () => {},
        getLoginItemSettings: () => settings as { openAtLogin: boolean },
      },
      platform,
    );

  test('an entry that the Task Manager switched off does not work', () => {
    expect(item('win32', { openAtLogin: true, executableWillLaunchAtLogin: false }).works(true)).toBe(false);
    expect(item('win32', { openAtLogin: true, executableWillLaunchAtLogin: true }).works(true)).toBe(true);
  });

  test('on macOS it works once it is allowed', () => {
    expect(item('darwin', { openAtLogin: true, status: 'requires-approval' }).works(true)).toBe(false);
    expect(item('darwin', { openAtLogin: true, status: 'enabled' }).works(true)).toBe(true);
  });

  test('where it is not wanted there is nothing to say', () => {
    expect(item('win32', { openAtLogin: false }).works(false)).toBeNull();
  });
});

describe('sleep', () => {
  function machine() {
    const clock = createFakeClock();
    const said: string[] = [];
    const listeners: Record<string, () => void> = {};
    const network = { isOnline: true };
    watchSleep({
      monitor: { on: (event, listener) => Object.assign(listeners, { [event]: listener }) },
      isOnline: () => network.isOnline,
      suspend: () => said.push('suspend'),
      resume: () => said.push('resume'),
      after: (delayMs, run) => clock.after(delayMs, run),
    });
    const happens = (event: 'suspend' | 'resume') => listeners[event]?.();
    return { clock, said, network, happens };
  }

  test('work stops with it and goes on when the network is back', async () => {
    const { clock, said, network, happens } = machine();
    happens('suspend');
    network.isOnline = false;
    happens('resume');
    await clock.advance(3000);
    expect(said).toEqual(['suspend']);
    network.isOnline = true;
    await clock.advance(1000);
    expect(said).toEqual(['suspend', 'resume']);
  });

  test('work goes on without a network too, for endpoints nearby', async () => {
    const { clock, said, network, happens } = machine();
    network.isOnline = false;
    happens('suspend');
    happens('resume');
    await clock.advance(20_000);
    expect(said).toEqual(['suspend', 'resume']);
  });

  test('falling asleep again while it waits is sleep', async () => {
    const { clock, said, network, happens } = machine();
    network.isOnline = false;
    happens('resume');
    happens('suspend');
    network.isOnline = true;
    await clock.advance(60_000);
    expect(said).toEqual(['suspend']);
  });

  test('the PC is kept awake during exports and bulk resends, and no longer', () => {
    let blocks = 0;
    const follow = keepAwakeDuringJobs({
      start: () => {
        blocks += 1;
        return blocks;
      },
      stop: () => {
        blocks -= 1;
      },
    });
    follow({ id: 'a', kind: 'export', state: 'running' });
    follow({ id: 'b', kind: 'resend', state: 'running' });
    follow({ id: 'c', kind: 'backup', state: 'running' });
    expect(blocks).toBe(1);
    follow({ id: 'a', kind: 'export', state: 'done' });
    follow({ id: 'b', kind: 'resend', state: 'paused' });
    expect(blocks).toBe(0);
  });
});

describe('staying awake while events wait', () => {
  // Electron's blocker is a double: what the system makes of it is seen on a PC that sleeps by itself alone.
  const looked = (situations: readonly (Situation | null)[]): readonly number[] => {
    let blocks = 0;
    const follow = keepAwakeWhileWaiting({ start: () => ++blocks, stop: () => --blocks });
    return situations.map((now) => {
      follow(now);
      return blocks;
    });
  };
  const one = (change: Partial<Endpoint>) => situation({ endpoints: [endpoint({ waiting: 2, ...change })] });
  const offline = { connectivity: { state: 'offline' as const, since: null } };

  test('holds the PC awake once, and lets it go when all is out or nobody wants it', () => {
    expect(looked([one({}), one({ waiting: 5 }), one({ waiting: 0 }), one({}), null])).toEqual([1, 1, 0, 1, 0]);
  });

  test.each<[string, Situation]>([
    ['the internet is away', { ...one({}), ...offline }],
    ['a person paused deliveries', { ...one({}), pausedUntil: 5 as never }],
    ['the endpoint is failing', one({ state: 'failing' })],
    ['the endpoint is paused', one({ state: 'paused' })],
  ])('not while %s', (_, now) => {
    expect(looked([one({}), now])).toEqual([1, 0]);
  });

  test('what stays on the local network can go out without an internet', () => {
    expect(looked([{ ...one({ local: true }), ...offline }])).toEqual([1]);
  });
});

describe('quitting', () => {
  function desktop(confirmed: boolean) {
    const said: string[] = [];
    let beforeQuit = (_event: { preventDefault(): void }) => {};
    let stopped = () => {};
    let passed = () => {};
    const quit = prepareQuit({
      app: {
        on: (_event, listener) => {
          beforeQuit = listener;
        },
        quit: () => beforeQuit({ preventDefault: () => said.push('held') }),
        exit: (code) => said.push(`exit ${code}`),
      },
      confirm: async () => confirmed,
      stop: () =>
        new Promise((resolve) => {
          said.push('stop');
          stopped = resolve;
        }),
      goOn: async () => void said.push('go on'),
      after(_delayMs, run) {
        passed = run;
        return () => {};
      },
    });
    return {
      quit,
      said,
      finish: () => stopped(),
      minutePasses: () => passed(),
      again: () => beforeQuit({ preventDefault: () => said.push('held') }),
    };
  }

  test('waits for attempts in flight, however often it is asked for', async () => {
    const { quit, said, finish, again } = desktop(true);
    await quit.ask();
    again();
    expect(said).toEqual(['held', 'stop', 'held']);
    expect(quit.isUnderWay).toBe(true);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    expect(said.at(-1)).toBe('exit 0');
  });

  const soon = () => new Promise((resolve) => setImmediate(resolve));

  test('for an update the engine is stopped first, and the end is then Electron’s own', async () => {
    const { quit, said, finish, again } = desktop(true);
    const over = quit.handOver(() => {
      again();
      said.push('installing');
      return true;
    });
    expect(said).toEqual(['stop']);
    finish();
    await soon();
    // Not held up: windows, hidden ones too, close, and the installer is waited for by nobody.
    expect(said).toEqual(['stop', 'installing']);
    expect(quit.isUnderWay).toBe(true);
    void over;
  });

  test('an update that does not begin, or does not end it, leaves the engine working', async () => {
    const { quit, said, finish, minutePasses } = desktop(true);
    const over = quit.handOver(() => false);
    finish();
    await over;
    expect(said).toEqual(['stop', 'go on']);
    const second = quit.handOver(() => true);
    finish();
    await soon();
    minutePasses();
    await second;
    expect(said).toEqual(['stop', 'go on', 'stop', 'go on']);
    await quit.ask();
    expect(said.slice(4)).toEqual(['held', 'stop']);
  });

  test('is dropped when the person keeps it working', async () => {
    const { quit, said } = desktop(false);
    await quit.ask();
    expect(said).toEqual([]);
  });
});

describe('updates', () => {
  type Found = Awaited<ReturnType<Updater['checkForUpdates']>>;

  /** electron-updater itself is in tests/integration/update-feed.test.ts. */
  const updaterThat = (checkForUpdates: () => Promise<Found>, loads: string[] = []): Updater => ({
    ...{ autoDownload: false, autoInstallOnAppQuit: false, allowDowngrade: true, disableWebInstaller: false },
    setFeedURL: ({ url }) => void loads.push(url),
    checkForUpdates,
    quitAndInstall: (...how) => void loads.push(`install ${how.join()}`),
    once: () => {},
  });

  function feedReader(found: () => Promise<Found>, more: Partial<UpdateParts> = {}) {
    const told: Update[] = [];
    const loads: string[] = [];
    let look = () => {};
    const updates = watchForUpdates({
      isInstalled: true,
      canCheckSignature: () => true,
      policy: { publicKey: null, feeds: ['https://updates.example/relay'] },
      loadUpdater: async () => ({ updater: updaterThat(found, loads), Generic: GenericProvider }),
      every: (_intervalMs, run) => {
        look = run;
        return () => {};
      },
      nowMs: () => 1_000,
      own: createTestMishaps().own,
      log: () => {},
      onState: () => told.push(updates.state),
      ...more,
    });
    const settled = () => new Promise((resolve) => setImmediate(resolve));
    return { updates, told, loads, settled, lookAgain: () => look() };
  }

  const nothing = async () => null;

  test('nothing of them is even loaded without a feed', () => {
    const { updates, told, loads } = feedReader(nothing);
    updates.follow('');
    updates.follow('http://updates.example/relay');
    updates.follow('file:///tmp/feed');
    updates.follow('https://updates.example/relay/other');
    expect(loads).toEqual([]);
    expect(told.map(({ state }) => state)).toEqual(['not_allowed', 'not_allowed', 'not_allowed']);
  });

  test('are off where their signature could not be checked, and in a checkout', () => {
    const unsigned = feedReader(nothing, { canCheckSignature: () => false });
    unsigned.updates.follow('https://updates.example/relay');
    const checkout = feedReader(nothing, { isInstalled: false });
    checkout.updates.follow('https://updates.example/relay');
    expect([unsigned.updates.state.state, checkout.updates.state.state]).toEqual(['unsigned', 'not_here']);
    expect([...unsigned.loads, ...checkout.loads]).toEqual([]);
    expect(namesItsSigner('provider: generic\nurl: https://updates.invalid\n')).toBe(false);
    expect(namesItsSigner('provider: generic\npublisherName:\n  - Roost Relay Inc.\n')).toBe(true);
    expect(namesItsSigner(null)).toBe(false);
  });

  test('none older, and none that fetches more while it is put in place: nobody would check that', async () => {
    const updater = updaterThat(nothing);
    const { updates, settled } = feedReader(nothing, {
      loadUpdater: async () => ({ updater, Generic: GenericProvider }),
    });
    updates.follow('https://updates.example/relay');
    await settled();
    expect(updater).toMatchObject({ allowDowngrade: false, disableWebInstaller: true });
  });

  test('a shutdown puts nothing in place: Windows would cut that off half way', async () => {
    const updater = updaterThat(nothing);
    const { updates, settled } = feedReader(nothing, {
      loadUpdater: async () => ({ updater, Generic: GenericProvider }),
    });
    updates.follow('https://updates.example/relay');
    await settled();
    expect(updater.autoInstallOnAppQuit).toBe(true);
    updates.holdBack();
    expect(updater.autoInstallOnAppQuit).toBe(false);
  });

  test('say what became of them: fetched and ready, the newest already, refused', async () => {
    const newer = { isUpdateAvailable: true, updateInfo: { version: '2.0.0' } };
    const ready = feedReader(async () => ({ ...newer, downloadPromise: Promise.resolve() }));
    ready.updates.follow('https://updates.example/relay');
    await ready.settled();
    expect(ready.told.map(({ state, version }) => [state, version])).toEqual([
      ['looking', null],
      ['fetching', '2.0.0'],
      ['ready', '2.0.0'],
    ]);

    expect(ready.updates.install()).toBe(true);
    expect(ready.loads.at(-1)).toBe('install true,true');

    const broken = feedReader(nothing, {
      loadUpdater: async () => {
        let tell = (_problem: Error) => {};
        const updater = {
          ...updaterThat(async () => ({ ...newer, downloadPromise: Promise.resolve() })),
          once: (_event: string, listener: (problem: Error) => void) => {
            tell = listener;
          },
          quitAndInstall: () => tell(new Error('no rights\nstack')),
        };
        return { updater, Generic: GenericProvider };
      },
    });
    expect(broken.updates.install()).toBe(false);
    broken.updates.follow('https://updates.example/relay');
    await broken.settled();
    expect(broken.updates.install()).toBe(false);
    expect(broken.updates.state).toMatchObject({ state: 'failed', version: '2.0.0', problem: 'no rights' });

    const newest = feedReader(async () => ({ ...newer, isUpdateAvailable: false }));
    newest.updates.follow('https://updates.example/relay');
    await newest.settled();
    expect(newest.updates.state).toMatchObject({ state: 'newest', version: null, at: 1_000, problem: null });

    const bad = feedReader(async () => ({ ...newer, downloadPromise: Promise.reject(new Error('sha512\nstack')) }));
    bad.updates.follow('https://updates.example/relay');
    await bad.settled();
    expect(bad.updates.state).toMatchObject({ state: 'failed', version: '2.0.0', at: 1_000, problem: 'sha512' });
    bad.updates.follow('');
    expect(bad.updates.state.state).toBe('off');
  });

  test('one that is ready stays so while the internet is away, until a newer one is found', async () => {
    const feed: { found: () => Promise<Found> } = { found: nothing };
    const { updates, told, settled, lookAgain } = feedReader(() => feed.found());
    const of = (version: string) => async () => ({
      isUpdateAvailable: true,
      updateInfo: { version },
      downloadPromise: Promise.resolve(),
    });
    const next = async (found: () => Promise<Found>) => {
      told.length = 0;
      feed.found = found;
      lookAgain();
      await settled();
      return told.map(({ state, version }) => [state, version]);
    };
    feed.found = of('2.0.0');
    updates.follow('https://updates.example/relay');
    await settled();
    expect(await next(async () => Promise.reject(new Error('ENOTFOUND')))).toEqual([]);
    expect(updates.state).toMatchObject({ state: 'ready', version: '2.0.0', problem: null });
    expect(await next(of('2.0.0'))).toEqual([['ready', '2.0.0']]);
    expect(await next(async () => ({ isUpdateAvailable: false, updateInfo: { version: '1.0.0' } }))).toEqual([
      ['ready', '2.0.0'],
    ]);
    expect(await next(of('3.0.0'))).toEqual([
      ['fetching', '3.0.0'],
      ['ready', '3.0.0'],
    ]);
    // Nothing is left of the one before once another could not be fetched.
    const broken = async () => ({ ...(await of('4.0.0')()), downloadPromise: Promise.reject(new Error('cut off')) });
    expect(await next(broken)).toEqual([
      ['fetching', '4.0.0'],
      ['failed', '4.0.0'],
    ]);
  });

  test('what looks for them cannot be loaded: that is said, and tried again', async () => {
    let isThere = false;
    const { updates, settled, lookAgain } = feedReader(nothing, {
      loadUpdater: async () => {
        if (!isThere) throw new Error('Cannot find module');
        const updater = updaterThat(async () => ({ isUpdateAvailable: false, updateInfo: { version: '1.0.0' } }));
        return { updater, Generic: GenericProvider };
      },
    });
    updates.follow('https://updates.example/relay');
    await settled();
    expect(updates.state).toMatchObject({ state: 'failed', version: null, at: 1_000, problem: 'Cannot find module' });
    isThere = true;
    lookAgain();
    await settled();
    expect(updates.state.state).toBe('newest');
  });
});

describe("the app's arguments", () => {
  test('are found among those of Electron, packaged or not', () => {
    const packaged = parseDesktopArguments(['/opt/relay', '--hidden', '--data=/d', '--port', '4999'], true, '/');
    expect(packaged).toEqual({ cli: null, hidden: true, engineOnly: false, data: '/d', port: 4999, property: null });
    const checkout = parseDesktopArguments(['electron', '--inspect=0', '/app', '--data', 'd'], false, '/home/ana');
    expect(checkout).toMatchObject({ cli: null, hidden: false, data: '/home/ana/d', port: null });
  });

  test('hand everything after cli to the command line', () => {
    expect(parseDesktopArguments(['relay', 'cli', 'emit', 'cli', '--json'], true, '/').cli).toEqual([
      'emit',
      'cli',
      '--json',
    ]);
    expect(parseDesktopArguments(['electron', '/app', 'cli', 'status'], false, '/').cli).toEqual(['status']);
  });

  test('behind --, which keeps Electron on Windows from an address and what follows it', () => {
    const url = [
      'endpoint',
      'add',
      '--url',
      'https://hooks.example.com/a?b=c',
      '--events',
      'booking.*',
      '--data',
      'd:\\x y',
    ];
    for (const before of [[], ['--'], ['--no-sandbox', '--'], ['--disable-gpu']]) {
      const parsed = parseDesktopArguments(['relay', ...before, 'cli', ...url], true, '/');
      expect(parsed).toMatchObject({ cli: url, data: null, hidden: false });
    }
    expect(parseDesktopArguments(['electron', '--no-sandbox', '/app', '--', 'cli', ...url], false, '/').cli).toEqual(
      url,
    );
    expect(parseDesktopArguments(['relay', '--', 'cli', '--', 'x'], true, '/').cli).toEqual(['--', 'x']);
    expect(parseDesktopArguments(['relay', '--hidden', 'client'], true, '/').cli).toBeNull();
    expect(readFileSync('build/installer.nsh', 'utf8')).toContain('" -- cli %*$\\r$\\n');
  });
});
