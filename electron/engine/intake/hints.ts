/** What in `data` is not as the catalogue knows it. PMSs differ: a hint in the log, never a refusal. */
import { catalogue, type EventType, type JsonType } from '../../../shared/events.ts';
import type { JsonObject } from './summary.ts';

const words: Record<JsonType, string> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'an array',
  null: 'null',
};

const known = Object.fromEntries(
  Object.entries(catalogue).map(([type, entry]) => [type, Object.entries(entry.members)]),
) as Record<EventType, [string, JsonType][]>;

/** What JSON calls the type of a parsed value. */
export function jsonTypeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

/** A type in a sentence: "a number". */
export const typeInWords = (type: JsonType): string => words[type];

/** One sentence for each known member of another type than usual. */
export function hintsOf(type: EventType, data: JsonObject): readonly string[] {
  const hints: string[] = [];
  for (const [name, expected] of known[type]) {
    if (!Object.hasOwn(data, name)) continue;
    const found = jsonTypeOf(data[name]);
    if (found !== expected) hints.push(`data.${name}: usually ${words[expected]}, here ${words[found]}`);
  }
  return hints;
}
