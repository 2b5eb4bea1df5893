/** Pages of events, one event with its deliveries, and a guest's or booking's whole story. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { EndpointId, Sentence } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { EventFilter, EventRow } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { bodyText } from '../endpoints/kinds/webhook.ts';
import type { Present } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import { hourOf } from '../store/hours.ts';
import { parsed } from './attempts.ts';
import { cursorOf, type Position, positionOf } from './cursor.ts';
import { createDeliveryRows } from './delivery-rows.ts';
import { createEventSearch, type SearchStep } from './event-search.ts';
import type { SeqRange } from './seq-streams.ts';
import { createStoryFinder } from './story.ts';

const searchMs = 40;
const storyMs = 400;
const scanChunk = 256;
const readTogether = 50;
/** `events.newer` counts no further. */
const mostNewer = 1000;

interface StoredEventRow {
  readonly seq: number;
  readonly id: EventRow['id'];
  readonly at: EventRow['at'];
  readonly event: EventRow['event'];
  readonly timestamp: string;
  readonly propertyId: string;
  readonly summary: string;
  readonly entityMember: string | null;
  readonly entityId: string | null;
  readonly sourceNo: number | null;
  readonly sourceId: EventRow['sourceId'];
  readonly sourceName: string | null;
  readonly masked: number;
  readonly hints: string | null;
  readonly pmsId: string | null;
  readonly keptAway: string | null;
  readonly keptFrom: string | null;
  readonly gone: EventRow['gone'];
  readonly goneAt: EventRow['goneAt'];
  readonly goneBy: string | null;
}

interface KeptAwayEndpoint {
  readonly no: number;
  readonly id: EndpointId;
  readonly description: string;
  readonly host: string;
}

const columns = `e.seq, e.id, e.received_at AS at, e.type AS event, e.occurred_at AS timestamp,
  e.property_id AS propertyId, e.summary, e.entity_member AS entityMember, e.entity_id AS entityId,
  e.source_no AS sourceNo, s.id AS sourceId, s.name AS sourceName, e.masked, e.hints, e.pms_id AS pmsId, e.kept_away AS keptAway, e.kept_from AS keptFrom,
  e.gone, e.gone_at AS goneAt, e.gone_by AS goneBy
  FROM events e LEFT JOIN sources s ON s.no = e.source_no`;

export const eventLogStatements = {
  newest: 'SELECT MAX(seq) FROM events',
  bySeqs: `SELECT ${columns} WHERE e.seq IN (SELECT value FROM json_each(?)) ORDER BY e.seq DESC`,
  byId: `SELECT ${columns} WHERE e.id = ?`,
  // Without regard to case, as the index is: two are told apart afterwards.
  byPmsId: `SELECT ${columns} WHERE e.seq IN (SELECT seq FROM events INDEXED BY events_by_pms_id
    WHERE pms_id = ? COLLATE NOCASE AND pms_id IS NOT NULL ORDER BY seq DESC LIMIT 100) ORDER BY e.seq DESC`,
  data: 'SELECT data FROM events WHERE seq = ?',
  scan: 'SELECT seq FROM events WHERE seq <= ? AND seq >= ? ORDER BY seq DESC LIMIT ?',
  states: 'SELECT state, reason FROM deliveries INDEXED BY deliveries_by_event WHERE event_seq = ?',
  endpoints: `SELECT no, id, description, host FROM endpoints
    WHERE no IN (SELECT value FROM json_each(?)) ORDER BY no`,
  sentTo: 'SELECT endpoint_no FROM deliveries INDEXED BY deliveries_by_event WHERE event_seq = ?',
  sourceNo: 'SELECT no FROM sources WHERE id = ?',
  bounds: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour BETWEEN ? AND ?',
} as const;

/** Each is the call of its name. */
export interface EventLog {
  list(input: ParsedInput<'events.list'>, present: Present): CallOutput<'events.list'>;
  newer(input: ParsedInput<'events.newer'>): CallOutput<'events.newer'>;
  get(input: ParsedInput<'events.get'>, present: Present): CallOutput<'events.get'>;
  story(input: ParsedInput<'events.story'>, present: Present): CallOutput<'events.story'>;
}

