/** Situations of a property for tests of conditions, tray and toasts: a quiet day, and what can happen on it. */

import { troubleKind } from '../../../electron/engine/evidence/trouble.ts';
import type { SurfaceFacts } from '../../../shared/conditions/index.ts';
import { type EndpointId, type SourceId, utcMs } from '../../../shared/domain.ts';
import type { Endpoint, Situation, Source } from '../../../shared/schemas.ts';

export const noon = utcMs(Date.UTC(2026, 10, 23, 4));
export const minutesAgo = (minutes: number) => utcMs(noon - minutes * 60_000);

export const running: SurfaceFacts = { engine: 'running', engineProblem: null, loginItemWorks: true, keepAwake: null };

export function endpoint(change: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'ep_01ARZ3NDEKTSV4RRFFQ69G5FAV' as EndpointId,
    name: 'Bookkeeping',
    description: 'Bookkeeping',
    host: 'hooks.ledgerly.ph',
    address: 'https://hooks.ledgerly.ph/…',
    local: false,
    plain: null,
    events: ['booking.created'],
    state: 'active',
    switch: 'on',
    health: 'active',
    failingSince: null,
    nextTrialAt: null,
    pausedUntil: null,
    pausedBy: null,
    headers: [],
    secretTail: 'n2Qk',
    unreadable: [],
    rotation: null,
    ca: null,
    limits: { inFlight: 5, perSecond: 10 },
    ordered: true,
    holdOlderThanHours: null,
    tooOld: null,
    kind: 'webhook',
    config: {},
    kindSecrets: [],
    rules: null,
    suggestedKind: null,
    atDefault: [],
    testedAt: minutesAgo(600),
    waiting: 0,
    retrying: 0,
    retried: null,
    needsAttention: 0,
    oldestWaitingAt: null,
    nextAttemptAt: null,
    heldUntil: null,
    lastAnswer: null,
    trouble: null,
    toBench: null,
    benchCutOff: null,
    swallowed: 0,
    attention: null,
    successRate: 1,
    createdAt: minutesAgo(10_000),
    removedAt: null,
    ...change,
  };
}

export const failingEndpoint = (change: Partial<Endpoint> = {}): Endpoint => {
  const lastAnswer = change.lastAnswer ?? answered('setup', 404);
  const since = change.failingSince ?? minutesAgo(120);
  return endpoint({
    state: 'failing',
    health: 'failing',
    failingSince: since,
    nextTrialAt: utcMs(noon + 600_000),
    waiting: 14,
    trouble: troubled({ since, outcome: lastAnswer.outcome, status: lastAnswer.status, sentence: lastAnswer.sentence }),
    ...change,
    lastAnswer,
  });
};

type Trouble = NonNullable<Endpoint['trouble']>;

/** A trouble that has lasted, by what the last failure was. */
export const troubled = (change: Partial<Trouble> = {}): Trouble => {
  const outcome = change.outcome ?? 'setup';
  const status = change.status === undefined ? 404 : change.status;
  return {
    kind: troubleKind(outcome, status),
    since: minutesAgo(120),
    failures: 9,
    lastAt: minutesAgo(20),
    outcome,
    status,
    sentence: saidOf(outcome, status),
    said: null,
    othersGotThrough: false,
    takesNothing: true,
    ...change,
  };
};

type Outcome = NonNullable<Endpoint['lastAnswer']>['outcome'];

const sentences: Partial<Record<Outcome, string>> = {
  setup: 'outcome.address_unknown',
  gone: 'outcome.gone',
  wrong_address: 'outcome.wrong_address',
  certificate: 'outcome.certificate_expired',
  throttled: 'outcome.throttled',
  event_refused: 'outcome.event_refused',
  delivered: 'outcome.delivered',
};

/** What such an outcome says; 401 and 403 are about the key, not the address. */
const saidOf = (outcome: Outcome, status: number | null) => ({
  key:
    status === 401 || status === 403
      ? 'outcome.key_refused'
      : (sentences[outcome] ?? (status === null ? 'outcome.no_answer' : 'outcome.server_error')),
  params: { name: 'Bookkeeping', host: 'hooks.ledgerly.ph', status: status ?? 0, seconds: 30, validToOn: noon },
});

export const answered = (outcome: Outcome, status: number | null) => ({
  at: minutesAgo(20),
  status,
  outcome,
  durationMs: 80,
  sentence: saidOf(outcome, status),
});

export function source(change: Partial<Source> = {}): Source {
  return {
    id: 'src_01ARZ3NDEKTSV4RRFFQ69G5FAV' as SourceId,
    name: 'Restaurant POS',
    kind: 'http',
    config: {},
    health: { lastSeenAt: minutesAgo(700), lastTrouble: null, away: null, nextLookAt: null, files: null },
    propertyId: 'prop_1',
    createdAt: minutesAgo(10_000),
    revokedAt: null,
    lastEventAt: minutesAgo(700),
    shaping: { preset: null, shape: null, types: null, times: null, numbers: null },
    draft: false,
    kept: 0,
    lastTestAt: null,
    unordered: 0,
    eventsToday: 0,
    usualByNow: 9,
    quietSince: null,
    lastRefusal: null,
    ...change,
  };
}

export function situation(change: Partial<Situation> = {}): Situation {
  return {
    now: noon,
    version: '1.0.0',
    propertyId: 'prop_1',
    timeZone: 'Asia/Manila',
    currency: 'PHP',
    waiting: 0,
    oldestWaitingAt: null,
    needsAttention: 0,
    eventsToday: 63,
    waitingEvents: { events: 0, endpoints: 0 },
    attentionEvents: 0,
    deliveredToday: 63,
    today: {
      since: utcMs(Date.UTC(2026, 10, 22, 16)),
      ...{ taken: 63, needsAttention: 0, waiting: 0, bench: 0, skipped: 0, toNobody: 0, delivered: 63 },
    },
    facts: [],
    outages: [],
    pc: { slept: null, lateStarts: null, loginItemWorks: null },
    interrupted: null,
    lastEventAt: minutesAgo(12),
    lastDeliveredAt: minutesAgo(12),
    pausedUntil: null,
    connectivity: { state: 'online', since: null },
    internet: { lookedAt: null, rests: 'nothing', answeredAt: null, isAsking: true, addresses: [] },
    clock: { skewMs: 0, wrong: false, since: null },
    disk: { state: 'ok', freeBytes: 50_000_000_000 },
    vault: { state: 'ok', unreadable: 0 },
    database: {
      state: 'ok',
      since: null,
      shrinking: 'possible',
      lastBackupAt: null,
      restoreAskedAt: null,
      lost: null,
      restored: null,
    },
    endpoints: [endpoint()],
    sources: [],
    recoveries: [],
    exportsAway: [],
    upkeepUndone: [],
    closed: [],
    openFiles: null,
    dataFolder: '/data',
    hours: [],
    intake: { address: 'http://127.0.0.1:4780', missed: null, lan: null, lanProblem: null },
    ...change,
  };
}
