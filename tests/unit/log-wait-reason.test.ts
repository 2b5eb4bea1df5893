import { describe, expect, test } from 'vitest';
import { type WaitingFacts, waitReason } from '../../electron/engine/log/wait-reason.ts';
import type { Present } from '../../electron/engine/reader/present.ts';
import { utcMs } from '../../shared/domain.ts';
import type { Fact } from '../../shared/schemas.ts';

/** The wall clock is an hour behind engine time, as after it was set back. */
const present: Present = { wallMs: 1_000_000, engineMs: 4_600_000, pausedUntil: null, facts: [] };
const facts: WaitingFacts = {
  reason: null,
  dueAt: 4_600_000,
  failures: 0,
  switch: 'on',
  health: 'active',
  local: 0,
  heldUntil: null,
  digestMinutes: null,
  host: 'hooks.make.com:8443',
  outcome: null,
};

const since = utcMs(1);
const noAnswer: Fact = { kind: 'no_answer', scope: { kind: 'internet' }, since, why: 'line' };
const page: Fact = {
  kind: 'sign_in_page',
  scope: { kind: 'internet' },
  since,
  hosts: ['hooks.make.com'],
  host: null,
  address: null,
};
const clock: Fact = { kind: 'clock_wrong', scope: { kind: 'pc' }, since, skewMs: 3_600_000, hosts: [] };
const proxy = (hosts: string[] = []): Fact => ({
  ...{
    kind: 'proxy',
    from: 'settings',
    scope: { kind: 'internet' },
    since,
    trouble: hosts.length > 0 ? 'refused' : 'password',
  },
  ...{ status: 407, asksFor: '', changedAt: null, proxy: 'proxy.office:3128', hosts },
});

describe('why a delivery waits', () => {
  test.each<[string, Partial<WaitingFacts>, Partial<Present>, string, number | null]>([
    ['due at once', {}, {}, 'due', 1_000_000],
    ['due, and the digest is not', { digestMinutes: 1, dueAt: 4_590_001 }, {}, 'digest', 1_020_000],
    ['a retry that goes with the digest', { digestMinutes: 1, dueAt: 4_650_000, failures: 1 }, {}, 'retry', 1_080_000],
    ['a retry, at the wall clock’s time', { dueAt: 4_660_000, failures: 1 }, {}, 'retry', 1_060_000],
    ['slowed down by the receiver', { dueAt: 4_660_000, reason: 'throttled' }, {}, 'throttled', 1_060_000],
    ['the whole endpoint is asked to wait', { heldUntil: 4_700_000 }, {}, 'throttled', 1_100_000],
    ['behind another one of its booking', { reason: 'order', dueAt: 9e15 }, {}, 'order', null],
    ['untried at a failing endpoint', { health: 'failing' }, {}, 'endpoint_failing', null],
    ['a retry at a failing endpoint', { health: 'failing', failures: 2, dueAt: 4_660_000 }, {}, 'retry', 1_060_000],
    ['the endpoint is paused', { switch: 'paused', health: 'failing' }, {}, 'endpoint_paused', null],
    ['everything is paused', { switch: 'paused' }, { pausedUntil: 1_000_001 }, 'all_paused', null],
    ['a pause that is over', {}, { pausedUntil: 999_999 }, 'due', 1_000_000],
    ['no internet', { failures: 1, dueAt: 4_660_000 }, { facts: [noAnswer] }, 'offline', null],
    ['a sign-in page', {}, { facts: [page] }, 'sign_in_page', null],
    ['a proxy that wants a password', {}, { facts: [proxy()] }, 'proxy', null],
    ['a proxy that refuses another host', {}, { facts: [proxy(['hooks.slack.com'])] }, 'due', 1_000_000],
    ['a proxy that refuses this host', {}, { facts: [proxy(['hooks.make.com'])] }, 'proxy', null],
    ['no internet and a proxy', {}, { facts: [proxy(), noAnswer] }, 'offline', null],
    ['a clock that made the receiver refuse it', { outcome: 'clock' }, { facts: [clock] }, 'clock', null],
    ['a wrong clock that this receiver does not mind', {}, { facts: [clock] }, 'due', 1_000_000],
    ['on the local network without internet', { local: 1 }, { facts: [noAnswer] }, 'due', 1_000_000],
  ])('%s', (_name, of, now, reason, nextAttemptAt) => {
    expect(waitReason({ ...facts, ...of }, { ...present, ...now })).toEqual({ reason, nextAttemptAt });
  });
});
