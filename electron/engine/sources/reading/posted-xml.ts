/**
 * XML that was posted, as its source's shape sees it: its root as an object, as in a file of one row. It is kept as it came,
 * and read again whenever the message is.
 */
import type { Sentence } from '../../../../shared/domain.ts';
import { xmlOf } from '../../intake/posted-messages.ts';
import { UnreadableFile } from './unreadable.ts';
import { xmlReader } from './xml.ts';

/** So many characters are read in a step. */
const atOnce = 16_384;

/** @returns what the shape sees: the message itself where it is no XML, or why it cannot be read */
export function* openedXml(raw: string): Generator<void, { readonly text: string } | { readonly says: Sentence }> {
  const xml = xmlOf(raw);
  if (xml === null) return { text: raw };
  try {
    const reader = xmlReader([]);
    const rows = [];
    for (let at = 0; at < xml.length; at += atOnce) {
      rows.push(...reader.write(xml.slice(at, at + atOnce)));
      yield;
    }
    rows.push(...reader.close());
    return { text: rows[0]?.raw ?? raw };
  } catch (error) {
    if (error instanceof UnreadableFile) return { says: error.says };
    throw error;
  }
}
