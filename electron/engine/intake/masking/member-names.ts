/** What the name of a member says of the digits in it (decision 38). */
import { isSecretName, whatWordsSayOfCards } from './card-names.ts';
import { wordsOf } from './name-words.ts';

/**
 * `card`: they are a payment card's. `number`: they may be one's, written as a JSON number too. `other`: they never
 * are. `otherCard`: neither are they, nor is what stands inside; it is a key's or a loyalty card's. `free`: somebody wrote freely, whatever is around. `silent`: nothing; what stands around counts.
 */
export type NameSays = 'card' | 'number' | 'other' | 'otherCard' | 'free' | 'silent';

/** Where people write what they like: a card's number too, in a room's notes as well. */
const freeParts = /note|comment|remark|message|memo|descri|instruction|request/;
const otherParts =
  /phone|fono|mobile|telefon|rufnummer|handy|celular|cellulare|msisdn|whats_?app|viber|confirmation|reference|voucher|uuid|guid|iban|barcode|website|电话|電話|手机|手機|携帯|전화|телефон/;
const otherWords = new Set(
  [
    'tel',
    'tels',
    'telp',
    'tlf',
    'fax',
    'cell',
    'cel',
    'mob',
    'movil',
    'mobil',
    'portable',
    'hp',
    'gsm',
    'sms',
    'ref',
    'conf',
    'url',
    'uri',
    'link',
    'links',
    'href',
    'bic',
    'swift',
  ].concat(['sku', 'ean', 'gtin', 'upc', 'imei', 'id', 'ids']),
);
/** What is numbered without being a card: `invoice_number`, `bookingNo`. */
const numberedThings =
  /booking|reservation|invoice|order|ticket|folio|receipt|tracking|serial|passport|contact|loyalty|member|vat|tax|licen[cs]e|vehicle|plate|flight|document|registration/;
const numberWords = new Set(['no', 'nr', 'num', 'code']);
/** Names that say nothing by themselves: in an object named phone they are a phone's. */
const partNames = new Set(
  ['value', 'number', 'no', 'nr', 'code', 'raw', 'full', 'formatted', 'international', 'national', 'e164'].concat([
    'primary',
    'main',
    'home',
    'work',
    'private',
    'local',
    'href',
    'text',
    'display',
  ]),
);
/** Words of members whose numbers, however long, are money, a place, a time, a size, or an id of what an event is about. */
const ownNumberWords = new Set([
  ...['amount', 'total', 'totals', 'subtotal', 'price', 'balance', 'paid', 'due', 'net', 'gross', 'sum', 'cost', 'fee'],
  ...['tax', 'rate', 'value', 'lat', 'latitude', 'lng', 'lon', 'long', 'longitude', 'x', 'y', 'coordinates', 'geo'],
  ...['time', 'timestamp', 'stamp', 'ts', 'date', 'at', 'on', 'since', 'until', 'created', 'updated', 'modified'],
  ...['expires', 'count', 'quantity', 'qty', 'size', 'bytes', 'duration', 'ms', 'ns', 'seq', 'sequence', 'index'],
  ...['offset', 'version', 'revision', 'hash', 'checksum', 'etag', 'nonce', 'key', 'serial', 'booking', 'bookings'],
  ...['reservation', 'reservations', 'order', 'orders', 'payment', 'payments', 'invoice', 'folio', 'receipt', 'item'],
  ...['items', 'product', 'guest', 'guests', 'customer', 'property', 'event', 'transaction', 'account', 'company'],
]);
/** So many names are remembered, so that each of a body's members is judged once; the day's bodies are alike. */
const mostKnown = 2000;
const longestKnown = 64;
const known = new Map<string, NameSays>();

export function whatNameSays(name: string): NameSays {
  if (name.length > longestKnown) return judgeName(name);
  const before = known.get(name);
  if (before !== undefined) return before;
  if (known.size >= mostKnown) known.clear();
  const says = judgeName(name);
  known.set(name, says);
  return says;
}

function judgeName(name: string): NameSays {
  const words = wordsOf(name);
  const lower = name.toLowerCase();
  const ofCards = whatWordsSayOfCards(words);
  if (ofCards === 'pays') return 'card';
  if (ofCards === 'other') return 'otherCard';
  if (freeParts.test(lower)) return 'free';
  const isOther =
    otherParts.test(lower) || otherParts.test(words.join('')) || words.some((word) => otherWords.has(word));
  if (isOther || words.some((word) => word.startsWith('room'))) return 'other';
  if (ofCards === 'may') return 'number';
  const isNumber = words.some((word) => word === 'number' || word === 'numbers');
  const isNumbered = lower.includes('number') || words.some((word) => numberWords.has(word));
  if (isNumbered && numberedThings.test(lower)) return 'other';
  return isNumber ? 'number' : 'silent';
}

/** A name that leaves open which card it is. */
const anyCard = /^cards?[^a-z]*(?:number|no|nr|num|id|code)?$/i;

/** A member's name, with those around it; judged only once something asks. */
export class MemberName {
  private readonly text: string;
  private readonly start: number;
  private readonly end: number;
  private readonly around: MemberName | null;
  private judged: NameSays | null = null;

  /** @param start where the name's opening quote stands in `text`; `end`: after its closing one */
  constructor(text: string, start: number, end: number, around: MemberName | null) {
    this.text = text;
    this.start = start;
    this.end = end;
    this.around = around;
  }

  says(): NameSays {
    this.judged ??= this.judge();
    return this.judged;
  }

  /**
   * Whether what stands in it is a card's secret.
   * @param isBesideCard asks whether a card's number stands in the same object
   */
  isSecret(isBesideCard: () => boolean): boolean {
    const name = this.read();
    return isSecretName(
      name,
      () => wordsOf(name),
      () => this.around?.says() === 'card' || isBesideCard(),
    );
  }

  /** Whether its name says of a number what it is, or that of the object or list around a member that says nothing. */
  isOwnNumber(): boolean {
    const name = this.read();
    if (wordsOf(name).some((word) => ownNumberWords.has(word))) return true;
    return partNames.has(name.toLowerCase()) && (this.around?.isOwnNumber() ?? false);
  }

  private read(): string {
    const raw = this.text.slice(this.start, this.end);
    return raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
  }

  private judge(): NameSays {
    const name = this.read();
    const own = whatNameSays(name);
    const around = this.around?.says() ?? 'silent';
    if (own === 'card') return around === 'otherCard' && anyCard.test(name) ? 'otherCard' : own;
    if (own === 'other' || own === 'otherCard' || own === 'free') return own;
    const isPart = partNames.has(name.toLowerCase());
    if (around === 'card') return isPart ? 'card' : 'number';
    if (isPart && (around === 'other' || around === 'otherCard')) return around;
    return own === 'silent' && around === 'number' ? 'number' : own;
  }
}
