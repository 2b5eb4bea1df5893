/**
 * Finds a guest in a database: in a thread of its own, since every event is looked at. First the events that name what is
 * looked for, then those of the same bookings, orders and payments; then whatever else of the inventory speaks of the guest.
 */
import type { Database } from 'better-sqlite3';
import type { ForgetPreview, Sought } from '../../../../shared/schemas.ts';
import { memberWords } from '../members.ts';
import { wholeNames } from '../walk.ts';
import { readings } from './readings.ts';
import { counted, ownedBy, type RowChange, rowsThatMention } from './rows.ts';
import { type Identifiers, identifiersOf, type Matcher, matcherOf, noIdentifiers, together } from './sought.ts';
import { saidOf } from './words.ts';

/** What an event is about: its id is looked up with its property's. */
export interface Entity {
  readonly member: string;
  readonly id: string;
  readonly propertyId: string;
}

/** What a person said is another guest's: it keeps everything. */
export interface LeftOut {
  readonly eventIds: readonly string[];
  /** What only those are about: what a backup holds of it, or comes of it later, is that other guest's too. */
  readonly entities: readonly Entity[];
}

export const nothingLeftOut: LeftOut = { eventIds: [], entities: [] };

/** What is looked for, and what of it is not meant. */
export interface Asked {
  readonly sought: Sought;
  readonly leaveOut: readonly string[];
}

/** All that is to be known to go on with a forgetting after an end in its midst. */
export interface ForgetPlan {
  readonly sought: Sought;
  readonly entities: readonly Entity[];
  /** What is taken out wherever it stands; without names and addresses that others have too. */
  readonly identifiers: Identifiers;
  /** What receivers said in answer to the guest's events: it goes wherever it is quoted. */
  readonly said: readonly string[];
  /** For files in which its rows may stand. */
  readonly eventIds: readonly string[];
  readonly leftOut: LeftOut;
}

/** What was asked for when it was made. */
export const askedBy = ({ sought, leftOut }: ForgetPlan): Asked => ({ sought, leaveOut: leftOut.eventIds });

export interface Found {
  readonly seqs: readonly number[];
  readonly rows: readonly RowChange[];
  readonly plan: ForgetPlan;
  readonly preview: Omit<ForgetPreview, 'files' | 'atBench'>;
  /** Of what was to be left out, what is not among what was found. */
  readonly notFound: readonly string[];
}

interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly type: string;
  readonly at: number;
  readonly member: string | null;
  readonly entityId: string | null;
  readonly propertyId: string;
  readonly guest: string | null;
  readonly pmsId: string | null;
  readonly summary: string;
  readonly data: string;
}

const columns = `seq, id, type, received_at AS at, entity_member AS member, entity_id AS entityId,
  property_id AS propertyId, guest, pms_id AS pmsId, summary, data`;
/** Whether an event itself speaks of somebody: its data, the name that it is searched by, or the id that its PMS gave it. */
const speaksOf = ({ mentions, isNamed }: Matcher, { guest, pmsId, data }: Pick<EventRow, 'guest' | 'pmsId' | 'data'>) =>
  (guest !== null && isNamed(guest)) || (pmsId !== null && mentions(pmsId)) || mentions(data);
/** An item that ran low is nobody's. */
const personal = (member: string | null): boolean => member !== null && member !== 'item_id';
/** Each can be left out in the window. */
const mostShown = 500;
const mostIdentifiers = 40;

