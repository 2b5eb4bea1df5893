/**
 * What a row says of an event beside its data leaves as the member of the data that it was taken from: a rule for
 * `guest_name` is one for the column too. Of an event whose data is gone, what a rule of the property's takes out goes
 * wherever it may have stood.
 */
import { type EntityMember, type EventType, entityMembers, entityNames } from '../../../shared/events.ts';
import type { EventSummary, Treatment } from '../../../shared/schemas.ts';
import { at, type JsonObject, type Path, summaryPaths, summarySources, textOf } from '../event-summary.ts';
import { type Members, memberWords } from './members.ts';
import { isOwnNumber, isTakenOut, memberOf, type Place, topOf } from './walk.ts';

export interface ColumnParts {
  readonly event: EventType;
  /** Its data, with numbers as they came. */
  readonly data: unknown;
  readonly members: Members;
  /** A value of the data as it leaves. */
  readonly redacted: (value: unknown, place: Place) => unknown;
  readonly out: (treatment: Treatment) => string;
}

const texts = ['guest', 'room', 'item', 'outlet', 'currency'] as const;
const numbers = ['amount', 'quantity', 'nights'] as const;
type TextMember = (typeof texts)[number];
type Member = TextMember | (typeof numbers)[number];

interface Source {
  readonly value: unknown;
  readonly place: Place;
}

/**
 * The summary as it leaves. A number that is taken out is left out: a column of numbers has no words for it.
 * @param otherwise a text of which nobody can tell where it stood
 */
export function summaryAsItLeaves(
  summary: EventSummary,
  parts: ColumnParts,
  otherwise: (text: string, member: TextMember) => string,
): EventSummary {
  const found = sourcesIn(summary, parts);
  const left: EventSummary = {};
  for (const member of texts) {
    const text = summary[member];
    if (text === undefined) continue;
    const sources = found[member];
    const gone = sources === undefined ? treatmentOfAny(member, parts) : null;
    if (gone !== null) left[member] = parts.out(gone);
    else left[member] = sources === undefined ? otherwise(text, member) : textAsItLeaves(text, sources, parts);
  }
  for (const member of numbers) {
    const number = summary[member];
    if (number === undefined) continue;
    const gone = found[member]?.some(({ place }) => isGone(place)) ?? treatmentOfAny(member, parts) !== null;
    if (!gone) left[member] = number;
  }
  // Digits of an amount, however many, are nobody's number.
  const { amountDigits } = summary;
  return left.amount === undefined || amountDigits === undefined ? left : { ...left, amountDigits };
}

/**
 * The id by which an event is in order, as it leaves.
 * @param otherwise where its data does not have it
 */
export function entityAsItLeaves(
  { member, id }: { readonly member: string; readonly id: string },
  parts: ColumnParts,
  otherwise: (id: string) => string,
): string {
  const source = entitySource(member, id, parts);
  if (source !== null) return shownOf(source, parts) ?? id;
  const { treatment } = placeAt([member], parts);
  return treatment !== null && isTakenOut(treatment) ? parts.out(treatment) : otherwise(id);
}

/** Of each member of the summary where it stands; absent where the data is gone, or says something else by now. */
function sourcesIn(summary: EventSummary, parts: ColumnParts): { readonly [One in Member]?: readonly Source[] } {
  const { event, data } = parts;
  if (!isObject(data)) return {};
  const paths = summarySources(event, data, plain);
  const sources: { [One in Member]?: readonly Source[] } = {};
  for (const member of [...texts, ...numbers]) {
    const found = paths[member]?.map((path) => ({ value: at(data, path), place: placeAt(path, parts) }));
    if (found !== undefined && says(summary[member], found)) sources[member] = found;
  }
  return sources;
}

const says = (said: string | number | undefined, found: readonly Source[]): boolean => {
  if (typeof said === 'number') return found.some(({ value }) => Number(plain(value)) === said);
  const together = found.map(({ value }) => textOf(plain(value)) ?? '').join(' ');
  // A currency is written in capitals.
  return said !== undefined && (textOf(together) === said || together.toUpperCase() === said);
};

/** Two names of one guest are one pseudonym. */
function textAsItLeaves(text: string, sources: readonly Source[], parts: ColumnParts): string {
  const shown = sources.map((source) => shownOf(source, parts));
  if (shown.every((one) => one === null)) return text;
  return [...new Set(shown.map((one, i) => one ?? textOf(plain(sources[i]?.value)) ?? ''))].join(' ');
}

/** Null where it leaves as it is. */
function shownOf({ value, place }: Source, { redacted }: ColumnParts): string | null {
  const given = typeof value === 'string' ? textOf(value) : value;
  const shown = redacted(given, place);
  return shown === given || typeof shown !== 'string' ? null : shown;
}

const isGone = ({ treatment }: Place): boolean => isTakenOut(treatment);

/** What a rule of the property's own takes out wherever the member may have stood; null where none does. */
function treatmentOfAny(member: Member, parts: ColumnParts): Treatment | null {
  const places = summaryPaths(parts.event)[member].map((path) => placeAt(path, parts));
  return places.find((place) => place.rank !== null && isGone(place))?.treatment ?? null;
}

/** Places in lists are not counted. */
function placeAt(path: Path, { event, members }: ColumnParts): Place {
  return path
    .filter((name) => !/^\d+$/.test(name))
    .reduce((place, name) => memberOf(place, name, members), topOf(event));
}

/** By the names under which it is looked for, at the top or one level down; null where it is not there. */
function entitySource(member: string, id: string, parts: ColumnParts): Source | null {
  const { data } = parts;
  const known = entityMembers.find((name) => name === member);
  if (known === undefined || !isObject(data)) return null;
  const { members, objects } = entityNames[known as EntityMember];
  const path = Object.entries(data).flatMap(([name, value]): Path[] => {
    const words = memberWords(name);
    if (members.includes(words)) return [[name]];
    if (!objects.includes(words) || !isObject(value)) return [];
    return Object.keys(value).flatMap((inner) =>
      ['id', ...members].includes(memberWords(inner)) ? [[name, inner]] : [],
    );
  });
  const found = path.find((one) => idText(at(data, one)) === id);
  return found === undefined ? null : { value: at(data, found), place: placeAt(found, parts) };
}

/** Null of what is no id: an object of its own `toString` could not even be made a text. */
function idText(value: unknown): string | null {
  if (isOwnNumber(value)) return value.rawJSON;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

const plain = (value: unknown): unknown => (isOwnNumber(value) ? Number(value.rawJSON) : value);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
