/** What stands around digits and makes them something else than a card's number (decision 38). */
import { isDigit, isLetter } from './digit-run.ts';

const backslash = 0x5c;
const slash = 0x2f;

/**
 * Whether what stands at `at` makes the number part of something longer: a letter, a sign, or the rest of a
 * decimal number.
 * @param step the way out of the number
 */
export function joins(units: Uint16Array, at: number, from: number, to: number, step: 1 | -1): boolean {
  const code = units[at] as number;
  // `\n4111…` in JSON text: the letter is an escape's. `\/` is a slash.
  if (step === -1 && at > from && units[at - 1] === backslash) return code === slash;
  if (step === 1 && code === backslash) return units[at + 1] === slash && !isExpiry(units, at + 2, to);
  if (step === 1 && code === slash && isExpiry(units, at + 1, to)) return false;
  if (code === 0x2b || code === 0x23 || code === slash || code === 0x5f) return true;
  // `%B4111…`: so begins track 1 of a card's magnetic stripe (ISO 7813).
  if (step === -1 && code === 0x42 && at > from && units[at - 1] === 0x25) return false;
  const next = at + step;
  if (code === 0x2e) return next >= from && next < to && isDigit(units[next] as number);
  if (code === 0x2c) return isDecimalComma(units, at, from, to, step);
  return isLetter(code);
}

/** `1227`, `12/27`, `12-2027`: when a card ends, as people write it behind its number and a slash. */
function isExpiry(units: Uint16Array, at: number, to: number): boolean {
  const text = String.fromCharCode(...units.subarray(at, Math.min(to, at + 10)));
  return /^(?:0[1-9]|1[0-2])(?:\\?[/-])?(?:20)?[2-5]\d(?![\dA-Za-z/_-])/.test(text);
}

/** `121,5491827364554321` and `4111111111111111,50`, but not two numbers of a list. */
function isDecimalComma(units: Uint16Array, at: number, from: number, to: number, step: 1 | -1): boolean {
  const most = step === -1 ? 3 : 2;
  let next = at + step;
  while (next >= from && next < to && Math.abs(next - at) <= most + 1 && isDigit(units[next] as number)) next += step;
  const digits = Math.abs(next - at) - 1;
  if (digits === 0 || digits > most) return false;
  return step === -1 || !(next < to && (units[next] === 0x2c || units[next] === slash));
}

/** Of things that are listed: all of the numbers after them are no card's. */
const listWords: readonly string[] = ['rms', 'rooms', 'zimmer', 'chambres', 'kuwarto', 'habitaciones'];
/** Words whose numbers are no card's, by their length. */
const otherWords: readonly (readonly string[])[] = [
  [],
  [],
  ['rm'],
  ['rms', 'tel', 'fax', 'bic', 'sms', 'gsm'],
  ['iban', 'room', 'uuid', 'call', 'cell'],
  ['rooms', 'phone', 'viber'],
  ['mobile', 'zimmer'],
  ['kuwarto', 'telefon'],
  ['whatsapp', 'chambres', 'telefono'],
  [],
  [],
  [],
  ['habitaciones'],
];
/** Of these, whose numbers are no longer than a phone's: a longer one after them is a card's all the same. */
const notPhoneWords = new Set([
  'rm',
  'rms',
  'bic',
  'iban',
  'room',
  'uuid',
  'rooms',
  'zimmer',
  'kuwarto',
  'chambres',
  'habitaciones',
]);
const longestWord = otherWords.length - 1;
/** Digits of a phone number, its country's included (ITU-T E.164). */
export const longestPhone = 15;

/** Space, full stop, colon, opening bracket. */
const isBetweenWords = (code: number): boolean => code === 0x20 || code === 0x3a || code === 0x2e || code === 0x28;

/**
 * Whether the word before the digits at `start` says what they are ("tel. 4111 …"), or is a bank's in an IBAN
 * ("GB29 NWBK …").
 * @param isFirst whether the number itself stands at `start`, and not after other digits
 * @param digits of the number
 */
export function followsOther(
  units: Uint16Array,
  from: number,
  start: number,
  isFirst: boolean,
  digits: number,
): boolean {
  let end = start;
  while (end > from && start - end < 3 && isBetweenWords(units[end - 1] as number)) end -= 1;
  let begin = end;
  while (begin > from && end - begin <= longestWord && isLetter(units[begin - 1] as number)) begin -= 1;
  const length = end - begin;
  if (length === 0) return false;
  const words = isFirst ? otherWords[length] : listWords;
  const said = words?.find((word) => word.length === length && isWord(units, begin, word));
  if (said !== undefined && (digits <= longestPhone || notPhoneWords.has(said))) return true;
  const head = begin - 5;
  if (length !== 4 || head < from || !isDigit(units[begin - 2] as number)) return false;
  return /^[A-Z]{2}\d\d[ -]$/i.test(String.fromCharCode(...units.subarray(head, begin)));
}

/** Whether a plus stands before the digits at `start`, with blanks between. */
export function followsPlus(units: Uint16Array, from: number, start: number): boolean {
  let before = start - 1;
  while (
    before >= from &&
    start - before <= 3 &&
    ((units[before] as number) === 0x20 || (units[before] as number) === 0xa0)
  )
    before -= 1;
  return before >= from && before < start - 1 && units[before] === 0x2b;
}

function isWord(units: Uint16Array, begin: number, word: string): boolean {
  for (let i = 0; i < word.length; i += 1)
    if (((units[begin + i] as number) | 0x20) !== word.charCodeAt(i)) return false;
  return true;
}

/** Whether a place lies in a link; asked from the text's beginning to its end, so that it is read once. */
export class LinkWatch {
  private readonly units: Uint16Array;
  private at: number;
  private inLink = false;

  constructor(units: Uint16Array, from: number) {
    this.units = units;
    this.at = from;
  }

  holds(place: number): boolean {
    const { units } = this;
    for (; this.at < place; this.at += 1) {
      const code = units[this.at] as number;
      if (code <= 0x20) this.inLink = false;
      else if (code === 0x3a) this.inLink ||= beginsLink(units, this.at);
      else if (code === backslash) {
        // An escape of JSON text: a line's end ends a link, `\/` is a part of one.
        const next = units[this.at + 1];
        if (next !== slash) this.inLink = false;
        this.at += 1;
      }
    }
    return this.inLink;
  }
}

/** `://`, or `:\/\/` as some programs escape it. */
function beginsLink(units: Uint16Array, colon: number): boolean {
  if (units[colon + 1] === slash) return units[colon + 2] === slash;
  return (
    units[colon + 1] === backslash &&
    units[colon + 2] === slash &&
    units[colon + 3] === backslash &&
    units[colon + 4] === slash
  );
}
