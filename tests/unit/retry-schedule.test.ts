import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isClockWrong, skewFromDate } from '../../electron/engine/evidence/clock-skew.ts';
import { isThrottleFree, parseHttpDate, parseRetryAfter } from '../../electron/engine/evidence/retry-after.ts';
import { jitterFrom, nextDue, throttledDue } from '../../electron/engine/queue/schedule.ts';
import { retryDelaysMs, utcMs } from '../../shared/domain.ts';

const ended = utcMs(Date.UTC(2024, 2, 15, 10, 30));
const hour = 3_600_000;
const day = 24 * hour;

describe('the retry schedule', () => {
  test.each([
    [1, 60_000],
    [2, 300_000],
    [3, 1_800_000],
    [4, 7_200_000],
    [5, 86_400_000],
  ])('after counted failure %i: %i ms from the end of the attempt, to the millisecond', (failures, delayMs) => {
    expect(nextDue(ended, failures, () => 0)).toBe(ended + delayMs);
    expect(nextDue(ended, failures, () => 0.1)).toBe(ended + delayMs * 1.1);
  });

  test('after the sixth there is none: it needs attention', () => {
    expect(nextDue(ended, 6, () => 0)).toBeNull();
  });

  test('is never earlier than the delay and at most a tenth later, whatever the source of chance gives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.double({ noNaN: true }), (failures, chance) => {
        const delayMs = retryDelaysMs[failures - 1] ?? 0;
        const due =
          nextDue(
            ended,
            failures,
            jitterFrom(() => chance),
          ) ?? 0;
        expect(due).toBeGreaterThanOrEqual(ended + delayMs);
        expect(due).toBeLessThanOrEqual(ended + delayMs * 1.1);
        expect(Number.isInteger(due)).toBe(true);
      }),
    );
  });
});

describe('a throttled delivery', () => {
  test('is due when the receiver said', () => {
    expect(throttledDue(ended, 0, 90_000, () => 0.1)).toBe(ended + 90_000);
  });

  test.each([
    [0, 60_000],
    [1, 300_000],
    [4, 86_400_000],
    [5, 86_400_000],
  ])('without a time, after %i counted failures, waits for the next delay of %i ms', (failures, delayMs) => {
    expect(throttledDue(ended, failures, null, () => 0)).toBe(ended + delayMs);
  });

  test('counts for nothing for 24 hours from its first throttle', () => {
    expect(isThrottleFree(null, ended)).toBe(true);
    expect(isThrottleFree(ended, utcMs(ended + day - 1))).toBe(true);
    expect(isThrottleFree(ended, utcMs(ended + day))).toBe(false);
  });
});

describe('Retry-After', () => {
  test.each([
    ['120', 120_000],
    [' 5 ', 5000],
    ['1.5', 1500],
    ['0', 1000],
    ['999999999', day],
    ['Fri, 15 Mar 2024 10:32:00 GMT', 120_000],
    ['Friday, 15-Mar-24 10:32:00 GMT', 120_000],
    ['Fri Mar 15 10:32:00 2024', 120_000],
    ['Fri, 15 Mar 2024 09:00:00 GMT', 1000],
    ['Fri, 15 Mar 2030 09:00:00 GMT', day],
  ])('%j asks for %i ms', (value, waitMs) => {
    expect(parseRetryAfter(value, null, ended)).toBe(waitMs);
  });

  test.each([
    '',
    'soon',
    '-5',
    '1e3',
    '2024-03-15T10:32:00Z',
    'Fri, 99 Mar 2024 10:32:00 GMT',
    'Fri, 15 Foo 2024 10:32:00 GMT',
  ])('%j asks for nothing that can be read', (value) => {
    expect(parseRetryAfter(value, null, ended)).toBeNull();
  });

  test('a date is read against the server’s own, so that a wrong clock here does not matter', () => {
    const wrongClock = utcMs(ended + 3 * day);
    const serverDate = new Date(ended).toUTCString();
    expect(parseRetryAfter('Fri, 15 Mar 2024 10:32:00 GMT', serverDate, wrongClock)).toBe(120_000);
  });

  test('every instant in whole seconds is read from its HTTP date', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (seconds) => {
        expect(parseHttpDate(new Date(seconds * 1000).toUTCString(), ended)).toBe(seconds * 1000);
      }),
    );
  });

  test('the time that comes of anything lies between a second and 24 hours', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map(String),
          fc.date({ noInvalidDate: true }).map((d) => d.toUTCString()),
        ),
        (value) => {
          const waitMs = parseRetryAfter(value, null, ended);
          if (waitMs === null) return;
          expect(waitMs).toBeGreaterThanOrEqual(1000);
          expect(waitMs).toBeLessThanOrEqual(day);
        },
      ),
    );
  });
});

describe('clock skew', () => {
  test('is our time minus the server’s', () => {
    const date = new Date(ended).toUTCString();
    expect(skewFromDate(date, utcMs(ended + hour), utcMs(ended + hour + 1000))).toBe(hour);
    expect(skewFromDate(date, utcMs(ended - hour), utcMs(ended - hour + 1000))).toBe(-hour);
    expect(skewFromDate('yesterday', ended, ended)).toBeNull();
    expect(skewFromDate(null, ended, ended)).toBeNull();
  });

  test('is wrong past 4 minutes, either way', () => {
    expect([null, 240_000, -240_000].map(isClockWrong)).toEqual([false, false, false]);
    expect([240_001, -240_001].map(isClockWrong)).toEqual([true, true]);
  });
});
