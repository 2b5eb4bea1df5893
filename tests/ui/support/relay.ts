/**
 * `test` with a real engine of its own: its window opened in the browser by a one-time address, real HTTPS
 * receivers, and a source that posts like a PMS.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import type { CallInput, CallName, CallOutput, Result } from '../../../shared/api.ts';
import { catalogue, type PmsEventType } from '../../../shared/events.ts';
import type { Preferences } from '../../../shared/schemas.ts';
import { startEngineProcess } from '../../support/engine-process.ts';
import { openPage, type TestPage } from '../../support/page.ts';
import { type Receiver, startReceiver } from '../../support/receiver.ts';
import { type EngineHost, type HostedEngine, startEngineHost } from './engine-host.ts';

export { expect };

/** An engine that a test may end. */
interface RunningEngine extends HostedEngine {
  /** `kill -9`, where it has a process of its own (`ownProcess`). */
  kill(): Promise<void>;
}

export interface Relay {
  readonly engine: RunningEngine;
  readonly dataFolder: string;
  /** Stops the engine as a person quits the app, and starts it again on the same data. */
  restart(): Promise<void>;
  /** One call, as the window would make it. @throws Error with the engine's sentence */
  call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Opens the window at a path of its own, such as `/deliveries?state=waiting`. */
  open(page: Page, path: string): Promise<void>;
  /** Goes to another path in the window that is open, as a link does: nothing is loaded anew. */
  go(page: Page, path: string): Promise<void>;
  /** A receiver that answers 200 until told otherwise; stopped at the end of the test. */
  receiver(): Promise<Receiver>;
  /** An endpoint for a receiver, tested and enabled unless `enable` is false. Takes all events unless given. */
  endpoint(name: string, receiver: Receiver, more?: { events?: PmsEventType[]; enable?: boolean }): Promise<string>;
  /** Posts an event as the PMS does; `data` replaces members of the catalogue's sample. Returns its id. */
  post(event: PmsEventType, data?: Record<string, unknown>): Promise<string>;
}

interface Fixtures {
  /** A process for this engine alone, as a person starts it: for tests that kill it. */
  readonly ownProcess: boolean;
  readonly relay: Relay;
}

type Start = (dataFolder: string) => Promise<RunningEngine>;

export const test = base.extend<Fixtures, { readonly engines: EngineHost }>({
  engines: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the destructuring.
    async ({}, use) => {
      await using engines = startEngineHost();
      await use(engines);
    },
    { scope: 'worker' },
  ],
  ownProcess: [false, { option: true }],
  relay: async ({ engines, ownProcess }, use) => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'roost-relay-ui-'));
    const receivers: Receiver[] = [];
    const start = ownProcess ? startAlone : startHosted(engines);
    const running = { engine: await startEngine(start, dataFolder), start };
    try {
      await use(await relayOf(dataFolder, running, receivers));
    } finally {
      await (ownProcess ? running.engine.kill() : running.engine.stop());
      for (const receiver of receivers) await receiver.stop();
      await rm(dataFolder, { recursive: true, force: true });
    }
  },
});

const startHosted =
  (engines: EngineHost): Start =>
  async (dataFolder) => ({
    ...(await engines.start(dataFolder)),
    kill: () => Promise.reject(new Error('say `test.use({ ownProcess: true })` where the engine is killed')),
  });

const startAlone: Start = async (dataFolder) => {
  const engine = await startEngineProcess({ dataFolder, window: true, withinMs: 45_000 });
  return { port: engine.port, output: engine.output, kill: engine.kill, stop: async () => void (await engine.stop()) };
};

/** A port that was free can be another test's by the time that it is wanted: then with another one. */
async function startEngine(start: Start, dataFolder: string): Promise<RunningEngine> {
  for (let tries = 1; ; tries += 1) {
    const engine = await start(dataFolder);
    await expect.poll(() => engine.output(), { timeout: 15_000 }).toMatch(/\/open\?token=\S+|taken by another program/);
    if (tries === 5 || !engine.output().includes('taken by another program')) return engine;
    await engine.stop();
  }
}

