/** A whole engine inside the test's process: real SQLite, real HTTP, real HTTPS, and a clock that the test moves. */
import { request } from 'undici';
import { type Engine, type EngineOptions, startEngine } from '../../electron/engine/engine.ts';
import type { CallInput, CallOutput, EngineCallName } from '../../shared/api.ts';
import type { Actor, EndpointId } from '../../shared/domain.ts';
import { type EventType, eventTypes } from '../../shared/events.ts';
import { readerThread } from './built-threads.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { freePort } from './engine-process.ts';
import { temporaryFolder } from './folder.ts';
import { createKeptLog, createTestVault, type KeptLog } from './ports.ts';
import type { Receiver } from './receiver.ts';

export interface TestEngine extends AsyncDisposable {
  readonly engine: Engine;
  readonly clock: FakeClock;
  readonly log: KeptLog;
  readonly dataFolder: string;
  /** The token of its one source. */
  readonly token: string;
  /** @throws Error with the engine's sentence, where it answers with an error */
  call<Name extends EngineCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** Posts an event as a PMS does. */
  post(event: EventType, data: object, more?: object): Promise<PostAnswer>;
  /** Adds an endpoint for the receiver, trusted and switched on without a test send. */
  addEndpoint(
    receiver: Receiver,
    more?: Partial<EndpointInput>,
  ): Promise<{ readonly id: EndpointId; readonly secret: string }>;
  /** Asks again until `good`, for 10 s of real time at most; for what the network brings about. */
  until<Value>(ask: () => Value | Promise<Value>, good: (value: Value) => boolean): Promise<Value>;
  stop(): Promise<void>;
}

export interface PostAnswer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: { readonly id?: string; readonly duplicate?: boolean; readonly message?: string };
}

type EndpointInput = CallInput<'endpoints.add'>['endpoint'];

const actor: Actor = { account: 'tester', surface: 'window' };

/** @param options what differs (`settingsPort`: the intake's, as the settings say it); a folder given is not removed */
export async function startTestEngine({
  settingsPort,
  ...options
}: Partial<EngineOptions> & { readonly clock?: FakeClock; readonly settingsPort?: number } = {}): Promise<TestEngine> {
  const folder = options.dataFolder === undefined ? await temporaryFolder() : null;
  const dataFolder = options.dataFolder ?? folder?.path ?? '';
  const clock = options.clock ?? createFakeClock(Date.now());
  const log = createKeptLog();
  const engine = await startEngine({
    version: '1.0.0',
    vault: createTestVault(),
    logger: log,
    readerThread: readerThread(),
    chance: () => 0,
    ...(settingsPort === undefined ? { intakePort: await freePort() } : {}),
    ...options,
    defaults: {
      // No test asks an address of the real internet; one that is about them names its own.
      internetCheck: { use: 'off', own: [] },
      ...(options.defaults ?? {
        propertyId: 'prop_test',
        ...(settingsPort === undefined ? {} : { intakePort: settingsPort }),
      }),
    },
    dataFolder,
    clock,
  });

  const call: TestEngine['call'] = async (name, input) => {
    const result = await engine.call(name, input, actor);
    if (!result.ok) throw new Error(`${name}: ${result.error.message} ${result.error.detail ?? ''}`);
    return result.value;
  };
  // A folder that was opened before has one already, whose token is known to nobody here.
  const before = await call('sources.list', { revoked: true });
  const { token } = await call('sources.add', { name: before.length === 0 ? 'PMS' : `PMS ${before.length + 1}` });
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await engine.stop({ graceMs: 0 });
    await folder?.remove();
  };

  return {
    engine,
    clock,
    log,
    dataFolder,
    token,
    call,
    async post(event, data, more = {}) {
      const answer = await request(`${engine.intakeAddress}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event, data, ...more }),
      });
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: JSON.parse(await answer.body.text()) as PostAnswer['body'],
      };
    },
    async addEndpoint(receiver, more = {}) {
      const { endpoint, secret } = await call('endpoints.add', {
        confirmed: true,
        endpoint: { url: receiver.url, events: [...eventTypes], caPem: receiver.caPem, ...more },
      });
      await call('endpoints.enable', { id: endpoint.id, override: true });
      return { id: endpoint.id, secret };
    },
    async until(ask, good) {
      const endsAt = performance.now() + 10_000;
      for (;;) {
        const value = await ask();
        if (good(value)) return value;
        if (performance.now() > endsAt) throw new Error(`not within 10 s: ${JSON.stringify(value)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
