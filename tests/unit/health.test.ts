import { describe, expect, it } from 'vitest';
import { type HealthInput, judgeHealth } from '../../electron/engine/evidence/health.ts';
import type { HealthState } from '../../electron/engine/store/endpoints.ts';
import { type OutcomeClass, trialIntervalMs, utcMs } from '../../shared/domain.ts';

const endedAt = utcMs(2_000_000);
const endedWall = utcMs(5_000_000);
const active: HealthState = {
  ...{ health: 'active', failingSince: null, incident: 4, nextTrialAt: null, heldUntil: null, lastAnswerAt: null },
  ...{ lastStatus: null, lastOutcome: null, lastSentence: null, lastDurationMs: null, lastDeliveredAt: null },
  ...{
    deliveredCount: 10,
    verifiedIssuer: null,
    trouble: null,
    releaseTo: null,
    releaseIncident: null,
    releaseMark: null,
  },
  pace: null,
};
const failing: HealthState = { ...active, health: 'failing', failingSince: utcMs(1), nextTrialAt: utcMs(3) };
const judge = (
  state: HealthState,
  outcome: OutcomeClass,
  more: Partial<HealthInput> & { retryAfterMs?: number } = {},
) =>
  judgeHealth({
    ...{ state, kind: 'scheduled', endedAt, endedWall, delivery: { failures: 1, blames: 1, deliveredMark: 10 } },
    outcome: {
      class: outcome,
      counts: !['delivered', 'offline', 'gone', 'throttled'].includes(outcome),
      ...(more.retryAfterMs === undefined ? {} : { retryAfterMs: more.retryAfterMs }),
    },
    ...more,
  });
const fifth = { failures: 5, blames: 5, deliveredMark: 10 };

describe('the health of an endpoint', () => {
  it('is degraded when the last attempt failed, and active again with the next 2xx', () => {
    const { state, change } = judge(active, 'endpoint_down');
    expect([state.health, change]).toEqual(['degraded', 'degraded']);
    const after = judge(state, 'delivered');
    expect([after.state.health, after.change, after.state.deliveredCount]).toEqual(['active', 'active', 11]);
  });

  it('is failing after five counted failures of one delivery while nothing else got through', () => {
    const { state, change } = judge(active, 'endpoint_down', { delivery: fifth });
    expect(change).toBe('failing');
    expect(state).toMatchObject({
      ...{ health: 'failing', failingSince: endedWall, incident: 5, nextTrialAt: endedAt + trialIntervalMs },
    });
  });

  it.each([
    ['others got through since its first failure', { ...fifth, deliveredMark: 9 }],
    ['one of the five was a refusal of this event', { ...fifth, blames: 4 }],
    ['it is the one further attempt after a recovery', { failures: 7, blames: 7, deliveredMark: 10 }],
  ])('is only degraded when %s', (_, delivery) => {
    expect(judge(active, 'endpoint_down', { delivery }).state.health).toBe('degraded');
  });

  it.each(['scheduled', 'trial', 'resend', 'canary', 'test'] as const)('a 2xx of a %s ends failing', (kind) => {
    const { state, change } = judge(failing, 'delivered', { kind });
    expect(change).toBe('recovered');
    expect(state).toMatchObject({ health: 'active', failingSince: null, nextTrialAt: null, heldUntil: null });
  });

  it('a failed trial moves the next one by half an hour; a failed retry does not', () => {
    expect(judge(failing, 'endpoint_down', { kind: 'trial' }).state.nextTrialAt).toBe(endedAt + trialIntervalMs);
    const later = { ...failing, nextTrialAt: utcMs(endedAt + 1) };
    expect(judge(later, 'endpoint_down').state.nextTrialAt).toBe(endedAt + 1);
  });

  it('a slot that no trial could use is not made up for right after a failed retry', () => {
    const missed = { ...failing, nextTrialAt: utcMs(endedAt - trialIntervalMs - 1) };
    expect(judge(missed, 'endpoint_down').state.nextTrialAt).toBe(endedAt + trialIntervalMs - 1);
  });

  it.each(['offline', 'captive_portal', 'clock', 'tls_interception', 'proxy', 'interrupted'] as const)(
    '%s says nothing about it',
    (own) => {
      expect(judge(active, own)).toEqual({ state: active, change: 'none' });
    },
  );

  it.each(['resend', 'test'] as const)('a failed %s says nothing about it', (kind) => {
    expect(judge(active, 'endpoint_down', { kind, delivery: fifth }).state.health).toBe('active');
  });

  it('is left alone for as long as it asks for, at most a day', () => {
    expect(judge(active, 'throttled', { retryAfterMs: 7_000 }).state.heldUntil).toBe(endedAt + 7_000);
    expect(judge(active, 'throttled', { retryAfterMs: 1e12 }).state.heldUntil).toBe(endedAt + 86_400_000);
  });
});
