/**
 * Events of one entity, or that a free text finds: an event's, delivery's or entity's id, or the PMS's own, in any case or from
 * its beginning, a part of a guest's name, or a room. Ids have their index; names and rooms are looked through in
 * windows of a narrow one, so that a search can stop at any time and go on from there.
 */
import type { ReadHandle } from '../store/connection.ts';
import { foldName } from '../store/fold.ts';
import { wantedRoom } from '../store/rooms.ts';
import type { SeqRange } from './seq-streams.ts';

/** One step of a search: an event that was found, or null where a window held none. All of `seq` >= `reached` is done. */
export interface SearchStep {
  readonly seq: number | null;
  readonly reached: number;
}

export interface EventSearch {
  byEntity(entityId: string, range: SeqRange): Generator<SearchStep, void>;
  byText(text: string, range: SeqRange): Generator<SearchStep, void>;
  /** Events of a guest by the whole name, folded. */
  byGuest(guest: string, range: SeqRange): Generator<SearchStep, void>;
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
const deliveryIdPrefix = 'dlv_';
/** Stands in no event's rooms. */
const noRoom = '\n';

export const eventSearchStatements = {
  newest: 'SELECT MAX(seq) FROM events',
  oldest: 'SELECT MIN(seq) FROM events',
  byEntity: `SELECT seq FROM events INDEXED BY events_by_entity
    WHERE entity_id = ? AND seq < ? AND seq >= ? ORDER BY seq DESC LIMIT ?`,
  byEntityPrefix: `SELECT seq FROM events INDEXED BY events_by_entity
    WHERE entity_id >= ? AND entity_id < ? AND entity_id IS NOT NULL LIMIT ?`,
  byMixedEntityPrefix: `SELECT seq FROM events INDEXED BY events_by_mixed_entity
    WHERE entity_id >= ? COLLATE NOCASE AND entity_id < ? COLLATE NOCASE
      AND entity_id <> lower(entity_id) AND entity_id <> upper(entity_id) LIMIT ?`,
  byDeliveryIdPrefix: `SELECT event_seq FROM deliveries INDEXED BY deliveries_by_id WHERE id >= ? AND id < ? LIMIT ?`,
  hasDelivery: `SELECT 1 FROM deliveries INDEXED BY deliveries_by_event
    WHERE event_seq = ? AND id >= ? AND id < ? LIMIT 1`,
  byIdPrefix: 'SELECT seq FROM events INDEXED BY events_by_id WHERE id >= ? AND id < ? LIMIT ?',
  guests: `SELECT seq FROM events INDEXED BY events_guests
    WHERE seq <= ? AND seq >= ? AND guest IS NOT NULL AND instr(replace(guest, '''', ''), ?) > 0 ORDER BY seq DESC`,
  rooms: `SELECT seq FROM events INDEXED BY events_rooms
    WHERE seq <= ? AND seq >= ? AND rooms IS NOT NULL AND instr(rooms, ?) > 0 ORDER BY seq DESC`,
  byPmsIdPrefix: `SELECT seq FROM events INDEXED BY events_by_pms_id
    WHERE pms_id >= ? COLLATE NOCASE AND pms_id < ? COLLATE NOCASE AND pms_id IS NOT NULL LIMIT ?`,
  byGuest: `SELECT seq FROM events INDEXED BY events_guests
    WHERE seq <= ? AND seq >= ? AND guest IS NOT NULL AND guest = ? ORDER BY seq DESC`,
  broad: `SELECT seq FROM events WHERE seq <= ? AND seq >= ?
    AND (instr(replace(guest, '''', ''), ?) > 0 OR instr(rooms, ?) > 0 OR substr(entity_id, 1, ?) = ? COLLATE NOCASE
      OR substr(pms_id, 1, ?) = ? COLLATE NOCASE) ORDER BY seq DESC`,
  facts: 'SELECT id, entity_id AS entityId, pms_id AS pmsId, guest, rooms FROM events WHERE seq = ?',
} as const;

export function createEventSearch(reader: ReadHandle): EventSearch {
  const seqs = (sql: string) => reader.prepare<(string | number)[], number>(sql).pluck();
  const newest = seqs(eventSearchStatements.newest);
  const oldest = seqs(eventSearchStatements.oldest);
  const byEntity = seqs(eventSearchStatements.byEntity);
  const byEntityPrefix = seqs(eventSearchStatements.byEntityPrefix);
  const byMixedEntityPrefix = seqs(eventSearchStatements.byMixedEntityPrefix);
  const byDeliveryIdPrefix = seqs(eventSearchStatements.byDeliveryIdPrefix);
  const hasDelivery = seqs(eventSearchStatements.hasDelivery);
  const byIdPrefix = seqs(eventSearchStatements.byIdPrefix);
  const guests = seqs(eventSearchStatements.guests);
  const rooms = seqs(eventSearchStatements.rooms);
  const byPmsIdPrefix = seqs(eventSearchStatements.byPmsIdPrefix);
  const byGuest = seqs(eventSearchStatements.byGuest);
  const broad = seqs(eventSearchStatements.broad);
  const facts = reader.prepare<
    [number],
    { id: string; entityId: string | null; pmsId: string | null; guest: string | null; rooms: string | null }
  >(eventSearchStatements.facts);

  /** Events whose id or entity's id begins so; null where that would be too many to list. */
  function byIds(text: string): number[] | null {
    const found = new Set<number>();
    for (const prefix of casesOf(text)) {
      const list = byEntityPrefix.all(prefix, afterPrefix(prefix), mostByPrefix + 1);
      if (list.length > mostByPrefix) return null;
      for (const seq of list) found.add(seq);
    }
    for (const prefix of otherLetterCases(text)) {
      const mixed = byMixedEntityPrefix.all(prefix, afterPrefix(prefix), mostByPrefix + 1);
      const ofPms = byPmsIdPrefix.all(prefix, afterPrefix(prefix), mostByPrefix + 1);
      if (Math.max(mixed.length, ofPms.length) > mostByPrefix) return null;
      for (const seq of [...mixed, ...ofPms]) found.add(seq);
    }
    for (const [prefix, statement] of [
      [eventIdPrefix, byIdPrefix],
      [deliveryIdPrefix, byDeliveryIdPrefix],
    ] as const) {
      const id = ownId(prefix, text);
      if (id === null) continue;
      for (const seq of statement.all(id, afterPrefix(id), mostByPrefix)) found.add(seq);
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
      if (listed && (ownId(eventIdPrefix, text) ?? ownId(deliveryIdPrefix, text)) !== null) {
        for (const seq of listed) if (seq <= to && seq >= from) yield { seq, reached: seq };
        return;
      }
      const guest = guestWords(text);
      const room = wantedRoom(text);
      const window = listed ? windowOfGuests : windowOfEvents;
      while (to >= from) {
        const start = Math.max(from, to - window + 1);
        const named = listed
          ? guests.all(to, start, guest)
          : broad.all(to, start, guest, room ?? noRoom, text.length, text, text.length, text);
        const inRoom = listed && room !== null ? rooms.all(to, start, room) : [];
        const inWindow = listed?.filter((seq) => seq <= to && seq >= start) ?? [];
        const also = [...inWindow, ...inRoom];
        const found = also.length === 0 ? named : [...new Set([...named, ...also])].sort((a, b) => b - a);
        for (const seq of found) yield { seq, reached: seq };
        yield { seq: null, reached: start };
        to = start - 1;
      }
    },

    *byGuest(guest, { from, to }) {
      for (let end = to; end >= from; end -= windowOfGuests) {
        const start = Math.max(from, end - windowOfGuests + 1);
        for (const seq of byGuest.all(end, start, guest)) yield { seq, reached: seq };
        yield { seq: null, reached: start };
      }
    },

    matchesText(seq, text) {
      const event = facts.get(seq);
      if (!event) return false;
      const { id, entityId, pmsId, guest } = event;
      const room = wantedRoom(text);
      const begins = text.toLowerCase();
      const eventId = ownId(eventIdPrefix, text);
      const deliveryId = ownId(deliveryIdPrefix, text);
      return (
        (eventId !== null && id.startsWith(eventId)) ||
        (deliveryId !== null && hasDelivery.get(seq, deliveryId, afterPrefix(deliveryId)) !== undefined) ||
        (entityId?.toLowerCase().startsWith(begins) ?? false) ||
        (pmsId?.toLowerCase().startsWith(begins) ?? false) ||
        (room !== null && (event.rooms?.includes(room) ?? false)) ||
        (guest?.replaceAll("'", '').includes(guestWords(text)) ?? false)
      );
    },
  };
}

/** As a guest's name is looked for: whether O’Brien is typed with its apostrophe or without. */
const guestWords = (text: string): string => foldName(text).replaceAll("'", '') || noRoom;

/** SQLite knows capitals of English letters alone: Ñ is asked for as it is typed, as a small one and as a capital. */
const otherLetterCases = (text: string): ReadonlySet<string> =>
  new Set([
    text,
    text.replaceAll(notEnglish, (sign) => sign.toLowerCase()),
    text.replaceAll(notEnglish, (sign) => sign.toUpperCase()),
  ]);
const notEnglish = /[^\0-\x7f]/gu;

/** Each of those with the English letters as they are typed, small and capital. */
const casesOf = (text: string): ReadonlySet<string> =>
  new Set(
    [...otherLetterCases(text)].flatMap((each) => [
      each,
      each.replaceAll(/[A-Z]/g, lower),
      each.replaceAll(/[a-z]/g, upper),
    ]),
  );
const lower = (sign: string): string => sign.toLowerCase();
const upper = (sign: string): string => sign.toUpperCase();

/** A text as the id of ours that it begins: whatever case it is typed in, a ULID has capitals. Null where it is none. */
const ownId = (prefix: string, text: string): string | null =>
  text.toLowerCase().startsWith(prefix) ? prefix + text.slice(prefix.length).toUpperCase() : null;

/** The range of delivery ids that a text is the beginning of; null where it is none. */
export function deliveryIdRange(text: string): readonly [from: string, below: string] | null {
  const id = ownId(deliveryIdPrefix, text);
  return id === null ? null : [id, afterPrefix(id)];
}

/** The first text after all that begin with `prefix`, in SQLite's order of bytes. */
const afterPrefix = (prefix: string): string => `${prefix}\u{10FFFF}`;
