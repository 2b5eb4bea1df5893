/** Events from before: sent to an endpoint that came later, in order, once, and counted first. */
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import type { EndpointId, EventId } from '../../shared/domain.ts';
import type { DeliveryFilter, Job } from '../../shared/schemas.ts';
import { deliveryStateSaid } from '../../shared/told.ts';
import { hourMs } from '../support/clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { booking, delivered, deliveryOf, posted } from '../support/deliveries.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const actor = { account: 'tester', surface: 'window' } as const;
const idsAt = (receiver: Receiver) => receiver.requests.map(({ headers }) => headers['x-roostsync-event-id']);

/** Lets the job's own time pass until it is over. */
async function over(test: TestEngine, { id }: Pick<Job, 'id'>): Promise<Job> {
  for (let turn = 0; turn < 400; turn += 1) {
    const job = await test.call('jobs.get', { id });
    if (job.state !== 'running' && job.state !== 'paused') return job;
    await test.clock.advance(250);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the job does not end');
}

/** Lets the job's own time pass until so many wait. */
const linedUp = (test: TestEngine, id: EndpointId, count: number) =>
  test.until(
    async () => {
      await test.clock.advance(250);
      return test.call('endpoints.get', { id });
    },
    ({ waiting }) => waiting === count,
  );

const countOf = (test: TestEngine, id: EndpointId, filter = {}) => test.call('endpoints.countPast', { id, filter });

describe('events from before there was an endpoint', () => {
  it('are counted and sent, oldest first, with their own ids and once', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const first = await booking(test, 'bk_1');
    const second = await booking(test, 'bk_1', 'booking.updated');
    const other = await posted(test, 'payment.received', { payment_id: 'pay_1', amount: 5 });
    await posted(test, 'guest.checkin', { booking_id: 'bk_1' });
    expect((await test.call('situation.get', {})).today).toMatchObject({ toNobody: 4, delivered: 0 });
    const { id } = await test.addEndpoint(receiver, {
      events: ['booking.created', 'booking.updated', 'payment.received'],
    });
    expect(await countOf(test, id)).toMatchObject({
      total: 3,
      byType: [
        { event: 'booking.created', count: 1 },
        { event: 'booking.updated', count: 1 },
        { event: 'payment.received', count: 1 },
      ],
      left: { delivered: 0, overtaken: 0 },
    });
    const job = await over(test, await test.call('endpoints.sendPast', { id }));
    expect(job).toMatchObject({ kind: 'past', state: 'done', total: 3, done: 3, delivered: 3, failed: 0 });
    const arrived = idsAt(receiver);
    expect([...arrived].sort()).toEqual([first, second, other].sort());
    expect(arrived.indexOf(first)).toBeLessThan(arrived.indexOf(second));
    expect((await test.call('situation.get', {})).today).toMatchObject({ toNobody: 1, delivered: 3 });
    expect(await countOf(test, id)).toMatchObject({ total: 0, left: { delivered: 3 } });
    expect(await over(test, await test.call('endpoints.sendPast', { id }))).toMatchObject({ state: 'done', done: 0 });
    expect(receiver.requests).toHaveLength(3);
  });

  it('can be narrowed to a time and to types, and only what the endpoint wants counts', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await booking(test, 'bk_1');
    await test.clock.advance(3 * hourMs);
    const from = test.clock.wallMs() as never;
    await booking(test, 'bk_2');
    await posted(test, 'inventory.low', { item_id: 'it_1' });
    const { id } = await test.addEndpoint(receiver, { events: ['booking.created', 'inventory.low'] });
    expect(await countOf(test, id, { from })).toMatchObject({ total: 2 });
    expect(await countOf(test, id, { to: from })).toMatchObject({ total: 1 });
    expect(await countOf(test, id, { eventTypes: ['inventory.low', 'guest.checkin'] })).toMatchObject({ total: 1 });
  });

  it('leave out what something newer of the same booking has overtaken, unless that is asked for', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const before = await booking(test, 'bk_1');
    const { id } = await test.addEndpoint(receiver);
    await deliveryOf(test, await booking(test, 'bk_1', 'booking.updated'), delivered);
    expect(await countOf(test, id)).toMatchObject({ total: 0, left: { overtaken: 1, delivered: 1 } });
    const asked = await test.engine.call('events.send', { id: before as EventId, endpointId: id }, actor);
    expect(asked).toMatchObject({ ok: false, error: { code: 'not_confirmed' } });
    await over(test, await test.call('endpoints.sendPast', { id, filter: { overtaken: true } }));
    expect(idsAt(receiver).at(-1)).toBe(before);
  });

  it('are sent again where that is asked for, each once', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    const events = [await booking(test, 'bk_1'), await booking(test, 'bk_1', 'booking.updated')];
    for (const event of events) await deliveryOf(test, event, delivered);
    const job = await over(test, await test.call('endpoints.sendPast', { id, filter: { again: true } }));
    expect(job).toMatchObject({ state: 'done', delivered: 2 });
    expect(idsAt(receiver)).toEqual([...events, ...events]);
  });

  it('go on after a restart, and nothing is sent twice or left out', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    let test = await startTestEngine({ dataFolder: folder.path, vault });
    const { clock } = test;
    const events: string[] = [];
    for (let n = 0; n < 130; n += 1) events.push(await booking(test, `bk_${n}`));
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 2, perSecond: 50 } });
    const started = await test.call('endpoints.sendPast', { id });
    const first = test;
    await test.until(
      async () => {
        await first.clock.advance(250);
        return receiver.requests.length;
      },
      (count) => count > 0,
    );
    await test.stop();
    test = await startTestEngine({ dataFolder: folder.path, vault, clock });
    expect(await over(test, started)).toMatchObject({ state: 'done', total: 130, done: 130 });
    expect(new Set(idsAt(receiver))).toEqual(new Set(events));
    await test.stop();
  });

  it('are over once one is refused, though what is behind it of the same booking has not been tried', async () => {
    await using receiver = await startReceiver();
    receiver.answerWith(() => ({ status: 422, body: '{"message":"no"}' }));
    await using test = await startTestEngine();
    await booking(test, 'bk_1');
    await booking(test, 'bk_1', 'booking.updated');
    await booking(test, 'bk_1', 'booking.updated');
    await booking(test, 'bk_2');
    const { id } = await test.addEndpoint(receiver);
    const job = await over(test, await test.call('endpoints.sendPast', { id }));
    expect(job).toMatchObject({ state: 'done', total: 4, done: 4, delivered: 0, failed: 4 });
    expect(await test.call('endpoints.get', { id })).toMatchObject({ waiting: 4 });
  });

  it('can be stopped: the others stay as they are, and can be sent another time', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    for (let n = 0; n < 5; n += 1) await booking(test, `bk_${n}`);
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    const { id: jobId } = await test.call('endpoints.sendPast', { id });
    await linedUp(test, id, 5);
    expect(await test.call('jobs.cancel', { id: jobId })).toMatchObject({ state: 'cancelled', done: 0 });
    expect((await test.call('endpoints.get', { id })).waiting).toBe(0);
    // Nobody cancelled them, and no list says so.
    const { rows } = await test.call('deliveries.list', { filter: {} });
    expect(rows.map((row) => deliveryStateSaid(row).key)).toEqual(Array(5).fill('state.delivery.held_back'));
    const count = async (filter: DeliveryFilter) => (await test.call('deliveries.count', { filter })).total;
    expect([await count({ states: ['cancelled'] }), await count({ heldBack: true })]).toEqual([0, 5]);
    expect([await count({ heldBack: false }), await count({ heldBack: true, states: ['cancelled'] })]).toEqual([0, 5]);
    expect((await relayInProcess(test.dataFolder, ['deliveries', '--held-back'])).out.match(/held back/g)).toHaveLength(
      5,
    );
    const [row] = (await test.call('events.list', {})).rows;
    expect(row?.deliveries).toEqual({
      ...{ total: 1, delivered: 0, waiting: 0, needsAttention: 0, toBench: 0, heldBack: 1 },
    });
    const said = (await relayInProcess(test.dataFolder, ['events'])).out;
    expect(said.match(/0 of 1 delivered, 1 held back/g)).toHaveLength(5);
    expect(said).not.toMatch(/cancelled/i);
    await test.call('endpoints.resume', { id });
    expect(receiver.requests).toHaveLength(0);
    expect(await countOf(test, id)).toMatchObject({ total: 5 });
    await over(test, await test.call('endpoints.sendPast', { id }));
    expect(new Set(idsAt(receiver)).size).toBe(5);
  });

  it('can be paused: nothing more goes out, not after a restart either, and going on sends each once', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    const vault = createTestVault();
    let test = await startTestEngine({ dataFolder: folder.path, vault });
    const { clock } = test;
    const events: string[] = [];
    for (let n = 0; n < 5; n += 1) events.push(await booking(test, `bk_${n}`));
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    const started = await test.call('endpoints.sendPast', { id });
    expect(started).toMatchObject({ endpointId: id });
    await linedUp(test, id, 5);
    expect(await test.call('jobs.pause', { id: started.id })).toMatchObject({ state: 'paused', endpointId: id });
    // Nobody cancelled anything: what was not sent is as it was before.
    expect((await test.call('situation.get', {})).today).toMatchObject({
      taken: 5,
      toNobody: 5,
      skipped: 0,
      delivered: 0,
    });
    expect((await test.call('endpoints.get', { id })).waiting).toBe(0);
    await test.call('endpoints.resume', { id });
    await clock.advance(1000);
    await test.stop();
    test = await startTestEngine({ dataFolder: folder.path, vault, clock });
    await clock.advance(1000);
    expect(await test.call('jobs.get', { id: started.id })).toMatchObject({ state: 'paused', done: 0 });
    expect(receiver.requests).toHaveLength(0);
    await test.call('jobs.resume', { id: started.id });
    expect(await over(test, started)).toMatchObject({ state: 'done', total: 5, done: 5, delivered: 5 });
    expect([...idsAt(receiver)].sort()).toEqual([...events].sort());
    await test.stop();
  });

  it('are held up, taken up again and stopped whole or not at all, wherever it is cut off', async () => {
    await using receiver = await startReceiver();
    await using folder = await temporaryFolder();
    await using test = await startTestEngine({ dataFolder: folder.path });
    for (let n = 0; n < 3; n += 1) await booking(test, `bk_${n}`);
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    const { id: job } = await test.call('endpoints.sendPast', { id });
    await linedUp(test, id, 3);
    // What a crash between would leave: the one is written, and the other is not.
    const other = new Database(databaseFile(folder.path));
    const cutOff = async (before: string, call: 'jobs.pause' | 'jobs.resume' | 'jobs.cancel') => {
      other.exec(`CREATE TRIGGER broken BEFORE UPDATE OF state ON ${before} BEGIN SELECT RAISE(ABORT, 'cut off'); END`);
      expect((await test.engine.call(call, { id: job }, actor)).ok).toBe(false);
      other.exec('DROP TRIGGER broken');
      const states = other.prepare<[], string>('SELECT state FROM deliveries').pluck().all();
      const items = other.prepare<[], number>('SELECT COUNT(*) FROM job_items').pluck().get();
      return [other.prepare<[], string>('SELECT state FROM jobs').pluck().get(), new Set(states), items];
    };
    const linedUpStill = ['running', new Set(['waiting']), 3];
    for (const table of ['jobs', 'deliveries']) {
      expect(await cutOff(table, 'jobs.pause')).toEqual(linedUpStill);
      expect(await cutOff(table, 'jobs.cancel')).toEqual(linedUpStill);
    }
    expect(await test.call('jobs.pause', { id: job })).toMatchObject({ state: 'paused' });
    for (const table of ['jobs', 'deliveries']) {
      expect(await cutOff(table, 'jobs.resume')).toEqual(['paused', new Set(['cancelled']), 3]);
    }
    other.close();
    await test.call('endpoints.resume', { id });
    await test.clock.advance(1000);
    expect(receiver.requests).toHaveLength(0);
    await test.call('jobs.resume', { id: job });
    expect(await over(test, { id: job as Job['id'] })).toMatchObject({ state: 'done', done: 3, delivered: 3 });
  });

  it('count what was on its way when they were paused', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    for (let n = 0; n < 3; n += 1) await booking(test, `bk_${n}`);
    const { id } = await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 50 } });
    const answer = Promise.withResolvers<void>();
    receiver.answerWith({ status: 200, after: answer.promise });
    const { id: jobId } = await test.call('endpoints.sendPast', { id });
    await receiver.received(1);
    expect(await test.call('jobs.pause', { id: jobId })).toMatchObject({ state: 'paused', done: 0 });
    answer.resolve();
    const paused = await test.until(
      async () => {
        await test.clock.advance(250);
        return test.call('jobs.get', { id: jobId });
      },
      ({ done }) => done > 0,
    );
    expect(paused).toMatchObject({ state: 'paused', done: 1, delivered: 1 });
    await test.clock.advance(1000);
    expect(receiver.requests).toHaveLength(1);
    await test.call('jobs.resume', { id: jobId });
    expect(await over(test, { id: jobId })).toMatchObject({ state: 'done', done: 3, delivered: 3, failed: 0 });
    expect(new Set(idsAt(receiver)).size).toBe(3);
    expect(receiver.requests).toHaveLength(3);
  });

  it('are found in the log by their text, page after page, whatever number their delivery has', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const old = await booking(test, 'bk_same');
    const { id } = await test.addEndpoint(receiver);
    const newer = await posted(test, 'booking.updated', { booking_id: 'bk_same' });
    await deliveryOf(test, newer, delivered);
    await test.call('events.send', { id: old as EventId, endpointId: id, confirmed: true });
    const page = await test.call('deliveries.list', { filter: { text: 'bk_same' }, limit: 1 });
    const next = await test.call('deliveries.list', {
      filter: { text: 'bk_same' },
      limit: 1,
      cursor: page.next ?? '',
    });
    expect([page, next].flatMap(({ rows }) => rows.map(({ eventId }) => eventId))).toEqual([newer, old]);
  });
});

