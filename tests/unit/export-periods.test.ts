import { describe, expect, test } from 'vitest';
import { due, lastOver, periodFrom, upcoming } from '../../electron/engine/export/periods.ts';

const utc = (text: string) => Date.parse(text);
const iso = (ms: number) => new Date(ms).toISOString();

describe('a period of a scheduled export', () => {
  test('is the local day, and is due in the night after it', () => {
    const { fromMs, toMs, dueMs, name, next } = periodFrom('night', '2024-03-14', 'Asia/Manila');
    expect([iso(fromMs), iso(toMs), iso(dueMs), name, next]).toEqual([
      '2024-03-13T16:00:00.000Z',
      '2024-03-14T16:00:00.000Z',
      '2024-03-14T19:00:00.000Z',
      '2024-03-14',
      '2024-03-15',
    ]);
  });

  test('is 23 and 25 hours long where the clocks are changed, and still due at three', () => {
    const spring = periodFrom('night', '2024-03-31', 'Europe/Berlin');
    expect((spring.toMs - spring.fromMs) / 3_600_000).toBe(23);
    expect(iso(spring.dueMs)).toBe('2024-04-01T01:00:00.000Z');
    const before = periodFrom('night', '2024-03-30', 'Europe/Berlin');
    expect(iso(before.dueMs)).toBe('2024-03-31T01:00:00.000Z');
    const autumn = periodFrom('night', '2024-10-27', 'Europe/Berlin');
    expect((autumn.toMs - autumn.fromMs) / 3_600_000).toBe(25);
    expect(iso(periodFrom('night', '2024-10-26', 'Europe/Berlin').dueMs)).toBe('2024-10-27T02:00:00.000Z');
  });

  test('begins with the day where the clocks leave midnight out', () => {
    const { fromMs } = periodFrom('night', '2024-09-08', 'America/Santiago');
    expect(iso(fromMs)).toBe('2024-09-08T04:00:00.000Z');
  });

  test('of a month ends with it, leap years included', () => {
    const { fromMs, toMs, dueMs, name, next } = periodFrom('month', '2024-02-01', 'Europe/Berlin');
    expect([iso(fromMs), iso(toMs), iso(dueMs), name, next]).toEqual([
      '2024-01-31T23:00:00.000Z',
      '2024-02-29T23:00:00.000Z',
      '2024-03-01T02:00:00.000Z',
      '2024-02',
      '2024-03-01',
    ]);
  });
});

describe('what is due', () => {
  const berlin = 'Europe/Berlin';

  test('is the day before once it is three, and nothing before that', () => {
    expect(upcoming('night', utc('2024-03-15T01:00:00Z'), berlin).first).toBe('2024-03-14');
    expect(due('night', '2024-03-14', utc('2024-03-15T01:59:59Z'), berlin).period).toBeNull();
    expect(due('night', '2024-03-14', utc('2024-03-15T02:00:00Z'), berlin).period?.first).toBe('2024-03-14');
    expect(lastOver('night', utc('2024-03-15T00:30:00Z'), berlin).first).toBe('2024-03-14');
  });

  test('is the month before in the night of the first', () => {
    expect(due('month', '2024-03-01', utc('2024-03-31T23:59:00Z'), berlin).period).toBeNull();
    expect(due('month', '2024-03-01', utc('2024-04-01T01:00:00Z'), berlin).period?.name).toBe('2024-03');
    expect(due('month', '2024-03-01', utc('2024-04-20T01:00:00Z'), berlin).next).toBe('2024-03-01');
  });

  test('is all that was missed, but no more than a month of nights or a year of months', () => {
    expect(due('night', '2024-03-10', utc('2024-03-15T12:00:00Z'), berlin)).toMatchObject({ missed: 5, leftOut: null });
    const late = due('night', '2024-01-01', utc('2024-03-15T12:00:00Z'), berlin);
    expect(late).toMatchObject({ next: '2024-02-13', missed: 31, leftOut: { from: '2024-01-01', to: '2024-02-12' } });
    const years = due('month', '2020-01-01', utc('2024-03-15T12:00:00Z'), berlin);
    expect(years).toMatchObject({ next: '2023-03-01', missed: 12, leftOut: { from: '2020-01', to: '2023-02' } });
  });

  test('begins anew where what was kept lies ahead: the clock was wrong then', () => {
    expect(due('night', '2031-01-01', utc('2024-03-15T12:00:00Z'), berlin)).toMatchObject({
      period: null,
      next: '2024-03-15',
    });
  });
});
