/** Deliveries that are made later than their events, at a person's word. */
import type { DeliveryId, EventId, UtcMs } from '../../../shared/domain.ts';
import type { EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import type { EventType } from '../../../shared/events.ts';
import type { WriteHandle } from './connection.ts';
import { orderKeyOf } from './events.ts';
import { hourOf } from './hours.ts';

/** What a person asked for, with what was fixed when it was asked. */
export interface PastRequest {
  readonly endpointNo: number;
  readonly types: readonly EventType[];
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Only what the test bench took. */
  readonly bench: boolean;
  /** These alone, whatever their types; null for all. */
  readonly eventIds: readonly string[] | null;
  /** Also what it has had, or a person skipped. */
  readonly again: boolean;
  /** Also where something newer of the same booking, order, item or payment is there already. */
  readonly overtaken: boolean;
  /** Of all that it wants, only what passes these; null where it has none, or a person picked the events. */
  readonly rules?: EndpointRules | null;
  /** The newest event then. */
  readonly toSeq: number;
}

/** An event as far as a delivery of it is made from it. */
export interface PastEvent {
  readonly seq: number;
  readonly id: EventId;
  readonly type: EventType;
  readonly entityId: string | null;
  readonly orderKey: string | null;
}

interface StoredEvent extends Omit<PastEvent, 'orderKey'> {
  readonly propertyId: string;
  readonly entityMember: string | null;
}

/** A delivery of an event to an endpoint, as it stands. */
interface Present {
  readonly seq: number;
  readonly id: DeliveryId;
  readonly state: string;
  readonly reason: string | null;
  readonly failures: number;
  readonly past: number;
}

export type PastDeliveryStore = ReturnType<typeof createPastDeliveryStore>;

export function createPastDeliveryStore(writer: WriteHandle) {
  const columns = `seq, id, type, property_id AS propertyId, entity_member AS entityMember, entity_id AS entityId
    FROM events`;
  // By the primary key, and events_by_id.
  const bySeq = writer.prepare<[number], StoredEvent>(`SELECT ${columns} WHERE seq = ?`);
  const byId = writer.prepare<[string], StoredEvent>(`SELECT ${columns} WHERE id = ?`);
  const newest = writer.prepare<[], { seq: number | null }>('SELECT MAX(seq) AS seq FROM events');
  const present = 'seq, id, state, reason, failures, past FROM deliveries';
  const ofEvent = writer.prepare<[number, number], Present>(
    `SELECT ${present} INDEXED BY deliveries_by_event WHERE event_seq = ? AND endpoint_no = ?`,
  );
  const delivery = writer.prepare<[number], Present>(`SELECT ${present} WHERE seq = ?`);
  const insert = writer.prepare(
    `INSERT INTO deliveries (id, event_seq, endpoint_no, type, entity, order_key, state, due_at, created_at, past,
       may_be_late)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?, 1, 1)`,
  );
  const wanted = writer.prepare('UPDATE events SET unwanted = 0 WHERE seq = ? AND unwanted = 1');
  const inHour = writer.prepare(
    `INSERT INTO delivery_hours (hour, first_seq, last_seq) VALUES (?, ?, ?)
     ON CONFLICT (hour) DO UPDATE SET first_seq = MIN(first_seq, excluded.first_seq),
       last_seq = MAX(last_seq, excluded.last_seq)`,
  );
  const afresh = writer.prepare(
    `UPDATE deliveries SET state = 'waiting', status_class = 0, reason = NULL, due_at = ?, failures = 0, blames = 0,
       delivered_mark = NULL, failed_in = NULL, throttled_since = NULL, status = NULL, outcome = NULL, sentence = NULL,
       duration_ms = NULL, ended_at = NULL, settled_by = NULL, may_be_late = 1 WHERE seq = ? AND state <> 'waiting'
       AND EXISTS (SELECT 1 FROM events e WHERE e.seq = deliveries.event_seq AND e.gone IS NULL)`,
  );
  const shown = (stored: StoredEvent | undefined): PastEvent | undefined =>
    stored && { ...stored, orderKey: orderKeyOf(stored.propertyId, stored.entityMember, stored.entityId) };

  return {
    event: (seq: number) => shown(bySeq.get(seq)),
    eventById: (id: string) => shown(byId.get(id)),
    newestEvent: () => newest.get()?.seq ?? 0,
    ofEvent: (eventSeq: number, endpointNo: number) => ofEvent.get(eventSeq, endpointNo),
    get: (seq: number) => delivery.get(seq),
    /** Inside a transaction, where the endpoint has none of this event yet. @returns its `seq` */
    insert(id: DeliveryId, event: PastEvent, endpointNo: number, dueAt: UtcMs, createdAt: UtcMs): number {
      const { seq: eventSeq, type, entityId, orderKey } = event;
      const made = insert.run(id, eventSeq, endpointNo, type, entityId, orderKey, dueAt, createdAt);
      const seq = Number(made.lastInsertRowid);
      wanted.run(eventSeq);
      inHour.run(hourOf(createdAt), seq, seq);
      return seq;
    },
    /** One that is over waits as if it had never been tried. @returns false where it waits already */
    sendAfresh: (seq: number, dueAt: UtcMs): boolean => afresh.run(dueAt, seq).changes > 0,
  };
}
