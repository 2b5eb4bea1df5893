/**
 * Many endpoints of which some are in trouble: events at a steady rate to 20 endpoints, five of which hang. What
 * counts is how soon the others have what was accepted, and whether memory stays where it was.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { openConnection, percentile, requestBytes } from './posting.ts';
import { residentMb } from './process-usage.ts';
import type { Measured } from './report.ts';
import { delay, watched, watching } from './watched.ts';

const perSecond = 200;
const endpoints = 20;
const troubled = 5;
const clients = 10;
/**
 * Connections, and what the other side compiles, are there then; and V8 has taken what it gives to young objects, which it
 * fills for a minute and keeps: measured, 297 MB at 16 s, 457 MB at 66 s, 458 MB at 176 s.
 */
const warmMs = 65_000;

export async function measureLoad(seconds: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const acceptedAt = new Map<string, number>();
  const tookMs: number[] = [];
  let isMeasured = false;
  await using receiver = await startPlainReceiver((_message, body) => {
    const at = acceptedAt.get(/"bk_\d+"/.exec(body.toString())?.[0] ?? '');
    // One that overtakes its own acknowledgement took no time that a PMS could measure.
    if (isMeasured) tookMs.push(at === undefined ? 0 : performance.now() - at);
  });
  const bad = await startTroubled();
  try {
    await using engine = await startEngineUnderTest({
      urls: Array.from({ length: endpoints }, (_, n) => (n < troubled ? bad.url(n) : receiver.url(n))),
      asSetUp: false,
      ...watching,
      nodeOptions: [...watching.nodeOptions, ...nodeOptions],
    });
    const { target, process: running } = engine;
    let going = true;
    let n = 0;
    const post = async () => {
      const connection = await openConnection(target.port);
      while (going) {
        const began = performance.now();
        const booking = `bk_${n}`;
        const event = { ...eventNumber(n++, 'load'), event: 'booking.created', data: { booking_id: booking } };
        await connection.post(requestBytes(target, JSON.stringify(event)));
        acceptedAt.set(`"${booking}"`, performance.now());
        await delay(Math.max(0, (clients * 1000) / perSecond - (performance.now() - began)));
      }
      connection.close();
    };
    const ends = Array.from({ length: clients }, post);
    await delay(warmMs);
    await watched(engine);
    isMeasured = true;
    const beganMb = residentMb(running.pid) ?? 0;
    await delay(seconds * 1000);
    const endedMb = residentMb(running.pid) ?? 0;
    isMeasured = false;
    const loop = await watched(engine);
    going = false;
    await Promise.all(ends);
    const part = `load: ${perSecond} events/s to ${endpoints} endpoints, ${troubled} of them hang, ${seconds} s`;
    return [
      { part, what: 'from accepted to arrived, half within', value: percentile(tookMs, 50), unit: 'ms' },
      {
        part,
        what: 'from accepted to arrived, 99 % within',
        value: percentile(tookMs, 99),
        unit: 'ms',
        goal: { atMost: 50 },
      },
      { part, what: 'from accepted to arrived, at worst', value: percentile(tookMs, 100), unit: 'ms' },
      { part, what: 'most CPU time in a turn', value: loop.longestCpu, unit: 'ms', goal: { atMost: 20 } },
      {
        part,
        what: 'the same where nothing was collected',
        value: loop.longestOwnCpu,
        unit: 'ms',
        goal: { atMost: 20 },
      },
      { part, what: 'longest turn without its commit', value: loop.longest, unit: 'ms' },
      { part, what: 'memory at its end', value: endedMb, unit: 'MB' },
      { part, what: 'memory, grown meanwhile', value: endedMb - beganMb, unit: 'MB', goal: { atMost: 40 } },
    ];
  } finally {
    bad.stop();
  }
}

/** Each hangs in a way of its own until the attempt's time is up: three say nothing, one begins to answer, one drips. */
async function startTroubled() {
  const server = createServer((request, response) => {
    request.resume();
    const which = Number((request.url ?? '/0').slice(1));
    if (which < 3) return;
    response.writeHead(200, { 'content-length': 1_000 });
    response.write('.');
    if (which === 3) return;
    const dripping = setInterval(() => response.write('.'), 1_000);
    response.on('close', () => clearInterval(dripping));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (n: number) => `http://127.0.0.1:${port}/${n}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}
