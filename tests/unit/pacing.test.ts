import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPacer, type PaceLimits } from '../../electron/engine/queue/pacing.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';

/** Takes all slots at once, whenever there are some; answers come after `answerMs`. */
function drive(limits: PaceLimits, answerMs: number, untilMs: number): { begun: number[]; mostInFlight: number } {
  const pacer = createPacer(limits);
  const begun: number[] = [];
  const answers: number[] = [];
  let mostInFlight = 0;
  for (let now = 0; now <= untilMs; now += 10) {
    while (answers.length > 0 && (answers[0] ?? 0) <= now) {
      answers.shift();
      pacer.release();
    }
    for (let slots = pacer.slots(now); slots > 0; slots -= 1) {
      pacer.take(now);
      begun.push(now);
      answers.push(now + answerMs);
    }
    mostInFlight = Math.max(mostInFlight, pacer.inFlight);
  }
  return { begun, mostInFlight };
}

const mostInAnySecond = (begun: readonly number[], lengthMs = 1000) =>
  Math.max(...begun.map((from) => begun.filter((at) => at >= from && at < from + lengthMs).length));

describe('the pace of an endpoint', () => {
  test('by default 5 in flight and 10 a second, and both really limit', () => {
    expect(usualOptions.limits).toEqual({ inFlight: 5, perSecond: 10 });
    const slow = drive(usualOptions.limits, 2000, 10_000);
    expect(slow.mostInFlight).toBe(5);
    expect(slow.begun.length).toBe(30);
    const fast = drive(usualOptions.limits, 10, 10_000);
    expect(mostInAnySecond(fast.begun)).toBe(10);
    expect(fast.begun.length).toBeGreaterThanOrEqual(100);
    expect(fast.begun.length).toBeLessThanOrEqual(110);
  });

  test('both can be raised', () => {
    const raised = drive({ inFlight: 50, perSecond: 100 }, 100, 5000);
    expect(mostInAnySecond(raised.begun)).toBe(100);
    expect(raised.begun.length).toBeGreaterThanOrEqual(500);
  });

  test('below one a second it is one in several seconds', () => {
    expect(drive({ inFlight: 5, perSecond: 0.1 }, 10, 35_000).begun).toEqual([0, 10_000, 20_000, 30_000]);
  });

  test('Infinity is no limit', () => {
    const pacer = createPacer({ inFlight: Number.POSITIVE_INFINITY, perSecond: Number.POSITIVE_INFINITY });
    expect(pacer.slots(0)).toBe(Number.POSITIVE_INFINITY);
    pacer.take(0);
    expect(pacer.nextAt(0)).toBe(0);
    expect(createPacer({ inFlight: 7, perSecond: Number.POSITIVE_INFINITY }).slots(0)).toBe(7);
  });

  test('never more in flight nor in any window than said', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0.5, max: 40, noNaN: true }),
        fc.integer({ min: 1, max: 900 }),
        (inFlight, perSecond, answerMs) => {
          const { begun, mostInFlight } = drive({ inFlight, perSecond }, answerMs, 4000);
          expect(mostInFlight).toBeLessThanOrEqual(inFlight);
          const size = Math.max(1, Math.floor(perSecond));
          expect(mostInAnySecond(begun, (size * 1000) / perSecond - 0.001)).toBeLessThanOrEqual(size);
          expect(begun[0]).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('nextAt is the very moment at which a slot is free, and null while only an answer frees one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 40 }), (pauses) => {
        const pacer = createPacer({ inFlight: 1000, perSecond: 7 });
        let now = 0;
        for (const pause of pauses) {
          now += pause;
          const next = pacer.nextAt(now) ?? Number.NaN;
          expect(pacer.slots(now) > 0).toBe(next === now);
          if (next > now) {
            expect(pacer.slots(next - 0.01)).toBe(0);
            now = next;
          }
          expect(pacer.slots(now)).toBeGreaterThan(0);
          pacer.take(now);
        }
      }),
    );
    const full = createPacer({ inFlight: 1, perSecond: 10 });
    full.take(0);
    expect(full.nextAt(0)).toBeNull();
    full.release();
    expect(full.nextAt(0)).toBe(0);
  });

  test('changed limits hold at once, and what has just begun still counts', () => {
    const pacer = createPacer({ inFlight: 100, perSecond: 10 });
    for (let n = 0; n < 10; n += 1) pacer.take(0);
    pacer.change({ inFlight: 100, perSecond: 20 });
    expect(pacer.slots(1)).toBe(10);
    pacer.change({ inFlight: 100, perSecond: 5 });
    expect(pacer.slots(1)).toBe(0);
    expect(pacer.slots(1000)).toBe(5);
    pacer.change({ inFlight: 10, perSecond: Number.POSITIVE_INFINITY });
    expect(pacer.slots(1)).toBe(0);
    pacer.release();
    expect(pacer.slots(1)).toBe(1);
  });
});
