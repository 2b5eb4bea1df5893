/** What the name of a member says of the digits in it (decisions 38). */

/**
 * `card`: they are a card's. `number`: they may be one's, written as a JSON number too. `other`: they never are.
 * `free`: somebody wrote freely, whatever is around. `silent`: nothing; what stands around counts.
 */
export type NameSays = 'card' | 'number' | 'other' | 'free' | 'silent';

const cardWords = new Set(['pan', 'cc']);
/** Where people write what they like: a card's number too, in a room's notes as well. */
const freeParts = /note|comment|remark|message|memo|descri|instruction|request/;
const otherParts = /phone|mobile|telefon|whatsapp|viber|confirmation|reference|voucher|uuid|guid|iban|barcode|website/;
const otherWords = new Set(
  ['tel', 'fax', 'cell', 'gsm', 'sms', 'ref', 'conf', 'url', 'uri', 'link', 'links', 'href', 'bic', 'swift'].concat([
    'sku',
    'ean',
    'ean13',
    'gtin',
    'upc',
    'imei',
    'id',
    'ids',
  ]),
);
/** What is numbered without being a card: `invoice_number`, `bookingNo`. */
const numberedThings =
  /booking|reservation|invoice|order|ticket|folio|receipt|tracking|serial|passport|loyalty|member|vat|tax|licen[cs]e|vehicle|plate|flight|document|registration/;
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
const secretNames = new Set(['cvv', 'cvc', 'cvv2', 'card_pin', 'track1', 'track2', 'track_data']);

export function whatNameSays(name: string): NameSays {
  const lower = name.toLowerCase();
  if (lower.includes('card')) return 'card';
  const words = wordsOf(name, lower);
  if (words.some((word) => cardWords.has(word))) return 'card';
  if (freeParts.test(lower)) return 'free';
  if (otherParts.test(lower) || words.some((word) => otherWords.has(word) || word.startsWith('room'))) return 'other';
  const isNumber = lower.includes('number');
  const isNumbered = isNumber || words.some((word) => numberWords.has(word));
  if (isNumbered && numberedThings.test(lower)) return 'other';
  return isNumber ? 'number' : 'silent';
}

/** `guestPhone_no` is guest, phone and no. */
function wordsOf(name: string, lower: string): readonly string[] {
  if (/^[a-z\d]*$/.test(name)) return [name];
  const parted = lower === name ? name : name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return parted.split(/[^a-z\d]+/);
}

/** Whether what stands in a member of exactly this name is a card's secret. */
export const isSecretName = (name: string): boolean => name.length <= 10 && secretNames.has(name.toLowerCase());

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

  private judge(): NameSays {
    const raw = this.text.slice(this.start, this.end);
    const name = raw.includes('\\') ? (JSON.parse(raw) as string) : raw.slice(1, -1);
    const own = whatNameSays(name);
    if (own === 'card' || own === 'other' || own === 'free') return own;
    const around = this.around?.says() ?? 'silent';
    if (around === 'card') return 'card';
    if (around === 'other' && partNames.has(name.toLowerCase())) return 'other';
    return own === 'silent' && around === 'number' ? 'number' : own;
  }
}
