/**
 * Events of one entity, or that a free text finds: an event's or entity's id as it is typed or from its
 * beginning, or a part of a guest's name. Ids have their index; names are looked through in windows of a narrow
 * one, so that a search can stop at any time and go on from there.
 */
import type { ReadHandle } from '../store/connection.ts';
import { foldName } from '../store/fold.ts';
import type { SeqRange } from './seq-streams.ts';

/** One step of a search: an event that was found, or null where a window held none. All of `seq` >= `reached` is done. */
export interface SearchStep {
  readonly seq: number | null;
  readonly reached: number;
}

export interface EventSearch {
  byEntity(entityId: string, range: SeqRange): Generator<SearchStep, void>;
  byText(text: string, range: SeqRange): Generator<SearchStep, void>;
  /** Whether free text finds this event: where something rarer led to it. */
  matchesText(seq: number, text: string): boolean;
}

/** An id's beginning that more events than this share is no id; they are looked through instead. */
const mostByPrefix = 1000;
/** So many `seq` are looked through between two looks at the clock. */
const windowOfGuests = 20_000;
const windowOfEvents = 2_000;
const entityChunk = 200;
/** A whole ULID is 26 characters behind `evt_`; from here on a text is no guest's name. */
const eventIdPrefix = 'evt_';

export const eventSearchStatements = {
  newest: 'SELECT MAX(seq) FROM events',
  oldest: 'SELECT MIN(seq) FROM events',
  byEntity: `SELECT seq FROM events INDEXED BY events_by_entity
    WHERE entity_id = ? AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?`,
  byEntityPrefix: `SELECT seq FROM events INDEXED BY events_by_entity
    WHERE entity_id >= ? AND entity_id < ? AND entity_id IS NOT NULL LIMIT ?`,
  byIdPrefix: 'SELECT seq FROM events INDEXED BY events_by_id WHERE id >= ? AND id < ? LIMIT ?',
  guests: `SELECT seq FROM events INDEXED BY events_guests
    WHERE seq <= ? AND seq >= ? AND guest IS NOT NULL AND instr(guest, ?) > 0 ORDER BY seq DESC`,
  broad: `SELECT seq FROM events WHERE seq <= ? AND seq >= ?
    AND (instr(guest, ?) > 0 OR substr(entity_id, 1, ?) = ?) ORDER BY seq DESC`,
  facts: 'SELECT id, entity_id AS entityId, guest FROM events WHERE seq = ?',
} as const;

export function createEventSearch(reader: ReadHandle): EventSearch {
  const seqs = (sql: string) => reader.prepare<(string | number)[], number>(sql).pluck();
  const newest = seqs(eventSearchStatements.newest);
  const oldest = seqs(eventSearchStatements.oldest);
  const byEntity = seqs(eventSearchStatements.byEntity);
  const byEntityPrefix = seqs(eventSearchStatements.byEntityPrefix);
  const byIdPrefix = seqs(eventSearchStatements.byIdPrefix);
  const guests = seqs(eventSearchStatements.guests);
  const broad = seqs(eventSearchStatements.broad);
  const facts = reader.prepare<[number], { id: string; entityId: string | null; guest: string | null }>(
    eventSearchStatements.facts,
  );

  /** Events whose id or entity's id begins so; null where that would be too many to list. */
  function byIds(text: string): number[] | null {
    const found = new Set<number>();
    for (const prefix of new Set([text, text.toLowerCase(), text.toUpperCase()])) {
      const list = byEntityPrefix.all(prefix, afterPrefix(prefix), mostByPrefix + 1);
      if (list.length > mostByPrefix) return null;
      for (const seq of list) found.add(seq);
    }
    if (text.startsWith(eventIdPrefix)) {
      const list = byIdPrefix.all(text, afterPrefix(text), mostByPrefix);
      for (const seq of list) found.add(seq);
    }
    return [...found].sort((one, other) => other - one);
  }

  return {
    *byEntity(entityId, { from, to }) {
      for (let below = to + 1; ; ) {
        const chunk = byEntity.all(entityId, below, from, entityChunk);
        for (const seq of chunk) yield { seq, reached: seq };
        const last = chunk.at(-1);
        if (last === undefined || chunk.length < entityChunk) return;
        below = last;
      }
    },

    *byText(text, range) {
      const listed = byIds(text);
      const from = Math.max(range.from, oldest.get() ?? 1);
      let to = Math.min(range.to, newest.get() ?? 0);
      if (listed && text.startsWith(eventIdPrefix)) {
        for (const seq of listed) if (seq <= to && seq >= from) yield { seq, reached: seq };
        return;
      }
      const guest = foldName(text);
      const window = listed ? windowOfGuests : windowOfEvents;
      while (to >= from) {
        const start = Math.max(from, to - window + 1);
        const named = listed ? guests.all(to, start, guest) : broad.all(to, start, guest, text.length, text);
        const inWindow = listed?.filter((seq) => seq <= to && seq >= start) ?? [];
        const found = inWindow.length === 0 ? named : [...new Set([...named, ...inWindow])].sort((a, b) => b - a);
        for (const seq of found) yield { seq, reached: seq };
        yield { seq: null, reached: start };
        to = start - 1;
      }
    },

    matchesText(seq, text) {
      const event = facts.get(seq);
      if (!event) return false;
      const { id, entityId, guest } = event;
      return (
        (text.startsWith(eventIdPrefix) && id.startsWith(text)) ||
        (entityId?.toLowerCase().startsWith(text.toLowerCase()) ?? false) ||
        (guest?.includes(foldName(text)) ?? false)
      );
    },
  };
}

/** The first text after all that begin with `prefix`, in SQLite's order of bytes. */
const afterPrefix = (prefix: string): string => `${prefix}\u{10FFFF}`;
