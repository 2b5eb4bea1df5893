/** What a person does with endpoints and deliveries, against real receivers. */
import { describe, expect, it } from 'vitest';
import { createResendJobs, type FindDeliveries, type ResendJobs } from '../../electron/engine/queue/resend-jobs.ts';
import type { QueueDesk } from '../../electron/engine/queue/scheduler.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createDeliveryStore } from '../../electron/engine/store/deliveries.ts';
import { createJobItemStore } from '../../electron/engine/store/job-items.ts';
import { createJobStore } from '../../electron/engine/store/jobs.ts';
import type { DeliveryId } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { settled as turnsSettled } from '../support/clock.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openContext } from '../support/log-folder.ts';
import { createTestVault } from '../support/ports.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';
import { seed } from '../support/seed.ts';

const actor = { account: 'tester', surface: 'window' } as const;
const newest = async (test: TestEngine) => (await test.call('deliveries.list', {})).rows[0];
const settled = (test: TestEngine, state: string) =>
  test.until(
    () => newest(test),
    (row) => row?.state === state,
  );

describe('an endpoint', () => {
  it('is enabled only after a test send that succeeded', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { endpoint } = await test.call('endpoints.add', {
      endpoint: { url: receiver.url, events: ['booking.created'], caPem: receiver.caPem },
    });
    const refused = await test.engine.call('endpoints.enable', { id: endpoint.id }, actor);
    expect(refused).toMatchObject({ ok: false, error: { code: 'not_tested' } });
    receiver.answerNext({ status: 500 });
    expect(await test.call('endpoints.test', { id: endpoint.id })).toMatchObject({ ok: false });
    expect(await test.call('endpoints.test', { id: endpoint.id })).toMatchObject({
      ok: true,
      attempt: { status: 200 },
    });
    expect(receiver.requests[1]?.headers['x-roostsync-test']).toBe('true');
    expect(await test.call('endpoints.enable', { id: endpoint.id })).toMatchObject({ state: 'active' });
    expect((await test.call('deliveries.list', {})).rows).toEqual([]);
  });

  it('takes https: only, and never repeats the path that was refused', async () => {
    await using test = await startTestEngine();
    const endpoint = { url: 'http://example.com/hooks/topsecret', events: ['booking.created' as const] };
    const refused = await test.engine.call('endpoints.add', { endpoint }, actor);
    expect(refused).toMatchObject({ ok: false, error: { code: 'bad_input', member: 'url' } });
    expect(JSON.stringify(refused)).not.toContain('topsecret');
  });

  it('paused keeps what comes; removed cancels it, and restored brings it back', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id } = await test.addEndpoint(receiver);
    await test.call('endpoints.pause', { id });
    await test.post('booking.created', { booking_id: 'bk_1' });
    expect(await newest(test)).toMatchObject({ state: 'waiting', reason: 'endpoint_paused' });
    expect(await test.call('endpoints.remove', { id })).toEqual({ cancelled: 1 });
    expect(await newest(test)).toMatchObject({ state: 'cancelled', reason: 'endpoint_removed' });
    await test.call('endpoints.restore', { id });
    expect(await newest(test)).toMatchObject({ state: 'waiting' });
    expect(receiver.requests).toHaveLength(0);
    await test.call('endpoints.resume', { id });
    await receiver.received(1);
  });

  it('removed and restored brings back what it had answered with a status that HTTP does not know', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    receiver.answerWith({ status: 999 });
    const { id } = await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    await test.until(
      () => newest(test),
      (row) => row?.failures === 1,
    );
    expect(await test.call('endpoints.remove', { id })).toEqual({ cancelled: 1 });
    await test.call('endpoints.restore', { id });
    expect(await newest(test)).toMatchObject({ state: 'waiting', status: 999 });
  });

  it('changes its secret as a guided swap that ends by itself', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id, secret } = await test.addEndpoint(receiver);
    const rotated = await test.call('endpoints.rotate', { id, overlapMs: 3_600_000 });
    await test.post('booking.created', { booking_id: 'bk_1' });
    const [during] = await receiver.received(1);
    if (!during) throw new Error('nothing came');
    expect(isSignedWith(during, secret)).toBe(true);
    expect(isSignedWith(during, rotated.secret, 'x-roostsync-signature-next')).toBe(true);
    expect(String(during.headers['webhook-signature']).split(' ')).toHaveLength(2);
    await test.call('endpoints.test', { id, next: true });
    const [, tested] = await receiver.received(2);
    expect(tested && isSignedWith(tested, rotated.secret)).toBe(true);
    await test.clock.advance(3_600_000);
    test.engine.resume();
    await test.until(
      () => test.call('endpoints.get', { id }),
      (endpoint) => endpoint.rotation === null,
    );
    await test.post('booking.created', { booking_id: 'bk_2' });
    const [, , after] = await receiver.received(3);
    expect(after && isSignedWith(after, rotated.secret)).toBe(true);
    expect(after?.headers['x-roostsync-signature-next']).toBeUndefined();
  });

  it('reveals its address and secret only on the record', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    const { id, secret } = await test.addEndpoint(receiver);
    expect(await test.call('endpoints.revealSecret', { id })).toEqual({ secret, next: null });
    expect(await test.call('endpoints.revealAddress', { id })).toEqual({ url: receiver.url });
    const { rows } = await test.call('audit.list', {});
    expect(rows.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['endpoints.revealSecret', 'endpoints.revealAddress']),
    );
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe('a person', () => {
  it('resends one with the same event id, and cancels and restores another', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    const row = await settled(test, 'delivered');
    if (!row) throw new Error('no delivery');
    await test.call('deliveries.resend', { id: row.id });
    const [first, again] = await receiver.received(2);
    expect(again?.headers['x-roostsync-event-id']).toBe(first?.headers['x-roostsync-event-id']);
    expect(again?.text).toBe(first?.text);
    receiver.answerWith({ status: 500 });
    await test.post('booking.created', { booking_id: 'bk_2' });
    const failed = await test.until(
      () => newest(test),
      (now) => now?.failures === 1,
    );
    if (!failed) throw new Error('no delivery');
    expect(await test.call('deliveries.cancel', { id: failed.id })).toMatchObject({
      state: 'cancelled',
      reason: 'by_hand',
    });
    receiver.answerWith({ status: 200 });
    await test.call('deliveries.restore', { id: failed.id });
    await test.clock.advance(60_000);
    await settled(test, 'delivered');
  });

  it('resends all that a filter shows, oldest first, with progress', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver, { limits: { inFlight: 1, perSecond: 1000 } });
    for (let n = 0; n < 5; n += 1) await test.post('booking.created', { booking_id: `bk_${n}` });
    await receiver.received(5);
    await test.until(
      () => newest(test),
      (row) => row?.state === 'delivered',
    );
    const { id } = await test.call('deliveries.resendAll', { filter: { states: ['delivered'] } });
    const all = await receiver.received(10);
    expect(all.slice(5).map(({ text }) => text)).toEqual(all.slice(0, 5).map(({ text }) => text));
    const done = await test.until(
      async () => {
        await test.clock.advance(250);
        return test.call('jobs.get', { id });
      },
      (job) => job.state === 'done',
    );
    expect(done).toMatchObject({ total: 5, done: 5, delivered: 5, failed: 0 });
  });

  it('pauses everything for a while', async () => {
    await using receiver = await startReceiver();
    await using test = await startTestEngine();
    await test.addEndpoint(receiver);
    await test.call('relay.pause', { forMs: 3_600_000 });
    await test.post('booking.created', { booking_id: 'bk_1' });
    expect(await newest(test)).toMatchObject({ state: 'waiting', reason: 'all_paused' });
    await test.clock.advance(3_599_000);
    expect(receiver.requests).toHaveLength(0);
    await test.clock.advance(1_000);
    await receiver.received(1);
  });
});

