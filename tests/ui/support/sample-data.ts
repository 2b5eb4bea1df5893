/** A property's morning as values of the contract, for tests and pictures without an engine. Parsed by the contract's own schemas. */
import type { z } from 'zod';
import { calls } from '../../../shared/api.ts';
import { type EndpointState, utcMs } from '../../../shared/domain.ts';
import type { PmsEventType } from '../../../shared/events.ts';
import { catalogue } from '../../../shared/events.ts';
import { delivery, endpoint, type Situation, source } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/** Monday 23 November 2026, 08:42 in Manila. */
export const morning = utcMs(Date.UTC(2026, 10, 23, 0, 42, 0));

const minute = 60_000;
const hour = 60 * minute;

/** An id of 26 characters after the prefix, the same for the same number. */
export const idOf = (prefix: string, n: number): string => `${prefix}${String(n).padStart(26, '0')}`;

type EndpointInput = z.input<typeof endpoint>;

const endpointOf = (n: number, more: Partial<EndpointInput> & { name: string; host: string; state: EndpointState }) =>
  endpoint.parse({
    id: idOf('ep_', n),
    description: more.name,
    address: `https://${more.host}/…`,
    local: false,
    plain: null,
    events: ['booking.created', 'booking.updated', 'booking.cancelled', 'payment.received'],
    switch: more.state === 'paused' ? 'paused' : more.state === 'draft' ? 'draft' : 'on',
    health: more.state === 'failing' ? 'failing' : more.state === 'degraded' ? 'degraded' : 'active',
    failingSince: null,
    nextTrialAt: null,
    pausedUntil: null,
    pausedBy: null,
    headers: [],
    secretTail: '…k9Qx',
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
    testedAt: morning - 30 * 24 * hour,
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
    createdAt: morning - 30 * 24 * hour,
    removedAt: null,
    ...more,
  } satisfies EndpointInput);

const said = (key: string, params: Record<string, string | number> = {}) => ({ key, params });

/** The four endpoints of the property, one of each state that a morning can bring. */
export const sampleEndpoints = () => [
  endpointOf(1, {
    name: 'Bookkeeping',
    host: 'hooks.ledgerly.ph',
    state: 'failing',
    failingSince: morning - 170 * minute,
    nextTrialAt: morning + 10 * minute,
    waiting: 14,
    retrying: 1,
    needsAttention: 2,
    oldestWaitingAt: morning - 170 * minute,
    nextAttemptAt: morning + 10 * minute,
    successRate: 0.62,
    lastAnswer: {
      at: morning - 20 * minute,
      status: 404,
      outcome: 'setup',
      durationMs: 96,
      sentence: said('outcome.address_refused', { name: 'Bookkeeping', status: 404 }),
    },
    trouble: {
      ...{ kind: 'setup', since: morning - 170 * minute, failures: 9, lastAt: morning - 20 * minute },
      ...{ outcome: 'setup', status: 404, said: null, othersGotThrough: false, takesNothing: true },
      sentence: said('outcome.address_refused', { name: 'Bookkeeping', status: 404 }),
    },
    attention: {
      ...{ since: morning - 60 * minute, lastAt: morning - 20 * minute, othersGetThrough: false },
      ...{ status: 404, outcome: 'setup', said: null },
      sentence: said('outcome.address_refused', { name: 'Bookkeeping', status: 404 }),
    },
  }),
  endpointOf(2, {
    name: 'Door locks',
    host: '10.0.4.20',
    state: 'active',
    local: true,
    lastAnswer: {
      at: morning - minute,
      status: 200,
      outcome: 'delivered',
      durationMs: 38,
      sentence: said('outcome.delivered', { name: 'Door locks' }),
    },
  }),
  endpointOf(3, {
    name: 'Guest messages',
    host: 'hook.eu2.make.com',
    state: 'degraded',
    waiting: 1,
    retrying: 1,
    needsAttention: 1,
    nextAttemptAt: morning + 4 * minute,
    successRate: 0.97,
    lastAnswer: {
      at: morning - minute,
      status: 503,
      outcome: 'endpoint_down',
      durationMs: 412,
      sentence: said('outcome.unavailable', { name: 'Guest messages', status: 503 }),
    },
    trouble: {
      ...{ kind: 'errors', since: morning - minute, failures: 1, lastAt: morning - minute },
      ...{ outcome: 'endpoint_down', status: 503, said: null, othersGotThrough: false, takesNothing: false },
      sentence: said('outcome.unavailable', { name: 'Guest messages', status: 503 }),
    },
    attention: {
      ...{ since: morning - 50 * minute, lastAt: morning - 50 * minute, othersGetThrough: false },
      ...{ status: 422, outcome: 'event_refused', said: 'phone is required' },
      sentence: said('outcome.event_refused', { name: 'Guest messages', status: 422 }),
    },
  }),
  endpointOf(4, {
    name: 'Dashboard',
    host: 'dash.baybreeze.example',
    state: 'paused',
    pausedUntil: morning + 198 * minute,
    pausedBy: 'Ana',
    waiting: 6,
    successRate: null,
  }),
];

