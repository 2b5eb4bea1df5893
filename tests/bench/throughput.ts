/** Ingest, delivery and latency, each beside the bare limit. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { bareCommits } from './bare.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { percentile, postAll, postAtRate, requestBytes, type Target } from './posting.ts';
import { cpuSeconds, residentMb } from './process-usage.ts';
import type { Measured } from './report.ts';

export interface Sizes {
  readonly events: number;
  readonly latencySeconds: number;
  readonly nodeOptions: readonly string[];
}

/** Posts that are answered once they are durable; one paused endpoint, so that each event has its delivery. */
export async function measureIngest({ events, nodeOptions }: Sizes): Promise<Measured[]> {
  await using engine = await startEngineUnderTest({ urls: ['http://127.0.0.1:9/'], paused: true, nodeOptions });
  const { target } = engine;
  const restMb = await atRest(engine.process.pid);
  await postAll(target.port, singles(target, 300, 'warm'), 10);
  const one = await postAll(target.port, singles(target, Math.ceil(events / 10), 'one'), 1);
  const fifty = await postAll(target.port, singles(target, events, 'fifty'), 50);
  const arrays = await postAll(target.port, batches(target, events * 2, 100, 'arrays'), 10);
  const bareOne = await bareCommits(Math.ceil(events / 10), 1);
  const bareFifty = await bareCommits(events, 50);
  return [
    { part: 'memory', what: 'engine at rest', value: restMb, unit: 'MB', goal: { atMost: 150 } },
    measured('1 client, one event a post', one.perSecond, 'events/s', bareOne),
    measured('50 clients, one event a post', fifty.perSecond, 'events/s', bareFifty),
    {
      part: 'ingest',
      what: '50 clients, slowest 1 % of the answers',
      value: fifty.p99Ms,
      unit: 'ms',
      goal: { atMost: 250 },
    },
    {
      ...measured(
        '10 clients, 100 events a post',
        arrays.perSecond * 100,
        'events/s',
        await bareCommits(events * 2, 500),
      ),
      goal: { atLeast: 19_900 },
    },
  ];
}

const measured = (what: string, value: number, unit: string, bare: number): Measured => ({
  part: 'ingest',
  what,
  value,
  unit,
  bare,
});

/** Everything that was posted, delivered to each of so many endpoints. */
export async function measureDelivery(endpoints: number, sizes: Sizes): Promise<Measured[]> {
  const { events, nodeOptions } = sizes;
  await using receiver = await startPlainReceiver();
  const urls = Array.from({ length: endpoints }, (_, n) => receiver.url(n + 1));
  await using engine = await startEngineUnderTest({ urls, nodeOptions });
  const { target } = engine;
  const { pid } = engine.process;
  const part = endpoints === 1 ? 'deliver to 1 endpoint' : `deliver to ${endpoints} endpoints`;

  // As the engine is after its first minutes: until then V8 compiles more than it delivers (a quarter slower, measured).
  const warm = Math.ceil(events / 2);
  await postAll(target.port, batches(target, warm, 50, 'warm'), 2);
  await receiver.counted(warm * endpoints);

  receiver.reset();
  const cpuBefore = cpuSeconds(pid);
  const began = performance.now();
  await postAll(target.port, batches(target, events, 50, 'through'), 4);
  await receiver.counted(events * endpoints);
  const throughSeconds = (performance.now() - began) / 1000;
  const cpuAfter = cpuSeconds(pid);

  receiver.reset();
  for (const id of engine.endpointIds) await engine.control.call('endpoints.pause', { id });
  await postAll(target.port, batches(target, events, 100, 'backlog'), 4);
  const resumedAt = performance.now();
  for (const id of engine.endpointIds) await engine.control.call('endpoints.resume', { id });
  await receiver.counted(events * endpoints);
  const drainSeconds = (performance.now() - resumedAt) / 1000;

  const bare = await barePostsElsewhere(urls, Math.ceil(events / 2));
  const cpu = cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) / events) * 1000;
  const goal = endpoints === 1 ? 6_450 : 13_000;
  return [
    {
      part,
      what: 'end to end, deliveries',
      value: (events * endpoints) / throughSeconds,
      unit: '1/s',
      bare,
      goal: { atLeast: goal },
    },
    { part, what: 'end to end, events', value: events / throughSeconds, unit: '1/s' },
    { part, what: 'a backlog goes out, deliveries', value: (events * endpoints) / drainSeconds, unit: '1/s', bare },
    {
      part,
      what: 'CPU for 1,000 events, end to end',
      value: cpu,
      unit: 's',
      ...(endpoints === 1 ? { goal: { atMost: 0.275 } } : {}),
    },
    {
      part: 'memory',
      what: `engine after ${(warm + 2 * events).toLocaleString('en')} events to ${endpoints}`,
      value: residentMb(pid),
      unit: 'MB',
    },
  ];
}

