/** What a text says where it is written for a machine: `\u00e9` in JSON is a letter, so is `%C3%A9` in an address. Pure. */

/** So often is an address inside of an address encoded again. */
const mostDecodings = 3;

/** The text as it is written, and each other way in which it can be read; most texts have one. */
export function readings(text: string): readonly string[] {
  if (!/[\\%+]/.test(text)) return hasUmlaut.test(text) ? [text, withoutUmlauts(text)] : [text];
  const all = new Set([text]);
  let last = unescaped(text);
  all.add(last);
  for (let times = 0; times < mostDecodings && last.includes('%'); times += 1) {
    last = percentDecoded(last);
    all.add(last);
  }
  // In what is asked of an address, and in forms, a plus is a space.
  for (const one of [...all]) if (one.includes('+')) all.add(one.replaceAll('+', ' '));
  for (const one of [...all]) if (hasUmlaut.test(one)) all.add(withoutUmlauts(one));
  return [...all];
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };
const hasUmlaut = /[äöüåø]|[aou]\u0308|a\u030a/iu;

/** As passports, and keyboards without them, write: "Müller" is "Mueller". "Michal" is not "Michael". */
export const withoutUmlauts = (text: string): string =>
  text.normalize('NFC').replaceAll(/[äöüåø]/giu, (letter) => umlauts[letter.toLowerCase()] ?? letter);

const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replaceAll(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** As UTF-8, and where it is none as the letters of the West, which older systems encode. */
const percentDecoded = (text: string): string =>
  text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return Buffer.from(run.replaceAll('%', ''), 'hex').toString('latin1');
    }
  });

/** How a value may be written in the bytes of a file. */
export function writings(value: string): string[] {
  const encoded = encodeURIComponent(value);
  const lower = encoded.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase());
  const escaped = value.replaceAll(/[^ -~]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [...new Set([value, encoded, lower, encoded.replaceAll('%20', '+'), escaped])];
}

/** A file's bytes as text: UTF-16 has a mark at its beginning, or every other byte of its first line is empty. */
export function textOf(bytes: Buffer): string {
  const [first = 1, second = 1, third = 1, fourth = 1] = bytes;
  if ((first === 0xff && second === 0xfe) || (second === 0 && fourth === 0 && first !== 0)) {
    return bytes.toString('utf16le');
  }
  if ((first === 0xfe && second === 0xff) || (first === 0 && third === 0 && second !== 0)) {
    return new TextDecoder('utf-16be').decode(bytes);
  }
  return bytes.toString('utf8');
}