export function createEventLog(reader: ReadHandle, nowMs: () => number = () => performance.now()): EventLog {
  const search = createEventSearch(reader);
  const deliveries = createDeliveryRows(reader);
  const findStory = createStoryFinder(reader, search);
  const newest = reader.prepare<[], number | null>(eventLogStatements.newest).pluck();
  const bySeqs = reader.prepare<[string], StoredEventRow>(eventLogStatements.bySeqs);
  const byId = reader.prepare<[string], StoredEventRow>(eventLogStatements.byId);
  const byPmsId = reader.prepare<[string], StoredEventRow>(eventLogStatements.byPmsId);
  const dataOf = reader.prepare<[number], string>(eventLogStatements.data).pluck();
  const scan = reader.prepare<[number, number, number], number>(eventLogStatements.scan).pluck();
  const statesOf = reader.prepare<[number], { readonly state: string; readonly reason: string | null }>(
    eventLogStatements.states,
  );
  const sourceNo = reader.prepare<[string], number>(eventLogStatements.sourceNo).pluck();
  const endpoints = reader.prepare<[string], KeptAwayEndpoint>(eventLogStatements.endpoints);
  const sentToOf = reader.prepare<[number], number>(eventLogStatements.sentTo).pluck();
  const bounds = reader.prepare<[number, number], { first: number | null; last: number | null }>(
    eventLogStatements.bounds,
  );

  function* newestFirst({ from, to }: SeqRange): Generator<SearchStep, void> {
    for (let next = to; ; ) {
      const chunk = scan.all(next, from, scanChunk);
      for (const seq of chunk) yield { seq, reached: seq };
      const last = chunk.at(-1);
      if (last === undefined || chunk.length < scanChunk) return;
      next = last - 1;
    }
  }

  /** The events of a search, read by the page: a statement of this many columns costs much to run. */
  function* read(found: Iterable<SearchStep>): Generator<{ event: StoredEventRow | undefined; reached: number }, void> {
    let steps: SearchStep[] = [];
    const readSteps = () => {
      const seqs = steps.flatMap(({ seq }) => seq ?? []);
      const events = new Map(bySeqs.all(JSON.stringify(seqs)).map((event) => [event.seq, event]));
      const done = steps.map(({ seq, reached }) => ({ event: seq === null ? undefined : events.get(seq), reached }));
      steps = [];
      return done;
    };
    for (const step of found) {
      steps.push(step);
      // A stretch without any is passed on at once, so that the time is looked at.
      if (steps.length >= readTogether || step.seq === null) yield* readSteps();
    }
    yield* readSteps();
  }

  function rangeOf({ from, to }: EventFilter, position: Position): SeqRange {
    const end = Math.min(position.below - 1, newest.get() ?? 0);
    if (from === undefined && to === undefined) return { from: 0, to: end };
    const hours = bounds.get(hourOf(from ?? 0), hourOf(to ?? Number.MAX_SAFE_INTEGER));
    return { from: hours?.first ?? 1, to: Math.min(end, hours?.last ?? 0) };
  }

  function steps({ entity, text }: EventFilter, range: SeqRange): Generator<SearchStep, void> {
    if (entity !== undefined) return search.byEntity(entity, range);
    return text?.trim() ? search.byText(text.trim(), range) : newestFirst(range);
  }

  function matcher(filter: EventFilter): (event: StoredEventRow) => boolean {
    const sourceNos = filter.sourceIds?.map((id) => sourceNo.get(id) ?? -1) ?? null;
    const textToo = filter.entity !== undefined && filter.text?.trim() ? filter.text.trim() : null;
    return (event) =>
      (sourceNos === null || sourceNos.includes(event.sourceNo ?? 0)) &&
      (filter.eventTypes === undefined || filter.eventTypes.includes(event.event)) &&
      (filter.from === undefined || event.at >= filter.from) &&
      (filter.to === undefined || event.at < filter.to) &&
      (textToo === null || search.matchesText(event.seq, textToo));
  }

  function shown(stored: StoredEventRow): EventRow {
    const states = statesOf.all(stored.seq);
    const count = (state: string) => states.filter((one) => one.state === state).length;
    const cancelledAs = (reason: string) =>
      states.filter((one) => one.state === 'cancelled' && one.reason === reason).length;
    const { id, at, event, timestamp, propertyId, entityMember, entityId, sourceId, sourceName, masked, gone } = stored;
    return {
      id,
      at,
      event,
      timestamp,
      propertyId,
      sourceId,
      sourceName,
      masked,
      gone,
      goneAt: stored.goneAt,
      goneBy: parsed<EventRow['goneBy']>(stored.goneBy),
      summary: parsed<EventRow['summary']>(stored.summary) ?? {},
      entity: entityMember === null || entityId === null ? null : { member: entityMember, id: entityId },
      deliveries: {
        total: states.length,
        delivered: count('delivered'),
        waiting: count('waiting'),
        needsAttention: count('needs_attention'),
        toBench: cancelledAs('bench'),
        heldBack: cancelledAs('past_stopped'),
      },
    };
  }

  /** Without those that it was sent to by hand since. */
  function keptAwayFrom({ seq, keptAway, keptFrom }: StoredEventRow): CallOutput<'events.get'>['keptAway'] {
    if (keptAway === null && keptFrom === null) return [];
    const sentTo = new Set(sentToOf.all(seq));
    const named = (numbers: string | null, byHand: boolean) =>
      (numbers === null ? [] : endpoints.all(numbers))
        .filter(({ no }) => !sentTo.has(no))
        .map((endpoint) => ({ endpointId: endpoint.id, name: endpointName(endpoint), byHand }));
    return [...named(keptAway, false), ...named(keptFrom, true)];
  }

  function whole(stored: StoredEventRow, present: Present): CallOutput<'events.get'> {
    const row = shown(stored);
    const dataText = dataOf.get(stored.seq) ?? '{}';
    return {
      ...row,
      body: bodyText({ event: row.event, timestamp: row.timestamp, dataText, propertyId: row.propertyId }),
      hints: parsed<Sentence[]>(stored.hints) ?? [],
      pmsId: stored.pmsId,
      keptAway: keptAwayFrom(stored),
      deliveryRows: deliveries.byEvent(stored.seq, present),
    };
  }

  return {
    list({ filter, cursor, downTo, limit }) {
      const until = nowMs() + searchMs;
      const position = positionOf(cursor);
      const end = downTo === undefined ? null : positionOf(downTo, 'downTo').below;
      const passes = matcher(filter);
      const rows: EventRow[] = [];
      let below = position.below;
      const page = (next: number | null, complete: boolean): CallOutput<'events.list'> => ({
        rows,
        next: next === null ? null : cursorOf({ below: next, eventSeq: null }),
        newest: cursorOf({ below: newest.get() ?? 0, eventSeq: null }),
        complete,
      });
      const { from, to } = rangeOf(filter, position);
      for (const { event, reached } of read(steps(filter, { from: Math.max(from, end ?? 0), to }))) {
        if (event && passes(event)) {
          if (rows.length === limit) return page(below, true);
          rows.push(shown(event));
          below = reached;
        } else if (rows.length < limit) {
          below = reached;
        }
        if (nowMs() > until) return page(below, rows.length === limit);
      }
      return page(end, true);
    },

    newer({ filter, than }) {
      const until = nowMs() + searchMs;
      const passes = matcher(filter);
      const { from, to } = rangeOf(filter, positionOf(undefined));
      const range = { from: Math.max(from, positionOf(than, 'than').below + 1), to };
      let count = 0;
      for (const { event } of read(steps(filter, range))) {
        if (event && passes(event)) {
          if (count === mostNewer) return { count, more: true };
          count += 1;
        }
        if (nowMs() > until) return { count, more: true };
      }
      return { count, more: false };
    },

    get({ id }, present) {
      // Or the id that another Roost Relay has given it, which is the PMS's here.
      const stored = byId.get(id) ?? byPmsId.all(id).find(({ pmsId }) => pmsId === id);
      if (!stored) throw new RelayError('not_found', sentence('problem.event_gone'), { detail: id });
      return whole(stored, present);
    },

    story({ about }, present) {
      const until = nowMs() + storyMs;
      const everything = { from: 0, to: newest.get() ?? 0 };
      const { seqs, byName, complete } = findStory(about.trim(), everything, () => nowMs() < until);
      const events = bySeqs
        .all(JSON.stringify(seqs))
        .reverse()
        .map((stored) => ({ ...whole(stored, present), byName: byName.has(stored.seq) }));
      return { events, complete };
    },
  };
}