/** @param before of a forgetting that goes on: what was found then */
export function findGuest(database: Database, { sought, leaveOut }: Asked, before: ForgetPlan | null = null): Found {
  const given = identifiersOf(sought);
  const all = eventsOf(database, given, before);
  const ids = new Set(before?.leftOut.eventIds ?? leaveOut);
  const events = all.events.filter(({ id }) => !ids.has(id));
  const left = [...all.left, ...all.events.filter(({ id }) => ids.has(id))];
  const { entities, leftOut } = before ?? divided(all.entities, events, left);
  const derived = before === null ? derivedFrom(events) : noIdentifiers;
  const seqs = new Set(events.map(({ seq }) => seq));
  const elsewhere = before === null ? namedElsewhere(database, derived, seqs, given, ids) : [];
  const shared = new Set(elsewhere.map(({ kind, value }) => `${kind} ${value}`));
  const own = (kind: string, values: readonly string[]) => values.filter((value) => !shared.has(`${kind} ${value}`));
  const identifiers =
    before?.identifiers ??
    together(given, {
      names: own('name', derived.names),
      mails: own('mail', derived.mails),
      phones: own('phone', derived.phones),
      bookings: [],
    });
  const owned = ownedBy(database, [...ids, ...left.map(({ id }) => id)], [...seqs]);
  const said = [...new Set([...(before?.said ?? []), ...saidOf(database, [...seqs])])];
  const matcher = matcherOf(identifiers, said);
  const rows = rowsThatMention(database, matcher, owned);
  const deliveries = deliveriesOf(database, [...seqs]);
  return {
    seqs: [...seqs],
    rows,
    plan: {
      sought,
      identifiers,
      said,
      entities,
      eventIds: [...new Set([...(before?.eventIds ?? []), ...events.map(({ id }) => id)])],
      leftOut,
    },
    notFound: [...ids].filter((id) => left.every((event) => event.id !== id)),
    preview: {
      events: events.length,
      deliveries: deliveries.total,
      oldestAt: (events.length === 0 ? null : Math.min(...events.map(({ at }) => at))) as ForgetPreview['oldestAt'],
      newestAt: (events.length === 0 ? null : Math.max(...events.map(({ at }) => at))) as ForgetPreview['newestAt'],
      leftOut: left.length,
      stillNaming: left.filter((event) => speaksOf(matcher, event)).length,
      some: [...events, ...left]
        .sort((one, other) => other.seq - one.seq)
        .slice(0, mostShown)
        .map(({ id, at, type, summary, entityId }) => ({
          id: id as ForgetPreview['some'][number]['id'],
          at: at as ForgetPreview['some'][number]['at'],
          event: type,
          guest: guestIn(summary),
          about: entityId,
          isLeftOut: ids.has(id),
        })),
      undelivered: deliveries.undelivered,
      elsewhere: elsewhere.filter(({ events: count }) => count > 0),
      rows: counted(rows),
    },
  };
}

interface EventsFound {
  readonly events: readonly EventRow[];
  /** Of a forgetting that goes on: what matches, and was left out then. Nothing else is found by way of it. */
  readonly left: readonly EventRow[];
  /** What the guest's own are about: bookings, orders and payments. Not those of what only speaks of the guest. */
  readonly entities: readonly Entity[];
}

function eventsOf(database: Database, given: Identifiers, before: ForgetPlan | null): EventsFound {
  const found = new Map<number, EventRow>();
  const left = new Map<number, EventRow>();
  const isLeft = before === null ? () => false : leftOutBy(before);
  const take = (event: EventRow): boolean => {
    if (isLeft(event)) left.set(event.seq, event);
    else found.set(event.seq, event);
    return found.has(event.seq);
  };
  const matcher = matcherOf({ ...given, bookings: [] });
  const booking = given.bookings[0]?.toLowerCase() ?? null;
  const all = database.prepare<[], EventRow>(`SELECT ${columns} FROM events WHERE gone IS NULL ORDER BY seq`);
  for (const event of all.iterate()) {
    if (speaksOf(matcher, event) || (booking !== null && isOfBooking(event, booking))) take(event);
  }
  const ofEntity = database.prepare<[string], EventRow>(
    `SELECT ${columns} FROM events WHERE entity_id = ? AND gone IS NULL`,
  );
  const done = new Map<string, Entity>();
  // What only speaks of the guest, in the notes of another's booking say, leads to no more of that other's.
  const own = [...found.values()].filter((event) => isOwn(event, matcher, booking));
  for (let open = [...(before?.entities ?? []), ...entitiesOf(own)]; open.length > 0; ) {
    const next: EventRow[] = [];
    for (const { member, id, propertyId } of open) {
      const key = keyOf({ member, id, propertyId });
      if (done.has(key)) continue;
      done.set(key, { member, id, propertyId });
      for (const event of ofEntity.all(id)) {
        if (event.member !== member || event.propertyId !== propertyId || found.has(event.seq)) continue;
        if (take(event)) next.push(event);
      }
    }
    open = entitiesOf(next);
  }
  return { events: [...found.values()], left: [...left.values()], entities: [...done.values()] };
}

const keyOf = ({ member, id, propertyId }: Entity): string => JSON.stringify([member, id, propertyId]);

