/**
 * Finds the deliveries that a filter shows, newest first, within a time for one answer: what drives the search
 * is the index that leads to the fewest, and what that index does not know is looked at in the row.
 */
import type { DeliveryFilter } from '../../../shared/schemas.ts';
import type { ReadHandle } from '../store/connection.ts';
import { newestPosition, oldestPosition, type Position } from './cursor.ts';
import { createFilterReader, type FilteredFacts, passes, type WantedDeliveries } from './delivery-filter.ts';
import { createDeliveryRanges } from './delivery-ranges.ts';
import { createEventSearch, deliveryIdRange, type SearchStep } from './event-search.ts';
import { mergeNewestFirst, type SeqRange } from './seq-streams.ts';

export interface Found {
  readonly seqs: readonly number[];
  /** Where to go on: the given end where there is nothing more before it, null where there is nothing more at all. */
  readonly next: Position | null;
  /** False where the time was over before the page was full. */
  readonly complete: boolean;
}

export interface SearchRequest {
  readonly filter: DeliveryFilter;
  readonly position: Position;
  /** Where an earlier search ended: what it did not come to is left out. */
  readonly end?: Position;
  readonly limit: number;
  /** Only deliveries newer than this. */
  readonly newerThan?: number;
}

export interface EndpointCount {
  readonly endpointNo: number;
  readonly count: number;
}

export interface DeliverySearch {
  /** @param untilMs when to answer with what was found, by `nowMs` */
  find(request: SearchRequest, untilMs: number): Found;
  /** Counts all of a filter by endpoint; pauses after each slice of time, so that others get their turn. */
  count(filter: DeliveryFilter, pause: () => Promise<void>): Promise<readonly EndpointCount[]>;
  /** The newest delivery's `seq`, whatever the filter. */
  newest(): number;
}

/** A delivery to be looked at, or null for a stretch without any; and where to go on after it. */
interface Candidate {
  readonly seq: number | null;
  readonly resume: Position;
}

const sliceMs = 8;

export const searchStatements = {
  newest: 'SELECT MAX(seq) FROM deliveries',
  facts: `SELECT endpoint_no AS endpointNo, type, state, status_class AS statusClass, status, reason,
      created_at AS createdAt, EXISTS (SELECT 1 FROM leases WHERE delivery_seq = seq) AS leased
    FROM deliveries WHERE seq = ?`,
  ofEvent: 'SELECT seq FROM deliveries INDEXED BY deliveries_by_event WHERE event_seq = ?',
  isFailedIn: 'SELECT 1 FROM job_failures WHERE job_id = ? AND delivery_seq = ?',
  isNamed: 'SELECT 1 FROM deliveries WHERE seq = ? AND id >= ? AND id < ?',
  eventOf: 'SELECT event_seq FROM deliveries WHERE seq = ?',
  eventBelow: 'SELECT event_seq FROM deliveries WHERE seq < ? ORDER BY seq DESC LIMIT 1',
  oldestPast: `SELECT MIN(event_seq) FROM deliveries INDEXED BY deliveries_past
    WHERE past = 1 AND seq >= ?`,
  eventFrom: 'SELECT event_seq FROM deliveries WHERE seq >= ? ORDER BY seq LIMIT 1',
} as const;

