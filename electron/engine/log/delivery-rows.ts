/**
 * Deliveries as rows of the log, read by their primary keys with their events and endpoints. A page is read by one
 * statement: running one with all these columns costs 45 µs however few rows it gives (measured).
 */
import type { EndpointHealth, EndpointSwitch, OutcomeClass } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import type { DeliveryRow, EventSummary } from '../../../shared/schemas.ts';
import type { Present } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import { tooOld } from '../store/deliveries.ts';
import { keepsOrder } from '../store/endpoints.ts';
import { oneByOne } from '../store/job-items.ts';
import { shownState } from './delivery-filter.ts';
import { digestMinutesOf, type WaitReason, waitReason } from './wait-reason.ts';

/** What a table keeps is of the types that were written: ids, states and times need no second look. */
interface StoredRow {
  readonly seq: number;
  readonly id: DeliveryRow['id'];
  readonly createdAt: DeliveryRow['at'];
  readonly eventId: DeliveryRow['eventId'];
  readonly type: DeliveryRow['event'];
  readonly summary: string;
  readonly entityMember: string | null;
  readonly entityId: string | null;
  readonly endpointId: DeliveryRow['endpointId'];
  readonly description: string;
  readonly host: string;
  readonly state: string;
  readonly leased: number;
  readonly resendAsked: number;
  readonly reason: string | null;
  readonly dueAt: number;
  readonly attempts: number;
  readonly failures: number;
  readonly lastAttemptAt: DeliveryRow['lastAttemptAt'];
  readonly status: number | null;
  readonly outcome: OutcomeClass | null;
  readonly durationMs: number | null;
  readonly switch: EndpointSwitch;
  readonly health: EndpointHealth;
  readonly local: number;
  readonly heldUntil: number | null;
  readonly digestMinutes: number | null;
}

/**
 * Behind one of its entity that is in flight a delivery waits in memory alone (queue/order-line.ts): its row does
 * not say so, but deliveries_in_order does.
 */
const reason = `CASE WHEN d.state = 'waiting' AND d.reason IS NULL AND ${keepsOrder('p')} AND EXISTS (
    SELECT 1 FROM deliveries a INDEXED BY deliveries_in_order WHERE a.endpoint_no = d.endpoint_no
      AND a.order_key = d.order_key AND a.seq < d.seq AND a.state = 'waiting')
  THEN 'order' ELSE d.reason END AS reason`;

const columns = `
  d.seq, d.id, d.created_at AS createdAt, e.id AS eventId, d.type, e.summary, e.entity_member AS entityMember,
  e.entity_id AS entityId, p.id AS endpointId, p.description, p.host, d.state, l.delivery_seq IS NOT NULL AS leased,
  r.delivery_seq IS NOT NULL AS resendAsked, ${reason}, d.due_at AS dueAt, d.attempts, d.failures,
  d.last_attempt_at AS lastAttemptAt, d.status, d.outcome, d.duration_ms AS durationMs, p.switch, p.health, p.local,
  p.held_until AS heldUntil, ${digestMinutesOf('p')}
  FROM deliveries d JOIN events e ON e.seq = d.event_seq JOIN endpoints p ON p.no = d.endpoint_no
  LEFT JOIN leases l ON l.delivery_seq = d.seq
  LEFT JOIN job_items r ON r.job_id = '${oneByOne}' AND r.delivery_seq = d.seq`;

export const deliveryRowStatements = {
  bySeqs: `SELECT ${columns} WHERE d.seq IN (SELECT value FROM json_each(?)) ORDER BY d.seq DESC`,
  byId: `SELECT ${columns} WHERE d.id = ?`,
  byEvent: `SELECT ${columns} WHERE d.event_seq = ? ORDER BY d.endpoint_no`,
} as const;

export interface DeliveryRows {
  /** Newest first. */
  bySeqs(seqs: readonly number[], present: Present): { readonly seq: number; readonly row: DeliveryRow }[];
  /** With the store's own number, for what belongs to it. */
  byId(id: string, present: Present): { readonly seq: number; readonly row: DeliveryRow } | undefined;
  byEvent(eventSeq: number, present: Present): DeliveryRow[];
}

export function createDeliveryRows(reader: ReadHandle): DeliveryRows {
  const bySeqs = reader.prepare<[string], StoredRow>(deliveryRowStatements.bySeqs);
  const byId = reader.prepare<[string], StoredRow>(deliveryRowStatements.byId);
  const byEvent = reader.prepare<[number], StoredRow>(deliveryRowStatements.byEvent);
  return {
    bySeqs: (seqs, present) =>
      bySeqs.all(JSON.stringify(seqs)).map((stored) => ({ seq: stored.seq, row: shownRow(stored, present) })),
    byId(id, present) {
      const stored = byId.get(id);
      return stored && { seq: stored.seq, row: shownRow(stored, present) };
    },
    byEvent: (eventSeq, present) => byEvent.all(eventSeq).map((stored) => shownRow(stored, present)),
  };
}

function shownRow(stored: StoredRow, present: Present): DeliveryRow {
  const state = shownState(stored.state, stored.leased === 1);
  const toBench = state === 'cancelled' && stored.reason === 'bench';
  const waiting = state === 'waiting' ? waitReason(stored, present) : null;
  return {
    id: stored.id,
    at: stored.createdAt,
    eventId: stored.eventId,
    event: stored.type,
    summary: JSON.parse(stored.summary) as EventSummary,
    entity:
      stored.entityMember === null || stored.entityId === null
        ? null
        : { member: stored.entityMember, id: stored.entityId },
    endpointId: stored.endpointId,
    endpointName: endpointName(stored),
    state,
    reason: waiting?.reason ?? (says(state, stored.reason) ? (stored.reason as WaitReason) : null),
    toBench,
    nextAttemptAt: (waiting?.nextAttemptAt ?? null) as DeliveryRow['nextAttemptAt'],
    resendWaits: stored.resendAsked === 1 && state !== 'sending' ? resendReason(stored, present) : null,
    lastAttemptAt: stored.lastAttemptAt,
    status: stored.status,
    outcome: toBench ? null : stored.outcome,
    durationMs: stored.durationMs,
    attempts: stored.attempts,
    failures: stored.failures,
  };
}

/** Of what does not wait, why it was cancelled, or why it was held although nobody refused it. */
const says = (state: string, reason: string | null): boolean =>
  state === 'cancelled' || (state === 'needs_attention' && (reason === tooOld || reason === 'shape'));

/** A resend waits for neither the delivery's own schedule nor the ones before it, nor for the endpoint's recovery. */
const resendReason = (stored: StoredRow, present: Present): WaitReason =>
  waitReason({ ...stored, reason: null, dueAt: 0, health: 'active' }, present).reason;