/** Whether a plan leaves an event out: by its id, or since it is about what only such events are about. */
function leftOutBy({ eventIds, leftOut }: ForgetPlan): (event: EventRow) => boolean {
  const taken = new Set(eventIds);
  const ids = new Set(leftOut.eventIds);
  const entities = new Set(leftOut.entities.map(keyOf));
  return ({ id, member, entityId, propertyId }) => {
    if (ids.has(id)) return true;
    if (taken.has(id) || member === null || entityId === null) return false;
    return entities.has(keyOf({ member, id: entityId, propertyId }));
  };
}

/** Of what a first look went by: what the guest's remaining events are about, and what only left-out ones are about. */
function divided(
  found: readonly Entity[],
  events: readonly EventRow[],
  left: readonly EventRow[],
): Pick<ForgetPlan, 'entities' | 'leftOut'> {
  const remaining = new Set(entitiesOf(events).map(keyOf));
  const ofLeft = new Map(entitiesOf(left).map((entity) => [keyOf(entity), entity]));
  return {
    entities: found.filter((entity) => remaining.has(keyOf(entity))),
    leftOut: {
      eventIds: left.map(({ id }) => id),
      entities: [...ofLeft].filter(([key]) => !remaining.has(key)).map(([, entity]) => entity),
    },
  };
}

function isOwn(event: EventRow, matcher: Matcher, booking: string | null): boolean {
  if (event.guest === null || matcher.isNamed(event.guest) || matcher.isNamed(guestIn(event.summary) ?? ''))
    return true;
  if (event.pmsId !== null && matcher.mentions(event.pmsId)) return true;
  if (booking !== null && isOfBooking(event, booking)) return true;
  return leavesOf(event.data).some(({ text }) => matcher.isWholly(text));
}

/** Shorter ids of bookings may be anything in an address: a page, a room. */
const leastInAddress = 4;

