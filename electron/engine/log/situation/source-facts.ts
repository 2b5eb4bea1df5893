/** Of each source: how much came today, how much usually has by now, and whether it has gone quiet. */
import type { SourceId } from '../../../../shared/domain.ts';
import { dayStart } from '../../local-time.ts';
import type { ReadHandle } from '../../store/connection.ts';
import { hourOf } from '../../store/hours.ts';
import { eventsBetween } from './statistics.ts';

export interface SourceFacts {
  readonly id: SourceId;
  readonly eventsToday: number;
  /** Events that usually have come by this time of day; null until enough days are known. */
  readonly usualByNow: number | null;
  /** Since when it is quieter than usual; null where it is not. */
  readonly quietSince: number | null;
}

const dayMs = 86_400_000;
/** How many days back are compared with, and how many of them must be known. */
const daysBack = 14;
const daysNeeded = 5;
/** A silence is unusual once this many events would have come in it on half of the days before. */
const missedUntilQuiet = 5;

export const sourceFactsStatements = {
  sources: 'SELECT no, id, created_at AS createdAt, last_event_at AS lastEventAt, revoked_at AS revokedAt FROM sources',
  hours: 'SELECT hour, source_no AS sourceNo, events FROM event_hours WHERE hour >= ? AND source_no >= 0',
  bounds: 'SELECT MIN(first_seq) AS first, MAX(last_seq) AS last FROM event_hours WHERE hour = ?',
  partOfHour: `SELECT source_no AS sourceNo, COUNT(*) AS events FROM events
    WHERE seq BETWEEN ? AND ? AND received_at >= ? AND type NOT GLOB 'relay.*' GROUP BY source_no`,
} as const;

export interface SourceReadings {
  readonly sources: readonly SourceFacts[];
  readonly eventsToday: number;
}

interface SourceRow {
  readonly no: number;
  readonly id: SourceId;
  readonly createdAt: number;
  readonly lastEventAt: number | null;
  readonly revokedAt: number | null;
}

export function createSourceFacts(reader: ReadHandle) {
  const sources = reader.prepare<[], SourceRow>(sourceFactsStatements.sources);
  const hours = reader.prepare<[number], { hour: number; sourceNo: number; events: number }>(
    sourceFactsStatements.hours,
  );
  const bounds = reader.prepare<[number], { first: number | null; last: number | null }>(sourceFactsStatements.bounds);
  const partOfHour = reader.prepare<[number, number, number], { sourceNo: number | null; events: number }>(
    sourceFactsStatements.partOfHour,
  );

  /** A day can begin within an hour of UTC: what of that hour is today's is counted itself. */
  function firstPartOfToday(startMs: number): ReadonlyMap<number, number> {
    if (startMs % 3_600_000 === 0) return new Map();
    const { first, last } = bounds.get(hourOf(startMs)) ?? { first: null, last: null };
    if (first === null || last === null) return new Map();
    return new Map(partOfHour.all(first, last, startMs).map(({ sourceNo, events }) => [sourceNo ?? 0, events]));
  }

  return (wallMs: number, timeZone: string): SourceReadings => {
    const today = dayStart(wallMs, timeZone);
    const counts = new Map<number, Map<number, number>>();
    for (const { hour, sourceNo, events } of hours.all(hourOf(today) - (daysBack + 1) * 24)) {
      const ofSource = counts.get(sourceNo) ?? new Map<number, number>();
      counts.set(sourceNo, ofSource.set(hour, events));
    }
    const firstPart = firstPartOfToday(today);
    const firstWholeHour = Math.ceil(today / 3_600_000);
    const todayOf = (sourceNo: number): number => {
      let events = firstPart.get(sourceNo) ?? 0;
      for (const [hour, count] of counts.get(sourceNo) ?? []) if (hour >= firstWholeHour) events += count;
      return events;
    };
    return {
      eventsToday: [...new Set([...counts.keys(), ...firstPart.keys()])].reduce((sum, no) => sum + todayOf(no), 0),
      sources: sources.all().map((source) => {
        const ofSource = counts.get(source.no) ?? new Map<number, number>();
        const usual = usualBetween(ofSource, source.createdAt, today, wallMs);
        return {
          id: source.id,
          eventsToday: todayOf(source.no),
          usualByNow: usual === null ? null : Math.round(usual),
          quietSince: source.revokedAt === null ? quietSince(ofSource, source, wallMs) : null,
        };
      }),
    };
  };
}

/** The median of what came in the same stretch of the days before; null where too few of them are known. */
function usualBetween(
  counts: ReadonlyMap<number, number>,
  createdAt: number,
  fromMs: number,
  toMs: number,
): number | null {
  const known: number[] = [];
  for (let day = 1; day <= daysBack; day += 1) {
    const from = fromMs - day * dayMs;
    if (from >= createdAt) known.push(eventsBetween(counts, from, toMs - day * dayMs));
  }
  if (known.length < daysNeeded) return null;
  known.sort((one, other) => one - other);
  return known[Math.floor((known.length - 1) / 2)] ?? null;
}

function quietSince(counts: ReadonlyMap<number, number>, source: SourceRow, wallMs: number): number | null {
  if (source.lastEventAt === null || source.lastEventAt >= wallMs) return null;
  // A silence of more than a day is compared with whole days.
  const from = Math.max(source.lastEventAt, wallMs - dayMs);
  const missed = usualBetween(counts, source.createdAt, from, wallMs);
  return missed !== null && missed >= missedUntilQuiet ? source.lastEventAt : null;
}
