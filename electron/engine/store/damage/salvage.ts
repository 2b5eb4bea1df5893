/**
 * What can still be read of a damaged database, carried over into the backup that takes its place: events that were
 * acknowledged after the backup was made, what became of their deliveries, the keys that drop their duplicates, the
 * messages that are kept, and what sources have shown. Row by row: a page that cannot be read costs the rows on it and no others.
 */
import type { Database } from 'better-sqlite3';
import type { DeliveryId, EventId, UtcMs } from '../../../../shared/domain.ts';
import { countedAs } from '../counters.ts';
import { hourOf } from '../hours.ts';
import { createIdSource } from '../ids.ts';
import { carryMessages } from './salvaged-messages.ts';
import { carrySourceState, sourcesIn } from './salvaged-sources.ts';
import { carrySetUp, type SetUpSince, setUpSince, without } from './set-up.ts';
import { highest, openWreck, type Row, rowsAtOnce, tableOf, unlessDamaged } from './wreck.ts';

export interface Salvaged {
  /** Whether the damaged database could be opened at all. */
  readonly readable: boolean;
  /** Events that were carried over, oldest first. */
  readonly carried: readonly { readonly id: EventId; readonly type: string; readonly receivedAt: UtcMs }[];
  /** What receivers got since the backup: nothing of it is sent once more. */
  readonly delivered: readonly { readonly eventId: EventId; readonly endpoint: string; readonly at: UtcMs | null }[];
  /** Carried over without a word of what became of them: they are sent, perhaps once more. */
  readonly unsure: number;
  /** Numbers of acknowledged events that can be read nowhere, as ranges. */
  readonly missing: readonly (readonly [from: number, to: number])[];
  /** What a person set up since, and what of it could not be carried over; null where nothing could be read. */
  readonly setUp: { readonly carried: SetUpSince; readonly left: SetUpSince } | null;
}

export interface SalvageParts {
  /** What takes the place; its writes belong inside a transaction of the caller's. */
  readonly into: Database;
  /** The file of `into`: a header that is damaged is read by its pattern. */
  readonly intoFile: string;
  /** The damaged database; its log lies beside it. */
  readonly from: string;
  /** The last event that is in the backup, or had been delivered when it was made. */
  readonly lastSeq: number;
  /** False: what was delivered before is not in it either, and is carried over as far as is bearable. */
  readonly holdsLog: boolean;
  /** The last event that was acknowledged; null where that is not known. */
  readonly acknowledgedSeq: number | null;
}

/** Most rows of each table that are looked at: some seconds. */
const mostRows = 100_000;
export function salvage(parts: SalvageParts): Salvaged {
  const { from, lastSeq, acknowledgedSeq } = parts;
  const opened = openWreck(from, parts.intoFile);
  const numbers = rangesOf(lastSeq + 1, acknowledgedSeq ?? lastSeq, () => false);
  if (opened === null) {
    return { readable: false, carried: [], delivered: [], unsure: 0, missing: numbers, setUp: null };
  }
  try {
    return carryOver(parts, opened.wreck);
  } finally {
    opened.close();
  }
}