export function createDeliverySearch(
  reader: ReadHandle,
  nowMs: () => number = () => performance.now(),
): DeliverySearch {
  const readFilter = createFilterReader(reader);
  const rangesOf = createDeliveryRanges(reader);
  const events = createEventSearch(reader);
  const newest = reader.prepare<[], number | null>(searchStatements.newest).pluck();
  const factsOf = reader.prepare<[number], FilteredFacts>(searchStatements.facts);
  const ofEvent = reader.prepare<[number], number>(searchStatements.ofEvent).pluck();
  const isFailedIn = reader.prepare<[string, number], 1>(searchStatements.isFailedIn).pluck();
  const isNamed = reader.prepare<[number, string, string], number>(searchStatements.isNamed).pluck();
  const eventOf = reader.prepare<[number], number>(searchStatements.eventOf).pluck();
  const eventBelow = reader.prepare<[number], number>(searchStatements.eventBelow).pluck();
  const oldestPast = reader.prepare<[number], number | null>(searchStatements.oldestPast).pluck();
  const eventFrom = reader.prepare<[number], number>(searchStatements.eventFrom).pluck();

  /** Deliveries in the order of their events, which is theirs too: both are numbered in one transaction. */
  function* alongEvents(
    steps: Iterable<SearchStep>,
    range: SeqRange,
    position: Position,
    end: Position,
  ): Generator<Candidate, void> {
    for (const { seq: eventSeq, reached } of steps) {
      if (eventSeq === null) {
        yield { seq: null, resume: { below: range.to + 1, eventSeq: reached - 1 } };
        continue;
      }
      for (const seq of ofEvent.all(eventSeq).sort((one, other) => other - one)) {
        const isBeforeEnd = seq >= end.below || (end.eventSeq !== null && eventSeq > end.eventSeq);
        // One made later than its event has a number that says nothing of where the last page ended.
        const isAfter = seq <= range.to || (position.eventSeq !== null && eventSeq < position.eventSeq);
        if (isAfter && seq >= range.from && isBeforeEnd) yield { seq, resume: { below: seq, eventSeq } };
      }
    }
  }

  function* alongRanges(wanted: WantedDeliveries, range: SeqRange, firstChunk: number): Generator<Candidate, void> {
    const reads = rangesOf(wanted).ranges.map(({ read }) => read);
    for (const seq of mergeNewestFirst(reads, range, firstChunk)) yield { seq, resume: { below: seq, eventSeq: null } };
  }

  function candidates(
    wanted: WantedDeliveries,
    range: SeqRange,
    { filter, position, end = oldestPosition, limit }: SearchRequest,
  ): Generator<Candidate, void> {
    const text = filter.text?.trim() ?? '';
    if (filter.entity === undefined && text === '') return alongRanges(wanted, range, firstChunkFor(limit));
    const newest = Number.MAX_SAFE_INTEGER;
    const eventRange = {
      from: Math.max(
        Math.min(eventFrom.get(range.from) ?? Number.MAX_SAFE_INTEGER, oldestPast.get(range.from) ?? newest),
        end.eventSeq ?? 0,
      ),
      to: position.eventSeq ?? (oldestPast.get(0) === null ? (eventBelow.get(range.to + 1) ?? -1) : newest),
    };
    if (filter.entity === undefined) return alongEvents(events.byText(text, eventRange), range, position, end);
    return alongEvents(events.byEntity(filter.entity, eventRange), range, position, end);
  }

  function matcher(filter: DeliveryFilter, wanted: WantedDeliveries): (seq: number) => boolean {
    const text = filter.text?.trim() ?? '';
    const textToo = filter.entity !== undefined && text !== '';
    const drivenByEvent = filter.entity !== undefined || text !== '';
    if (!drivenByEvent && rangesOf(wanted).exact) return () => true;
    const picked = wanted.seqs && new Set(wanted.seqs);
    // Of the event that a delivery's id leads to, this delivery alone.
    const named = deliveryIdRange(text);
    return (seq) => {
      const facts = factsOf.get(seq);
      if (!facts || !passes(wanted, facts)) return false;
      if (picked && !picked.has(seq)) return false;
      if (wanted.failedIn !== null && isFailedIn.get(wanted.failedIn, seq) === undefined) return false;
      if (named !== null && isNamed.get(seq, ...named) === undefined) return false;
      return !textToo || events.matchesText(eventOf.get(seq) ?? 0, text);
    };
  }

  return {
    newest: () => newest.get() ?? 0,

    find(request, untilMs) {
      const { filter, position, end, limit, newerThan = -1 } = request;
      const wanted = readFilter(filter);
      const range = {
        // Among events, it is these that tell where a stretch without any delivery ended.
        from: Math.max(wanted.range.from, newerThan + 1, end?.eventSeq === null ? end.below : 0),
        to: Math.min(wanted.range.to, position.below - 1),
      };
      const matches = matcher(filter, wanted);
      const seqs: number[] = [];
      let last: Position = position;
      for (const { seq, resume } of candidates(wanted, range, request)) {
        if (seq !== null && matches(seq)) {
          // One more than asked for tells whether there is a next page.
          if (seqs.length === limit) return { seqs, next: last, complete: true };
          seqs.push(seq);
          last = resume;
        } else if (seqs.length < limit) {
          last = resume;
        }
        if (nowMs() > untilMs) return { seqs, next: last, complete: seqs.length === limit };
      }
      return { seqs, next: end ?? null, complete: true };
    },

    async count(filter, pause) {
      const wanted = readFilter(filter);
      const counts = new Map<number, number>();
      const add = (endpointNo: number, count: number) => counts.set(endpointNo, (counts.get(endpointNo) ?? 0) + count);
      const { ranges, exact } = rangesOf(wanted, true);
      if (exact && filter.entity === undefined && !filter.text?.trim()) {
        for (const { endpointNo, count } of ranges) {
          if (endpointNo !== null) add(endpointNo, count(newestPosition.below, 0));
          await pause();
        }
      } else {
        const everything = { filter, position: newestPosition, limit: largestPage };
        const matches = matcher(filter, wanted);
        let sliceEnd = nowMs() + sliceMs;
        for (const { seq } of candidates(wanted, wanted.range, everything)) {
          if (seq !== null && matches(seq)) add(factsOf.get(seq)?.endpointNo ?? 0, 1);
          if (nowMs() < sliceEnd) continue;
          await pause();
          sliceEnd = nowMs() + sliceMs;
        }
      }
      return [...counts].filter(([, count]) => count > 0).map(([endpointNo, count]) => ({ endpointNo, count }));
    },
  };
}

const largestPage = 500;
/** A page takes most of its rows from few ranges: small first chunks, growing where a range goes on. */
const firstChunkFor = (limit: number): number => Math.max(4, Math.ceil(limit / 8));