type SourceInput = z.input<typeof source>;
const sourceOf = (n: number, more: Partial<SourceInput> & { name: string }) =>
  source.parse({
    id: idOf('src_', n),
    kind: 'http',
    config: {},
    health: { lastSeenAt: more.lastEventAt ?? null, lastTrouble: null, away: null, nextLookAt: null, files: null },
    propertyId: 'prop_baybreeze',
    createdAt: morning - 60 * 24 * hour,
    revokedAt: null,
    lastEventAt: null,
    shaping: { preset: null, shape: null, types: null, times: null, numbers: null },
    draft: false,
    kept: 0,
    lastTestAt: null,
    unordered: 0,
    eventsToday: 0,
    usualByNow: null,
    quietSince: null,
    lastRefusal: null,
    ...more,
  } satisfies SourceInput);

export const sampleSources = () => [
  sourceOf(1, {
    name: 'Front desk PMS',
    lastEventAt: morning - minute,
    eventsToday: 63,
    usualByNow: 58,
    lastRefusal: {
      at: morning - 26 * hour,
      file: null,
      member: 'data.nights',
      says: sentence('refusal.expected_object', { member: 'data', foundType: 'number' }),
    },
  }),
  sourceOf(2, {
    name: 'Restaurant POS',
    lastEventAt: morning - 625 * minute,
    usualByNow: 9,
    quietSince: morning - 90 * minute,
  }),
];

const hoursOfADay = () =>
  [2, 1, 0, 1, 3, 9, 14, 18, 22, 12, 9, 7, 6, 8, 11, 16, 21, 19, 12, 9, 7, 2, 2, 1].map((delivered, index) => ({
    at: Math.floor(morning / hour) * hour - (23 - index) * hour,
    delivered,
    failed: index > 20 ? 3 - (index - 21) : 0,
  }));

/** The snapshot; `change` replaces members of it. */
export function sampleSituation(change: Partial<z.input<(typeof calls)['situation.get']['output']>> = {}): Situation {
  return calls['situation.get'].output.parse({
    now: morning,
    version: '1.0.0',
    propertyId: 'prop_baybreeze',
    timeZone: 'Asia/Manila',
    currency: 'PHP',
    waiting: 14,
    oldestWaitingAt: morning - 170 * minute,
    needsAttention: 3,
    waitingEvents: { events: 14, endpoints: 2 },
    attentionEvents: 3,
    eventsToday: 63,
    deliveredToday: 211,
    today: {
      since: morning - 522 * minute,
      ...{ taken: 63, needsAttention: 3, waiting: 14, bench: 0, skipped: 0, toNobody: 2, delivered: 44 },
    },
    facts: [],
    outages: [],
    pc: { slept: null, lateStarts: null, loginItemWorks: null },
    interrupted: null,
    lastEventAt: morning - minute,
    lastDeliveredAt: morning - minute,
    pausedUntil: null,
    connectivity: { state: 'online', since: null },
    internet: { lookedAt: null, rests: 'nothing', answeredAt: null, isAsking: true, addresses: [] },
    clock: { skewMs: 120, wrong: false, since: null },
    disk: { state: 'ok', freeBytes: 81_000_000_000 },
    vault: { state: 'ok', unreadable: 0 },
    database: {
      state: 'ok',
      since: null,
      shrinking: 'possible',
      lastBackupAt: morning - 40 * minute,
      restoreAskedAt: null,
      lost: null,
      restored: null,
    },
    endpoints: sampleEndpoints(),
    sources: sampleSources(),
    recoveries: [],
    exportsAway: [],
    upkeepUndone: [],
    closed: [],
    openFiles: null,
    dataFolder: '/data',
    hours: hoursOfADay(),
    intake: { address: 'http://127.0.0.1:4780', missed: null, lan: null, lanProblem: null },
    ...change,
  });
}

