import { describe, expect, it } from 'vitest';
import { isOwnTrouble } from '../../electron/engine/evidence/judgement.ts';
import { type SettleInput, settle } from '../../electron/engine/queue/settle.ts';
import {
  type DeliveryId,
  type OutcomeClass,
  outcomeClasses,
  retryDelaysMs,
  type UtcMs,
  utcMs,
} from '../../shared/domain.ts';
import type { EventType } from '../../shared/events.ts';

const now = utcMs(1_000_000_000_000);
const delivery = {
  ...{ seq: 1, id: 'dlv_x' as DeliveryId, eventSeq: 1, endpointNo: 1, orderKey: null, dueAt: now },
  type: 'booking.created' as EventType,
  ...{ attempts: 0, failures: 0, blames: 0, deliveredMark: null, throttledSince: null as UtcMs | null },
};
const input = (change: Partial<SettleInput> & { class?: OutcomeClass; counts?: boolean; retryAfterMs?: number }) =>
  settle({
    ...{
      delivery,
      kind: 'scheduled',
      endedAt: now,
      deliveredCount: 7,
      incident: null,
      jitter: () => 0,
      digestMs: null,
    },
    outcome: {
      class: change.class ?? 'endpoint_down',
      counts: change.counts ?? true,
      ...(change.retryAfterMs === undefined ? {} : { retryAfterMs: change.retryAfterMs }),
    },
    ...change,
  });

describe('what an outcome does to its delivery', () => {
  it.each(outcomeClasses.filter(isOwnTrouble))('%s uses up nothing and keeps its place', (own) => {
    expect(input({ class: own, counts: false })).toEqual({ does: 'keep' });
  });

  it.each([...retryDelaysMs.entries()])(
    'after failure %i + 1 it is due %i ms after the END of the attempt',
    (failures, delayMs) => {
      expect(input({ delivery: { ...delivery, failures, blames: failures } })).toMatchObject({
        does: 'schedule',
        next: { state: 'waiting', dueAt: now + delayMs, failures: failures + 1, blames: failures + 1 },
      });
    },
  );

  it('after the fifth retry it needs attention', () => {
    expect(input({ delivery: { ...delivery, failures: 5, blames: 5 } })).toMatchObject({
      does: 'schedule',
      next: { state: 'needs_attention', failures: 6 },
    });
  });

  it('a refusal of this event counts, but blames nobody', () => {
    expect(input({ class: 'event_refused' })).toMatchObject({ next: { failures: 1, blames: 0 } });
  });

  it('the first failure remembers how many had been delivered, later ones keep it', () => {
    expect(input({})).toMatchObject({ next: { deliveredMark: 7 } });
    expect(input({ delivery: { ...delivery, failures: 1, deliveredMark: 3 } })).toMatchObject({
      next: { deliveredMark: 3 },
    });
  });

  it('a failed trial changes nothing, unless it was about the event', () => {
    expect(input({ kind: 'trial' })).toEqual({ does: 'keep' });
    expect(input({ kind: 'trial', class: 'event_refused' })).toMatchObject({ counts: true, next: { failures: 1 } });
  });

  it.each(['resend', 'test'] as const)('a failed %s changes nothing', (kind) => {
    expect(input({ kind })).toEqual({ does: 'keep' });
  });

  it.each(['scheduled', 'trial', 'resend', 'canary', 'test'] as const)('a 2xx of a %s delivers', (kind) => {
    expect(input({ kind, class: 'delivered', counts: false })).toEqual({ does: 'delivered' });
  });

  it('Retry-After postpones without counting, and remembers the first time', () => {
    expect(input({ class: 'throttled', counts: false, retryAfterMs: 90_000 })).toMatchObject({
      counts: false,
      next: { reason: 'throttled', dueAt: now + 90_000, failures: 0, throttledSince: now },
    });
    const since = utcMs(now - 5_000);
    expect(
      input({ class: 'throttled', counts: false, delivery: { ...delivery, throttledSince: since } }),
    ).toMatchObject({ next: { dueAt: now + retryDelaysMs[0], throttledSince: since } });
  });

  it('throttled for more than a day counts as a failure', () => {
    expect(input({ class: 'throttled', counts: true })).toMatchObject({
      counts: true,
      next: { failures: 1, blames: 1 },
    });
  });
});
