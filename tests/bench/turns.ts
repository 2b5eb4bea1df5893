/**
 * The longest turn of the delivering thread while what is large comes in or goes out: nothing on it may take longer than
 * 20 ms (principle 2). Of a posted megabyte one part cannot be divided, which is the bare limit: its `JSON.parse`.
 */
import { rmSync } from 'node:fs';
import { type EngineUnderTest, startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { postAll, requestBytes } from './posting.ts';
import type { Measured } from './report.ts';
import { delay, watched, watching } from './watched.ts';

const megabyte = 1_000_000;
const mostEvents = 500;
const goal = { atMost: 20 };

export async function measureTurns(events: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  await using receiver = await startPlainReceiver();
  await using engine = await startEngineUnderTest({
    urls: [receiver.url(1)],
    ...watching,
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const { control, target } = engine;
  const rows: Measured[] = [];
  let sent = 0;
  const beside = async (what: string, bare: number | null, work: () => Promise<unknown>) => {
    await watched(engine);
    await work();
    await receiver.counted(sent);
    rows.push(...rowsOf(what, bare, await watched(engine)));
  };
  const post = async (bodies: readonly string[], eventsEach: number) => {
    sent += bodies.length * eventsEach;
    await postAll(
      target.port,
      bodies.map((body) => requestBytes(target, body)),
      2,
    );
  };
  const rounds = Math.ceil(events / mostEvents);
  const arrays = (run: string) => Array.from({ length: rounds }, (_, n) => arrayOfMegabyte(n, run));
  // As the engine is after its first minutes.
  await post(arrays('warm'), mostEvents);
  await beside('arrays of 500 events, 1 MB each', parseMs(arrayOfMegabyte(0, 'bare')), () =>
    post(arrays('array'), mostEvents),
  );
  for (const [what, unit] of [
    ['groups of digits', '12345 678 '],
    ['card numbers', '4111111111111111 '],
  ] as const) {
    const texts = Array.from({ length: Math.min(20, rounds) }, (_, n) => textOfMegabyte(n, unit, what));
    await beside(`megabytes of ${what}`, parseMs(texts[0] ?? ''), () => post(texts, 1));
  }
  await beside('an export', null, async () => {
    const { file } = await ended(engine, await control.call('export.start', { format: 'csv', file: null }));
    if (file !== null) rmSync(file);
  });
  await beside('a resend of many', null, async () => {
    const job = await ended(engine, await control.call('deliveries.resendAll', { filter: {} }));
    sent += job.done;
  });
  return rows;
}

function rowsOf(what: string, bare: number | null, loop: Awaited<ReturnType<typeof watched>>): Measured[] {
  const part = 'longest turn of the delivering thread, in ms';
  return [
    { part, what: `${what}: most CPU time`, value: loop.longestCpu, unit: 'ms', bare, goal },
    { part, what: `${what}: the same where nothing was collected`, value: loop.longestOwnCpu, unit: 'ms' },
    { part, what: `${what}: by the clock, without its commit`, value: loop.longest, unit: 'ms', bare },
    { part, what: `${what}: turns over 20 ms by the clock`, value: loop.over20, unit: '' },
  ];
}

function arrayOfMegabyte(n: number, run: string): string {
  const room = Math.floor(megabyte / mostEvents);
  const events = Array.from({ length: mostEvents }, (_, i) => {
    const event = eventNumber(n * mostEvents + i, run);
    const note = 'Late arrival by ferry, wants a quiet room. ';
    const rest = room - JSON.stringify(event).length - 20;
    return { ...event, data: { ...event.data, note: note.repeat(Math.max(0, Math.floor(rest / note.length))) } };
  });
  return JSON.stringify(events);
}

function textOfMegabyte(n: number, unit: string, run: string): string {
  const event = eventNumber(n, run);
  const note = unit.repeat(Math.floor((megabyte - 1_000) / unit.length));
  return JSON.stringify({ ...event, id: `${event.id}-${run}`, data: { ...event.data, note } });
}

/** The shortest of some, once it is compiled. */
function parseMs(text: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20; round += 1) {
    const began = performance.now();
    JSON.parse(text);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

async function ended({ control }: EngineUnderTest, started: { readonly id: string }) {
  for (;;) {
    const job = await control.call('jobs.get', { id: started.id as never });
    if (job.state === 'done') return job;
    if (job.state !== 'running') throw new Error(`${job.kind} ended as ${job.state}: ${JSON.stringify(job.problem)}`);
    await delay(100);
  }
}
