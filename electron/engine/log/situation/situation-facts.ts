/** What the store tells of the present situation: what waits, what needs a person, and how the day went. */
import type { EndpointId } from '../../../../shared/domain.ts';
import { endpointName } from '../../../../shared/endpoint-face.ts';
import type { Endpoint, Outage } from '../../../../shared/schemas.ts';
import { dayStart } from '../../local-time.ts';
import { type Present, toWall } from '../../reader/present.ts';
import type { ReadHandle } from '../../store/connection.ts';
import { statusDigits, type Turn, turnColumn, turns } from '../../store/deliveries.ts';
import { hourOf, hourStart } from '../../store/hours.ts';
import { metaKey, readMeta } from '../../store/meta.ts';
import { createHeldCount } from '../held-log.ts';
import { digestAt, digestMinutesOf } from '../wait-reason.ts';
import { createAttention } from './attention.ts';
import { createEventCounts, type EventCounts } from './event-counts.ts';
import { createOutages } from './outages.ts';
import { createSourceFacts, type SourceFacts } from './source-facts.ts';
import { createStatistics, type Hours } from './statistics.ts';

/** What the store counts of one endpoint. */
export interface EndpointFacts {
  readonly id: EndpointId;
  readonly waiting: number;
  /** Of those that wait: how many have failed before. */
  readonly retrying: number;
  readonly needsAttention: number;
  readonly tooOld: { readonly count: number; readonly oldestAt: number } | null;
  readonly oldestWaitingAt: number | null;
  /** The wall clock's time. */
  readonly nextAttemptAt: number | null;
  /** The wall clock's time until which the receiver asked to be left alone. */
  readonly heldUntil: number | null;
  /** Of the attempts of the last 24 hours, from 0 to 1; null where there were none. */
  readonly successRate: number | null;
  readonly attention: Endpoint['attention'];
  readonly retried: Endpoint['retried'];
  /** Taken by the test bench, and never sent on. */
  readonly swallowed: number;
}

export interface SituationFacts extends EventCounts {
  readonly waiting: number;
  readonly oldestWaitingAt: number | null;
  readonly needsAttention: number;
  readonly eventsToday: number;
  readonly deliveredToday: number;
  readonly lastEventAt: number | null;
  readonly lastDeliveredAt: number | null;
  readonly hours: Hours;
  readonly endpoints: readonly EndpointFacts[];
  readonly sources: readonly SourceFacts[];
  readonly outages: readonly Outage[];
  readonly interrupted: { readonly at: number; readonly count: number } | null;
  readonly recoveries: readonly {
    readonly endpointId: EndpointId;
    readonly name: string;
    readonly since: number;
    readonly until: number;
    readonly waited: number;
  }[];
}

const dayMs = 86_400_000;
const mostRecoveries = 50;
const classes = `(VALUES ${statusDigits.map((digit) => `(${digit})`).join(', ')})`;

export const situationStatements = {
  endpoints: `SELECT no, id, switch, health, next_trial_at AS nextTrialAt, held_until AS heldUntil,
    last_delivered_at AS lastDeliveredAt, trouble IS NOT NULL AS inTrouble, ${digestMinutesOf('endpoints')}
    FROM endpoints ORDER BY no`,
  count: 'SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_by_state WHERE endpoint_no = ? AND state = ?',
  retrying: `SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_due
    WHERE endpoint_no = ? AND ${turnColumn} = ${turns.begun} AND state = 'waiting'`,
  swallowed: `SELECT COUNT(*) FROM deliveries INDEXED BY deliveries_at_bench
    WHERE endpoint_no = ? AND reason = 'bench' AND state = 'cancelled'`,
  oldestWaiting: `SELECT created_at FROM deliveries WHERE seq = (SELECT MIN((
      SELECT seq FROM deliveries INDEXED BY deliveries_by_state
      WHERE endpoint_no = ? AND state = 'waiting' AND status_class = column1 ORDER BY seq LIMIT 1)) FROM ${classes})`,
  nextDue: `SELECT due_at FROM deliveries INDEXED BY deliveries_due
    WHERE endpoint_no = ? AND ${turnColumn} = ? AND state = 'waiting' ORDER BY due_at LIMIT 1`,
  rate: 'SELECT SUM(delivered) AS delivered, SUM(failed) AS failed FROM attempt_hours WHERE hour >= ? AND endpoint_no = ?',
  deliveredSince: 'SELECT SUM(delivered) FROM attempt_hours WHERE hour >= ?',
  hourOfDeliveries: 'SELECT first_seq AS first, last_seq AS last FROM delivery_hours WHERE hour = ?',
  deliveredBetween: `SELECT COUNT(*) FROM deliveries
    WHERE seq BETWEEN ? AND ? AND state = 'delivered' AND ended_at >= ? AND ended_at < ?`,
  // From the end by the primary key, past what Roost Relay has said of itself: a few a day.
  lastEvent: `SELECT received_at FROM events
    WHERE seq <= (SELECT MAX(seq) FROM events) AND type NOT GLOB 'relay.*' ORDER BY seq DESC LIMIT 1`,
  recoveries: `SELECT p.id AS endpointId, p.description, p.host, r.since, r.until, r.waited
    FROM recoveries r JOIN endpoints p ON p.no = r.endpoint_no ORDER BY r.seq DESC LIMIT ${mostRecoveries}`,
} as const;

