/**
 * Fills a data folder's database with a log of any size, fast: for benches and plan checks, where what counts
 * is how much there is. A million deliveries take some 20 s. The store's own writing is not taken part in, so a
 * test of that writing has no use for it.
 */
import BetterSqlite3 from 'better-sqlite3';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { foldName } from '../../electron/engine/store/fold.ts';
import { addLatency, hourOf, type Latencies } from '../../electron/engine/store/hours.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { migrate } from '../../electron/engine/store/migrate.ts';
import type { EndpointId, SourceId } from '../../shared/domain.ts';
import { catalogue, eventTypes, type PmsEventType } from '../../shared/events.ts';

export interface SeedOptions {
  readonly deliveries: number;
  /** Each event goes to all of them. 5 unless given. */
  readonly endpoints?: number;
  /** The log ends here; now unless given. */
  readonly endMs?: number;
  /** Over how many days the events are spread; 90 unless given. */
  readonly days?: number;
  /** With an attempt for each delivery that had one; true unless given. */
  readonly attempts?: boolean;
  /** How an endpoint's address is sealed; in the clear unless given. */
  readonly seal?: (text: string, context: string) => Uint8Array;
}

export interface Seeded {
  readonly endpointIds: readonly EndpointId[];
  readonly sourceId: SourceId;
  readonly events: number;
  readonly deliveries: number;
}

const firstNames = [
  'Juan',
  'María',
  'José',
  'Ana',
  'Ligaya',
  'Ramón',
  'Mei',
  'Søren',
  'Aisha',
  'Tomás',
  'Grace',
  'Bayani',
];
const lastNames = [
  'dela Cruz',
  'Reyes',
  'Santos',
  'Ñúñez',
  'García',
  'Bautista',
  'Tan',
  'Lindqvist',
  'Smith',
  'Villanueva',
];

/** The name that one event of the whole log has: the first. */
export const seededRareGuest = 'Zenaida Quimbo';
/** Every event's entity: so many events share a booking. */
const eventsPerEntity = 8;

/** The entity's id of the `index`-th event. */
export const seededEntity = (index: number): string => `bk_${100_000 + Math.floor(index / eventsPerEntity)}`;

/** Fills the database in `folder`, which no engine has open. */
export function seed(folder: string, options: SeedOptions): Seeded {
  const connection = new BetterSqlite3(databaseFile(folder));
  try {
    connection.pragma('journal_mode = WAL');
    connection.pragma('synchronous = OFF');
    connection.pragma('cache_size = -262144');
    migrate(connection);
    const indexes = connection
      .prepare<[], { name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
      )
      .all();
    const seeded = connection.transaction(() => {
      for (const { name } of indexes) connection.exec(`DROP INDEX ${name}`);
      const result = fill(connection, options);
      for (const { sql } of indexes) connection.exec(sql);
      return result;
    })();
    connection.pragma('wal_checkpoint(TRUNCATE)');
    return seeded;
  } finally {
    connection.close();
  }
}

