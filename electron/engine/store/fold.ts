/**
 * How a guest's name is kept in `events.guest` for searching, and how what a person types is made comparable: without
 * case and without accents, so that "maria" finds "María"; letters that a keyboard lacks as they are usually typed,
 * full width as plain, and every apostrophe and dash as the one on the keys.
 */

/** Small letters and signs that Unicode takes for no form of another, and how they are typed. */
const typedAs: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ı: 'i',
  ĸ: 'k',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ς: 'σ',
  '’': "'",
  '‘': "'",
  '‛': "'",
  ʼ: "'",
  ʻ: "'",
  '`': "'",
  '´': "'",
  '′': "'",
  '＇': "'",
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '−': '-',
};
const toType = new RegExp(`[${Object.keys(typedAs).join('')}]`, 'gu');
const typed = (text: string): string => text.replaceAll(toType, (sign) => typedAs[sign] ?? sign);

/** Nothing but what is on every keyboard: most names, and each event has one. */
const onKeys = /^[ -_a-~]*$/;

export const foldName = (name: string): string =>
  (onKeys.test(name) ? name.toLowerCase() : withoutAccents(name)).replaceAll(/\s+/g, ' ').trim();

/** Once before the accents go, for signs that are made of one; once after, for letters that carry one. */
const withoutAccents = (name: string): string =>
  typed(
    typed(name)
      .normalize('NFKD')
      .replaceAll(/[\p{M}\p{Cf}]/gu, '')
      .toLowerCase(),
  );

/** What an earlier version kept with its own form, beside `typedAs`: full width, and letters joined into one. */
const joined: Readonly<Record<string, string>> = { ﬁ: 'fi', ﬂ: 'fl', ﬀ: 'ff', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };
const wide = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((sign): readonly [string, string] => [
  String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0),
  sign,
]);

/** The same as an SQL expression over what earlier versions folded, whose accents and capitals are gone. */
export const refoldInSql = (column: string): string =>
  [...Object.entries({ ...typedAs, ...joined }), ...wide].reduce(
    (sql, [sign, plain]) => `replace(${sql}, ${quoted(sign)}, ${quoted(plain)})`,
    column,
  );

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
