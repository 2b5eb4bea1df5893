import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay, startOfDay } from '../../../renderer/lib/days.ts';
import { utcMs } from '../../../shared/domain.ts';

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

describe('a day of the property', () => {
  it('begins and ends by the property’s own midnight', () => {
    expect(iso(startOfDay('2026-11-23', 'Asia/Manila'))).toBe('2026-11-22T16:00:00.000Z');
    expect(iso(endOfDay('2026-11-23', 'Asia/Manila'))).toBe('2026-11-23T15:59:59.999Z');
    expect(iso(startOfDay('2026-11-23', 'America/New_York'))).toBe('2026-11-23T05:00:00.000Z');
    expect(iso(startOfDay('2026-11-23', 'Asia/Kathmandu'))).toBe('2026-11-22T18:15:00.000Z');
  });

  it('is an hour shorter or longer when the clocks change', () => {
    const hours = (day: string) =>
      ((endOfDay(day, 'Europe/Berlin') ?? 0) + 1 - (startOfDay(day, 'Europe/Berlin') ?? 0)) / 3_600_000;
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
  });

  it('begins at one o’clock where midnight itself is skipped', () => {
    expect(iso(startOfDay('2026-03-29', 'Asia/Beirut'))).toBe('2026-03-28T22:00:00.000Z');
  });

  it('holds the instants that it begins and ends with, and not their neighbours', () => {
    const start = startOfDay('2026-03-29', 'Europe/Berlin') ?? 0;
    const end = endOfDay('2026-03-29', 'Europe/Berlin') ?? 0;
    const days = [start - 1, start, end, end + 1].map((at) => dayOf(utcMs(at), 'Europe/Berlin'));
    expect(days).toEqual(['2026-03-28', '2026-03-29', '2026-03-29', '2026-03-30']);
  });

  it('is nothing where the text is no day', () => {
    expect(startOfDay('', 'UTC')).toBeNull();
    expect(startOfDay('2026-13-01', 'UTC')).toBeNull();
    expect(endOfDay('tomorrow', 'UTC')).toBeNull();
  });
});
