import { describe, expect, test } from 'vitest';
import { summarize } from '../../electron/engine/event-summary.ts';
import { toUtcText } from '../../electron/engine/intake/timestamp.ts';
import type { EventType } from '../../shared/events.ts';
import samples from '../support/contract/sample-events.json' with { type: 'json' };

describe('a timestamp in UTC', () => {
  test.each([
    ['2024-03-15T10:30:00Z', '2024-03-15T10:30:00Z'],
    ['2024-03-15T18:30:00+08:00', '2024-03-15T10:30:00Z'],
    ['2024-03-15T18:30:00.123456+0800', '2024-03-15T10:30:00.123456Z'],
    ['2024-01-01T00:30:00+01', '2023-12-31T23:30:00Z'],
    ['2024-03-15T10:30-05:30', '2024-03-15T16:00:00Z'],
    ['2024-02-29t23:59:59,5z', '2024-02-29T23:59:59.5Z'],
  ])('%s is %s', (given, utc) => {
    expect(toUtcText(given)).toBe(utc);
  });

  test.each([
    ['no offset', '2024-03-15T10:30:00'],
    ['a day that does not exist', '2023-02-29T10:30:00Z'],
    ['hour 25', '2024-03-15T25:00:00Z'],
    ['a date alone', '2024-03-15'],
    ['an offset of 30 hours', '2024-03-15T10:30:00+30:00'],
    ['other words', 'yesterday'],
    ['something after it', '2024-03-15T10:30:00Z; x'],
  ])('%s is none', (_what, given) => {
    expect(toUtcText(given)).toBeNull();
  });
});

describe('what a row says of an event', () => {
  const of = (type: EventType, data: Record<string, unknown>) => summarize(type, data);

  test("the contract's samples", () => {
    const said = samples.map(({ event, data }) => of(event as EventType, data));
    expect(said[0]).toEqual({ guest: 'Juan dela Cruz', room: 'Room 101 - Deluxe', amount: 6000, nights: 2 });
    expect(said[5]).toEqual({ item: 'Halo-halo 🍧', outlet: 'Restaurant', amount: 360, currency: 'PHP' });
    expect(said[7]).toEqual({ item: 'Bath soap 30 g', quantity: 12 });
    expect(said[8]).toEqual({ amount: 10110.5, currency: 'PHP' });
  });

  test.each([
    ['a guest as an object', { guest: { name: ' Ana ' } }, 'Ana'],
    ['first and last name', { guest: { first_name: 'Ana', last_name: 'Cruz' } }, 'Ana Cruz'],
    ['first name and surname at the top', { firstName: 'Ana', surname: 'Cruz' }, 'Ana Cruz'],
    ['a customer', { customer: { name: 'Ana' } }, 'Ana'],
  ])('%s', (_what, data, guest) => {
    expect(of('booking.created', data).guest).toBe(guest);
  });

  test('numbers that are written as text, and rooms that are numbers', () => {
    expect(of('booking.created', { total: '6000.50', currency: 'php', room: 101 })).toEqual({
      amount: 6000.5,
      currency: 'PHP',
      room: '101',
    });
  });

  test('a text that can be two numbers is none, unless its currency has thousandths', () => {
    const amount = (data: Record<string, unknown>, fromText?: boolean) =>
      summarize('booking.created', data, fromText).amount;
    expect(['1.234', '-12.500', '0.123', '1234.567', '12.50'].map((total) => amount({ total }))).toEqual([
      ...[undefined, undefined, 0.123, 1234.567, 12.5],
    ]);
    expect([amount({ total: '1.234', currency: 'kwd' }), amount({ total: 1.234 })]).toEqual([1.234, 1.234]);
    // Where every text that is a number was read as one, what is left is none.
    expect([amount({ total: '12.50' }, false), amount({ total: '12.50', amount: 3 }, false)]).toEqual([undefined, 3]);
  });

  test('what is of another shape is left out', () => {
    expect(of('booking.created', { guest_name: ['x'], total: 'many', currency: 'pesos', nights: null })).toEqual({});
  });

  test('a long text is cut between characters', () => {
    const { guest = '' } = of('booking.created', { guest_name: '🍧'.repeat(300) });
    expect(guest.isWellFormed()).toBe(true);
    expect(guest.length).toBeLessThanOrEqual(201);
  });
});
