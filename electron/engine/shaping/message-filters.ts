/** What a shape of a source can do beside the filters that all templates have: its types, and its clocks. */
import { type FilterImplOptions, type Liquid, toValue } from 'liquidjs';
import { isEventType } from '../../../shared/events.ts';
import { inUsualOrder, utcOfSource } from '../source-time.ts';
import { withScope } from './filters.ts';
import { jsonOf } from './lossless.ts';
import { textOf } from './text-of.ts';

/** A system's own type that its table does not have, and that it may have tomorrow. */
export class UnknownType extends Error {
  readonly type: string;
  constructor(type: string) {
    super(`unknown type ${type}`);
    this.type = type;
  }
}

/** Without what is required here nothing can be made of the message. */
export class MissingMember extends Error {
  readonly member: string;
  constructor(member: string) {
    super(`no ${member}`);
    this.member = member;
  }
}

const longestShown = 60;

type FilterThis = ThisParameterType<Extract<FilterImplOptions, (...values: never[]) => unknown>>;

export function addMessageFilters(liquid: Liquid): void {
  liquid.registerFilter(
    'type',
    withScope(({ types = {} }, value) => typeIn(types, textOf(value))),
  );
  liquid.registerFilter(
    'local_time',
    withScope(({ property }, value, order) => utcIn(property.timeZone, value, order)),
  );
  // XML and thin events have one where another time they have several.
  liquid.registerFilter('list', (value: unknown) => (Array.isArray(value) ? value : isNothing(value) ? [] : [value]));
  liquid.registerFilter('required', (value: unknown, name: unknown) => {
    if (isNothing(value)) throw new MissingMember(textOf(name));
    return value;
  });
  // A table's columns are headed as people write: `Booking No` where another has `booking_no`.
  liquid.registerFilter('member', (value: unknown, ...names: unknown[]) => memberOf(value, names.map(textOf)));
  // What stands between its braces, digit for digit: other members are put before it.
  liquid.registerFilter('json_members', { raw: true, handler: membersOf });
  liquid.registerFilter('utc_time', (value: unknown, order: unknown) => utcIn('UTC', value, order));
}

/** @param order in which day, month and year stand in it, as `d/m/y`, where they stand as people write them */
const utcIn = (timeZone: string, value: unknown, order: unknown): unknown =>
  utcOfSource(inUsualOrder(textOf(value), textOf(order)), timeZone) ?? value;

/** What is not there, whatever a template calls it. */
function isNothing(value: unknown): boolean {
  const plain = toValue(value);
  return plain === undefined || plain === null || plain === '';
}

/**
 * By its name, whatever its case; else by its letters and digits: systems write `No-show`, `NO SHOW` and `no_show`. `*`
 * stands for all others. @throws UnknownType
 */
function typeIn(types: Readonly<Record<string, string>>, name: string): string {
  const wanted = name.trim().toLowerCase();
  const known =
    Object.keys(types).find((each) => each.trim().toLowerCase() === wanted) ?? alikeIn(types, wanted) ?? '*';
  const type = Object.hasOwn(types, known) ? types[known] : undefined;
  if (type !== undefined) return type;
  if (isEventType(wanted)) return wanted;
  throw new UnknownType(name.length > longestShown ? `${name.slice(0, longestShown)}…` : name);
}

const bare = (name: string): string => name.toLowerCase().replace(/[\s_.#:-]+/g, '');

/** The row that is written alike; none where such rows mean different things. */
function alikeIn(types: Readonly<Record<string, string>>, name: string): string | undefined {
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const alike = Object.keys(types).filter((each) => bare(each) === wanted);
  return new Set(alike.map((each) => types[each])).size === 1 ? alike[0] : undefined;
}

/** The first of these members that says something, as it is named or else written alike: `Guest Name` for `guest_name`. */
function memberOf(value: unknown, names: readonly string[]): unknown {
  const plain = toValue(value);
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain)) return null;
  const members = plain as Readonly<Record<string, unknown>>;
  const written = Object.keys(members).filter((name) => !isNothing(members[name]));
  for (const name of names) if (written.includes(name)) return members[name];
  for (const name of names) {
    const alike = written.find((each) => bare(each) === bare(name));
    if (alike !== undefined) return members[alike];
  }
  return null;
}

function membersOf(this: FilterThis, value: unknown): string {
  const text = jsonOf(value);
  this.context.memoryLimit.use(text.length);
  return text.startsWith('{') ? text.slice(1, -1) : '';
}
