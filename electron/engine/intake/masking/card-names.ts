/** Names of payment cards, of cards that are none, and of a card's secrets (decisions 17 and 38). */

const cardWords = new Set(['card', 'cards', 'cc', 'pan', 'creditcard', 'debitcard', 'paymentcard', 'bankcard']);
/** As some programs write two words. */
const solid: Readonly<Record<string, readonly string[]>> = {
  cardnumber: ['card', 'number'],
  cardno: ['card', 'no'],
  cardnum: ['card', 'num'],
  cardnr: ['card', 'nr'],
  ccnumber: ['cc', 'number'],
  ccno: ['cc', 'no'],
  ccnum: ['cc', 'num'],
  creditcardnumber: ['credit', 'card', 'number'],
  creditcardno: ['credit', 'card', 'no'],
  debitcardnumber: ['debit', 'card', 'number'],
  cardcvv: ['card', 'cvv'],
  cardcvc: ['card', 'cvc'],
  cvvcode: ['cvv', 'code'],
  cvccode: ['cvc', 'code'],
  securitycode: ['security', 'code'],
  cardholder: ['card', 'holder'],
};
/** After the thing itself: `card_number` is a card. */
const numberWords = new Set(['number', 'numbers', 'no', 'nr', 'num', 'full', 'raw', 'value', 'digits']);
/** Beside these a card pays, whatever else is said of it: `member_credit_card`. */
const payingWords = new Set(['credit', 'debit', 'payment', 'creditcard', 'debitcard', 'paymentcard', 'bankcard']);
/** Of a card that pays, and say nothing else. */
const knownWords = new Set(
  ['guest', 'payer', 'customer', 'client', 'bank', 'primary', 'account', 'maestro', 'visa', 'mastercard'].concat([
    ...['master', 'amex', 'billing', 'guarantee', 'deposit', 'saved', 'stored', 'new', 'old', 'my', 'default', 'used'],
  ]),
);
/** Cards that open, collect or show something, and have numbers of their own. */
const otherCards =
  /^(?:keys?|rooms?|loyalty|gift|members?|memberships?|sim|ids?|identity|business|post|punch|access|door|locker|parking|phone|calling|sd|time|report|library|train|bus|metro|transport|transit|ski|spa|fuel|rewards?|bonus|points?|club|vip|discount|customer|health|insurance|student|staff|employee|registration|entry|rfid|nfc|magnetic|swipe|prepaid|meal|breakfast)$/;
const otherSolid =
  /^(?:key|room|loyalty|gift|member|membership|sim|id|business|post|punch|access|door|parking|phone|time|reward|bonus|club)cards?$/;
/** Said of a card, but not its number. */
const besideCards = new Set(
  ['holder', 'holders', 'wild', 'score', 'issued', 'issue', 'count', 'total', 'at', 'on', 'by', 'date', 'name'].concat([
    ...['type', 'brand', 'index', 'position', 'version', 'amount', 'sum', 'balance', 'limit', 'fee', 'played', 'token'],
  ]),
);

/** `pays`: a payment card's number. `may`: perhaps one's. `other`: another card's. `none`: nothing of cards. */
export type CardSays = 'pays' | 'may' | 'other' | 'none';

/** What a name's words say of cards. */
export function whatWordsSayOfCards(said: readonly string[]): CardSays {
  const words = said.flatMap((word) => solid[word] ?? word);
  if (words.join(' ') === 'primary account number') return 'pays';
  if (words.some((word) => otherSolid.test(word))) return 'other';
  if (!words.some((word) => cardWords.has(word))) return 'none';
  const head = words.findLast((word) => !numberWords.has(word)) ?? '';
  const isCard = cardWords.has(head);
  const pays = isCard && (head === 'cc' || head === 'pan' || words.some((word) => payingWords.has(word)));
  if (!pays) {
    if (words.some((word) => besideCards.has(word))) return 'none';
    if (words.some((word) => word !== 'customer' && otherCards.test(word))) return 'other';
  }
  const isKnown = words.every(
    (word) => cardWords.has(word) || numberWords.has(word) || payingWords.has(word) || knownWords.has(word),
  );
  return isCard && (isKnown || words.some((word) => payingWords.has(word))) ? 'pays' : 'may';
}

/** Names that are a card's secret wherever they stand, letter by letter. */
const secretNames = new Set(['cvv', 'cvc', 'cvv2', 'cvc2', 'card_pin', 'track1', 'track2', 'track_data']);
/** A quick look at a name or at a whole text: whether a card's secret may be named there. */
export const mayNameSecret = /cv[cvn]|card_pin|track[12_]|\bcid"|[a-z_]cid"|(?:secur|verif)i[tc]/i;
const besideSecret = new Set(['code', 'number', 'no', 'value', 'security', 'the']);

/**
 * Whether what stands in a member of this name is a card's secret.
 * @param inCard asks whether it stands in a payment card's object or beside a card's number, where `security_code`, `cid`,
 * `cvn` and `verification_value` are one too: elsewhere they are a door's, or somebody's number
 */
export function isSecretName(name: string, words: () => readonly string[], inCard: () => boolean): boolean {
  if (secretNames.has(name.toLowerCase())) return true;
  const said = words().flatMap((word) => solid[word] ?? word);
  const rest = said.filter((word) => !(cardWords.has(word) || payingWords.has(word) || knownWords.has(word)));
  const besideCard = said.some((word) => cardWords.has(word));
  const left = rest.filter((word) => !besideSecret.has(word)).join(' ');
  // Not `cvv_result`, which is what the bank said of it.
  if (left === 'cvv' || left === 'cvc') return true;
  const isCode =
    left === 'cid' ||
    left === 'cvn' ||
    (left === 'verification' && (rest.includes('value') || rest.includes('code') || rest.includes('number'))) ||
    (left === '' && rest.includes('security') && rest.includes('code'));
  return isCode && (besideCard || inCard());
}
