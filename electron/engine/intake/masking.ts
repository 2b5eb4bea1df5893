/**
 * Card numbers and card secrets are masked before anything is stored (decisions 17). What is edited are spans
 * of the text; everything around them stays byte for byte as it came.
 */
import { findCardNumbers, mayHoldCardNumber } from './card-numbers.ts';
import { skipSpace, stringEnd, valueEnd } from './json-spans.ts';

export interface Masked {
  readonly text: string;
  /** How many card numbers and card secrets were masked. */
  readonly count: number;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const mask = '"***"';
const secretNames = new Set(['cvv', 'cvc', 'cvv2', 'card_pin', 'track1', 'track2', 'track_data']);
const mayNameSecret = /"(?:cvv2?|cvc|card_pin|track[12]|track_data)"/i;

/** @param text a JSON object that `JSON.parse` has taken */
export function maskCards(text: string): Masked {
  // Escapes can hide digits and names; everything else is seen by two quick looks.
  if (!text.includes('\\u') && !mayHoldCardNumber(text) && !mayNameSecret.test(text)) return { text, count: 0 };
  const edits: Edit[] = [];
  let count = 0;
  walkValues(text, (value) => {
    const found = maskValue(text, value);
    edits.push(...found.edits);
    count += found.count;
    return found.skip;
  });
  return count === 0 ? { text, count } : { text: edited(text, edits), count };
}

/** A value inside the text, with the name of the member that it belongs to; an array's elements have its name. */
interface NamedValue {
  readonly name: string;
  /** The member, or one around it, says that it is about a card. */
  readonly aboutCard: boolean;
  readonly start: number;
  readonly end: number;
}

const nothing = { edits: [], count: 0, skip: false } as const;

function maskValue(text: string, value: NamedValue): { edits: readonly Edit[]; count: number; skip: boolean } {
  const first = text[value.start];
  const whole = { start: value.start, end: value.end };
  if (secretNames.has(value.name.toLowerCase())) {
    const raw = text.slice(value.start, value.end);
    const isEmpty = /^(?:null|true|false|""|\{\s*\}|\[\s*\])$/.test(raw) || raw === mask;
    return isEmpty ? { ...nothing, skip: true } : { edits: [{ ...whole, text: mask }], count: 1, skip: true };
  }
  if (first === '"') {
    if (saysId(value.name) && !value.aboutCard) return nothing;
    return maskInString(text, value);
  }
  if (first === '{' || first === '[' || !value.aboutCard) return nothing;
  const digits = text.slice(value.start, value.end);
  if (!/^\d+$/.test(digits) || findCardNumbers(digits).length === 0) return nothing;
  return { edits: [{ ...whole, text: `"${stars(digits)}"` }], count: 1, skip: false };
}

/** All but the last four digits become stars; spaces and dashes stay. */
function stars(number: string): string {
  let digitsLeft = number.replaceAll(/\D/g, '').length;
  return number.replaceAll(/\d/g, (digit) => (digitsLeft-- > 4 ? '*' : digit));
}

function maskInString(text: string, { start, end }: NamedValue) {
  const raw = text.slice(start + 1, end - 1);
  const content = raw.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : raw;
  if (!mayHoldCardNumber(content)) return nothing;
  const cards = findCardNumbers(content);
  if (cards.length === 0) return nothing;
  const places = content === raw ? null : placesOf(raw);
  const place = (index: number): number => start + 1 + (places ? (places[index] as number) : index);
  const edits = cards.flatMap((card): Edit[] => {
    const masked = stars(content.slice(card.start, card.end));
    // Digit by digit, so that an escape between them stays as it was written.
    return [...masked].flatMap((character, i) =>
      character === '*' ? [{ start: place(card.start + i), end: place(card.start + i + 1), text: '*' }] : [],
    );
  });
  return { edits, count: cards.length, skip: false };
}

/** For each character of a string's content, and for its end, where it stands in the escaped text. */
function placesOf(raw: string): number[] {
  const places: number[] = [];
  let i = 0;
  while (i < raw.length) {
    places.push(i);
    if (raw[i] !== '\\') i += 1;
    else i += raw[i + 1] === 'u' ? 6 : 2;
  }
  places.push(i);
  return places;
}

/** Says card or number anywhere, or pan or cc as a word of its own: `company` and `account` do not. */
const saysCard = (name: string): boolean => {
  if (/card|number/i.test(name)) return true;
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .some((word) => word === 'pan' || word === 'cc');
};

/** The name of an id, a stock number or a bar code: what stands there is no card's, whatever its digits are. */
const saysId = (name: string): boolean =>
  /(?:^|[^a-z])(?:ids?|uuid|guid|sku|barcode|ean|ean13|gtin|upc)$/i.test(name) || /[a-z](?:Id|ID)s?$/.test(name);

/** Visits every value; `visit` answers whether what lies inside it is to be left out. No recursion: text may be deep. */
function walkValues(text: string, visit: (value: NamedValue) => boolean): void {
  const around: { readonly isObject: boolean; readonly name: string; readonly aboutCard: boolean }[] = [];
  let i = skipSpace(text, 0);
  let name = '';
  let aboutCard = false;
  for (;;) {
    const first = text[i];
    const end = first === '{' || first === '[' ? null : valueEnd(text, i);
    if (
      visit({ name, aboutCard, start: i, end: end ?? (secretNames.has(name.toLowerCase()) ? valueEnd(text, i) : i) })
    ) {
      i = valueEnd(text, i);
    } else if (end === null) {
      around.push({ isObject: first === '{', name, aboutCard });
      i += 1;
    } else {
      i = end;
    }
    // On to the next value: out of what is closed, over commas, and past a member's name.
    for (;;) {
      i = skipSpace(text, i);
      const next = text[i];
      if (next === '}' || next === ']') {
        around.pop();
        i += 1;
      } else if (next === ',') i += 1;
      else break;
      if (around.length === 0) return;
    }
    const inside = around.at(-1);
    if (!inside) return;
    if (inside.isObject) {
      const nameEnd = stringEnd(text, i);
      name = JSON.parse(text.slice(i, nameEnd)) as string;
      aboutCard = inside.aboutCard || saysCard(name);
      i = skipSpace(text, skipSpace(text, nameEnd) + 1);
    } else {
      name = inside.name;
      aboutCard = inside.aboutCard;
    }
  }
}

function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text;
    from = edit.end;
  }
  return result + text.slice(from);
}
