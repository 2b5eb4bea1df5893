import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startIntake, type TestIntake } from '../support/intake.ts';

type Body = {
  id?: string;
  duplicate?: boolean;
  accepted?: number;
  events?: { id: string; duplicate: boolean }[];
  error?: { member?: string };
};

describe('a repeated request', () => {
  let relay: TestIntake;
  let url: string;
  let otherUrl: string;
  beforeAll(async () => {
    relay = await startIntake();
    url = (await relay.addSource('PMS')).secretUrl;
    otherUrl = (await relay.addSource('POS')).secretUrl;
  });
  afterAll(() => relay.stop());

  const send = async (body: unknown, headers: Record<string, string> = {}, to = url) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(to, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, ...((await response.json()) as Body) };
  };
  const count = () => relay.events().length;
  const event = (more: object = {}) => ({ event: 'booking.updated', data: { booking_id: 'b', n: 1 }, ...more });

  test('with the same id is stored once, and gets the same answer', async () => {
    const first = await send(event({ id: 'k1' }));
    const before = count();
    const second = await send(event({ id: 'k1' }));
    expect([first.duplicate, second]).toEqual([false, { status: 202, id: first.id, duplicate: true, masked: 0 }]);
    expect(count()).toBe(before);
  });

  test('with the same id and another content is 409 and names the key', async () => {
    await send(event({ id: 'k2' }));
    for (const other of [
      event({ id: 'k2', data: { booking_id: 'b', n: 2 } }),
      event({ id: 'k2', event: 'booking.created' }),
    ]) {
      expect(await send(other)).toMatchObject({ status: 409, error: { member: 'id' } });
    }
    expect(await send([event(), event({ id: 'k2', data: {} })])).toMatchObject({
      status: 409,
      error: { member: '[1].id' },
    });
  });

  test('of another source is another event', async () => {
    const mine = await send(event({ id: 'k3' }));
    expect((await send(event({ id: 'k3' }), {}, otherUrl)).id).not.toBe(mine.id);
  });

  test('with an Idempotency-Key covers the whole request', async () => {
    const key = { 'idempotency-key': 'whole-1' };
    const batch = [event(), event({ data: { n: 2 } })];
    const first = await send(batch, key);
    const before = count();
    const second = await send(batch, key);
    expect(second).toMatchObject({ status: 202, duplicate: true, accepted: 0 });
    expect(second.events?.map(({ id }) => id)).toEqual(first.events?.map(({ id }) => id));
    expect(await send([event()], key)).toMatchObject({ status: 409, error: { member: 'Idempotency-Key' } });
    expect(await send(batch[0], key)).toMatchObject({ status: 409 });
    expect(count()).toBe(before);
  });

  test('with an Idempotency-Key that is no key is 400', async () => {
    expect(await send(event(), { 'idempotency-key': 'x'.repeat(256) })).toMatchObject({
      status: 400,
      error: { member: 'Idempotency-Key' },
    });
  });

  test('with a timestamp and the same data is stored once; two updates in one second are two', async () => {
    const at = { timestamp: '2024-03-15T10:30:00Z' };
    const first = await send(event(at));
    expect(await send(event({ timestamp: '2024-03-15T18:30:00+08:00' }))).toMatchObject({
      duplicate: true,
      id: first.id,
    });
    const other = await send(event({ ...at, data: { booking_id: 'b', n: 2 } }));
    expect([other.status, other.duplicate]).toEqual([202, false]);
  });

  test('without a key and without a timestamp is another event', async () => {
    const [first, second] = [await send(event()), await send(event())];
    expect(second.duplicate).toBe(false);
    expect(second.id).not.toBe(first.id);
  });

  test('within one batch is stored once, and a conflict there refuses the batch', async () => {
    const same = await send([event({ id: 'k4' }), event({ id: 'k4' })]);
    expect(same.events?.map(({ duplicate }) => duplicate)).toEqual([false, true]);
    const before = count();
    expect((await send([event({ id: 'k5' }), event({ id: 'k5', data: {} })])).status).toBe(409);
    expect(count()).toBe(before);
    expect(await send(event({ id: 'k5', data: {} }))).toMatchObject({ status: 202, duplicate: false });
  });

  test('is compared after masking: another CVV is no other content', async () => {
    const paid = (cvv: string) => event({ id: 'k6', data: { cvv } });
    await send(paid('123'));
    expect(await send(paid('456'))).toMatchObject({ status: 202, duplicate: true });
  });

  test('is known again after the event itself is gone', async () => {
    const first = await send(event({ id: 'k7' }));
    relay.context.writer.prepare('DELETE FROM events WHERE id = ?').run(first.id);
    expect(await send(event({ id: 'k7' }))).toMatchObject({ duplicate: true, id: first.id });
  });

  test('at the same moment on many connections is stored once', async () => {
    const before = count();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(event({ id: 'k8' }))));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => duplicate === false)).toHaveLength(1);
    expect(count()).toBe(before + 1);
  });

  describe('by the key of the request and by the id of the event, whichever came before', () => {
    test('the same id under other keys, and without one, is one event', async () => {
      const first = await send(event({ id: 'both-1' }), { 'idempotency-key': 'try-1' });
      const before = count();
      for (const headers of [{ 'idempotency-key': 'try-2' }, { 'idempotency-key': 'try-1' }, {}] as Record<
        string,
        string
      >[]) {
        expect(await send(event({ id: 'both-1' }), headers)).toMatchObject({ duplicate: true, id: first.id });
      }
      expect(count()).toBe(before);
      expect(await send(event({ id: 'both-1', data: {} }), { 'idempotency-key': 'try-3' })).toMatchObject({
        status: 409,
        error: { member: 'id' },
      });
      expect(await send(event({ id: 'both-9' }), { 'idempotency-key': 'try-2' })).toMatchObject({ status: 409 });
    });

    test('an id that came first without a key', async () => {
      const first = await send(event({ id: 'both-2' }));
      expect(await send(event({ id: 'both-2' }), { 'idempotency-key': 'later' })).toMatchObject({ id: first.id });
    });

    test('a batch under a new key stores what is new of it', async () => {
      const first = await send(event({ id: 'both-3' }));
      const batch = await send([event({ id: 'both-3' }), event({ id: 'both-4' })], { 'idempotency-key': 'batch' });
      expect(batch).toMatchObject({ accepted: 1, events: [{ id: first.id, duplicate: true }, { duplicate: false }] });
    });

    test('without an id and a timestamp the key alone tells them apart', async () => {
      const at = event({ timestamp: '2024-03-15T11:30:00Z' });
      const first = await send(at, { 'idempotency-key': 'alone-1' });
      expect((await send(at, { 'idempotency-key': 'alone-2' })).id).not.toBe(first.id);
    });

    test('another Roost Relay’s event id is one too, and becomes one more of the known event', async () => {
      const header = (id: string) => ({ 'x-roostsync-event-id': id });
      const first = await send(event(), header('evt_other_1'));
      expect(await send(event(), header('evt_other_1'))).toMatchObject({ duplicate: true, id: first.id });
      expect(await send(event({ data: {} }), header('evt_other_1'))).toMatchObject({
        ...{ status: 409, error: { member: 'X-RoostSync-Event-Id' } },
      });
      const known = await send(event({ id: 'both-5' }));
      expect(await send(event({ id: 'both-5' }), header('evt_other_2'))).toMatchObject({ id: known.id });
      const before = count();
      expect(await send(event({ id: 'both-5' }), header('evt_other_2'))).toMatchObject({ id: known.id });
      expect(count()).toBe(before);
    });

    test('a number as id counts digit for digit', async () => {
      const raw = (id: string) => `{"event":"booking.updated","data":{},"id":${id}}`;
      const ids = ['12345678901234567890', '12345678901234567891', '1.0', '1', '1e3', '1000'];
      const answers = [];
      for (const id of ids) answers.push(await send(raw(id)));
      expect(new Set(answers.map(({ id }) => id)).size).toBe(ids.length);
      expect(await send(raw('12345678901234567890'))).toMatchObject({ duplicate: true, id: answers[0]?.id });
      expect(await send(raw('"1.0"'))).toMatchObject({ duplicate: true, id: answers[2]?.id });
    });
  });
});
