/** A body's text, in whatever character set a Windows program or a till says that it wrote it (decision 40). */
import { isUtf8 } from 'node:buffer';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { IntakeRefusal } from './refusal.ts';

export type Charset = 'utf-8' | 'utf-16' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** Names by which a `Content-Type` declares one; what is called ISO-8859-1 is Windows-1252 in practice. */
const charsets: Readonly<Record<string, Charset>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16',
  utf16: 'utf-16',
  unicode: 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  'iso_8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'latin-1': 'windows-1252',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'cp-1252': 'windows-1252',
};

/** @returns null where the type declares none; undefined where it declares one that nobody here reads */
export function charsetOf(contentType: string): Charset | null | undefined {
  const declared = declaredIn(contentType);
  return declared === null ? null : charsets[declared.toLowerCase()];
}

/** What it is called there; null where it is not. */
export const declaredIn = (contentType: string): string | null =>
  /;\s*charset\s*=\s*["']?([^\s"';]+)/i.exec(contentType)?.[1] ?? null;

/**
 * The text without its byte order mark, which wins over what was declared.
 * @throws IntakeRefusal 400 where the bytes are no such text
 */
export function decodeBody(bytes: Uint8Array, declared: Charset | null = null): string {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const charset = markedCharset(body) ?? (declared === 'utf-8' ? null : declared) ?? plainCharset(body);
  switch (charset) {
    case 'windows-1252':
      return windowsText(body);
    case 'utf-16':
      // Declared without a mark: JSON begins with an ASCII sign, whose zero tells the order.
      return utf16(body, body[0] === 0 ? 'utf-16be' : 'utf-16le');
    case 'utf-16le':
    case 'utf-16be':
      return utf16(body, charset);
    default: {
      if (!isUtf8(bytes)) throw notText('refusal.not_utf8');
      const text = body.toString('utf8');
      return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
  }
}

/** Bytes in Windows-1252 as text; any bytes are. */
export const windowsText = (bytes: Buffer): string =>
  bytes.toString('latin1').replaceAll(/[\x80-\x9f]/g, (one) => windowsLetters[one.charCodeAt(0) - 0x80] ?? one);

/** What text that begins so is in, where nobody declares it: by its mark, or by the zeros of UTF-16. */
export const charsetBefore = (start: Buffer): Told => markedCharset(start) ?? plainCharset(start);

type Told = 'utf-8' | 'utf-16le' | 'utf-16be';

function markedCharset(body: Buffer): Told | null {
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? 'utf-8' : null;
}

/** JSON begins with an ASCII sign: a zero beside it is UTF-16 that nobody declared. */
function plainCharset(body: Buffer): Told {
  if (body.length >= 2 && body[0] === 0 && body[1] !== 0) return 'utf-16be';
  return body.length >= 2 && body[0] !== 0 && body[1] === 0 ? 'utf-16le' : 'utf-8';
}

function utf16(body: Buffer, order: 'utf-16le' | 'utf-16be'): string {
  if (body.length % 2 !== 0) throw notText('refusal.not_utf16');
  const text = (order === 'utf-16be' ? Buffer.from(body).swap16() : body).toString('utf16le');
  if (!text.isWellFormed()) throw notText('refusal.not_utf16');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

const notText = (key: 'refusal.not_utf8' | 'refusal.not_utf16'): IntakeRefusal =>
  new IntakeRefusal(400, 'not_utf8', sentence(key), {
    member: 'body',
    expected: 'JSON in UTF-8, or in the character set that Content-Type declares',
  });

/** What Windows-1252 has from 0x80 to 0x9f, where Latin-1 has control characters. */
const windowsLetters =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';
