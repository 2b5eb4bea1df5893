/** After an outage: what waited goes out in order, at each receiver's pace, and what can wait comes last. */
import { describe, expect, it } from 'vitest';
import { LastTurn } from '../../electron/engine/queue/last-turn.ts';
import { type UtcMs, utcMs } from '../../shared/domain.ts';
import type { EventType } from '../../shared/events.ts';
import { delivered, posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startOfficeProxy } from '../support/office-proxy.ts';
import { type ReceivedRequest, type Receiver, startReceiver } from '../support/receiver.ts';

const hosts = ['a.example', 'b.example', 'c.example', 'd.example', 'e.example'];
const limits = { inFlight: 3, perSecond: 8 };
const answerMs = 40;
const numberOf = ({ text }: ReceivedRequest): number => JSON.parse(text).data.n;
const typeOf = ({ headers }: ReceivedRequest) => headers['x-roostsync-event'] as EventType;

/** The most that a receiver had at once, as far as it can know: each was there for as long as its answer took. */
function mostAtOnce(requests: readonly ReceivedRequest[]): number {
  const begun = requests.map(({ at }) => at);
  return Math.max(...begun.map((at) => begun.filter((other) => other <= at && other > at - answerMs + 5).length));
}

describe('after an outage', () => {
  it('each receiver gets one request first, then the oldest, within its limits, what runs low last; the network here goes on', async () => {
    const receivers: Receiver[] = [];
    for (const host of hosts) receivers.push(await startReceiver({ hosts: [host] }));
    await using till = await startReceiver();
    await using proxy = await startOfficeProxy((host) => receivers[hosts.indexOf(host)]?.port ?? 0);
    const network = { up: true };
    await using test = await startTestEngine({
      network: { hasInterface: () => network.up, reach: async () => 'reached' as const },
    });
    await test.call('settings.change', { change: { proxy: proxy.address } });
    for (const [n, receiver] of receivers.entries()) {
      await test.addEndpoint(receiver, { url: `https://${hosts[n]}/hooks`, limits });
    }
    const { id: tillId } = await test.addEndpoint(till, { limits: { inFlight: 10, perSecond: 1000 } });

    network.up = false;
    await test.clock.advance(10_000);
    const events: string[] = [];
    for (let n = 0; n < 40; n += 1) {
      const low = n % 4 === 0;
      // An item's two warnings, and all that happens to a booking, stay in order.
      const data = low ? { n, item_id: `itm_${n % 8}` } : { n, booking_id: `bk_${n % 3}` };
      events.push(await posted(test, low ? 'inventory.low' : 'booking.updated', data));
    }
    await till.received(40);
    await test.clock.advance(60_000);
    expect(receivers.map(({ requests }) => requests.length)).toEqual([0, 0, 0, 0, 0]);

    for (const receiver of receivers) receiver.answerWith({ delayMs: 300 });
    network.up = true;
    await test.clock.advance(10_000);
    for (const receiver of receivers) await receiver.received(1);
    // Until it has answered nothing follows, however much time passes.
    await test.clock.advance(2_000);
    expect(receivers.map(({ requests }) => requests.length)).toEqual([1, 1, 1, 1, 1]);
    for (const receiver of receivers) receiver.answerWith({ delayMs: answerMs });

    const isOut = async () =>
      (await test.call('deliveries.count', { filter: { states: ['waiting', 'sending'] } })).total === 0;
    for (let second = 0; second < 60 && !(await isOut()); second += 1) {
      await test.clock.advance(1_000);
      // In the second that has begun each takes what its limits let through: until nothing more comes.
      for (
        let seen = -1, now = 0;
        seen !== now;
        seen = now, now = receivers.reduce((sum, r) => sum + r.requests.length, 0)
      ) {
        await new Promise((resolve) => setTimeout(resolve, 3 * answerMs));
      }
    }
    const { rows } = await test.call('deliveries.list', { limit: 500 });
    expect(rows).toHaveLength(6 * events.length);
    expect(rows.every(delivered)).toBe(true);
    // By the engine's own clock, whose seconds are the steps made here.
    const begun: string[] = [];
    for (const { id, endpointId } of rows.filter((row) => row.endpointId !== tillId)) {
      const { attemptsMade } = await test.call('deliveries.get', { id });
      for (const { startedAt } of attemptsMade) begun.push(`${endpointId} ${startedAt}`);
    }
    const inOneSecond = [...Map.groupBy(begun, (second) => second).values()].map(({ length }) => length);
    expect(Math.max(...inOneSecond)).toBeLessThanOrEqual(limits.perSecond);
    const isLow = (request: ReceivedRequest) => typeOf(request) === 'inventory.low';
    for (const [n, { requests }] of receivers.entries()) {
      expect(requests, hosts[n]).toHaveLength(events.length);
      expect(mostAtOnce(requests.slice(1)), hosts[n]).toBeLessThanOrEqual(limits.inFlight);
      expect(numberOf(requests[0] as ReceivedRequest), hosts[n]).toBe(1);
      const firstLow = requests.findIndex(isLow);
      expect(requests.slice(firstLow).every(isLow), hosts[n]).toBe(true);
      for (const key of ['booking_id', 'item_id']) {
        const ofEach = Map.groupBy(requests, ({ text }) => JSON.parse(text).data[key] ?? null);
        ofEach.delete(null);
        for (const some of ofEach.values()) {
          const numbers = some.map(numberOf);
          expect(numbers, hosts[n]).toEqual(numbers.toSorted((one, other) => one - other));
        }
      }
    }
    for (const receiver of receivers) await receiver.stop();
  });
});

describe('what can wait', () => {
  const due = (at: number) => ({ dueAt: utcMs(at) });
  const start = 1_000_000_000;
  const at = (seconds: number) => (start + seconds * 1000) as UtcMs;

  it('lets others go first for an hour of sending, then goes by its age, until there is room again', () => {
    const turn = new LastTurn();
    const looks = (from: number, to: number) => {
      let last = false;
      for (let second = from; second <= to; second += 1)
        last = turn.comesBefore(due(start + 5), due(start), at(second));
      return last;
    };
    expect(looks(0, 3_599)).toBe(true);
    expect(looks(3_600, 3_700)).toBe(false);
    turn.comesBefore(null, due(start), at(3_701));
    expect(looks(3_702, 3_800)).toBe(true);
  });

  it('a night without internet, or asleep, is no hour of sending', () => {
    const turn = new LastTurn();
    turn.comesBefore(due(start), due(start), at(0));
    expect(turn.comesBefore(due(start), due(start), at(9 * 3600))).toBe(true);
  });
});
