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

/**
 * @param bytes all of them
 * @param chosen null: it is found out. What is neither UTF-16 nor UTF-8 is Windows-1252, which programs write without
 *   saying so and in which every byte is a letter
 * @returns the text without its mark; null where the bytes are no such text
 */
export function textOfBytes(bytes: Uint8Array, chosen: TextCharset | null = null): FileText | null {
  const charset = chosen ?? toldCharset(bytes.subarray(0, tellingBytes)) ?? 'utf-8';
  if (isByteCharset(charset)) return { text: byteText(bytes, charset), charset };
  try {
    return { text: new TextDecoder(charset, { fatal: true }).decode(bytes), charset };
  } catch {
    return chosen === null && charset === 'utf-8' ? textOfBytes(bytes, 'windows-1252') : null;
  }
}
