/**
 * Events, and the deliveries that they are fanned out to: an event and all its deliveries are one transaction,
 * so what was acknowledged to the PMS can never be half there (principle 2).
 */
import { type DeliveryId, type EventId, type Sentence, type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { EntityMember, EventType } from '../../../shared/events.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import type { EngineTime } from '../engine-time.ts';
import type { WriteHandle } from './connection.ts';
import { countedAs, createHourTally } from './counters.ts';
import type { EndpointRow } from './endpoints.ts';
import { foldName } from './fold.ts';
import type { GroupCommit } from './group-commit.ts';
import type { IdSource } from './ids.ts';
import { foldRooms } from './rooms.ts';

/** An event as intake hands it over: checked, masked, its entity found. */
export interface NewEvent {
  readonly id: EventId;
  /** The source's `no`; null where it came over the command line or the window. */
  readonly sourceNo: number | null;
  readonly type: EventType;
  readonly propertyId: string;
  readonly entityMember: EntityMember | 'incident' | null;
  /** As text, whatever it was in `data`. */
  readonly entityId: string | null;
  /** UTC, ISO 8601: the `timestamp` that receivers get. */
  readonly occurredAt: string;
  /** The wall clock's time. */
  readonly receivedAt: UtcMs;
  /** When it was handed over, where that was before it came in: into the spool folder, say. The wall clock's time. */
  readonly handedOverAt?: number | undefined;
  /** `data`'s text byte for byte as it came, card numbers masked (decision 16). */
  readonly data: string;
  readonly summary: EventSummary;
  /** The guest's name as it came; kept without case and accents, for searching. */
  readonly guest: string | null;
  /** The rooms that it names, as they came; kept for searching (rooms.ts). */
  readonly rooms?: readonly string[];
  /** The PMS's own id of the event. */
  readonly pmsId?: string | null;
  readonly hints: readonly Sentence[];
  /** How many spans were masked. */
  readonly masked: number;
  /** The one endpoint that it never goes to: what it is about. */
  readonly notTo?: number;
  /** Endpoints that a person keeps it from: it is sent to them only where somebody picks it. */
  readonly keptFrom?: readonly number[] | undefined;
}

/** What sending needs to know of an event: shared by all its deliveries. */
export interface StoredEvent {
  readonly seq: number;
  readonly id: EventId;
  readonly type: EventType;
  readonly propertyId: string;
  readonly occurredAt: string;
  readonly data: string;
  /** When it was taken in; engine time. */
  readonly takenAt: UtcMs;
}

/** A delivery that was just made. */
export interface NewDelivery {
  readonly seq: number;
  readonly id: DeliveryId;
  readonly endpointNo: number;
  readonly orderKey: string | null;
  /** Engine time. */
  readonly dueAt: UtcMs;
}

/** Called inside the transaction that stores them: they are durable once it is committed. */
export type RecordedListener = (event: StoredEvent, deliveries: readonly NewDelivery[]) => void;

export interface EventStore {
  /** Stores the event and a delivery for each endpoint that wants it. Call it inside a transaction. */
  recordEvent(event: NewEvent): { readonly seq: number; readonly id: EventId };
  /** Tells of every event at the end of its transaction. */
  onRecorded(listener: RecordedListener): void;
  /** Who wants what has changed: call it inside the transaction that changes it, and after it. */
  subscriptionsChanged(): void;
  /** The numbers of endpoints that get events of a type, whatever their rules say. */
  wanting(type: EventType): readonly number[];
  forSending(seq: number): StoredEvent | undefined;
  /** When it was taken in; engine time. */
  takenAt(seq: number): UtcMs | undefined;
  /** About what it takes in memory, without reading it. */
  sizeOf(seq: number): number;
}

export interface EventStoreParts {
  readonly writer: WriteHandle;
  readonly commit: GroupCommit;
  readonly ids: IdSource;
  readonly time: EngineTime;
  /** What an endpoint's rules let through, of its row; null where it has none, and where no rules are to be had at all. */
  readonly rulesOf?: (endpoint: RuledEndpoint) => ((event: RuledEvent) => boolean) | null;
}

/** An endpoint, and an event, as far as its rules look at them. */
export type RuledEndpoint = Pick<EndpointRow, 'kind' | 'options'>;
export interface RuledEvent {
  readonly event: EventType;
  readonly timestamp: string;
  readonly dataText: string;
  readonly propertyId: string;
}

/** Who wants a type, and what lets an event of it through. */
interface Wanting {
  readonly no: number;
  readonly passes: ((event: RuledEvent) => boolean) | null;
}

/** About what an event with so much data takes in memory: its text, and the bytes that are sent. */
export const memoryOf = (dataBytes: number): number => dataBytes * 2 + 400;

/** What must stay in order: property, member and id together, since one PMS's booking 12 is not its order 12. */
export const orderKeyOf = (propertyId: string, member: string | null, id: string | null): string | null =>
  member === null || id === null ? null : `${propertyId}\u001f${member}\u001f${id}`;

export function createEventStore({ writer, commit, ids, time, rulesOf = () => null }: EventStoreParts): EventStore {
  const insertEvent = writer.prepare(
    `INSERT INTO events (id, source_no, type, property_id, entity_member, entity_id, occurred_at, received_at, data,
       summary, guest, hints, masked, unwanted, pms_id, rooms, taken_at, kept_away, kept_from)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertDelivery = writer.prepare(
    `INSERT INTO deliveries (id, event_seq, endpoint_no, type, entity, order_key, state, due_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
  );
  // A full scan: a property has a handful of endpoints.
  const wanting = writer.prepare<[], RuledEndpoint & { no: number; events: string }>(
    "SELECT no, events, kind, options FROM endpoints WHERE switch IN ('on', 'paused') ORDER BY no",
  );
  // By the primary key.
  const one = writer.prepare<[number], StoredEvent>(
    `SELECT seq, id, type, property_id AS propertyId, occurred_at AS occurredAt, data,
       COALESCE(taken_at, received_at) AS takenAt FROM events WHERE seq = ?`,
  );
  const taken = writer
    .prepare<[number], UtcMs>('SELECT COALESCE(taken_at, received_at) FROM events WHERE seq = ?')
    .pluck();
  const size = writer.prepare<[number], number>('SELECT octet_length(data) FROM events WHERE seq = ?').pluck();
  const tally = createHourTally(writer);
  const listeners: RecordedListener[] = [];
  let endpointsByType: ReadonlyMap<string, readonly Wanting[]> | null = null;
  commit.takePart(tally);

  function endpointsFor(type: EventType): readonly Wanting[] {
    endpointsByType ??= readSubscriptions();
    return endpointsByType.get(type) ?? [];
  }

  function readSubscriptions(): ReadonlyMap<string, readonly Wanting[]> {
    const byType = new Map<string, Wanting[]>();
    for (const { no, events, ...ruled } of wanting.all()) {
      const each: Wanting = { no, passes: rulesOf(ruled) };
      for (const type of JSON.parse(events) as string[]) {
        const present = byType.get(type);
        if (present) present.push(each);
        else byType.set(type, [each]);
      }
    }
    return byType;
  }

  /** To which endpoints it goes, and from which of those that want its type their rules keep it. */
  function fannedOut({ type, occurredAt, data, propertyId, notTo, keptFrom = [] }: NewEvent) {
    const endpoints: number[] = [];
    const keptAway: number[] = [];
    const event = { event: type, timestamp: occurredAt, dataText: data, propertyId };
    for (const { no, passes } of endpointsFor(type)) {
      if (no === notTo) continue;
      if (keptFrom.includes(no)) continue;
      if (passes === null || passes(event)) endpoints.push(no);
      else keptAway.push(no);
    }
    return { endpoints, keptAway };
  }

  /** Engine time. What waited in the spool folder was acknowledged when it was put there. */
  function takenInAt({ handedOverAt }: NewEvent, now: UtcMs): UtcMs {
    const waitedMs = handedOverAt === undefined ? 0 : Math.max(0, time.toWall(now) - handedOverAt);
    return utcMs(Math.round(now - waitedMs));
  }

  return {
    recordEvent(event) {
      const { entityMember, entityId, receivedAt } = event;
      const { endpoints, keptAway } = fannedOut(event);
      const dueAt = time.now();
      const takenAt = takenInAt(event, dueAt);
      const seq = Number(
        insertEvent.run(
          event.id,
          event.sourceNo,
          event.type,
          event.propertyId,
          entityMember,
          entityId,
          event.occurredAt,
          receivedAt,
          event.data,
          JSON.stringify(event.summary),
          event.guest === null ? null : foldName(event.guest),
          event.hints.length > 0 ? JSON.stringify(event.hints) : null,
          event.masked,
          endpoints.length === 0 ? 1 : 0,
          event.pmsId ?? null,
          foldRooms(event.rooms ?? []),
          takenAt,
          keptAway.length === 0 ? null : JSON.stringify(keptAway),
          // Also one that is off by now: it must not get it with all others of before once it is on.
          event.keptFrom === undefined || event.keptFrom.length === 0 ? null : JSON.stringify(event.keptFrom),
        ).lastInsertRowid,
      );
      const orderKey = orderKeyOf(event.propertyId, entityMember, entityId);
      const made: NewDelivery[] = [];
      for (const endpointNo of endpoints) {
        const id = ids.delivery(receivedAt);
        const { lastInsertRowid } = insertDelivery.run(
          id,
          seq,
          endpointNo,
          event.type,
          entityId,
          orderKey,
          dueAt,
          receivedAt,
        );
        made.push({ seq: Number(lastInsertRowid), id, endpointNo, orderKey, dueAt });
      }
      commit.beforeCommit(() => {
        tally.add(receivedAt, countedAs(event.sourceNo, event.type), seq, made);
        const stored: StoredEvent = {
          seq,
          id: event.id,
          type: event.type,
          propertyId: event.propertyId,
          occurredAt: event.occurredAt,
          data: event.data,
          takenAt,
        };
        for (const listener of listeners) listener(stored, made);
      });
      return { seq, id: event.id };
    },
    onRecorded: (listener) => void listeners.push(listener),
    subscriptionsChanged() {
      endpointsByType = null;
    },
    wanting: (type) => endpointsFor(type).map(({ no }) => no),
    forSending: (seq) => one.get(seq),
    takenAt: (seq) => taken.get(seq),
    sizeOf: (seq) => memoryOf(size.get(seq) ?? 0),
  };
}
