/** Which currency a PMS means: by its code, its number, its sign or its name. */

/** ISO 4217's code for none: of an amount whose currency cannot be told, which is not the property's own. */
export const unknownCurrency = 'XXX';

/** Signs and names that one currency alone has. */
const named: Readonly<Record<string, string>> = {
  '€': 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  us$: 'USD',
  'u.s.$': 'USD',
  'us dollar': 'USD',
  'us dollars': 'USD',
  '₱': 'PHP',
  'philippine peso': 'PHP',
  a$: 'AUD',
  au$: 'AUD',
  c$: 'CAD',
  ca$: 'CAD',
  hk$: 'HKD',
  nt$: 'TWD',
  nz$: 'NZD',
  s$: 'SGD',
  r$: 'BRL',
  '฿': 'THB',
  baht: 'THB',
  '₫': 'VND',
  '₩': 'KRW',
  '₹': 'INR',
  rm: 'MYR',
  rp: 'IDR',
};

/** ISO 4217's numbers of those that hotels are paid in most. */
const numbered: Readonly<Record<string, string>> = {
  '036': 'AUD',
  '124': 'CAD',
  '156': 'CNY',
  '344': 'HKD',
  '356': 'INR',
  '360': 'IDR',
  '392': 'JPY',
  '410': 'KRW',
  '458': 'MYR',
  '608': 'PHP',
  '702': 'SGD',
  '704': 'VND',
  '756': 'CHF',
  '764': 'THB',
  '784': 'AED',
  '826': 'GBP',
  '840': 'USD',
  '978': 'EUR',
};

/** Signs and names that several countries have: a PMS that writes them means those of its own. */
const own = /^(?:[$£¥]|kr\.?|pesos?|dollars?|pounds?|dollar|n\/?a|none|-*)$/i;

/**
 * @param text as the event has it
 * @returns null where it is the property's own; {@link unknownCurrency} where it is another one that nobody can tell
 */
export function currencyCode(text: string): string | null {
  const plain = text.trim();
  if (/^[a-z]{3}$/i.test(plain)) return plain.toUpperCase();
  if (own.test(plain)) return null;
  return named[plain.toLowerCase()] ?? numbered[plain.padStart(3, '0')] ?? unknownCurrency;
}
