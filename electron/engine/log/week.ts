/** What a week was, counted from its events and deliveries: in slices, beside other questions. */

import { endpointName } from '../../../shared/endpoint-face.ts';
import type { EventType } from '../../../shared/events.ts';
import { isNoticeType } from '../../../shared/notices.ts';
import type { EventSummary, WeekReport } from '../../../shared/schemas.ts';
import { type JsonObject, unreadAmount } from '../event-summary.ts';
import { isTryOf } from '../evidence/judgement.ts';
import type { ReadHandle } from '../store/connection.ts';
import { hourOf, type Latencies, latencyPercentile } from '../store/hours.ts';
import { addDecimals } from './decimals.ts';
import { createOutages } from './situation/outages.ts';

export interface WeekAsked {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of amounts whose event names none. */
  readonly currency: string;
}
export type WeekNumbers = Omit<WeekReport, 'from' | 'to' | 'propertyName' | 'timeZone'>;

const pageRows = 200;
const mostOutages = 500;
/** Others have their turn after so much text at the latest. */
const mostReadChars = 1_000_000;

export const weekStatements = {
  bounds: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour BETWEEN ? AND ?',
  events: `SELECT seq, type, received_at AS at, summary, entity_member AS member, entity_id AS entityId, unwanted,
      source_no AS sourceNo FROM events
    WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ${pageRows}`,
  data: 'SELECT data FROM events WHERE seq = ?',
  deliveries: `SELECT d.state, d.reason, (SELECT a.outcome FROM attempts a INDEXED BY attempts_by_delivery
      WHERE a.delivery_seq = d.seq AND ${isTryOf('a')} ORDER BY a.seq LIMIT 1) AS first
    FROM deliveries d INDEXED BY deliveries_by_event WHERE d.event_seq = ?`,
  hours: 'SELECT endpoint_no AS no, delivered, latencies FROM attempt_hours WHERE hour BETWEEN ? AND ?',
  endpoint: 'SELECT description, host FROM endpoints WHERE no = ?',
  source: 'SELECT name FROM sources WHERE no = ?',
} as const;

interface EventRow {
  readonly seq: number;
  readonly type: EventType;
  readonly at: number;
  readonly summary: string;
  readonly member: string | null;
  readonly entityId: string | null;
  readonly unwanted: number;
  readonly sourceNo: number | null;
}

