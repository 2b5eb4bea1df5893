import { describe, expect, test } from 'vitest';
import { dayStart, localMs } from '../../electron/engine/local-time.ts';
import { hourlyIsDue, lastNight, nightIsDue } from '../../electron/engine/upkeep/upkeep-times.ts';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();

describe('the local day', () => {
  test.each([
    ['Asia/Manila', '2024-03-15T15:59:59Z', '2024-03-14T16:00:00.000Z'],
    ['Asia/Manila', '2024-03-15T16:00:00Z', '2024-03-15T16:00:00.000Z'],
    ['Asia/Kolkata', '2024-03-15T18:29:59Z', '2024-03-14T18:30:00.000Z'],
    ['America/New_York', '2024-03-10T12:00:00Z', '2024-03-10T05:00:00.000Z'],
    ['America/New_York', '2024-03-11T12:00:00Z', '2024-03-11T04:00:00.000Z'],
    // Midnight does not exist on the day on which Beirut's clocks go forward: the day begins at one.
    ['Asia/Beirut', '2024-03-31T12:00:00Z', '2024-03-30T22:00:00.000Z'],
    // Midnight comes twice on the night on which Havana's clocks go back: the day begins with the first.
    ['America/Havana', '2024-11-03T12:00:00Z', '2024-11-03T04:00:00.000Z'],
    ['UTC', '2024-03-15T00:00:00Z', '2024-03-15T00:00:00.000Z'],
  ])('of %s at %s began at %s', (timeZone, now, began) => {
    expect(iso(dayStart(at(now), timeZone))).toBe(began);
  });

  test('shows what the clocks there show', () => {
    expect(iso(localMs(at('2024-07-01T22:30:15.250Z'), 'Europe/Berlin'))).toBe('2024-07-02T00:30:15.250Z');
  });
});

describe('the night', () => {
  test.each([
    // Before and after 03:00, and over both changes of the clocks, of which Berlin's are at 02:00 and 03:00.
    ['Europe/Berlin', '2024-03-31T00:59:00Z', '2024-03-30T02:00:00.000Z'],
    ['Europe/Berlin', '2024-03-31T01:00:00Z', '2024-03-31T01:00:00.000Z'],
    ['Europe/Berlin', '2024-10-27T01:59:00Z', '2024-10-26T01:00:00.000Z'],
    ['Europe/Berlin', '2024-10-27T02:00:00Z', '2024-10-27T02:00:00.000Z'],
    // Kyiv's clocks leave the hour from 03:00 out: the night's work is due when they have jumped over it.
    ['Europe/Kyiv', '2024-03-31T00:59:59Z', '2024-03-30T01:00:00.000Z'],
    ['Europe/Kyiv', '2024-03-31T01:00:00Z', '2024-03-31T01:00:00.000Z'],
    ['Asia/Manila', '2024-03-15T18:59:59Z', '2024-03-14T19:00:00.000Z'],
    ['Asia/Manila', '2024-03-15T19:00:00Z', '2024-03-15T19:00:00.000Z'],
  ])('in %s at %s it was last 03:00 at %s', (timeZone, now, night) => {
    expect(iso(lastNight(at(now), timeZone))).toBe(night);
  });

  test('is due once a night, also where the PC was off at 03:00', () => {
    const evening = at('2024-03-15T10:00:00Z');
    const nextMorning = at('2024-03-15T23:00:00Z');
    expect(nightIsDue(evening, at('2024-03-15T18:59:00Z'), 'Asia/Manila')).toBe(false);
    expect(nightIsDue(evening, nextMorning, 'Asia/Manila')).toBe(true);
    expect(nightIsDue(nextMorning, nextMorning + 60_000, 'Asia/Manila')).toBe(false);
    expect(nightIsDue(null, evening, 'Asia/Manila')).toBe(true);
  });

  test('a last time that was written under a wrong clock puts nothing off for years', () => {
    const now = at('2024-03-15T10:00:00Z');
    expect(nightIsDue(at('2031-01-01T00:00:00Z'), now, 'Asia/Manila')).toBe(true);
    expect(hourlyIsDue(at('2031-01-01T00:00:00Z'), now)).toBe(true);
  });

  test('the small backup is due an hour after the last', () => {
    expect(hourlyIsDue(0, 3_599_999)).toBe(false);
    expect(hourlyIsDue(0, 3_600_000)).toBe(true);
  });
});