interface EndpointState {
  readonly no: number;
  readonly id: EndpointId;
  readonly switch: string;
  readonly health: string;
  readonly nextTrialAt: number | null;
  readonly heldUntil: number | null;
  readonly lastDeliveredAt: number | null;
  readonly inTrouble: number;
  readonly digestMinutes: number | null;
}

export function createSituationFacts(reader: ReadHandle) {
  const number = (sql: string) => reader.prepare<(string | number)[], number | null>(sql).pluck();
  const endpoints = reader.prepare<[], EndpointState>(situationStatements.endpoints);
  const count = number(situationStatements.count);
  const retrying = number(situationStatements.retrying);
  const swallowed = number(situationStatements.swallowed);
  const oldestWaiting = number(situationStatements.oldestWaiting);
  const nextDue = number(situationStatements.nextDue);
  const rate = reader.prepare<[number, number], { delivered: number | null; failed: number | null }>(
    situationStatements.rate,
  );
  const deliveredSince = number(situationStatements.deliveredSince);
  const hourOfDeliveries = reader.prepare<[number], { first: number; last: number }>(
    situationStatements.hourOfDeliveries,
  );
  const deliveredBetween = number(situationStatements.deliveredBetween);
  const lastEvent = number(situationStatements.lastEvent);
  const recoveries = reader.prepare<
    [],
    Omit<SituationFacts['recoveries'][number], 'name'> & { description: string; host: string }
  >(situationStatements.recoveries);
  const statistics = createStatistics(reader);
  const sourceFacts = createSourceFacts(reader);
  const eventCounts = createEventCounts(reader);
  const { attention, retried } = createAttention(reader);
  const outages = createOutages(reader);
  const held = createHeldCount(reader);
  const meta = readMeta(reader);

  function factsOf(endpoint: EndpointState, present: Present): EndpointFacts {
    const { delivered, failed } = rate.get(hourOf(present.wallMs) - 23, endpoint.no) ?? {};
    const attempts = (delivered ?? 0) + (failed ?? 0);
    const waiting = count.get(endpoint.no, 'waiting') ?? 0;
    const tooOld = held(endpoint.no, present);
    const needsAttention = (count.get(endpoint.no, 'needs_attention') ?? 0) - (tooOld?.count ?? 0);
    const isHeld = endpoint.heldUntil !== null && endpoint.heldUntil > present.engineMs;
    const tried = waiting === 0 ? 0 : (retrying.get(endpoint.no) ?? 0);
    return {
      id: endpoint.id,
      waiting,
      retrying: tried,
      retried: tried === 0 ? null : retried(endpoint.no),
      needsAttention,
      tooOld,
      oldestWaitingAt: waiting === 0 ? null : (oldestWaiting.get(endpoint.no) ?? null),
      nextAttemptAt: waiting === 0 ? null : nextAttemptOf(endpoint, present),
      heldUntil: isHeld ? toWall(present, endpoint.heldUntil) : null,
      successRate: attempts === 0 ? null : (delivered ?? 0) / attempts,
      swallowed: swallowed.get(endpoint.no) ?? 0,
      attention: needsAttention === 0 ? null : attention({ ...endpoint, inTrouble: endpoint.inTrouble === 1 }),
    };
  }

  /** Of a failing endpoint the trial, or a retry that keeps its own schedule. */
  function nextAttemptOf(endpoint: EndpointState, present: Present): number | null {
    if (endpoint.switch !== 'on') return null;
    const dueIn = (turn: Turn) => {
      const due = nextDue.get(endpoint.no, turn);
      return due === null || due === undefined ? Number.POSITIVE_INFINITY : digestAt(endpoint.digestMinutes, due);
    };
    const untried =
      endpoint.health === 'failing'
        ? (endpoint.nextTrialAt ?? Number.POSITIVE_INFINITY)
        : Math.min(dueIn(turns.untried), dueIn(turns.last));
    const next = Math.min(dueIn(turns.begun), untried);
    // What waits behind another one has a due time that no clock reaches.
    if (next > present.engineMs + 366 * dayMs) return null;
    return toWall(present, Math.max(next, present.engineMs, endpoint.heldUntil ?? 0));
  }

  function deliveredToday(startMs: number): number {
    const whole = deliveredSince.get(Math.ceil(startMs / 3_600_000)) ?? 0;
    const hour = hourOf(startMs);
    const range = hourStart(hour) === startMs ? undefined : hourOfDeliveries.get(hour);
    if (!range) return whole;
    return whole + (deliveredBetween.get(range.first, range.last, startMs, hourStart(hour + 1)) ?? 0);
  }

  /** Deliveries that the last crash of the day cut off. */
  function interruptedSince(todayMs: number): SituationFacts['interrupted'] {
    const kept = meta.get(metaKey.interrupted);
    const last = kept === undefined ? null : (JSON.parse(kept) as { at: number; count: number });
    return last !== null && last.at >= todayMs ? { at: last.at, count: last.count } : null;
  }

  return (present: Present, timeZone: string): SituationFacts => {
    const all = endpoints.all();
    const facts = all.map((endpoint) => factsOf(endpoint, present));
    const oldest = facts.flatMap(({ oldestWaitingAt }, index) =>
      oldestWaitingAt !== null && all[index]?.switch === 'on' ? [oldestWaitingAt] : [],
    );
    const { sources, eventsToday } = sourceFacts(present.wallMs, timeZone);
    const todayMs = dayStart(present.wallMs, timeZone);
    const counted = all.map((endpoint, index) => {
      const { waiting = 0, needsAttention = 0, tooOld } = facts[index] ?? {};
      // An event that is too old for one of its receivers needs a person as any other does.
      const attention = needsAttention + (tooOld?.count ?? 0);
      return { no: endpoint.no, switch: endpoint.switch, waiting, needsAttention: attention };
    });
    const events = eventCounts(counted, todayMs, eventsToday);
    const latest = all.map(({ lastDeliveredAt }) => lastDeliveredAt ?? 0);
    return {
      waiting: facts.reduce((sum, { waiting }, index) => (all[index]?.switch === 'on' ? sum + waiting : sum), 0),
      oldestWaitingAt: oldest.length === 0 ? null : Math.min(...oldest),
      // What a removed endpoint has left is nobody's turn any more.
      needsAttention: facts.reduce(
        (sum, { needsAttention, tooOld }, index) =>
          all[index]?.switch === 'removed' ? sum : sum + needsAttention + (tooOld?.count ?? 0),
        0,
      ),
      eventsToday,
      deliveredToday: deliveredToday(todayMs),
      lastEventAt: lastEvent.get() ?? null,
      lastDeliveredAt: Math.max(0, ...latest) || null,
      ...events,
      outages: outages.since(Math.min(todayMs, present.wallMs - dayMs)),
      interrupted: interruptedSince(todayMs),
      hours: statistics.ofAll(present.wallMs),
      endpoints: facts,
      sources,
      recoveries: recoveries
        .all()
        .filter(({ until }) => until >= present.wallMs - dayMs)
        .map(({ description, host, ...recovery }) => ({ ...recovery, name: endpointName({ description, host }) })),
    };
  };
}