describe('one event sent to an endpoint', () => {
  it('goes there whether it wants its type or not, and again only when that is confirmed', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const event = (await posted(test, 'guest.checkin', { booking_id: 'bk_1' })) as EventId;
    const { id } = await test.addEndpoint(receiver, { events: ['payment.received'] });
    expect(await test.call('events.send', { id: event, endpointId: id })).toMatchObject({ eventId: event });
    await deliveryOf(test, event, delivered);
    expect(await test.engine.call('events.send', { id: event, endpointId: id }, actor)).toMatchObject({
      ok: false,
      error: { code: 'not_confirmed', says: { key: 'problem.send_again' } },
    });
    await test.call('events.send', { id: event, endpointId: id, confirmed: true });
    await test.until(
      () => idsAt(receiver),
      (ids) => ids.length === 2,
    );
    expect(idsAt(receiver)).toEqual([event, event]);
  });
});

describe('what the test bench took', () => {
  it('is sent on, all or chosen, each with its own event id', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('bench.point', { id });
    const events: EventId[] = [];
    for (const name of ['bk_1', 'bk_2', 'bk_3']) events.push((await booking(test, name)) as EventId);
    for (const event of events) await deliveryOf(test, event, ({ toBench }) => toBench);
    await test.call('bench.stop', {});
    expect(await countOf(test, id, { bench: true })).toMatchObject({ total: 3 });
    const chosen = { bench: true, eventIds: events.slice(1, 2) };
    await over(test, await test.call('endpoints.sendPast', { id, filter: chosen }));
    expect(idsAt(receiver)).toEqual([events[1]]);
    await over(test, await test.call('endpoints.sendPast', { id, filter: { bench: true } }));
    expect(idsAt(receiver)).toEqual([events[1], events[0], events[2]]);
    expect((await test.call('endpoints.get', { id })).swallowed).toBe(0);
  });
});
