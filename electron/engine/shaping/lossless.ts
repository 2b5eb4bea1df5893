/**
 * An event's data as a template sees it: each member as usual, and beside it the text that stands for it in the event.
 * JSON says more than JavaScript keeps: `6000.00`, an id of twenty digits, `\u00e9`.
 */
import { type Comparable, Drop } from 'liquidjs';
import { skipSpace, stringEnd, valueEnd } from '../json-spans.ts';

/** A text or number that JavaScript would write otherwise than it came. */
export class OwnText extends Drop implements Comparable {
  readonly value: string | number;
  /** As it stands in the event's JSON. */
  readonly source: string;

  constructor(value: string | number, source: string) {
    super();
    this.value = value;
    this.source = source;
  }

  /** What filters work with and what is put out: a number with its own digits. */
  override valueOf(): string {
    return typeof this.value === 'string' ? this.value : this.source;
  }

  override toString(): string {
    return this.valueOf();
  }

  /** Members are read of the plain value, so that nothing of this class is to be had. */
  toLiquid(): string {
    return this.valueOf();
  }

  toJSON(): string | number {
    return this.value;
  }

  [Symbol.toPrimitive](hint: string): string | number {
    return hint === 'number' ? this.value : this.valueOf();
  }

  equals(other: unknown): boolean {
    if (other instanceof OwnText && typeof this.value === 'number')
      return this.source === other.source || isSame(this, other);
    return this.value === plain(other);
  }
  gt(other: unknown): boolean {
    return this.value > (plain(other) as string | number);
  }
  geq(other: unknown): boolean {
    return this.value >= (plain(other) as string | number);
  }
  lt(other: unknown): boolean {
    return this.value < (plain(other) as string | number);
  }
  leq(other: unknown): boolean {
    return this.value <= (plain(other) as string | number);
  }
}

const plain = (value: unknown): unknown => (value instanceof OwnText ? value.value : value);

/** Two ids that differ in a digit that JavaScript does not keep are two. */
const isSame = (one: OwnText, other: OwnText): boolean =>
  one.value === other.value && Number.isSafeInteger(Math.trunc(Number(one.value)));

interface Place {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Where objects and arrays of events stand in their text. */
const places = new WeakMap<object, Place>();

/**
 * @param text JSON
 * @throws SyntaxError where it is none
 */
export function readLossless(text: string): unknown {
  JSON.parse(text);
  return new Reader(text).value();
}

/**
 * A value as JSON: what is of an event as it stands there, byte for byte, anything else as it is usually written;
 * what is not there is `null`.
 */
export function jsonOf(value: unknown): string {
  if (value instanceof OwnText) return value.source;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const place = places.get(value);
  if (place !== undefined) return place.text.slice(place.start, place.end);
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(',')}]`;
  if (value instanceof Drop) return jsonOf(value.valueOf() === value ? null : value.valueOf());
  return `{${Object.entries(value)
    .map(([name, each]) => `${JSON.stringify(name)}:${jsonOf(each)}`)
    .join(',')}}`;
}

/** Reads what `JSON.parse` has taken already: it knows that all is in order. */
class Reader {
  readonly #text: string;
  #at: number;

  constructor(text: string) {
    this.#text = text;
    this.#at = skipSpace(text, 0);
  }

  value(): unknown {
    const first = this.#text[this.#at];
    if (first === '{') return this.#object();
    if (first === '[') return this.#array();
    if (first === '"') return this.#string();
    const source = this.#scalar();
    const value = JSON.parse(source) as number | boolean | null;
    return typeof value === 'number' && String(value) !== source ? new OwnText(value, source) : value;
  }

  #object(): object {
    const start = this.#at;
    const object: Record<string, unknown> = {};
    this.#skip(1);
    while (this.#text[this.#at] === '"') {
      const name = JSON.parse(this.#quoted()) as string;
      this.#skip(0);
      this.#skip(1);
      const value = this.value();
      // Assigned as usual, a member of this name would be the object's prototype.
      if (name === '__proto__') Object.defineProperty(object, name, { value, enumerable: true, configurable: true });
      else object[name] = value;
      this.#next();
    }
    return this.#closed(object, start);
  }

  #array(): unknown[] {
    const start = this.#at;
    const array: unknown[] = [];
    this.#skip(1);
    while (this.#text[this.#at] !== ']') {
      array.push(this.value());
      this.#next();
    }
    return this.#closed(array, start);
  }

  #closed<Value extends object>(value: Value, start: number): Value {
    this.#at += 1;
    places.set(value, { text: this.#text, start, end: this.#at });
    return value;
  }

  #string(): string | OwnText {
    const source = this.#quoted();
    if (!source.includes('\\')) return source.slice(1, -1);
    const value = JSON.parse(source) as string;
    return JSON.stringify(value) === source ? value : new OwnText(value, source);
  }

  #quoted(): string {
    const start = this.#at;
    this.#at = stringEnd(this.#text, start);
    return this.#text.slice(start, this.#at);
  }

  #scalar(): string {
    const start = this.#at;
    this.#at = valueEnd(this.#text, start);
    return this.#text.slice(start, this.#at);
  }

  /** Behind a value: over a comma, to the next one or to the end. */
  #next(): void {
    this.#skip(0);
    if (this.#text[this.#at] === ',') this.#skip(1);
  }

  #skip(characters: number): void {
    this.#at = skipSpace(this.#text, this.#at + characters);
  }
}
