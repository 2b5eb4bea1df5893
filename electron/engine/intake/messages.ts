/**
 * What came in, taken apart into messages: the one JSON object, each of an array, or each line of NDJSON. Nothing is
 * known yet of what they mean (parse.ts).
 */
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { elementSpans, skipSpace, type ValueSpan } from '../json-spans.ts';
import { IntakeRefusal } from './refusal.ts';

/** Most messages of one request. */
export const mostEvents = 500;

/** One message: a JSON value with its own text. */
export interface Message {
  /** The text that it stands in, from `start` on. */
  readonly text: string;
  readonly start: number;
  readonly value: unknown;
  /** How a refusal names it: empty where it came alone, else `[17]`. */
  readonly place: string;
}

/** Gives the messages one after the other, null where the thread may take another turn, and at the end how they came. */
export type Messages = Generator<Message | null, 'one' | 'many'>;

/** Of one JSON object, or an array of them. @throws IntakeRefusal 400 */
export function* messagesOf(text: string): Messages {
  const value = parseJson(text, 'body');
  yield null;
  const start = skipSpace(text, 0);
  if (!Array.isArray(value)) {
    yield { text, start, value, place: '' };
    return 'one';
  }
  refuseCount(value.length);
  const spans = elementSpans(text, start);
  yield null;
  for (const [i, element] of value.entries()) {
    yield { text, start: (spans[i] as ValueSpan).start, value: element, place: `[${i}]` };
  }
  return 'many';
}

/** Of NDJSON: one object a line. @throws IntakeRefusal 400 */
export function* linesOf(text: string): Messages {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  refuseCount(lines.length);
  for (const [i, line] of lines.entries()) {
    yield { text: line, start: skipSpace(line, 0), value: parseJson(line, `[${i}]`), place: `[${i}]` };
  }
  return 'many';
}

function parseJson(text: string, member: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const expected = member === 'body' ? 'a JSON object, an array of them, or NDJSON' : 'a JSON object';
    throw new IntakeRefusal(400, 'not_json', whereItGoesWrong(text, member, String(cause)), { member, expected });
  }
}

/** The error's own words quote the text around, which may be a guest's name or a card's number. */
export function whereItGoesWrong(text: string, member: string, words: string): Sentence {
  if (text.trim() === '') return sentence('refusal.empty', { member });
  if (/end of JSON input|Unterminated/i.test(words)) return sentence('refusal.not_json_end', { member });
  const place = /position (\d+)/.exec(words)?.[1];
  if (place === undefined) return sentence('refusal.not_json', { member });
  return sentence('refusal.not_json_at', { member, place: Number(place) + 1 });
}

function refuseCount(count: number): void {
  const more = { member: 'body', expected: `1 to ${mostEvents} events` };
  if (count === 0) throw new IntakeRefusal(400, 'no_events', sentence('refusal.no_events'), more);
  if (count <= mostEvents) return;
  const says = sentence('refusal.too_many_events', { found: count, most: mostEvents });
  throw new IntakeRefusal(400, 'too_many_events', says, more);
}
