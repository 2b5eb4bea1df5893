/** What an event is about: the first of the catalogue's ids in `data`, however the PMS calls it (decisions 2 and 42). */
import { type EntityMember, entityMembers, entityNames } from '../../../shared/events.ts';
import type { JsonObject } from '../event-summary.ts';
import { type MemberSpan, memberSpans } from '../json-spans.ts';

export interface Entity {
  readonly member: EntityMember;
  readonly id: string;
}

/** Longer ones are no ids: every delivery and every index would carry them. */
export const longestId = 200;

/** Where an id may stand: the path to it in `data`. */
type Path = readonly [string] | readonly [object: string, member: string];

/** In the order in which they are looked for. */
const places: readonly (readonly [EntityMember, readonly Path[]])[] = entityMembers.map((member) => {
  const { members, objects } = entityNames[member];
  const flat = members.flatMap(spellings);
  const inside = ['id', 'Id', 'ID', ...flat];
  return [
    member,
    [
      ...flat.map((name): Path => [name]),
      ...objects.flatMap((object) =>
        [object, pascal(object)].flatMap((name) => inside.map((one): Path => [name, one])),
      ),
    ],
  ];
});

const inOrder = places.flatMap(([member, paths]) => paths.map((path) => [member, path] as const));
const placesByName = new Map<string, number[]>();
for (const [place, [, [name]]] of inOrder.entries()) {
  const present = placesByName.get(name);
  if (present) present.push(place);
  else placesByName.set(name, [place]);
}

export interface FoundEntity {
  readonly entity: Entity | null;
  /** The path of an id that was passed over because it is too long; null where there was none. */
  readonly tooLong: string | null;
}

/**
 * @param data the parsed `dataText`
 * @param dataText where a number's own digits are taken from: parsing loses those of a long one
 */
export function entityOf(data: JsonObject, dataText: string): FoundEntity {
  let tooLong: string | null = null;
  for (const place of placesIn(data)) {
    const [member, path] = inOrder[place] as (typeof inOrder)[number];
    const id = idOf(valueAt(data, path), dataText, path);
    if (id === null) continue;
    if (id.length <= longestId) return { entity: { member, id }, tooLong };
    tooLong ??= path.join('.');
  }
  return { entity: null, tooLong };
}

/** Most members of an event are no id: of all places those are looked at whose first name is there. */
function placesIn(data: JsonObject): readonly number[] {
  const found: number[] = [];
  for (const name of Object.keys(data)) for (const place of placesByName.get(name) ?? []) found.push(place);
  return found.length > 1 ? found.sort((one, other) => one - other) : found;
}

function valueAt(data: JsonObject, [first, second]: Path): unknown {
  if (!Object.hasOwn(data, first)) return undefined;
  const value = data[first];
  if (second === undefined) return value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, second) ? (value as JsonObject)[second] : undefined;
}

function idOf(value: unknown, dataText: string, path: Path): string | null {
  if (typeof value === 'string' && value.trim() !== '') return value.toWellFormed();
  return typeof value === 'number' ? numberText(dataText, path) : null;
}

function numberText(dataText: string, path: Path): string {
  let span: MemberSpan | undefined;
  for (const name of path) {
    // Of a name that is written twice, the last one counts: JSON.parse sees it so too.
    span = memberSpans(dataText, span?.start ?? 0).findLast((one) => one.name === name);
    if (!span) return '';
  }
  return span ? dataText.slice(span.start, span.end) : '';
}

/** `booking_id`, `bookingId`, `bookingID`, `BookingId`, `BookingID`. */
function spellings(name: string): string[] {
  const camel = name.replaceAll(/_(.)/g, (_whole, letter: string) => letter.toUpperCase());
  const all = [name, camel, camel.replace(/Id$/, 'ID'), pascal(camel), pascal(camel).replace(/Id$/, 'ID')];
  return [...new Set(all)];
}

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
