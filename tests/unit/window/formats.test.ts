/** Times, amounts and durations read as the look says, in the property's time zone. */
import { describe, expect, test } from 'vitest';
import { createFormats } from '../../../renderer/lib/format.ts';
import { utcMs } from '../../../shared/domain.ts';

const manila = { locale: 'en-GB', timeZone: 'Asia/Manila', currency: 'PHP', now: utcMs(Date.UTC(2026, 10, 23, 0, 42)) };
const at = (...parts: Parameters<typeof Date.UTC>) => utcMs(Date.UTC(...parts));

describe('a time', () => {
  const { time } = createFormats(manila);
  test('of today is the clock alone', () => expect(time(at(2026, 10, 23, 0, 41))).toBe('08:41'));
  test('of the evening before, in the property’s calendar, is yesterday', () =>
    expect(time(at(2026, 10, 22, 14, 17))).toBe('yesterday 22:17'));
  test('shortly after the property’s midnight is today although it is yesterday in UTC', () =>
    expect(time(at(2026, 10, 22, 16, 5))).toBe('00:05'));
  test('of this week has its weekday', () => expect(time(at(2026, 10, 18, 21, 37))).toBe('Thu 05:37'));
  test('of this year has its date', () => expect(time(at(2026, 4, 3, 1, 0))).toBe('3 May 09:00'));
  test('of another year has its year', () => expect(time(at(2025, 4, 3, 1, 0))).toBe('3 May 2025 09:00'));
  test('to come tomorrow has its date', () => expect(time(at(2026, 10, 24, 4, 0))).toBe('24 Nov 12:00'));
  test('has UTC beside it', () =>
    expect(createFormats(manila).utc(at(2026, 10, 23, 0, 41, 7))).toBe('2026-11-23 00:41:07 UTC'));
});

test('yesterday is kahapon in Filipino', () => {
  expect(createFormats({ ...manila, locale: 'fil-PH' }).time(at(2026, 10, 22, 14, 17))).toBe('kahapon 22:17');
});

test('a day that has 25 hours is still one day', () => {
  const berlin = { ...manila, timeZone: 'Europe/Berlin', now: at(2026, 9, 25, 22, 30) };
  expect(createFormats(berlin).time(at(2026, 9, 24, 22, 30))).toBe('00:30');
  expect(createFormats({ ...berlin, now: at(2026, 9, 25, 23, 30) }).time(at(2026, 9, 24, 22, 30))).toBe(
    'yesterday 00:30',
  );
});

describe('an amount', () => {
  const { amount } = createFormats(manila);
  test('is in the property’s currency', () => expect(amount(6000)).toBe('₱6,000.00'));
  test('is in its own currency where it names one', () => expect(amount(12.5, 'EUR')).toBe('€12.50'));
  test('with a code that is none is written as it is', () => expect(amount(5, 'pesos')).toBe('5.00 pesos'));
});

test('durations go from milliseconds to days', () => {
  const { duration } = createFormats(manila);
  expect([38, 1240, 30_000, 240_000, 7_500_000, 7_200_000, 259_200_000].map(duration)).toEqual([
    '38 ms',
    '1.2 s',
    '30 s',
    '4 min',
    '2 h 5 min',
    '2 h',
    '3 days',
  ]);
});

test('a rate under one is never rounded up to 100 %', () => {
  const { percent } = createFormats(manila);
  expect(percent(0.9999)).toBe('99.9%');
  expect(percent(1)).toBe('100%');
});

test('sizes are decimal', () => {
  const { size } = createFormats(manila);
  expect([900, 31_000, 2_500_000].map(size)).toEqual(['900 B', '31 kB', '2.5 MB']);
});