async function relayOf(
  dataFolder: string,
  running: { engine: RunningEngine; readonly start: Start },
  receivers: Receiver[],
): Promise<Relay> {
  let session = await openSession(running.engine);
  const call: Relay['call'] = async (name, input) => {
    const response = await session.call(name, input);
    const result = (await response.json()) as Result<CallOutput<typeof name>>;
    if (!result.ok) throw new Error(`${name}: ${result.error.message} ${result.error.detail ?? ''}`);
    return result.value;
  };
  const settings = await call('settings.get', {});
  await call('settings.change', {
    change: { ...settings, propertyId: 'prop_baybreeze', propertyName: 'Bay Breeze Hotel', timeZone: 'Asia/Manila' },
  });
  let pms: CallOutput<'sources.add'> | null = null;
  return {
    get engine() {
      return running.engine;
    },
    dataFolder,
    async restart() {
      await running.engine.stop();
      running.engine = await startEngine(running.start, dataFolder);
      session = await openSession(running.engine);
    },
    call,
    async open(page, path) {
      const [name = '', value = ''] = session.cookie.split('=');
      await page.context().addCookies([{ name, value, url: session.origin, httpOnly: true, sameSite: 'Strict' }]);
      // A change behind the # alone would leave the window as it stands: dialogs, fields and all.
      if (page.url().startsWith(session.origin)) await page.goto('about:blank');
      await page.goto(`${session.origin}/#key=${session.key}${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    },
    async go(page, path) {
      await page.evaluate((hash) => {
        window.location.hash = hash;
        // Two frames: the page before it is gone by then.
        return new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
      }, path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.locator('[aria-busy=true]')).toHaveCount(0);
    },
    async receiver() {
      const receiver = await startReceiver();
      receivers.push(receiver);
      return receiver;
    },
    async endpoint(name, receiver, { events, enable = true } = {}) {
      const added = await call('endpoints.add', {
        confirmed: true,
        endpoint: {
          url: receiver.url,
          description: name,
          caPem: receiver.caPem,
          events: events ?? (Object.keys(catalogue) as PmsEventType[]),
        },
      });
      if (enable) {
        await call('endpoints.test', { id: added.endpoint.id });
        await call('endpoints.enable', { id: added.endpoint.id });
        receiver.clear();
      }
      return added.endpoint.id;
    },
    async post(event, data = {}) {
      pms ??= await call('sources.add', { name: 'Front desk PMS' });
      const response = await fetch(pms.url, {
        method: 'POST',
        headers: { authorization: `Bearer ${pms.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event, data: { ...catalogue[event].sample, ...data } }),
      });
      if (response.status !== 202)
        throw new Error(`the event was answered with ${response.status}: ${await response.text()}`);
      return ((await response.json()) as { id: string }).id;
    },
  };
}

/** Redeems the address that the engine prints at its start, once. */
async function openSession(engine: RunningEngine): Promise<TestPage> {
  await expect.poll(() => engine.output(), { timeout: 15_000 }).toMatch(/\/open\?token=\S+/);
  return openPage(/http:\S+\/open\?token=\S+/.exec(engine.output())?.[0] ?? '');
}

/**
 * The looks that every screen is proved in: contrast is the theme's, the room that words need the language's, so that
 * two show all four. `LOOKS=all` proves every pair.
 */
export const looks: readonly Pick<Preferences, 'theme' | 'language'>[] =
  process.env.LOOKS === 'all'
    ? (['light', 'dark'] as const).flatMap((theme) => (['en', 'fil'] as const).map((language) => ({ theme, language })))
    : [
        { theme: 'light', language: 'en' },
        { theme: 'dark', language: 'fil' },
      ];

/** Changes theme and language as the settings would. */
export async function wear(relay: Relay, look: Pick<Preferences, 'theme' | 'language'>): Promise<void> {
  await relay.call('preferences.change', { change: look });
}
