/** What a rule's value cannot be: the name of an event that there is none of, and a day that no calendar has. */
import type { Sentence } from '../domain.ts';
import { eventTypes } from '../events.ts';
import { sentence } from '../sentences/sentence.ts';
import type { Comparison } from './rules.ts';

const longestShown = 40;

/** Of the member `event`: null where some event is called so, or its name holds what it must contain. */
export function eventFault(is: Comparison, value: string | number | boolean): Sentence | null {
  if (is === 'exists' || is === 'greater' || is === 'less') return null;
  const text = String(value);
  const typed = text.toLowerCase();
  const isKnown =
    is === 'contains' ? eventTypes.some((type) => type.includes(typed)) : eventTypes.includes(text as never);
  if (isKnown) return null;
  const found = text.slice(0, longestShown);
  const nearest = nearestEvent(typed.trim());
  return nearest === null
    ? sentence('problem.rule_no_event', { member: 'value', events: eventTypes.join(', '), found })
    : sentence('problem.rule_event_like', { member: 'value', found, nearest });
}

/** So many letters may be wrong, missing or too many. */
const mostEdits = 4;

function nearestEvent(typed: string): string | null {
  if (typed.length > longestShown) return null;
  const [nearest] = eventTypes
    .map((type) => ({ type, edits: editsBetween(typed.replace(/[\s_:-]+/g, '.'), type) }))
    .sort((one, other) => one.edits - other.edits);
  return nearest !== undefined && nearest.edits <= mostEdits ? nearest.type : null;
}

/** How many letters have to be changed, added or left out to make one text of another (Levenshtein). */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let index = 1; index <= other.length; index += 1) {
      const [above = 0, before = 0, diagonal = 0] = [row[index], next[index - 1], row[index - 1]];
      next.push(Math.min(above + 1, before + 1, diagonal + (letter === other[index - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** By its last name that is no number: `data.dates.0` is one of dates. */
const ofTime =
  /date|time|stamp|created|updated|modified|check_?(?:in|out)|arriv|depart|stay|birth|expir|(?:^|_)(?:at|on|day|days|from|to|since|until|start|end|due|ts)$/;

/**
 * Whether a member that is named like a day is compared with one such as the 31st of February, which no event says. In a
 * member of another name it may be a reference.
 * @param isMoment whether a text is a day or time that there is
 */
export function isImpossibleDay(path: string, text: string, isMoment: (text: string) => boolean): boolean {
  if (!/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?$/.test(text.trim()) || isMoment(text.trim())) return false;
  const names = path.split('.').filter((name) => !/^\d+$/.test(name));
  return ofTime.test(snakeCase(names.at(-1) ?? ''));
}

const snakeCase = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
