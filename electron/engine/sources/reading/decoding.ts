/** A file's bytes as text, piece by piece, and in which character set they are. */
import { byteText, isByteCharset } from '../../../../shared/byte-charsets.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { TextCharset } from '../../../../shared/source-kinds/file-form.ts';
import { findMixed, tellingBytes, toldCharset } from '../../../../shared/source-kinds/file-text.ts';
import { windowsText } from '../../intake/charset.ts';
import { UnreadableFile } from './unreadable.ts';

/** Looks through a whole file for what its bytes are, piece by piece. */
export interface CharsetFinder {
  add(bytes: Uint8Array): void;
  /** @throws UnreadableFile where one part is UTF-8 and another is not, with a line of each */
  found(): TextCharset;
}

/**
 * A mark at the start tells; else many zeros on one side tell UTF-16; else what is UTF-8 to its end is that, and
 * anything else Windows-1252, in which every byte is a letter.
 */
export function findCharset(): CharsetFinder {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let start: Buffer = Buffer.alloc(0);
  let isUtf8 = true;
  const mixed = findMixed();
  const other = (): TextCharset => {
    const lines = mixed.lines();
    if (lines !== null) throw new UnreadableFile(sentence('file.mixed_charsets', lines));
    return 'windows-1252';
  };
  return {
    add(bytes) {
      mixed.add(bytes);
      if (start.length < tellingBytes) start = Buffer.concat([start, bytes.subarray(0, tellingBytes - start.length)]);
      if (!isUtf8) return;
      try {
        decoder.decode(bytes, { stream: true });
      } catch {
        isUtf8 = false;
      }
    },
    found() {
      const told = toldCharset(start);
      if (told !== null) return told;
      if (!isUtf8) return other();
      try {
        decoder.decode();
      } catch {
        return other();
      }
      return 'utf-8';
    },
  };
}

/**
 * @param charset as it was found or chosen; a mark at the start is left out
 * @throws UnreadableFile where the bytes are no such text
 */
export async function* decoded(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  charset: TextCharset,
): AsyncGenerator<string> {
  if (charset === 'windows-1252') {
    for await (const bytes of pieces) {
      yield windowsText(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
    return;
  }
  if (isByteCharset(charset)) {
    for await (const bytes of pieces) yield byteText(bytes, charset);
    return;
  }
  const decoder = new TextDecoder(charset, { fatal: true });
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new UnreadableFile(sentence('file.not_charset', { charset: charset.toUpperCase() }), error);
    }
  };
  for await (const bytes of pieces) {
    const text = decode(bytes);
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}