/** From the moment a post is written until its webhook arrives, at a steady 200 events a second. */
export async function measureLatency({ latencySeconds, nodeOptions }: Sizes): Promise<Measured[]> {
  const perSecond = 200;
  const total = perSecond * latencySeconds;
  const postedAt = new Float64Array(total);
  const acceptedAt = new Float64Array(total);
  const arrivedAt = new Float64Array(total);
  await using receiver = await startPlainReceiver((_, body) => {
    const match = /"number":(\d+)/.exec(body.toString('latin1'));
    arrivedAt[Number(match?.[1] ?? 0)] ||= performance.now();
  });
  await using engine = await startEngineUnderTest({ urls: [receiver.url(1)], nodeOptions });
  const { target } = engine;
  await postAll(target.port, singles(target, 500, 'warm'), 4);
  await receiver.counted(500);
  arrivedAt.fill(0);
  receiver.reset();
  const requests = [...singles(target, total, 'steady')];
  const answers = await postAtRate(target.port, requests, perSecond, (n, status) => {
    if (status === null) postedAt[n] = performance.now();
    else acceptedAt[n] = performance.now();
  });
  await receiver.counted(total);
  const whole = [...arrivedAt].map((at, n) => at - (postedAt[n] ?? 0));
  const sinceAccepted = [...arrivedAt].map((at, n) => Math.max(0, at - (acceptedAt[n] ?? 0)));
  const part = 'latency at 200 events/s';
  return [
    { part, what: 'posted to arrived, half within', value: percentile(whole, 50), unit: 'ms' },
    { part, what: 'posted to arrived, 99 % within', value: percentile(whole, 99), unit: 'ms' },
    {
      part,
      what: 'accepted to arrived, half within',
      value: percentile(sinceAccepted, 50),
      unit: 'ms',
      goal: { atMost: 1.2 },
    },
    {
      part,
      what: 'accepted to arrived, 99 % within',
      value: percentile(sinceAccepted, 99),
      unit: 'ms',
      goal: { atMost: 5.8 },
    },
    { part, what: 'accepted, 99 % within', value: answers.p99Ms, unit: 'ms', goal: { atMost: 250 } },
  ];
}

/** Memory once the start's own garbage is gone, in MB: V8 gives it back after some seconds without work. */
async function atRest(pid: number): Promise<number | null> {
  await new Promise((resolve) => setTimeout(resolve, 12_000));
  return residentMb(pid);
}

function* singles(target: Target, events: number, run: string): Generator<Buffer> {
  for (let n = 0; n < events; n++) yield requestBytes(target, JSON.stringify(eventNumber(n, run)));
}

export function* batches(target: Target, events: number, size: number, run: string): Generator<Buffer> {
  for (let from = 0; from < events; from += size) {
    const batch = Array.from({ length: Math.min(size, events - from) }, (_, n) => eventNumber(from + n, run));
    yield requestBytes(target, JSON.stringify(batch));
  }
}

/** The bare poster runs in a process of its own, as the engine does. */
export function barePostsElsewhere(urls: readonly string[], events: number): Promise<number> {
  const script = fileURLToPath(new URL('./bare-poster.ts', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = fork(script, [JSON.stringify({ urls, events })]);
    child.once('message', (perSecond) => resolve(Number(perSecond)));
    child.once('exit', (code) => reject(new Error(`the bare poster ended with ${code}`)));
  });
}
