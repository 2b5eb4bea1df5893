import { describe, expect, it } from 'vitest';
import {
  type TroubleInput,
  type TroubleRecord,
  takesNothing,
  troubleAfter,
} from '../../electron/engine/evidence/trouble.ts';
import { utcMs } from '../../shared/domain.ts';

const minute = 60_000;
const began = utcMs(Date.UTC(2026, 10, 23, 6, 45));

const attempt = (more: Partial<TroubleInput> = {}): TroubleInput => ({
  ...{
    kind: 'scheduled',
    outcome: 'setup',
    status: 404,
    said: null,
    begunWall: began,
    endedWall: began,
    deliveredCount: 10,
  },
  sentence: { key: 'outcome.address_unknown', params: {} },
  delivery: { seq: 1, deliveredMark: 10 },
  ...more,
});

/** The trouble after these attempts, a minute apart. */
const troubleOf = (...attempts: readonly Partial<TroubleInput>[]): TroubleRecord | null =>
  attempts.reduce<TroubleRecord | null>((before, more, index) => {
    const at = utcMs(began + index * minute);
    return troubleAfter(before, attempt({ begunWall: at, endedWall: at, ...more }));
  }, null);

describe('the trouble of an endpoint', () => {
  it('began with the first failure after the last success, and is as the last one was', () => {
    const trouble = troubleOf(
      { outcome: 'delivered', status: 200 },
      {},
      { outcome: 'endpoint_down', status: 500, said: 'no disk' },
    );
    expect(trouble).toMatchObject({ kind: 'errors', since: began + minute, failures: 2, status: 500, said: 'no disk' });
    expect(troubleOf({}, {}, { outcome: 'delivered' })).toBeNull();
  });

  it('began when the first failure began, which may be half a minute before it ended, or be heard of later', () => {
    const first = troubleAfter(null, attempt({ begunWall: began, endedWall: utcMs(began + 30_000) }));
    expect(first).toMatchObject({ since: began, lastAt: began + 30_000 });
    const later = attempt({ begunWall: utcMs(began - 4_000), endedWall: utcMs(began + 31_000) });
    expect(troubleAfter(first, later)).toMatchObject({ since: began - 4_000, failures: 2 });
  });

  it('is not touched by what this PC, a test or a resend brought', () => {
    const before = troubleOf({}, {});
    for (const more of [
      { outcome: 'proxy' },
      { outcome: 'offline' },
      { kind: 'test', delivery: null },
      { kind: 'resend' },
    ] as const) {
      expect(troubleAfter(before, attempt(more))).toBe(before);
      expect(troubleAfter(null, attempt(more))).toBeNull();
    }
    expect(troubleAfter(before, attempt({ kind: 'test', delivery: null, outcome: 'delivered' }))).toBeNull();
  });

  it.each<[string, readonly Partial<TroubleInput>[], boolean]>([
    ['two 404', [{}, {}], false],
    ['three 404', [{}, {}, {}], true],
    [
      'silence three times',
      [{ outcome: 'endpoint_down', status: null }, {}, { outcome: 'endpoint_down', status: null }],
      true,
    ],
    [
      'one event refused three times',
      [{ outcome: 'event_refused' }, { outcome: 'event_refused' }, { outcome: 'event_refused' }],
      false,
    ],
    [
      'three events refused',
      [1, 2, 3].map((seq) => ({ outcome: 'event_refused' as const, delivery: { seq, deliveredMark: 10 } })),
      true,
    ],
    ['slow down, five times in a burst', Array(5).fill({ outcome: 'throttled', status: 429, endedWall: began }), false],
    [
      'an event that others have overtaken',
      Array(4).fill({ outcome: 'endpoint_down', status: 500, delivery: { seq: 1, deliveredMark: 9 } }),
      false,
    ],
    [
      'such an event, and a new one after it',
      [
        { delivery: { seq: 1, deliveredMark: 9 } },
        { delivery: { seq: 2, deliveredMark: 10 } },
        { delivery: { seq: 1, deliveredMark: 9 } },
      ],
      true,
    ],
  ])('takes nothing: %s', (_, attempts, nothing) => {
    const trouble = troubleOf(...attempts);
    expect(trouble && takesNothing(trouble, began + 5 * minute)).toBe(nothing);
  });

  it.each(['endpoint_down', 'throttled', 'setup'] as const)('takes nothing after ten minutes of %s', (outcome) => {
    const trouble = troubleOf({ outcome });
    if (!trouble) throw new Error('There is no trouble.');
    expect([takesNothing(trouble, began + 10 * minute - 1), takesNothing(trouble, began + 10 * minute)]).toEqual([
      false,
      true,
    ]);
  });
});
