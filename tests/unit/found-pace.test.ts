import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRateLimit } from '../../electron/engine/evidence/rate-limit.ts';
import {
  afterAnswers,
  afterRefusal,
  type FoundPace,
  foundPaceText,
  parseFoundPace,
} from '../../electron/engine/queue/found-pace.ts';
import { utcMs } from '../../shared/domain.ts';

describe('the pace that a receiver was found to take', () => {
  test('is one a second after a refusal that says nothing, doubled with 20 answers in a row up to the endpoint’s own', () => {
    let found: FoundPace | null = afterRefusal(null, 10, { inLastMinute: 3, windowMs: 60_000 });
    const steps: number[] = [];
    for (let answers = 1; answers <= 20 * 4; answers += 1) {
      if (answers % 20 === 1 && found) steps.push(found.perSecond);
      const next: FoundPace | null = found && afterAnswers(found, 10, ((answers - 1) % 20) + 1);
      found = next;
    }
    expect([...steps, found?.perSecond]).toEqual([1, 2, 4, 8, 10]);
  });

  test('is what was counted within the window that it names', () => {
    expect(afterRefusal(null, 10, { inLastMinute: 60, windowMs: 60_000 }).perSecond).toBeCloseTo(0.98);
    expect(afterRefusal(null, 10, { inLastMinute: 10, windowMs: 10_000 }).perSecond).toBeCloseTo(0.98);
  });

  test('beyond what was refused is tried less and less often', () => {
    const first = afterRefusal(null, 10, { inLastMinute: 1, windowMs: 60_000 });
    const second = afterRefusal({ ...first, perSecond: 2 }, 10, { inLastMinute: 20, windowMs: 60_000 });
    expect(second).toEqual({ perSecond: 1, refusals: 2, tooFast: 2 });
    expect(afterAnswers(second, 10, 79)).toBe(second);
    expect(afterAnswers(second, 10, 80)?.perSecond).toBe(2);
    const third = afterRefusal({ ...second, perSecond: 2 }, 10, { inLastMinute: 20, windowMs: 60_000 });
    expect(afterAnswers(third, 10, 319)).toBe(third);
  });

  test('a pace found long ago falls to one a second as well: 60 to one that takes one a second meet two refusals', () => {
    let found: FoundPace | null = { perSecond: 10, refusals: 1, tooFast: null };
    let [taken, refused, inARow] = [0, 0, 0];
    while (taken < 60) {
      // It takes one a second, and no burst.
      if (taken > 0 && inARow > 0 && (found?.perSecond ?? 10) > 1) {
        refused += 1;
        inARow = 0;
        found = afterRefusal(found, 10, { inLastMinute: Math.min(taken, 20), windowMs: 60_000 });
        continue;
      }
      taken += 1;
      inARow += 1;
      const next: FoundPace | null = found && afterAnswers(found, 10, inARow);
      if (next !== found) inARow = 0;
      found = next;
    }
    expect(refused).toBeLessThanOrEqual(2);
  });

  test('never exceeds the endpoint’s own, never is nothing, and is forgotten where it held long enough', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.nat({ max: 2000 })), { maxLength: 60 }),
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        (history, own) => {
          let found: FoundPace | null = null;
          for (const [refused, n] of history) {
            if (refused) found = afterRefusal(found, own, { inLastMinute: n, windowMs: 60_000 });
            else if (found) found = afterAnswers(found, own, n);
            if (found) {
              expect(found.perSecond).toBeGreaterThan(0);
              expect(found.perSecond).toBeLessThanOrEqual(own);
            }
          }
        },
      ),
    );
    expect(afterAnswers({ perSecond: 10, refusals: 3, tooFast: null }, 10, 1280)).toBeNull();
  });

  test('is stored and read again; what cannot be read is found again', () => {
    const found = { perSecond: 0.98, refusals: 2, tooFast: 1.96 };
    expect(parseFoundPace(foundPaceText(found))).toEqual(found);
    for (const text of [null, '', '{}', 'null', '{"perSecond":-1,"refusals":1}'])
      expect(parseFoundPace(text)).toBeNull();
  });
});

describe('what a receiver says of its limits', () => {
  const now = utcMs(Date.UTC(2026, 10, 28, 5));
  test.each<[string, Record<string, string>, { remaining: number; resetMs: number } | null]>([
    ['nothing', { date: 'x' }, null],
    ['RateLimit, draft 10', { ratelimit: '"default";r=50;t=30' }, { remaining: 50, resetMs: 30_000 }],
    [
      'two policies: the strictest',
      { ratelimit: '"burst";r=3;t=1, "day";r=0;t=600' },
      { remaining: 0, resetMs: 600_000 },
    ],
    ['RateLimit, draft 6', { ratelimit: 'limit=100, remaining=0, reset=5' }, { remaining: 0, resetMs: 5000 }],
    [
      'no reset, but a policy',
      { ratelimit: '"a";r=2', 'ratelimit-policy': '"a";q=100;w=10' },
      { remaining: 2, resetMs: 10_000 },
    ],
    [
      'three headers',
      { 'ratelimit-limit': '60, 60;w=60', 'ratelimit-remaining': '59', 'ratelimit-reset': '42' },
      { remaining: 59, resetMs: 42_000 },
    ],
    [
      'X-RateLimit with a moment in seconds',
      { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now / 1000 + 90) },
      { remaining: 0, resetMs: 90_000 },
    ],
    [
      'X-RateLimit with a moment in milliseconds',
      { 'x-ratelimit-remaining': '7', 'x-ratelimit-reset': String(now + 1500) },
      { remaining: 7, resetMs: 1500 },
    ],
    [
      'Discord',
      { 'x-ratelimit-remaining': '4', 'x-ratelimit-reset': '1470173023', 'x-ratelimit-reset-after': '1.25' },
      { remaining: 4, resetMs: 1250 },
    ],
    ['no time at all: a minute', { 'x-rate-limit-remaining': '1' }, { remaining: 1, resetMs: 60_000 }],
    [
      'a time of days: an hour at most',
      { 'ratelimit-remaining': '0', 'ratelimit-reset': '864000' },
      { remaining: 0, resetMs: 3_600_000 },
    ],
    ['what cannot be read', { 'ratelimit-remaining': 'many', ratelimit: '???' }, null],
  ])('%s', (_, headers, expected) => {
    expect(parseRateLimit(Object.entries(headers), now)).toEqual(expected);
  });
});
