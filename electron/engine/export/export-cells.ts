/** What a row of an export is made of: a value for each column, by what is exported. */
import type { Sentence } from '../../../shared/domain.ts';
import { columnsOf, columnTypeOf, type ExportColumn, type ExportWhat } from '../../../shared/export-columns.ts';
import type { Attempt, DeliveryRow, EventRow, EventSummary } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { type DeliveryFace, deliveryFace } from '../../../shared/told.ts';
import { localMs } from '../local-time.ts';
import type { EventRedaction } from '../privacy/redact.ts';

/** A moment is in UTC milliseconds; its column says how it is written. */
export type Value = string | number | null | undefined;
export type Row = Readonly<Partial<Record<ExportColumn, Value>>>;

/** What a row of deliveries says besides the log's row. */
export interface ExportedDelivery extends DeliveryRow {
  readonly propertyId: string;
  readonly occurredAt: string;
  readonly address: string;
  /** What the last answer meant. */
  readonly sentence: Sentence | null;
  /** Why it failed last, for the IT helper. */
  readonly detail: string | null;
}

const stateWords: Record<DeliveryFace, string> = {
  waiting: 'Waiting',
  sending: 'Being sent',
  delivered: 'Delivered',
  needs_attention: 'Needs attention',
  cancelled: 'Cancelled',
  to_bench: 'To the test bench',
  too_old: 'Too old, held',
  held_back: 'Held back',
};

export function deliveryCells(row: ExportedDelivery, redaction: EventRedaction, timeZone: string): Row {
  const summary = redaction.summary(row.summary);
  return {
    time_utc: row.at,
    time_local: row.at,
    event: row.event,
    guest: summary.guest,
    room: summary.room,
    amount: amountOf(summary),
    currency: summary.currency,
    about: row.entity && redaction.about(row.entity),
    endpoint: row.endpointName,
    address: row.address,
    state: stateWords[deliveryFace(row)],
    reason: row.reason,
    attempts: row.attempts,
    last_attempt_utc: row.lastAttemptAt,
    last_attempt_local: row.lastAttemptAt,
    status: row.status,
    outcome: row.outcome,
    what_happened: inWords(row.sentence, row.lastAttemptAt, timeZone, redaction),
    detail: row.detail === null ? null : redaction.text(row.detail),
    duration_ms: row.durationMs && Math.round(row.durationMs),
    next_attempt_utc: row.nextAttemptAt,
    event_timestamp: row.occurredAt,
    property_id: row.propertyId,
    event_id: row.eventId,
    delivery_id: row.id,
  };
}

/** Never `1e+30`: what an earlier version kept without its digits is written out. */
const amountOf = ({ amount, amountDigits }: EventSummary): Value =>
  amountDigits ?? (amount !== undefined && Math.abs(amount) >= 1e21 ? BigInt(amount).toString() : amount);

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
const whole = (ms: number | null | undefined): Value => ms && Math.round(ms);

export function attemptCells(
  attempt: Attempt,
  delivery: ExportedDelivery,
  redaction: EventRedaction,
  timeZone: string,
  full: boolean,
): Row {
  const { timings, responseBody, responseHeaders } = attempt;
  return {
    time_utc: attempt.startedAt,
    time_local: attempt.startedAt,
    event: delivery.event,
    about: delivery.entity && redaction.about(delivery.entity),
    endpoint: delivery.endpointName,
    address: delivery.address,
    kind: attempt.kind,
    by_hand: yesNo(attempt.byHand),
    attempt: attempt.ordinal,
    counts: yesNo(attempt.counts),
    status: attempt.status,
    outcome: attempt.outcome,
    what_happened: inWords(attempt.sentence, attempt.startedAt, timeZone, redaction),
    detail: attempt.detail === null ? null : redaction.text(attempt.detail),
    dns_ms: whole(timings?.dnsMs),
    connect_ms: whole(timings?.connectMs),
    tls_ms: whole(timings?.tlsMs),
    first_byte_ms: whole(timings?.firstByteMs),
    duration_ms: whole(timings?.totalMs),
    answer_headers: responseHeaders?.map(([name]) => name).join(' '),
    answer: responseBody === null || full ? responseBody && redaction.body(responseBody) : redaction.takenOut('answer'),
    event_id: delivery.eventId,
    delivery_id: delivery.id,
    attempt_id: attempt.id,
  };
}

export interface ExportedEvent extends EventRow {
  readonly pmsId: string | null;
}

export function eventCells(row: ExportedEvent, redaction: EventRedaction): Row {
  const summary = redaction.summary(row.summary);
  return {
    time_utc: row.at,
    time_local: row.at,
    event: row.event,
    guest: summary.guest,
    room: summary.room,
    item: summary.item,
    outlet: summary.outlet,
    amount: amountOf(summary),
    currency: summary.currency,
    nights: summary.nights,
    about: row.entity && redaction.about(row.entity),
    source: row.sourceName,
    event_timestamp: row.timestamp,
    property_id: row.propertyId,
    deliveries: row.deliveries.total,
    delivered: row.deliveries.delivered,
    waiting: row.deliveries.waiting,
    needs_attention: row.deliveries.needsAttention,
    masked: row.masked,
    pms_id: row.pmsId && redaction.id(row.pmsId),
    event_id: row.id,
    data: redaction.dataText(),
  };
}

/** As it was to be read then: moments of that day by their time, others with their day. */
function inWords(said: Sentence | null, at: number | null, timeZone: string, { sentence }: EventRedaction): string {
  if (said === null) return '';
  return renderSentence(sentence(said), 'en', at === null ? { timeZone } : { timeZone, now: at });
}

/** The columns that are written, in their order. */
export interface Layout {
  readonly what: ExportWhat;
  readonly columns: readonly ExportColumn[];
  readonly timeZone: string;
}

/** @param chosen all of them, in the usual order, unless given */
export const layoutOf = (what: ExportWhat, chosen: readonly ExportColumn[] | undefined, timeZone: string): Layout => ({
  what,
  columns: chosen ?? columnsOf(what),
  timeZone,
});

export const utc = (atMs: number): string => new Date(atMs).toISOString();
export const local = (atMs: number, timeZone: string): string =>
  new Date(localMs(atMs, timeZone)).toISOString().replace('T', ' ').slice(0, 19);

/** A row's values as text and numbers, moments written out. */
export const written = ({ what, columns, timeZone }: Layout, row: Row): (string | number | null)[] =>
  columns.map((column) => {
    const value = row[column] ?? null;
    if (typeof value !== 'number') return value;
    const type = columnTypeOf(what, column);
    return type === 'utc' ? utc(value) : type === 'local' ? local(value, timeZone) : value;
  });
