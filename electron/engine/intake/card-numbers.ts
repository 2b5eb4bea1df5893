/** Finds card numbers in a text: the right length, the right beginning and a right check digit (decisions 17). */

export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

const fewestDigits = 13;
const mostDigits = 19;

/**
 * How the numbers of the card networks begin: Visa 4; Mastercard 51–55, 2221–2720; American Express 34, 37;
 * Diners 300–305, 3095, 36, 38, 39; JCB 3528–3589; Discover 6011, 644–649, 65; UnionPay 62; RuPay 60, 508;
 * Mir 2200–2204; Maestro 5018, 5020, 5038, 5893, 6304, 6759, 6761–6763.
 */
const networks =
  /^(?:4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|220[0-4]|3[47]|30[0-5]|3095|3[689]|352[89]|35[3-8]|60|62|64[4-9]|65|508|5018|5020|5038|5893|6304|6759|676[1-3])/;

/** Quick and generous: whether there may be a card number at all. */
const perhaps = /(?:\d[ -]{0,3}){12}\d/;

/** Whether a text is worth `findCardNumbers`. */
export const mayHoldCardNumber = (text: string): boolean => perhaps.test(text);

/**
 * The spans of card numbers in `text`, first to last, without overlap. The groups of a number may be parted by
 * up to three spaces and dashes; a number beside other digits ("room 101 4111 1111 1111 1111") is found too.
 */
export function findCardNumbers(text: string): TextSpan[] {
  const found: TextSpan[] = [];
  for (const groups of runsOfGroups(text)) {
    for (let first = 0; first < groups.length; first += 1) {
      const last = lastGroupOfCard(text, groups, first);
      if (last === null) continue;
      found.push({ start: (groups[first] as TextSpan).start, end: (groups[last] as TextSpan).end });
      first = last;
    }
  }
  return found;
}

/** Groups of digits with nothing but spaces and dashes between them. */
function* runsOfGroups(text: string): Generator<TextSpan[]> {
  let run: TextSpan[] = [];
  for (const match of text.matchAll(/\d+/g)) {
    const group = { start: match.index, end: match.index + match[0].length };
    const before = run.at(-1);
    if (before && !/^[ -]{1,3}$/.test(text.slice(before.end, group.start))) {
      yield run;
      run = [];
    }
    run.push(group);
  }
  if (run.length > 0) yield run;
}

/** The longest card number that begins with group `first`: the index of its last group. */
function lastGroupOfCard(text: string, groups: readonly TextSpan[], first: number): number | null {
  let digits = '';
  let last: number | null = null;
  for (let i = first; i < groups.length; i += 1) {
    const group = groups[i] as TextSpan;
    digits += text.slice(group.start, group.end);
    if (digits.length > mostDigits) break;
    if (digits.length >= fewestDigits && networks.test(digits) && passesLuhn(digits)) last = i;
  }
  return last;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    const weighed = i % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}