function carryOver({ into, lastSeq, holdsLog, acknowledgedSeq }: SalvageParts, wreck: Database): Salvaged {
  const sourcesBefore = sourcesIn(into);
  // First: what came since may be for an endpoint, or of a source, that was set up since.
  const since = setUpSince(wreck, into);
  carrySetUp(wreck, into);
  const left = setUpSince(wreck, into);
  const endpoints = new Map(
    into
      .prepare<[], { no: number; name: string; events: string; switch: string }>(
        "SELECT no, COALESCE(NULLIF(description, ''), host) AS name, events, switch FROM endpoints",
      )
      .all()
      .map((row) => [row.no, row]),
  );
  const sources = new Set(into.prepare<[], number>('SELECT no FROM sources').pluck().all());
  const newest = Math.max(highest(wreck, 'events') ?? 0, acknowledgedSeq ?? 0, lastSeq);
  const firstSeq = holdsLog ? Math.max(lastSeq + 1, newest - mostRows) : Math.max(1, newest - mostRows);

  const events = tableOf(wreck, into, 'events');
  const deliveries = tableOf(wreck, into, 'deliveries');
  const attempts = tableOf(wreck, into, 'attempts');
  const carried: Salvaged['carried'][number][] = [];
  const delivered: Salvaged['delivered'][number][] = [];
  const carriedSeqs = new Map<number, Row>();
  const told = new Set<number>();

  for (const row of events.rows(firstSeq, newest)) {
    if (
      !isEvent(row) ||
      !events.insert({ ...row, source_no: sources.has(Number(row.source_no)) ? row.source_no : null })
    ) {
      continue;
    }
    const seq = Number(row.seq);
    carriedSeqs.set(seq, row);
    countEvent(into, row);
    if (seq > lastSeq) {
      carried.push({ id: row.id as EventId, type: String(row.type), receivedAt: Number(row.received_at) as UtcMs });
    }
  }

  const note = (row: Row, eventId: EventId): void => {
    if (row.state !== 'delivered' || delivered.length >= mostRows) return;
    const endpoint = endpoints.get(Number(row.endpoint_no))?.name ?? `no. ${Number(row.endpoint_no)}`;
    delivered.push({ eventId, endpoint, at: row.ended_at === null ? null : (Number(row.ended_at) as UtcMs) });
  };

  // What the backup has as open may have arrived since.
  const open = into
    .prepare<[number], { seq: number; id: DeliveryId; eventId: EventId }>(
      `SELECT d.seq, d.id, e.id AS eventId FROM deliveries d JOIN events e ON e.seq = d.event_seq
       WHERE d.state = 'waiting' OR d.state = 'needs_attention' LIMIT ?`,
    )
    .all(mostRows);
  for (const { seq, id, eventId } of open) {
    const row = deliveries.row(seq);
    if (row === null || row.id !== id || row.state === 'waiting' || !deliveries.replace(row)) continue;
    note(row, eventId);
  }

  const lastDelivery = highest(into, 'deliveries') ?? 0;
  const newestDelivery = Math.max(highest(wreck, 'deliveries') ?? 0, lastDelivery);
  for (const row of deliveries.rows(
    holdsLog ? lastDelivery + 1 : Math.max(1, newestDelivery - mostRows),
    newestDelivery,
  )) {
    const event = carriedSeqs.get(Number(row.event_seq));
    if (event === undefined) continue;
    told.add(Number(row.event_seq));
    if (!endpoints.has(Number(row.endpoint_no))) continue;
    // Whether it stands behind another one is found out anew: that one may not have been carried over.
    const freed = row.state === 'waiting' && row.reason === 'order' ? { ...row, reason: null, due_at: 0 } : row;
    if (!deliveries.insert(freed)) continue;
    countDelivery(into, row);
    if (Number(event.seq) > lastSeq) note(row, event.id as EventId);
  }

  let unsure = 0;
  if (deliveries.holes() > 0) {
    const ids = createIdSource();
    for (const event of carriedSeqs.values()) {
      const seq = Number(event.seq);
      if (told.has(seq) || seq <= lastSeq || event.unwanted === 1) continue;
      const wanting = [...endpoints.values()].filter((one) => isWanting(one, String(event.type)));
      for (const { no } of wanting) insertDelivery(into, ids.delivery(Number(event.received_at)), event, no);
      if (wanting.length > 0) unsure += 1;
    }
  }

  const hasDelivery = into.prepare<[number], number>('SELECT 1 FROM deliveries WHERE seq = ?').pluck();
  const lastAttempt = highest(into, 'attempts') ?? 0;
  const newestAttempt = Math.max(highest(wreck, 'attempts') ?? 0, lastAttempt);
  for (const row of attempts.rows(Math.max(lastAttempt + 1, newestAttempt - mostRows), newestAttempt)) {
    const seq = row.delivery_seq;
    if (!endpoints.has(Number(row.endpoint_no)) || (seq !== null && hasDelivery.get(Number(seq)) === undefined))
      continue;
    attempts.insert(row);
  }
  carryKeys(wreck, into);
  const hasMessages = carryMessages(wreck, into, sources, mostRows);
  const missing = rangesOf(lastSeq + 1, acknowledgedSeq ?? lastSeq, (seq) => carriedSeqs.has(seq));
  // What is missing may still be had where it came from: there it is not taken for shown.
  const isWhole = hasMessages && missing.length === 0 && events.holes() === 0;
  carrySourceState(wreck, into, { isWhole, before: sourcesBefore });

  const lastKnown = Math.max(acknowledgedSeq ?? 0, ...[...carriedSeqs.keys()].slice(-1), lastSeq);
  setSequence(into, lastKnown);
  return { readable: true, carried, delivered, unsure, missing, setUp: { carried: without(since, left), left } };
}

