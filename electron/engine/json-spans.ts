/**
 * Where the members of a JSON object stand in its text. `data` is passed on byte for byte, so parsing alone
 * is not enough, and no library tells the places fast. Every function here takes text that `JSON.parse` has
 * taken already: it finds places and checks nothing.
 */

export interface MemberSpan {
  /** The member's name, unescaped. */
  readonly name: string;
  /** Where its value begins, and where it ends (exclusive). */
  readonly start: number;
  readonly end: number;
}

export interface ValueSpan {
  readonly start: number;
  readonly end: number;
}

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** Tab, line feed, carriage return and space: what JSON calls white space. */
export function skipSpace(text: string, from: number): number {
  let i = from;
  while (text.charCodeAt(i) <= 0x20) i += 1;
  return i;
}

/** The end of the string whose opening quote stands at `start`. */
export function stringEnd(text: string, start: number): number {
  let close = text.indexOf('"', start + 1);
  while (isEscaped(text, close)) close = text.indexOf('"', close + 1);
  return close + 1;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

/** The end of the value that begins at `start`. */
export function valueEnd(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === quote) return stringEnd(text, start);
  if (first === openBrace || first === openBracket) return containerEnd(text, start);
  let i = start + 1;
  while (i < text.length && !endsScalar(text.charCodeAt(i))) i += 1;
  return i;
}

const endsScalar = (code: number): boolean =>
  code === comma || code === closeBrace || code === closeBracket || code <= 0x20;

function containerEnd(text: string, start: number): number {
  let depth = 0;
  let i = start;
  for (;;) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      i = stringEnd(text, i);
      continue;
    }
    i += 1;
    if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      if (depth === 0) return i;
    }
  }
}

/** How deep objects and arrays lie in each other in this part of the text: `{"a":[1]}` is 2. */
export function nesting(text: string, { start, end }: ValueSpan): number {
  let depth = 0;
  let deepest = 0;
  for (let i = start; i < end; ) {
    const code = text.charCodeAt(i);
    if (code === quote) {
      i = stringEnd(text, i);
      continue;
    }
    i += 1;
    if (code === openBrace || code === openBracket) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === closeBrace || code === closeBracket) depth -= 1;
  }
  return deepest;
}

/** The members of the object that begins at `start`, as often and in the order in which they are written. */
export function memberSpans(text: string, start: number): MemberSpan[] {
  const members: MemberSpan[] = [];
  let i = skipSpace(text, start + 1);
  while (text.charCodeAt(i) === quote) {
    const nameEnd = stringEnd(text, i);
    const name = unquote(text, i, nameEnd);
    const valueStart = skipSpace(text, skipSpace(text, nameEnd) + 1);
    const end = valueEnd(text, valueStart);
    members.push({ name, start: valueStart, end });
    i = skipSpace(text, end);
    if (text.charCodeAt(i) === comma) i = skipSpace(text, i + 1);
  }
  return members;
}

/** The elements of the array that begins at `start`. */
export function elementSpans(text: string, start: number): ValueSpan[] {
  const elements: ValueSpan[] = [];
  let i = skipSpace(text, start + 1);
  while (text.charCodeAt(i) !== closeBracket) {
    const end = valueEnd(text, i);
    elements.push({ start: i, end });
    i = skipSpace(text, end);
    if (text.charCodeAt(i) === comma) i = skipSpace(text, i + 1);
  }
  return elements;
}

function unquote(text: string, start: number, end: number): string {
  const inside = text.slice(start + 1, end - 1);
  return inside.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : inside;
}