/** Whether a member of its data is the booking's id, or an address that has it as a part; or it is about it. */
function isOfBooking({ entityId, pmsId, data }: EventRow, booking: string): boolean {
  const is = (text: string | null) => text !== null && readings(text).some((one) => one.toLowerCase() === booking);
  if (is(entityId) || is(pmsId)) return true;
  if (!readings(data).some((one) => one.toLowerCase().includes(booking))) return false;
  const isInAddress = (text: string) =>
    booking.length >= leastInAddress && text.includes('://') && text.split(/[/?&=#;]/).some(is);
  return leavesOf(data).some(({ text }) => is(text) || isInAddress(text));
}

/** What events are about, and the orders and payments that they name beside it. */
function entitiesOf(events: readonly EventRow[]): Entity[] {
  return events.flatMap(({ member, entityId, propertyId, data }) => {
    const own = member !== null && entityId !== null && personal(member) ? [{ member, id: entityId, propertyId }] : [];
    if (member !== 'booking_id') return own;
    const linked = leavesOf(data).filter(({ name }) => name === 'order_id' || name === 'payment_id');
    return [...own, ...linked.map(({ name, text }) => ({ member: name, id: text, propertyId }))];
  });
}

interface Leaf {
  readonly name: string;
  readonly text: string;
}

function leavesOf(data: string): Leaf[] {
  const leaves: Leaf[] = [];
  const walk = (value: unknown, name: string): void => {
    if (typeof value === 'string' || typeof value === 'number') leaves.push({ name, text: String(value) });
    else if (Array.isArray(value)) for (const one of value) walk(one, name);
    else if (typeof value === 'object' && value !== null)
      for (const [key, one] of Object.entries(value)) walk(one, key);
  };
  try {
    walk(JSON.parse(data), '');
  } catch {
    // A stub, or damaged.
  }
  return leaves;
}

const aMail = /[^\s<>"',;:()/?&=]+@[^\s<>"',;:()/?&=]+\.[^\s<>"',;:()/?&=]+/g;

/** Of the first reading that has any: `a+b@c.example` is not of `b@c.example`. */
const mailsIn = (text: string): readonly string[] =>
  readings(text)
    .map((one) => one.match(aMail) ?? [])
    .find(({ length }) => length > 0) ?? [];

/** How the guest is called in what was found. */
function derivedFrom(events: readonly EventRow[]): Identifiers {
  const leaves = events
    .filter(({ member }) => personal(member) || member === null)
    .flatMap(({ data }) => leavesOf(data));
  const found = together({
    names: events.flatMap(namesOf).filter((name) => [...name.trim()].length >= 2),
    mails: leaves.flatMap(({ text }) => mailsIn(text)),
    phones: leaves
      .filter(({ name, text }) => /phone|mobile|tel|whatsapp/i.test(name) && text.replaceAll(/\D/g, '').length >= 7)
      .map(({ text }) => text),
    bookings: [],
  });
  const few = (values: readonly string[]) => values.slice(0, mostIdentifiers);
  return { names: few(found.names), mails: few(found.mails), phones: few(found.phones), bookings: [] };
}

/** As its rows show it; where they show none, each whole name in its data that is none of the property's people. */
function namesOf({ summary, data }: Pick<EventRow, 'summary' | 'data'>): string[] {
  const guest = guestIn(summary);
  if (guest !== null) return [guest];
  const names: string[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > deepest) return;
    if (!Array.isArray(value)) {
      const whole = wholeNames(value as Readonly<Record<string, unknown>>);
      names.push(...whole.map(({ first, last }) => `${first} ${last}`));
    }
    for (const [name, one] of Object.entries(value)) if (!ofProperty.test(memberWords(name))) walk(one, depth + 1);
  };
  try {
    walk(JSON.parse(data), 0);
  } catch {
    // A stub, or damaged.
  }
  return names;
}
const deepest = 100;
const ofProperty =
  /(?:^|_)(?:staff|employees?|users?|agents?|waiters?|cashiers?|servers?|housekeepers?|drivers?|hosts?|owners?|authors?|by)$/u;

const guestIn = (summary: string): string | null => {
  try {
    return (JSON.parse(summary) as { readonly guest?: string }).guest ?? null;
  } catch {
    return null;
  }
};

/**
 * Names and addresses of the guest that other events have as well: perhaps the same guest's, perhaps another's. None where
 * only events that were left out have them.
 */
function namedElsewhere(
  database: Database,
  derived: Identifiers,
  seqs: ReadonlySet<number>,
  given: Identifiers,
  leaveOut: ReadonlySet<string>,
): ForgetPreview['elsewhere'] {
  const one = (kind: 'name' | 'mail' | 'phone', values: readonly string[], as: (value: string) => Identifiers) =>
    values.map((value) => ({ kind, value, events: 0, isShared: false, matcher: matcherOf(as(value)) }));
  const each = [
    ...one('name', derived.names, (name) => ({ ...noIdentifiers, names: [name] })),
    ...one('mail', derived.mails, (mail) => ({ ...noIdentifiers, mails: [mail] })),
    ...one('phone', derived.phones, (phone) => ({ ...noIdentifiers, phones: [phone] })),
  ];
  if (each.length === 0) return [];
  const any = matcherOf({ ...derived, bookings: [] });
  const all = database.prepare<[], Pick<EventRow, 'seq' | 'id' | 'guest' | 'pmsId' | 'data'>>(
    'SELECT seq, id, guest, pms_id AS pmsId, data FROM events WHERE gone IS NULL',
  );
  for (const event of all.iterate()) {
    if (seqs.has(event.seq) || !speaksOf(any, event)) continue;
    for (const which of each) {
      if (!speaksOf(which.matcher, event)) continue;
      which.isShared = true;
      if (!leaveOut.has(event.id)) which.events += 1;
    }
  }
  const isGiven = matcherOf(given);
  return each
    .filter(({ isShared, value }) => isShared && !isGiven.isNamed(value))
    .map(({ kind, value, events }) => ({ kind, value, events }));
}

function deliveriesOf(database: Database, seqs: readonly number[]) {
  const rows = database.prepare<[string], { name: string; deliveries: number; open: number }>(
    `SELECT CASE p.description WHEN '' THEN p.host ELSE p.description END AS name, COUNT(*) AS deliveries,
       SUM(d.state = 'waiting' OR d.state = 'needs_attention') AS open
     FROM deliveries d INDEXED BY deliveries_by_event JOIN endpoints p ON p.no = d.endpoint_no
     WHERE d.event_seq IN (SELECT value FROM json_each(?)) GROUP BY p.no`,
  );
  const all = rows.all(JSON.stringify(seqs));
  return {
    total: all.reduce((sum, { deliveries }) => sum + deliveries, 0),
    undelivered: all.filter(({ open }) => open > 0).map(({ name, open }) => ({ name, deliveries: open })),
  };
}