function fill(connection: BetterSqlite3.Database, options: SeedOptions): Seeded {
  const { deliveries, endpoints = 5, endMs = Date.now(), days = 90, attempts = true, seal = plain } = options;
  const ids = createIdSource();
  const events = Math.ceil(deliveries / endpoints);
  const startMs = endMs - days * 86_400_000;
  const atOf = (index: number) => Math.floor(startMs + ((index + 1) / events) * (endMs - startMs - 1));
  const sourceId = addSource(connection, ids.source(startMs), startMs, endMs);
  const endpointIds = Array.from({ length: endpoints }, (_, index) => ids.endpoint(startMs + index));
  for (const [index, id] of endpointIds.entries()) addEndpoint(connection, id, index, startMs, seal);

  const insertEvent = insertion(connection, 'events', [
    ...['seq', 'id', 'source_no', 'type', 'property_id', 'entity_member', 'entity_id', 'occurred_at', 'received_at'],
    ...['data', 'summary', 'guest'],
  ]);
  const insertDelivery = insertion(connection, 'deliveries', [
    ...['seq', 'id', 'event_seq', 'endpoint_no', 'type', 'entity', 'order_key', 'state', 'status_class', 'due_at'],
    ...['attempts', 'failures', 'last_attempt_at', 'status', 'outcome', 'duration_ms', 'created_at', 'ended_at'],
  ]);
  const insertAttempt = insertion(connection, 'attempts', [
    ...['id', 'delivery_seq', 'endpoint_no', 'kind', 'ordinal', 'counts', 'started_at', 'ended_at', 'outcome'],
    ...['status', 'request_headers', 'response_headers', 'response_body', 'connect_ms', 'first_byte_ms', 'total_ms'],
  ]);
  const hours = createHours(connection);
  const responseBody = Buffer.from('{"accepted":true}');
  let seq = 0;

  for (let index = 0; index < events; index += 1) {
    const at = atOf(index);
    const type = eventTypes[index % eventTypes.length] as PmsEventType;
    const entityId = seededEntity(index);
    const guest =
      index === 0 ? seededRareGuest : `${pick(firstNames, index)} ${pick(lastNames, Math.floor(index / 7))}`;
    const data = JSON.stringify({ ...catalogue[type].sample, booking_id: entityId, guest_name: guest });
    const eventId = ids.event(at);
    const occurredAt = new Date(at).toISOString();
    const summary = JSON.stringify({ guest, room: `Room ${100 + (index % 40)}`, amount: 1000 + (index % 900) });
    insertEvent.run(
      index + 1,
      eventId,
      1,
      type,
      'hotel-1',
      'booking_id',
      entityId,
      occurredAt,
      at,
      data,
      summary,
      foldName(guest),
    );
    hours.event(at, index + 1);
    for (let endpoint = 0; endpoint < endpoints && seq < deliveries; endpoint += 1) {
      seq += 1;
      const end = endOf(index, endpoint, events);
      const id = ids.delivery(at);
      const endedAt = end.state === 'waiting' || end.outcome === null ? null : at + 140;
      const lastAttemptAt = end.outcome === null ? null : at + 20;
      const key = `hotel-1\u001fbooking_id\u001f${entityId}`;
      const durationMs = end.outcome === null ? null : 20 + (seq % 200);
      insertDelivery.run(
        ...[seq, id, index + 1, endpoint + 1, type, entityId, key, end.state, Math.floor((end.status ?? 0) / 100), at],
        ...[end.attempts, end.failures, lastAttemptAt, end.status, end.outcome, durationMs, at, endedAt],
      );
      hours.delivery(at, seq);
      if (!attempts || end.outcome === null || durationMs === null) continue;
      const headers = JSON.stringify([
        ['Content-Type', 'application/json'],
        ['X-RoostSync-Event', type],
        ['X-RoostSync-Event-Id', eventId],
        ['X-RoostSync-Signature', `sha256=${'0123456789abcdef'.repeat(4)}`],
        ['webhook-signature', `v1,${'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='}`],
      ]);
      insertAttempt.run(
        ...[
          ids.attempt(at),
          seq,
          endpoint + 1,
          'scheduled',
          1,
          end.failures > 0 ? 1 : 0,
          at + 20,
          at + 20 + durationMs,
        ],
        ...[end.outcome, end.status, headers, '[["content-type","application/json"]]', responseBody, 3, 12, durationMs],
      );
      hours.attempt(at, endpoint + 1, end.outcome === 'delivered' ? durationMs : null);
    }
  }
  hours.write();
  return { endpointIds, sourceId, events, deliveries: seq };
}

interface End {
  readonly state: string;
  readonly status: number | null;
  readonly outcome: string | null;
  readonly attempts: number;
  readonly failures: number;
}

/** Nearly all delivered; the last endpoint fails since lately; some refused, some cancelled, all over the log. */
function endOf(index: number, endpoint: number, events: number): End {
  const delivered: End = { state: 'delivered', status: 200, outcome: 'delivered', attempts: 1, failures: 0 };
  if (endpoint === 4 && index > events * 0.98) {
    if (index % 20 === 0) return { state: 'waiting', status: 503, outcome: 'endpoint_down', attempts: 2, failures: 2 };
    return { state: 'waiting', status: null, outcome: null, attempts: 0, failures: 0 };
  }
  const spread = (index * 31 + endpoint * 17) % 1000;
  if (spread < 4) return { state: 'needs_attention', status: 422, outcome: 'event_refused', attempts: 6, failures: 6 };
  if (spread < 7) return { state: 'needs_attention', status: 500, outcome: 'endpoint_down', attempts: 6, failures: 6 };
  if (spread < 9) return { state: 'cancelled', status: null, outcome: null, attempts: 0, failures: 0 };
  return delivered;
}

