/** What the card networks issue: how their numbers begin and how long they are, and the check digit of all. */

/** Of any network's number, in digits. */
export const shortestNumber = 12;
export const longestNumber = 19;

/**
 * Whether these digits are a card's number (decision 38).
 * @param digits the first `count` of them
 * @param inCardMember Maestro's beginnings are too many to be looked for elsewhere
 */
export function isCardNumber(digits: Uint8Array, count: number, inCardMember: boolean): boolean {
  if (count < shortestNumber) return false;
  const four = at(digits, 0) * 1000 + at(digits, 1) * 100 + at(digits, 2) * 10 + at(digits, 3);
  return (isIssued(four, count) || (inCardMember && isMaestro(four))) && passesLuhn(digits, count);
}

const at = (digits: Uint8Array, i: number): number => digits[i] as number;

/** @param four the first four digits */
function isIssued(four: number, count: number): boolean {
  const two = Math.floor(four / 100);
  switch (Math.floor(four / 1000)) {
    case 4: // Visa
      return count === 13 || count === 16 || count === 19;
    case 5: // Mastercard; RuPay 508
      return count === 16 && ((two >= 51 && two <= 55) || Math.floor(four / 10) === 508);
    case 2: // Mastercard 2221–2720; Mir 2200–2204
      return (count === 16 && four >= 2221 && four <= 2720) || (count >= 16 && four >= 2200 && four <= 2204);
    case 3:
      if (two === 34 || two === 37) return count === 15; // American Express
      if (four >= 3528 && four <= 3589) return count === 16 || count === 19; // JCB
      if ((four >= 3000 && four <= 3059) || four === 3095 || two === 36 || two === 38 || two === 39) {
        return count === 14 || count === 16 || count === 19; // Diners
      }
      return false;
    case 6:
      if (two === 62) return count >= 16; // UnionPay
      if (four === 6011 || two === 65 || (four >= 6440 && four <= 6499)) return count === 16 || count === 19; // Discover
      return two === 60 && count === 16; // RuPay
    default:
      return false;
  }
}

const isMaestro = (four: number): boolean => {
  const two = Math.floor(four / 100);
  return two === 50 || (two >= 56 && two <= 69);
};

const doubled = new Uint8Array([0, 2, 4, 6, 8, 1, 3, 5, 7, 9]);

function passesLuhn(digits: Uint8Array, count: number): boolean {
  let sum = 0;
  for (let i = count - 1; i >= 0; i -= 2) {
    sum += at(digits, i);
    if (i > 0) sum += doubled[at(digits, i - 1)] as number;
  }
  return sum % 10 === 0;
}

/**
 * Thirteen digits outside a card's own member: no Visa has had so few for decades, but numbers of British, Swedish,
 * Polish, German and Austrian phones without their plus can have, and so has every bar code.
 */
export function looksLikeOther(units: Uint16Array, start: number, length: number): boolean {
  if (length !== 13) return false;
  const second = (units[start + 1] as number) & 0xf;
  return second === 3 || second === 4 || second >= 6 || isBarCode(units, start);
}

/** Whether the thirteenth digit is the check digit of an EAN-13. */
function isBarCode(units: Uint16Array, start: number): boolean {
  let sum = 0;
  for (let i = 0; i < 13; i += 1) sum += ((units[start + i] as number) & 0xf) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}
