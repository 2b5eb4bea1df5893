import { expect, test } from 'vitest';
import { givenRules } from '../../shared/endpoint-kinds/rules.ts';
import { inputError } from '../../shared/input.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';

const isTaken = (value: string): boolean =>
  givenRules.safeParse({ match: 'all', of: [{ path: 'data.check_in', is: 'greater', value }] }).success;

test('what is more or less is a number, or a moment that there is', () => {
  for (const value of ['5000', '-1.5', '2024-02-29', '2024-03-01T10:30', '2024-03-01 10:30:00Z']) {
    expect(isTaken(value), value).toBe(true);
  }
  for (const value of [
    'viel',
    '2024-13-45',
    '2023-02-29',
    '2024-02-30T10:00',
    '2024-03-01T25:00',
    '2024-03-01T10:30 or so',
  ]) {
    expect(isTaken(value), value).toBe(false);
  }
});

/** What is said of a rule's value; null where it may be given. */
function said(path: string, is: string, value: unknown): string | null {
  const { error } = givenRules.safeParse({ match: 'all', of: [{ path, is, value }] });
  return error === undefined ? null : inEnglish(inputError('rules', error).says);
}

test('a day that no calendar has is none that an event could say', () => {
  for (const is of ['is', 'is_not', 'contains']) {
    expect(said('data.check_in', is, '2024-02-31'), is).toBe(
      'of[0].value: expected a day that there is, such as 2026-12-24, got "2024-02-31".',
    );
  }
  expect(said('data.stay.dateFrom', 'one_of', ['2024-02-29', '2024-04-31'])).toContain(
    'of[0].value[1]: expected a day',
  );
  expect(said('data.dates.0', 'is', '2024-02-30T10:00')).toContain('got "2024-02-30T10:00"');
  expect(said('timestamp', 'contains', '2024-06-31')).toContain('expected a day');
  // Elsewhere it may be the number of an invoice.
  expect(said('data.invoice_no', 'is', '2024-13-45')).toBeNull();
  expect(said('data.check_in', 'is', '2024-02-29')).toBeNull();
  expect(said('data.check_in', 'contains', '2024-02')).toBeNull();
});

test('an event is one that there is, and the nearest name is offered', () => {
  expect(said('event', 'is', 'booking.creatd')).toBe(
    'of[0].value: expected an event, got "booking.creatd". Did you mean booking.created?',
  );
  expect(said('event', 'one_of', ['order.created', 'Guest Check-in'])).toContain('Did you mean guest.checkin?');
  expect(said('event', 'is_not', 'room.cleaned')).toMatch(
    /expected an event, one of booking\.created, .*payment\.received, got "room\.cleaned"\.$/,
  );
  expect(said('event', 'is', 7)).toContain('got "7"');
  expect(said('event', 'contains', 'bookings')).toContain('got "bookings"');
  expect(said('event', 'contains', 'Cancel')).toBeNull();
  expect(said('event', 'is', 'booking.created')).toBeNull();
  expect(said('data.event', 'is', 'booking.creatd')).toBeNull();
});