describe('a resend of many that is still looking for its deliveries', () => {
  /** Finds all of them on its first page, and then does as `more` says. */
  async function looking(more: (resends: ResendJobs) => Awaited<ReturnType<FindDeliveries>>) {
    const folder = await temporaryFolder();
    seed(folder.path, { deliveries: 10 });
    const context = openContext(folder.path);
    const deliveries = createDeliveryStore(context.writer);
    const rows = context.writer.prepare<[], { id: DeliveryId }>('SELECT id FROM deliveries').all();
    const jobs = createJobStore(context.writer);
    const items = createJobItemStore(context.writer);
    const start = () => {
      const resends = createResendJobs(
        { context, deliveries } as unknown as QueueDesk,
        jobs,
        items,
        async ({ cursor }) => (cursor === undefined ? { rows, next: 'more' } : more(resends)),
      );
      resends.start();
      return resends;
    };
    const { id } = await start().handlers['deliveries.resendAll']({ filter: {} }, actor);
    return {
      start,
      job: () => jobs.get(id),
      items: () => items.after(id, 0, 100),
      async [Symbol.asyncDispose]() {
        context.close();
        await folder.remove();
      },
    };
  }

  it('has not begun where the engine stops: the next start says so, and keeps none of what was found', async () => {
    await using at = await looking((resends) => {
      resends.stop();
      return { rows: [], next: 'more' };
    });
    await expect.poll(at.items).toHaveLength(10);
    for (let turn = 0; turn < 5; turn += 1) await turnsSettled();
    expect(at.job()).toMatchObject({ state: 'running', total: null });
    at.start();
    await expect.poll(at.job).toMatchObject({ state: 'failed', total: null });
    expect(JSON.parse(at.job()?.problem ?? '')).toEqual(sentence('problem.resend_not_begun'));
    expect(at.items()).toEqual([]);
  });

  it('fails where they cannot be looked up, and keeps none of what was found', async () => {
    await using at = await looking(() => {
      throw new Error('the reader thread is gone');
    });
    await expect.poll(at.job).toMatchObject({ state: 'failed', total: null });
    expect(JSON.parse(at.job()?.problem ?? '')).toEqual(sentence('problem.resend_not_found'));
    expect(at.items()).toEqual([]);
  });
});

