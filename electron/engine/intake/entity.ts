/** What an event is about: the first of the catalogue's four ids in `data`, as text (decisions 2). */
import { type EntityMember, entityMembers } from '../../../shared/events.ts';
import { memberSpans } from './json-spans.ts';
import type { JsonObject } from './summary.ts';

export interface Entity {
  readonly member: EntityMember;
  readonly id: string;
}

/**
 * @param data the parsed `dataText`
 * @param dataText where a number's own digits are taken from: parsing loses those of a long one
 */
export function entityOf(data: JsonObject, dataText: string): Entity | null {
  for (const member of entityMembers) {
    if (!Object.hasOwn(data, member)) continue;
    const value = data[member];
    if (typeof value === 'string' && value !== '') return { member, id: value.toWellFormed() };
    if (typeof value === 'number') return { member, id: numberText(dataText, member) };
  }
  return null;
}

function numberText(dataText: string, member: string): string {
  // Of a name that is written twice, the last one counts: JSON.parse sees it so too.
  const span = memberSpans(dataText, 0).findLast(({ name }) => name === member);
  return span ? dataText.slice(span.start, span.end) : '';
}