const calmDay = { needsAttention: 0, waiting: 0, toNobody: 0, delivered: 63 };

/** A morning with nothing wrong: every endpoint answers, every source has said something. */
export function calmSituation(): Situation {
  const endpoints = sampleEndpoints().map((one) => ({
    ...one,
    state: 'active' as const,
    switch: 'on' as const,
    health: 'active' as const,
    waiting: 0,
    needsAttention: 0,
    failingSince: null,
    trouble: null,
    attention: null,
  }));
  const sources = sampleSources().map((one) => ({ ...one, quietSince: null, eventsToday: 12 }));
  const none = { events: 0, endpoints: 0 };
  return sampleSituation({
    ...{ endpoints, sources, waiting: 0, needsAttention: 0, oldestWaitingAt: null },
    ...{ waitingEvents: none, attentionEvents: 0, today: { ...sampleSituation().today, ...calmDay } },
  });
}

const story: readonly {
  event: PmsEventType;
  guest?: string;
  room?: string;
  amount?: number;
  item?: string;
  ago: number;
}[] = [
  { event: 'guest.checkin', guest: 'Juan dela Cruz', room: 'Room 204 - Sea View', ago: 1 },
  { event: 'payment.received', amount: 6000, ago: 3 },
  { event: 'order.completed', amount: 1240, ago: 6 },
  { event: 'booking.created', guest: 'Maria Santos', ago: 11 },
  { event: 'inventory.low', item: 'Bath towels', ago: 20 },
  { event: 'booking.cancelled', guest: 'Kenji Ito', ago: 28 },
  { event: 'guest.checkout', guest: 'Ana Reyes', room: 'Room 101 - Deluxe', ago: 44 },
];

/** Deliveries of the morning's events to all endpoints, newest first. */
export const sampleDeliveries = () =>
  story.flatMap(({ event, ago, ...summary }, eventNumber) =>
    sampleEndpoints().map((to, endpointNumber) => {
      const state = to.state === 'active' ? 'delivered' : event === 'booking.cancelled' ? 'needs_attention' : 'waiting';
      const at = morning - ago * minute;
      return delivery.parse({
        id: idOf('dlv_', eventNumber * 10 + endpointNumber),
        at,
        eventId: idOf('evt_', eventNumber),
        event,
        summary,
        entity: { member: 'booking_id', id: `bk_${4000 + eventNumber}` },
        endpointId: to.id,
        endpointName: to.name,
        state,
        reason: state === 'waiting' ? (to.state === 'paused' ? 'endpoint_paused' : 'endpoint_failing') : null,
        nextAttemptAt: null,
        resendWaits: null,
        toBench: false,
        lastAttemptAt: at,
        status: state === 'delivered' ? 200 : state === 'needs_attention' ? 422 : null,
        outcome: state === 'delivered' ? 'delivered' : state === 'needs_attention' ? 'event_refused' : null,
        durationMs: state === 'waiting' ? null : 38 + eventNumber * 7,
        attempts: state === 'waiting' ? 0 : 1,
        failures: state === 'needs_attention' ? 1 : 0,
        body: JSON.stringify({
          event,
          timestamp: new Date(at).toISOString(),
          data: catalogue[event].sample,
          property_id: 'prop_baybreeze',
        }),
        address: to.address,
        pmsId: null,
        gone: null,
        goneAt: null,
        goneBy: null,
        attemptsMade: [],
        skipped: null,
        sentence: null,
        hints: [],
      });
    }),
  );