function createHours(connection: BetterSqlite3.Database) {
  const eventHours = new Map<number, { count: number; first: number; last: number }>();
  const deliveryHours = new Map<number, { first: number; last: number }>();
  const attemptHours = new Map<string, { delivered: number; failed: number; latencies: Latencies }>();
  return {
    event(at: number, seq: number) {
      const sum = eventHours.get(hourOf(at)) ?? { count: 0, first: seq, last: seq };
      eventHours.set(hourOf(at), { ...sum, count: sum.count + 1, last: seq });
    },
    delivery(at: number, seq: number) {
      const range = deliveryHours.get(hourOf(at)) ?? { first: seq, last: seq };
      deliveryHours.set(hourOf(at), { ...range, last: seq });
    },
    attempt(at: number, endpointNo: number, deliveredInMs: number | null) {
      const key = `${hourOf(at)}/${endpointNo}`;
      const sum = attemptHours.get(key) ?? { delivered: 0, failed: 0, latencies: {} };
      attemptHours.set(
        key,
        deliveredInMs === null
          ? { ...sum, failed: sum.failed + 1 }
          : { ...sum, delivered: sum.delivered + 1, latencies: addLatency(sum.latencies, deliveredInMs) },
      );
    },
    write() {
      const putEvents = insertion(connection, 'event_hours', ['hour', 'source_no', 'events', 'first_seq', 'last_seq']);
      for (const [hour, { count, first, last }] of eventHours) putEvents.run(hour, 1, count, first, last);
      const putDeliveries = insertion(connection, 'delivery_hours', ['hour', 'first_seq', 'last_seq']);
      for (const [hour, { first, last }] of deliveryHours) putDeliveries.run(hour, first, last);
      const columns = ['hour', 'endpoint_no', 'delivered', 'failed', 'latencies'];
      const putAttempts = insertion(connection, 'attempt_hours', columns);
      for (const [key, { delivered, failed, latencies }] of attemptHours) {
        const [hour, endpointNo] = key.split('/').map(Number);
        putAttempts.run(hour, endpointNo, delivered, failed, JSON.stringify(latencies));
      }
    },
  };
}

function addSource(connection: BetterSqlite3.Database, id: SourceId, createdAt: number, lastEventAt: number): SourceId {
  insertion(connection, 'sources', [
    ...['no', 'id', 'name', 'property_id', 'token_hash', 'path_hash', 'created_at', 'last_event_at'],
  ]).run(1, id, 'Front desk PMS', 'hotel-1', Buffer.alloc(32, 1), Buffer.alloc(32, 2), createdAt, lastEventAt);
  return id;
}

function addEndpoint(
  connection: BetterSqlite3.Database,
  id: EndpointId,
  index: number,
  createdAt: number,
  seal: (text: string, context: string) => Uint8Array,
): void {
  const host = `hooks${index + 1}.example.com`;
  insertion(connection, 'endpoints', [
    ...['no', 'id', 'description', 'url', 'host', 'masked_address', 'local', 'events', 'headers', 'header_names'],
    ...['switch', 'health', 'failing_since', 'created_at'],
  ]).run(
    ...[index + 1, id, `Receiver ${index + 1}`, seal(`https://${host}/in`, `endpoints.url:${id}`), host],
    ...[`https://${host}/…`, 0, JSON.stringify(eventTypes), seal('[]', `endpoints.headers:${id}`), '[]', 'on'],
    ...[index === 4 ? 'failing' : 'active', index === 4 ? createdAt : null, createdAt],
  );
}

const insertion = (connection: BetterSqlite3.Database, table: string, columns: readonly string[]) =>
  connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`);
const plain = (text: string): Uint8Array => Buffer.from(text);
const pick = (names: readonly string[], index: number): string => names[index % names.length] ?? '';
