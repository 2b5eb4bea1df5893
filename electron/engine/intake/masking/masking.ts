/**
 * Card numbers and card secrets are masked before anything is stored (decision 38). What is edited are spans
 * of the text; everything around them stays byte for byte as it came. A megabyte takes about 5 ms, whatever it holds.
 */

import { memberSpans, skipSpace, stringEnd, valueEnd } from '../../json-spans.ts';
import { mayNameSecret } from './card-names.ts';
import { shortestNumber } from './card-networks.ts';
import { CardSearch, findCardNumbers, mayHoldCardNumber, unitsOf } from './card-numbers.ts';
import { isDigit, isPercentSpace } from './digit-run.ts';
import { MemberName, type NameSays, whatNameSays } from './member-names.ts';
import { UnitEdits } from './unit-edits.ts';

export interface Masked {
  readonly text: string;
  /** How many card numbers and card secrets were masked. */
  readonly count: number;
}

const mask = '"***"';
const star = 0x2a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
/** So many digits of a number stay. */
const shownDigits = 4;
/** A card's secret in text of any kind: its name, what parts the two, and it. */
const secretInText =
  /(\b(?:(?:(?:credit|debit|payment)[ _-]?)?(?:card|cc)[ _-]?)?(?:cv[cv]2?)(?:[ _-]?code)?\b["']?\s*[:=>]\s*["']?|\b(?:card[ _-]?(?:pin|cid|security[ _-]?code)|track[12]|track_data)\b["']?\s*[:=>]\s*["']?)([^"'&,<\s]+)/gi;

/** The same without a sign that parts the two, behind a card's number: "cvv 123", "CVC is 123". */
const secretBesideCard =
  /\b(?:cv[cv]2?|cvn2?|(?:card[ _-]?)?security[ _-]?code)\b(?:[ _-]?(?:code|number|no))?(?:[\s:=>.#-]|\bis\b){1,8}(\d{3,4})(?!\d)/gi;
/** JSON that stands in a text: its names and quotes bring a backslash, or three. */
const secretInNested =
  /((\\+")(?:cv[cv]2?|cvn|card_pin|track[12]|track_data)\2\s*:\s*)(?:\2[^"\\]{1,200}\2|\d{1,8}(?!\d))/gi;
/** The number of a card stands in a text no longer than this, beside its secrets; in characters. */
const longestBeside = 500;

/** Escapes between groups of digits: a line's end after every four, or a slash as some programs write it. */
const escapedParting = /\d{4}(?:\\[nrt/]){1,3}\d{4}/;
/** A number that nothing calls a card's has as many digits as cards have, and fewer than the ids that systems count on. */
const fewestUnnamed = 14;
const mostUnnamed = 16;

/** @param text JSON that `JSON.parse` has taken */
export function maskCards(text: string): Masked {
  const masking = maskingOf(text);
  masking?.advance(Number.POSITIVE_INFINITY);
  return masking?.result() ?? { text, count: 0 };
}

/** ISO 7813: a name on track 1 has up to 26 signs, with room for escapes; expiry and service code are seven digits. */
const longestTrackName = 60;
const fewestOfTrack = 7;
/** UTF-16 units of a text that are masked at a time: a megabyte takes several turns of the thread. */
const unitsAtOnce = 65_536;

/** The same in steps, between which the thread may do something else. */
export function* maskCardsInSteps(text: string): Generator<void, Masked> {
  if (text.length <= unitsAtOnce) return maskCards(text);
  const masking = maskingOf(text);
  if (masking === null) return { text, count: 0 };
  do yield;
  while (!masking.advance(unitsAtOnce));
  yield;
  return masking.result();
}

/** Null where a quick look shows that there is nothing to mask. */
function maskingOf(text: string): JsonMasking | null {
  // Escapes can hide digits and names.
  const mayHoldEscapes = text.includes('\\u') || escapedParting.test(text);
  if (!mayHoldEscapes && !mayHoldCardNumber(text) && !mayNameSecret.test(text)) return null;
  return new JsonMasking(text, mayHoldEscapes);
}

/** The same for text of any kind, such as a refused body: no names are known, so every number is looked at. */
export function maskPlainText(text: string): Masked {
  const units = unitsOf(text);
  // A form writes a space as a plus.
  const read = /^[^\s=&]+=\S*$/.test(text.trimEnd()) ? text.replaceAll('+', ' ') : text;
  const cards = findCardNumbers(read);
  for (const { start, end } of cards) starDigits(units, start, end);
  let count = cards.length;
  const masked = (count === 0 ? text : textOf(units)).replaceAll(secretInText, (_whole, name: string) => {
    count += 1;
    return `${name}***`;
  });
  if (cards.length === 0) return { text: masked, count };
  const whole = masked.replaceAll(secretBesideCard, (all, secret: string) => {
    count += 1;
    return `${all.slice(0, -secret.length)}***`;
  });
  return { text: whole, count };
}

const textOf = (units: Uint16Array): string =>
  Buffer.from(units.buffer, units.byteOffset, units.byteLength).toString('utf16le');

/** All digits between `start` and `end` but the last four become stars; what parts them stays. */
function starDigits(units: Uint16Array, start: number, end: number): void {
  let shown = 0;
  for (let i = end - 1; i >= start; i -= 1) {
    if (i >= start + 2 && isPercentSpace(units, i - 2)) {
      i -= 2;
    } else if (isDigit(units[i] as number)) {
      if (shown === shownDigits) units[i] = star;
      else shown += 1;
    }
  }
  starTrackRest(units, end);
}

/**
 * What a card's magnetic stripe says behind its number goes whole: expiry, service code and what proves the card. Track 2
 * has it behind `=`, track 1 behind the name between two `^`.
 */
function starTrackRest(units: Uint16Array, numberEnd: number): void {
  let from = -1;
  if (units[numberEnd] === 0x3d) from = numberEnd + 1;
  else if (units[numberEnd] === 0x5e) {
    const nameEnd = units.subarray(numberEnd + 1, numberEnd + 1 + longestTrackName).indexOf(0x5e);
    if (nameEnd >= 0) from = numberEnd + 1 + nameEnd + 1;
  }
  if (from < 0) return;
  let end = from;
  while (end < units.length && isDigit(units[end] as number)) end += 1;
  if (end - from >= fewestOfTrack) units.fill(star, from, end);
}

/** An object or array that the walk is inside of. */
interface Around {
  readonly isObject: boolean;
  readonly name: MemberName | null;
  /** Where it begins in the text. */
  readonly start: number;
  /** Whether a card's number stands in it; null until something asks. */
  holdsCard: boolean | null;
}

/** A string that is being searched. */
interface OpenString {
  readonly search: CardSearch;
  /** What it stands for, where escapes hide it, and where each unit of that stands; null: as it is written. */
  readonly hidden: { readonly content: string; placeOf(at: number): number | null } | null;
  readonly tell: (start: number, end: number) => void;
}

/**
 * Goes over every value, as far at a time as it is asked to. No recursion: text may be deep; names are judged only
 * where digits ask for it.
 */
class JsonMasking {
  private readonly text: string;
  private readonly units: Uint16Array;
  private readonly mayHoldEscapes: boolean;
  private readonly mayHoldSecrets: boolean;
  private readonly plain: OpenString;
  private readonly edits = new UnitEdits();
  private readonly around: Around[] = [];
  private name: MemberName | null = null;
  private isNameNext = false;
  private at = 0;
  private open: OpenString | null = null;
  /** The string that is open, and what was masked before it. */
  private openedAt = 0;
  private openedTo = 0;
  private countBefore = 0;
  private count = 0;

  constructor(text: string, mayHoldEscapes: boolean) {
    this.text = text;
    this.units = unitsOf(text);
    this.mayHoldEscapes = mayHoldEscapes;
    this.mayHoldSecrets = mayHoldEscapes || mayNameSecret.test(text);
    this.plain = {
      search: new CardSearch(this.units),
      hidden: null,
      tell: (start, end) => {
        starDigits(this.units, start, end);
        this.count += 1;
      },
    };
  }

  /** @returns whether all of the text was gone over, after about `most` units more of it */
  advance(most: number): boolean {
    const until = this.at + most;
    while (this.at < this.units.length) {
      if (this.open !== null) {
        if (!this.open.search.advance(most, this.open.tell)) return false;
        this.endString(this.open);
        this.open = null;
      }
      if (this.at > until) return false;
      this.step();
    }
    if (this.open === null) return true;
    if (!this.open.search.advance(most, this.open.tell)) return false;
    this.endString(this.open);
    this.open = null;
    return true;
  }

  result(): Masked {
    const text = this.count === 0 ? this.text : textOf(this.edits.applied(this.units));
    if (!this.mayHoldSecrets || !text.includes('\\"')) return { text, count: this.count };
    const whole = text.replaceAll(secretInNested, (_whole, name: string, mark: string) => {
      this.count += 1;
      return `${name}${mark}***${mark}`;
    });
    return { text: whole, count: this.count };
  }

  /** One token on. */
  private step(): void {
    const { text, units, around, at } = this;
    const code = units[at] as number;
    if (code === quote) {
      const end = stringEnd(text, at);
      this.at = end;
      if (this.isNameNext) {
        this.name = new MemberName(text, at, end, around.at(-1)?.name ?? null);
        this.isNameNext = false;
        const value = skipSpace(text, skipSpace(text, end) + 1);
        this.at = this.isSecret(this.name, at, end) ? this.maskSecret(value) : value;
      } else if (end - at > shortestNumber) this.openString(at, end);
      return;
    }
    if (code >= 0x30 && code <= 0x39) {
      this.at = valueEnd(text, at);
      this.maskNumber(at, this.at);
      return;
    }
    // No card's number is less than nothing.
    this.at = code === 0x2d ? valueEnd(text, at) : at + 1;
    if (code === 0x7b || code === 0x5b) {
      around.push({ isObject: code === 0x7b, name: this.name, start: at, holdsCard: null });
      this.isNameNext = code === 0x7b;
    } else if (code === 0x7d || code === 0x5d) {
      around.pop();
      this.isNameNext = false;
    } else if (code === comma) {
      const inside = around.at(-1);
      this.isNameNext = inside?.isObject ?? false;
      this.name = inside?.name ?? null;
    }
  }

  private isSecret(name: MemberName, start: number, end: number): boolean {
    // Longer ones are no names of secrets, six signs a letter where they are escaped.
    if (!this.mayHoldSecrets || end - start > 200) return false;
    const raw = this.text.slice(start, end);
    return (raw.includes('\\') || mayNameSecret.test(raw)) && name.isSecret(() => this.isBesideCard());
  }

  /** Looked for once an object, whatever stands in what order. */
  private isBesideCard(): boolean {
    const inside = this.around.at(-1);
    if (!inside) return false;
    inside.holdsCard ??= memberSpans(this.text, inside.start).some(({ name, start, end }) => {
      const says = whatNameSays(name);
      if (says === 'other' || says === 'otherCard' || says === 'free' || end - start > longestBeside) return false;
      return findCardNumbers(this.text.slice(start, end), says === 'card').length > 0;
    });
    return inside.holdsCard;
  }

  /** @returns where the value ends */
  private maskSecret(start: number): number {
    const end = valueEnd(this.text, start);
    const raw = this.text.slice(start, end);
    if (/^(?:null|true|false|""|\{\s*\}|\[\s*\])$/.test(raw) || raw === mask) return end;
    this.edits.replace(start, end, mask);
    this.count += 1;
    return end;
  }

  /** A number becomes a text only where it really is a card's. */
  private maskNumber(start: number, end: number): void {
    if (end - start < shortestNumber) return;
    let digitsEnd = start;
    while (digitsEnd < end && isDigit(this.units[digitsEnd] as number)) digitsEnd += 1;
    if (digitsEnd < end && !/^\.0+$/.test(this.text.slice(digitsEnd, end))) return;
    const says = this.name?.says() ?? 'silent';
    if (says !== 'card' && says !== 'number' && !this.isUnnamedCard(says, digitsEnd - start)) return;
    const { search } = this.plain;
    search.begin(start, digitsEnd, () => (says === 'card' ? 'card' : 'text'));
    search.advance(digitsEnd, (first, last) => {
      starDigits(this.units, first, last);
      this.edits.replace(start, start, '"');
      this.edits.replace(digitsEnd, end, '"');
      this.count += 1;
    });
  }

  /** `"source": 4111111111111111`: nobody writes as many digits by chance where no money, place, time or id is. */
  private isUnnamedCard(says: NameSays, digits: number): boolean {
    if (says !== 'silent' && says !== 'free') return false;
    return digits >= fewestUnnamed && digits <= mostUnnamed && this.name?.isOwnNumber() !== true;
  }

  private openString(start: number, end: number): void {
    const { name } = this;
    this.openedAt = start;
    this.openedTo = end;
    this.countBefore = this.count;
    const ask = (): 'card' | 'text' | 'other' => {
      const says = name?.says() ?? 'silent';
      if (says === 'otherCard') return 'other';
      return says === 'card' || says === 'other' ? says : 'text';
    };
    const raw = this.mayHoldEscapes ? this.text.slice(start, end) : '';
    const isEscaped = raw.includes('\\u') || escapedParting.test(raw);
    if (!isEscaped) {
      this.plain.search.begin(start + 1, end - 1, ask);
      this.open = this.plain;
      return;
    }
    const content = JSON.parse(this.text.slice(start, end)) as string;
    if (!mayHoldCardNumber(content)) return;
    this.open = this.openEscaped(start, end, content);
    this.open.search.begin(0, content.length, ask);
  }

  /** In a text that holds a card's number, the card's secret stands without ceremony: "cvv 123". */
  private endString({ hidden }: OpenString): void {
    if (!this.mayHoldSecrets || this.count === this.countBefore) return;
    const from = this.openedAt + 1;
    const content = hidden?.content ?? this.text.slice(from, this.openedTo - 1);
    for (const found of content.matchAll(secretBesideCard)) {
      const end = found.index + found[0].length;
      for (let at = end - (found[1] ?? '').length; at < end; at += 1) {
        const place = hidden === null ? from + at : hidden.placeOf(at);
        if (place !== null) this.units[place] = star;
      }
      this.count += 1;
    }
  }

  /** With escapes: found in what they stand for, and edited digit by digit, so that an escape between them stays. */
  private openEscaped(start: number, end: number, content: string): OpenString {
    const units = unitsOf(content);
    let places: Uint32Array | null = null;
    return {
      search: new CardSearch(units),
      hidden: {
        content,
        placeOf: (at) => {
          places ??= this.placesOf(start, units.length, end);
          const place = places[at] as number;
          return places[at + 1] === place + 1 ? place : null;
        },
      },
      tell: (first, last) => {
        places ??= this.placesOf(start, units.length, end);
        starDigits(units, first, last);
        for (let i = first; i < last; i += 1) {
          if (units[i] !== star) continue;
          const place = places[i] as number;
          const next = places[i + 1] as number;
          if (next === place + 1) this.units[place] = star;
          else this.edits.replace(place, next, '*');
        }
        this.count += 1;
      },
    };
  }

  /** For each unit of a string's content, and for its end, where it stands in the escaped text. */
  private placesOf(start: number, length: number, end: number): Uint32Array {
    const places = new Uint32Array(length + 1);
    let place = start + 1;
    for (let n = 0; n < length; n += 1) {
      places[n] = place;
      if (this.units[place] !== backslash) place += 1;
      else place += this.units[place + 1] === 0x75 ? 6 : 2;
    }
    places[length] = end - 1;
    return places;
  }
}
