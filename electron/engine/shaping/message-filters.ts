/** What a shape of a source can do beside the filters that all templates have: its types, and its clocks. */
import { type Liquid, toValue } from 'liquidjs';
import { isEventType } from '../../../shared/events.ts';
import { utcOfSource } from '../source-time.ts';
import { withScope } from './filters.ts';
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

export function addMessageFilters(liquid: Liquid): void {
  liquid.registerFilter(
    'type',
    withScope(({ types = {} }, value) => typeIn(types, textOf(value))),
  );
  liquid.registerFilter(
    'local_time',
    withScope(({ property }, value) => utcOfSource(textOf(value), property.timeZone) ?? value),
  );
  // XML and thin events have one where another time they have several.
  liquid.registerFilter('list', (value: unknown) => (Array.isArray(value) ? value : isNothing(value) ? [] : [value]));
  liquid.registerFilter('required', (value: unknown, name: unknown) => {
    if (isNothing(value)) throw new MissingMember(textOf(name));
    return value;
  });
  liquid.registerFilter('utc_time', (value: unknown) => utcOfSource(textOf(value), 'UTC') ?? value);
}

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

const bare = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/** The row that is written alike; none where such rows mean different things. */
function alikeIn(types: Readonly<Record<string, string>>, name: string): string | undefined {
  const wanted = bare(name);
  if (wanted === '') return undefined;
  const alike = Object.keys(types).filter((each) => bare(each) === wanted);
  return new Set(alike.map((each) => types[each])).size === 1 ? alike[0] : undefined;
}
