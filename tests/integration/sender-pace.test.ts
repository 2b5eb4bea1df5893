import { describe, expect, it } from 'vitest';
import { minuteMs } from '../support/clock.ts';
import { booking, deliveryOf } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { fixedWindow, limiting, limitReq, tokenBucket } from '../support/limiting.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

/** Posts so many bookings, fifty at once: who shows no token yet has few connections. */
async function postMany(test: TestEngine, count: number): Promise<void> {
  for (let from = 0; from < count; from += 50) {
    const some = Math.min(50, count - from);
    await Promise.all(Array.from({ length: some }, (_, n) => booking(test, `bk_${from + n}`)));
  }
}

/** Time passes from timer to timer, each with what the network brings about after it, until `done` or `ms` are over. */
async function live(test: TestEngine, ms: number, done: () => boolean = () => false): Promise<number> {
  let passed = 0;
  while (passed < ms && !done()) {
    await quiet(test);
    const stepMs = Math.max(1, Math.min(1000, test.clock.nextTimerMs() ?? 1000));
    await test.clock.advance(stepMs);
    passed += stepMs;
  }
  await quiet(test);
  return passed;
}

/** Everything that is on its way has come back and is written down. */
async function quiet(test: TestEngine): Promise<void> {
  for (let still = 0; still < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const { rows } = await test.call('deliveries.list', { filter: { states: ['sending'] } });
    still = rows.length === 0 ? still + 1 : 0;
  }
}

const endpoint = async (test: TestEngine, receiver: Receiver, limits = { inFlight: 5, perSecond: 10 }) =>
  (await test.addEndpoint(receiver, { limits })).id;

describe('sixty events to a receiver that takes sixty a minute', () => {
  it.each([
    ['that says so in RateLimit-Remaining, in a window', () => fixedWindow(60, minuteMs, 'headers')],
    ['that says so in RateLimit, from a bucket of five', () => tokenBucket(5, 1)],
    ['that says so in RateLimit, from a bucket of one', () => tokenBucket(1, 1)],
    [
      'of which ten were used by somebody else',
      () => {
        const limit = fixedWindow(60, minuteMs, 'headers');
        return {
          ...limit,
          ask: ((first) => (now: number) => {
            if (first) for (let n = 0; n < 10; n += 1) limit.ask(now);
            first = false;
            return limit.ask(now);
          })(true),
        };
      },
    ],
    ['that says nothing, in a window', () => fixedWindow(60, minuteMs)],
  ])('%s: every one arrives at its first try', async (_, limit) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const counted = limiting(limit(), test.clock.wallMs);
    receiver.answerWith(counted.answering);
    await endpoint(test, receiver);
    await postMany(test, 60);
    await live(test, 3 * minuteMs, () => counted.taken >= 60);
    expect(counted).toMatchObject({ taken: 60, refused: 0 });
  });

  // None of these says beforehand what it takes: only a refusal tells it from one that takes ten a second, and to be asked so
  // slowly that none comes, whoever takes everything would wait a minute for what it gets in six seconds.
  it.each([
    ['nginx, one a second and no burst', () => limitReq(1, 0), 4, 90_000],
    ['nginx, one a second and a burst of five', () => limitReq(1, 5), 5, 90_000],
    ['429 with Retry-After after ten in ten seconds', () => fixedWindow(10, 10_000, 'retry_after'), 8, 100_000],
    ['429 with nothing after ten in ten seconds', () => fixedWindow(10, 10_000), 8, 300_000],
  ])('%s: the pace is found with few refusals', async (_, limit, mostRefused, withinMs) => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const counted = limiting(limit(), test.clock.wallMs);
    receiver.answerWith(counted.answering);
    await endpoint(test, receiver);
    await postMany(test, 60);
    const took = await live(test, 10 * minuteMs, () => counted.taken >= 60);
    expect(counted.taken).toBe(60);
    expect(counted.refused).toBeLessThanOrEqual(mostRefused);
    expect(took).toBeLessThanOrEqual(withinMs);
    const rows = (await test.call('deliveries.list', { filter: {}, limit: 100 })).rows;
    expect(rows.every(({ failures }) => failures === 0)).toBe(true);
  });
});

describe('the pace that was found', () => {
  it('is kept across a restart', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    const first = await startTestEngine({ dataFolder: folder.path, vault });
    const { clock } = first;
    const counted = limiting(limitReq(1, 0), clock.wallMs);
    receiver.answerWith(counted.answering);
    await endpoint(first, receiver);
    await postMany(first, 10);
    await live(first, minuteMs, () => counted.taken >= 10);
    expect(counted.taken).toBe(10);
    await first.stop();
    const refused = counted.refused;
    await using again = await startTestEngine({ dataFolder: folder.path, vault, clock });
    await again.clock.advance(2000);
    await postMany(again, 9);
    await live(again, minuteMs, () => counted.taken >= 19);
    expect(counted).toMatchObject({ taken: 19, refused });
  });

  it('refusals to connect make it fall to one in five seconds, and the first success frees the rest', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await endpoint(test, receiver, { inFlight: 20, perSecond: 100 });
    await receiver.stop();
    await postMany(test, 200);
    await live(test, 70_000);
    const { rows } = await test.call('deliveries.list', { filter: {}, limit: 200 });
    const attempts = rows.reduce((sum, row) => sum + row.attempts, 0);
    expect(attempts).toBeLessThan(40);
    await receiver.start();
    await live(test, 15_000, () => receiver.requests.length >= 200);
    expect(receiver.requests).toHaveLength(200);
    const one = await deliveryOf(test, rows[0]?.eventId ?? '');
    expect(one.state).toBe('delivered');
  });
});