/** What was damaged and still parses is not taken for an event. */
function isEvent(row: Row): boolean {
  if (typeof row.id !== 'string' || !/^evt_\w{26}$/.test(row.id)) return false;
  if (typeof row.data !== 'string' || typeof row.received_at !== 'number') return false;
  try {
    const data: unknown = JSON.parse(row.data);
    return typeof data === 'object' && data !== null;
  } catch {
    return false;
  }
}

function isWanting({ events, switch: switchedTo }: { events: string; switch: string }, type: string): boolean {
  return (switchedTo === 'on' || switchedTo === 'paused') && (JSON.parse(events) as string[]).includes(type);
}

function insertDelivery(into: Database, id: DeliveryId, event: Row, endpointNo: number): void {
  const { entity_member: member, entity_id: entity, property_id: property } = event;
  const orderKey = member === null || entity === null ? null : `${property}\u001f${member}\u001f${entity}`;
  const { lastInsertRowid } = into
    .prepare(
      `INSERT INTO deliveries (id, event_seq, endpoint_no, type, entity, order_key, state, due_at, created_at)
       VALUES (?, ?, ?, ?, ?, ?, 'waiting', 0, ?)`,
    )
    .run(id, event.seq, endpointNo, event.type, entity, orderKey, event.received_at);
  countDelivery(into, { seq: Number(lastInsertRowid), created_at: event.received_at });
}

/** By the hours a time filter finds them. */
function countEvent(into: Database, { received_at: at, source_no: sourceNo, type, seq }: Row): void {
  into
    .prepare(
      `INSERT INTO event_hours (hour, source_no, events, first_seq, last_seq) VALUES (?, ?, 1, ?, ?)
       ON CONFLICT (hour, source_no) DO UPDATE SET events = events + 1,
         first_seq = MIN(first_seq, excluded.first_seq), last_seq = MAX(last_seq, excluded.last_seq)`,
    )
    .run(hourOf(Number(at)), countedAs(sourceNo === null ? null : Number(sourceNo), String(type)), seq, seq);
}

function countDelivery(into: Database, { created_at: at, seq }: Row): void {
  into
    .prepare(
      `INSERT INTO delivery_hours (hour, first_seq, last_seq) VALUES (?, ?, ?)
       ON CONFLICT (hour) DO UPDATE SET first_seq = MIN(first_seq, excluded.first_seq),
         last_seq = MAX(last_seq, excluded.last_seq)`,
    )
    .run(hourOf(Number(at)), seq, seq);
}

/** By their primary key, up to the first place that cannot be read. */
function carryKeys(wreck: Database, into: Database): void {
  const insert = into.prepare(
    'INSERT OR IGNORE INTO event_keys (source_no, key, body_hash, answer, at) VALUES (@source_no, @key, @body_hash, @answer, @at)',
  );
  const after = wreck.prepare<[number, number, string, number], { source_no: number; key: string }>(
    `SELECT source_no, key, body_hash, answer, at FROM event_keys
     WHERE source_no > ? OR (source_no = ? AND key > ?) ORDER BY source_no, key LIMIT ?`,
  );
  let place = { source_no: -1, key: '' };
  for (let read = 0; read < mostRows * 2; read += rowsAtOnce) {
    const page = unlessDamaged(() => after.all(place.source_no, place.source_no, place.key, rowsAtOnce));
    for (const row of page ?? []) unlessDamaged(() => insert.run(row));
    const last = page?.at(-1);
    if (last === undefined || page === null || page.length < rowsAtOnce) return;
    place = last;
  }
}

/** Whoever has noted a number must not find another event under it. */
function setSequence(into: Database, seq: number): void {
  const moved = into.prepare("UPDATE sqlite_sequence SET seq = MAX(seq, ?) WHERE name = 'events'").run(seq);
  if (moved.changes === 0) into.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").run(seq);
}

function rangesOf(from: number, to: number, isThere: (seq: number) => boolean): [number, number][] {
  const ranges: [number, number][] = [];
  for (let seq = from; seq <= to; seq += 1) {
    if (isThere(seq)) continue;
    const last = ranges.at(-1);
    if (last?.[1] === seq - 1) last[1] = seq;
    else ranges.push([seq, seq]);
  }
  return ranges;
}