describe('a restart', () => {
  it('sends what was in flight again at once, with the same event id, and counts nothing', async () => {
    await using folder = await temporaryFolder();
    await using receiver = await startReceiver();
    const vault = createTestVault();
    await using test = await startTestEngine({ dataFolder: folder.path, vault });
    receiver.answerNext({ does: 'hang' });
    await test.addEndpoint(receiver);
    await test.post('booking.created', { booking_id: 'bk_1' });
    await receiver.received(1);
    await test.stop();
    // As after a power cut: the lease of a run that is gone is still there.
    const database = openDatabase(folder.path);
    const kept = database.writer.prepare<[], { n: number }>('SELECT COUNT(*) AS n FROM leases').get();
    database.writer
      .prepare(
        "INSERT OR REPLACE INTO leases (delivery_seq, boot, attempt_id, kind, ordinal, started_at, ends_at) SELECT seq, 'gone', 'att_00000000000000000000000000', 'scheduled', 2, 0, 0 FROM deliveries",
      )
      .run();
    database.close();
    expect(kept).toEqual({ n: 0 });
    await using again = await startTestEngine({ dataFolder: folder.path, vault });
    const [first, second] = await receiver.received(2);
    expect(second?.headers['x-roostsync-event-id']).toBe(first?.headers['x-roostsync-event-id']);
    const row = await again.until(
      async () => (await again.call('deliveries.list', {})).rows[0],
      (now) => now?.state === 'delivered',
    );
    expect(row).toMatchObject({ failures: 0, attempts: 3 });
    const delivery = await again.call('deliveries.get', { id: row?.id ?? ('' as never) });
    expect(delivery.attemptsMade.map(({ outcome }) => outcome)).toEqual(['interrupted', 'interrupted', 'delivered']);
  });
});
