import { describe, expect, test } from 'vitest';
import type { Present } from '../../electron/engine/log/present.ts';
import { type WaitingFacts, waitReason } from '../../electron/engine/log/wait-reason.ts';

/** The wall clock is an hour behind engine time, as after it was set back. */
const present: Present = { wallMs: 1_000_000, engineMs: 4_600_000, pausedUntil: null, connectivity: 'online' };
const facts: WaitingFacts = {
  reason: null,
  dueAt: 4_600_000,
  failures: 0,
  switch: 'on',
  health: 'active',
  local: 0,
  heldUntil: null,
};

describe('why a delivery waits', () => {
  test.each<[string, Partial<WaitingFacts>, Partial<Present>, string, number | null]>([
    ['due at once', {}, {}, 'due', 1_000_000],
    ['a retry, at the wall clock’s time', { dueAt: 4_660_000, failures: 1 }, {}, 'retry', 1_060_000],
    ['slowed down by the receiver', { dueAt: 4_660_000, reason: 'throttled' }, {}, 'throttled', 1_060_000],
    ['the whole endpoint is asked to wait', { heldUntil: 4_700_000 }, {}, 'throttled', 1_100_000],
    ['behind another one of its booking', { reason: 'order', dueAt: 9e15 }, {}, 'order', null],
    ['untried at a failing endpoint', { health: 'failing' }, {}, 'endpoint_failing', null],
    ['a retry at a failing endpoint', { health: 'failing', failures: 2, dueAt: 4_660_000 }, {}, 'retry', 1_060_000],
    ['the endpoint is paused', { switch: 'paused', health: 'failing' }, {}, 'endpoint_paused', null],
    ['everything is paused', { switch: 'paused' }, { pausedUntil: 1_000_001 }, 'all_paused', null],
    ['a pause that is over', {}, { pausedUntil: 999_999 }, 'due', 1_000_000],
    ['no internet', { failures: 1, dueAt: 4_660_000 }, { connectivity: 'offline' }, 'offline', null],
    ['a sign-in page', {}, { connectivity: 'captive_portal' }, 'offline', null],
    ['on the local network without internet', { local: 1 }, { connectivity: 'offline' }, 'due', 1_000_000],
  ])('%s', (_name, of, now, reason, nextAttemptAt) => {
    expect(waitReason({ ...facts, ...of }, { ...present, ...now })).toEqual({ reason, nextAttemptAt });
  });
});
