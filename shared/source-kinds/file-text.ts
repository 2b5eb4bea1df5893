/** A file's bytes as text: in which character set they are, where nobody says. */
import { byteText, isByteCharset } from '../byte-charsets.ts';
import type { TextCharset } from './file-form.ts';

/** How much of a file tells UTF-16 that begins with no mark, in bytes. */
export const tellingBytes = 1_024;

/** What the first bytes tell: a mark, or the zeros of UTF-16; null: they tell nothing. */
export function toldCharset(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
  return start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf ? 'utf-8' : zerosTell(start);
}

/** Text in Latin letters has a zero in every second byte of UTF-16, and none elsewhere. */
function zerosTell(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = Math.floor(start.length / 2);
  if (pairs === 0) return null;
  const zeros = [0, 0];
  for (let i = 0; i < pairs * 2; i += 1) if (start[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  if (odd > pairs / 2 && even < pairs / 10) return 'utf-16le';
  return even > pairs / 2 && odd < pairs / 10 ? 'utf-16be' : null;
}

/** What XML says at its beginning that its text is in, as it is called there; null: it says nothing. */
export const saidByXml = (start: string): string | null =>
  /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(start)?.[1] ?? null;

export interface FileText {
  readonly text: string;
  readonly charset: TextCharset;
}

/** One part of it is in one character set, and another in another: a line of each. */
export interface MixedText {
  readonly mixed: { readonly line: number; readonly other: number };
}

/**
 * @param bytes all of them
 * @param chosen null: it is found out. What is neither UTF-16 nor UTF-8 is Windows-1252, which programs write without
 *   saying so and in which every byte is a letter
 * @returns the text without its mark; null where the bytes are no such text
 */
export function textOfBytes(bytes: Uint8Array, chosen: TextCharset | null = null): FileText | MixedText | null {
  const charset = chosen ?? toldCharset(bytes.subarray(0, tellingBytes)) ?? 'utf-8';
  if (isByteCharset(charset)) return { text: byteText(bytes, charset), charset };
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), charset };
  } catch {
    if (chosen !== null || charset !== 'utf-8') return null;
    const found = findMixed();
    found.add(bytes);
    const mixed = found.lines();
    return mixed === null ? textOfBytes(bytes, 'windows-1252') : { mixed };
  }
}

/**
 * Whether letters of UTF-8 stand beside others. Counted are those that nobody writes in Windows-1252: a letter with an
 * accent (`Ã±` for ñ), and a dash or a quotation mark (`â€“`).
 */
export function findMixed() {
  let line = 1;
  /** Bytes that are still to come of a letter. */
  let open = 0;
  let lead = 0;
  let second = 0;
  let utf8 = 0;
  let others = 0;
  const endOfLetter = (): void => {
    if (utf8 === 0 && (lead === 0xc3 || (lead === 0xe2 && (second === 0x80 || second === 0x82)))) utf8 = line;
  };
  return {
    add(bytes: Uint8Array) {
      for (const byte of bytes) {
        if (open > 0 && (byte & 0xc0) === 0x80) {
          if (second === 0) second = byte;
          open -= 1;
          if (open === 0) endOfLetter();
          continue;
        }
        if (open > 0) others ||= line;
        open = 0;
        if (byte === 0x0a) line += 1;
        if (byte < 0x80) continue;
        open = byte >= 0xf0 && byte <= 0xf4 ? 3 : byte >= 0xe0 && byte < 0xf0 ? 2 : byte >= 0xc2 && byte < 0xe0 ? 1 : 0;
        [lead, second] = [byte, 0];
        if (open === 0) others ||= line;
      }
    },
    lines: () => {
      if (open > 0) others ||= line;
      return utf8 > 0 && others > 0 ? { line: utf8, other: others } : null;
    },
  };
}
