/** A property under trouble: an engine process, a PMS that posts, a receiver, and what has to be accounted for. */
import { eventTypes } from '../../shared/events.ts';
import { createLedger } from '../chaos/ledger.ts';
import { arrivalOf, createLoad } from '../chaos/load.ts';
import { connectControl } from '../support/control.ts';
import { type EngineProcess, type EngineProcessOptions, startEngineProcess } from '../support/engine-process.ts';
import { type ReceivedRequest, startReceiver } from '../support/receiver.ts';

/** After the end of a trouble the engine has to answer within so long, in milliseconds. */
export const answersWithinMs = 10_000;
/** What was acknowledged has to have come then, in milliseconds: an attempt that broke is tried again after a minute. */
const allOutWithinMs = 90_000;
const clients = 4;

export interface Stand extends AsyncDisposable {
  readonly folder: string;
  readonly port: number;
  engine(): EngineProcess;
  /** Starts it anew, as whoever holds it does; after a `kill`, or where it ended. */
  start(options?: Partial<EngineProcessOptions>): Promise<void>;
  /** The PMS posts until `quiet`. */
  busy(): void;
  quiet(): Promise<void>;
  /** Whether it answers a post of the PMS within the time; asked until it does. */
  answers(): Promise<boolean>;
  /** Acknowledged events that have not arrived, after the time that they are given. */
  missing(): Promise<number>;
  /** What no output may hold. */
  faults(): readonly string[];
}

export async function openStand(folder: string, options: Partial<EngineProcessOptions> = {}): Promise<Stand> {
  const ledger = createLedger();
  const receiver = await startReceiver();
  const strange: string[] = [];
  let seen = 0;
  let secret = '';
  const take = (requests: readonly ReceivedRequest[]): void => {
    for (const request of requests.slice(seen)) ledger.arrived(arrivalOf(request, secret));
    seen = requests.length;
  };
  receiver.answerWith(() => {
    take(receiver.requests);
    return { status: 200 };
  });
  const load = createLoad(clients, ledger.acknowledged, (what) => {
    if (!/^(429|503)/.test(what)) strange.push(`answered with ${what}`);
  });
  const run = (more: Partial<EngineProcessOptions>) => startEngineProcess({ dataFolder: folder, ...options, ...more });
  let engine = await run({});
  const { port } = engine;
  const outputs = [engine.output];
  const control = await connectControl(folder);
  await control.call('settings.change', {
    change: { propertyId: 'prop_faults', internetCheck: { use: 'off', own: [] } },
  });
  const { token } = await control.call('sources.add', { name: 'PMS' });
  const added = await control.call('endpoints.add', {
    confirmed: true,
    endpoint: {
      ...{ url: receiver.url, caPem: receiver.caPem, events: [...eventTypes] },
      limits: { inFlight: 20, perSecond: 1000 },
    },
  });
  secret = added.secret;
  await control.call('endpoints.enable', { id: added.endpoint.id, override: true });

  async function answersOnce(): Promise<boolean> {
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-roostsync-test': 'true' },
        body: JSON.stringify({ event: 'booking.created', data: { booking_id: 'bk_probe' } }),
        signal: AbortSignal.timeout(2_000),
      });
      return answer.status === 202;
    } catch {
      return false;
    }
  }

  return {
    folder,
    port,
    engine: () => engine,
    async start(more = {}) {
      engine = await run({ ...more, port });
      outputs.push(engine.output);
    },
    busy: () => load.run({ port, token }),
    quiet: () => load.pause(),
    answers: () => until(answersOnce, answersWithinMs),
    async missing() {
      await until(async () => {
        take(receiver.requests);
        return ledger.outstanding() === 0;
      }, allOutWithinMs);
      return ledger.outstanding();
    },
    faults() {
      const stacks = outputs.filter((output) => /\n\s+at /.test(output())).map((output) => `a raw stack: ${output()}`);
      return [...stacks, ...strange, ...ledger.verdict().faults];
    },
    async [Symbol.asyncDispose]() {
      await load.pause();
      await engine.kill();
      await receiver.stop();
    },
  };
}

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(good: () => Promise<boolean>, withinMs: number, everyMs = 50): Promise<boolean> {
  const endsAt = performance.now() + withinMs;
  while (performance.now() < endsAt) {
    if (await good()) return true;
    await delay(everyMs);
  }
  return good();
}