/** So many places of unread amounts are told. */
const mostUnread = 5;
/** What is nobody's words. */
const likeNumber = /^[-+(]?[\d.,'’\s]{1,20}[-)]?$/;

export function createWeek(reader: ReadHandle) {
  const bounds = reader.prepare<[number, number], { first: number | null; last: number | null }>(weekStatements.bounds);
  const events = reader.prepare<[number, number], EventRow>(weekStatements.events);
  const deliveriesOf = reader.prepare<[number], { state: string; reason: string | null; first: string | null }>(
    weekStatements.deliveries,
  );
  const data = reader.prepare<[number], string>(weekStatements.data).pluck();
  const hours = reader.prepare<[number, number], { no: number; delivered: number; latencies: string }>(
    weekStatements.hours,
  );
  const endpoint = reader.prepare<[number], { description: string; host: string }>(weekStatements.endpoint);
  const source = reader.prepare<[number], string>(weekStatements.source).pluck();
  const outages = createOutages(reader);

  function slowest({ fromMs, toMs }: WeekAsked): WeekReport['slowest'] {
    const byEndpoint = new Map<number, { delivered: number; latencies: Latencies[] }>();
    for (const { no, delivered, latencies } of hours.all(hourOf(fromMs), hourOf(toMs - 1))) {
      const one = byEndpoint.get(no) ?? { delivered: 0, latencies: [] };
      one.delivered += delivered;
      one.latencies.push(JSON.parse(latencies) as Latencies);
      byEndpoint.set(no, one);
    }
    const all = [...byEndpoint].flatMap(([no, { delivered, latencies }]) => {
      const p50Ms = latencyPercentile(latencies, 0.5);
      const row = endpoint.get(no);
      return p50Ms === null || row === undefined ? [] : [{ name: endpointName(row), p50Ms, delivered }];
    });
    return all.sort((one, other) => other.p50Ms - one.p50Ms)[0] ?? null;
  }

  /** @param pause lets others have their turn, after each page */
  return async function numbers(asked: WeekAsked, pause: () => Promise<void>): Promise<WeekNumbers> {
    const { fromMs, toMs, currency } = asked;
    const byType = new Map<EventType, number>();
    const money = new Map<string, { event: EventType; currency: string; events: number; amount: string }>();
    const stays = { 'guest.checkin': new Set<string>(), 'guest.checkout': new Set<string>() };
    const deliveries = { delivered: 0, firstTry: 0, waiting: 0, needsAttention: 0, toBench: 0, cancelled: 0 };
    let unwanted = 0;
    let unreadAmounts = 0;
    const unread = new Map<
      string,
      { sourceNo: number | null; member: string; example: string | null; events: number }
    >();
    let readChars = 0;

    const add = ({ seq, type, summary, member, entityId, unwanted: nobody, sourceNo }: EventRow): void => {
      // What Roost Relay says of itself is no event of the property's.
      if (isNoticeType(type)) return;
      byType.set(type, (byType.get(type) ?? 0) + 1);
      if (type === 'guest.checkin' || type === 'guest.checkout') {
        stays[type].add(member === 'booking_id' && entityId !== null ? `b ${entityId}` : `e ${seq}`);
      }
      const { amount, amountDigits, currency: own = currency } = JSON.parse(summary) as EventSummary;
      if (amount !== undefined) {
        const key = `${type} ${own}`;
        const sum = money.get(key) ?? { event: type, currency: own, events: 0, amount: '0' };
        money.set(key, { ...sum, events: sum.events + 1, amount: addDecimals(sum.amount, amountDigits ?? amount) });
      }
      // An inventory's numbers are no money.
      if (amount === undefined && type !== 'inventory.low') {
        const text = data.get(seq) ?? '{}';
        readChars += text.length;
        const found = unreadAmount(JSON.parse(text) as JsonObject);
        if (found !== null) {
          unreadAmounts += 1;
          const key = JSON.stringify([sourceNo, found.member]);
          const known = unread.get(key) ?? { sourceNo, member: found.member, example: null, events: 0 };
          const example = known.example ?? (likeNumber.test(found.text) ? found.text.trim() : null);
          unread.set(key, { ...known, example, events: known.events + 1 });
        }
      }
      if (nobody === 1) unwanted += 1;
      for (const { state, reason, first } of deliveriesOf.all(seq)) {
        if (state === 'delivered') {
          deliveries.delivered += 1;
          if (first === 'delivered') deliveries.firstTry += 1;
        } else if (state === 'waiting') deliveries.waiting += 1;
        else if (state === 'needs_attention') deliveries.needsAttention += 1;
        else if (reason === 'bench') deliveries.toBench += 1;
        else deliveries.cancelled += 1;
      }
    };

    const range = bounds.get(hourOf(fromMs), hourOf(toMs - 1));
    const last = range?.last ?? 0;
    for (let after = (range?.first ?? 1) - 1; after < last; ) {
      const page = events.all(after, last);
      for (const event of page) {
        if (event.at < fromMs || event.at >= toMs) continue;
        add(event);
        if (readChars < mostReadChars) continue;
        readChars = 0;
        await pause();
      }
      after = page.at(-1)?.seq ?? last;
      await pause();
    }
    return {
      events: [...byType].map(([event, count]) => ({ event, count })).sort((one, other) => other.count - one.count),
      checkedIn: stays['guest.checkin'].size,
      checkedOut: stays['guest.checkout'].size,
      money: [...money.values()],
      unreadAmounts,
      unread: [...unread.values()]
        .sort((one, other) => other.events - one.events)
        .slice(0, mostUnread)
        .map(({ sourceNo, ...rest }) => ({
          ...rest,
          source: sourceNo === null ? null : (source.get(sourceNo) ?? null),
        })),
      deliveries,
      unwanted,
      slowest: slowest(asked),
      outages: outages
        .list({ limit: mostOutages })
        .rows.filter(({ since, until }) => since < toMs && (until === null || until >= fromMs)),
    };
  };
}
