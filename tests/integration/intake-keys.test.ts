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
});
