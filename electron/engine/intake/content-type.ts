/** Which content types are taken: JSON and NDJSON under all their names (decision 40). */

import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { charsetOf } from './charset.ts';
import { IntakeRefusal, shownName } from './refusal.ts';

const jsonTypes = /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines))$/;
const lineTypes = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines)$/;
const xmlTypes = /^(?:application|text)\/(?:[\w.-]+\+)?xml$/;
const tableTypes =
  /^(?:(?:application|text)\/(?:x-)?(?:csv|comma-separated-values|tab-separated-values)|application\/vnd\.ms-excel)$/;
/** What programs say that cannot set it, and send JSON all the same. */
const saidOfJson = new Set(['', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream']);

/** Without its parameters, in lower case. */
export const mediaType = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isJson = (type: string): boolean => jsonTypes.test(type);
export const isLines = (type: string): boolean => lineTypes.test(type);
export const isXml = (type: string): boolean => xmlTypes.test(type);

export interface DeclaredBody {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * @param lenient a PMS that cannot set headers may leave the type out, or say another one
 * @returns the character set that it declares; null where it declares none
 * @throws IntakeRefusal 415
 */
export function refuseType({ contentType, bytes }: DeclaredBody, lenient: boolean) {
  const type = mediaType(contentType);
  const first = firstSign(bytes);
  if (!jsonTypes.test(type) && !(lenient && saidOfJson.has(type) && first !== '<')) throw otherType(type, first);
  const charset = charsetOf(contentType);
  if (charset === undefined) {
    const found = shownName(contentType.slice(contentType.indexOf(';') + 1).trim());
    throw unsupported('Content-Type', sentence('refusal.type_charset', { found }));
  }
  return charset;
}

/** What came instead of JSON, and where that is taken. */
function otherType(type: string, first: string): IntakeRefusal {
  const found = shownName(type);
  if (xmlTypes.test(type)) return unsupported('Content-Type', sentence('refusal.type_xml', { found }));
  if (first === '<' && type !== 'text/html') return unsupported('body', sentence('refusal.body_xml'));
  const isJson = first === '{' || first === '[';
  if (type === '')
    return unsupported('Content-Type', sentence(isJson ? 'refusal.type_unsaid' : 'refusal.type_missing'));
  if (isJson) return unsupported('Content-Type', sentence('refusal.type_of_json', { found }));
  if (type === 'application/x-www-form-urlencoded') {
    return unsupported('Content-Type', sentence('refusal.type_form', { found }));
  }
  if (type.startsWith('multipart/')) return unsupported('Content-Type', sentence('refusal.type_parts', { found }));
  if (tableTypes.test(type)) return unsupported('Content-Type', sentence('refusal.type_table', { found }));
  if (type === 'text/plain') return unsupported('Content-Type', sentence('refusal.type_text', { found }));
  return unsupported('Content-Type', sentence('refusal.type_unknown', { found }));
}

const unsupported = (member: string, says: Sentence): IntakeRefusal =>
  new IntakeRefusal(415, 'unsupported_type', says, {
    member,
    expected: 'application/json or application/x-ndjson, in UTF-8, UTF-16, ISO-8859-1 or Windows-1252',
  });

/** Behind a mark and blanks; empty where there is none. */
function firstSign(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString('latin1');
  // The marks of UTF-8 and UTF-16, whose ASCII signs have a zero beside them.
  return start.replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').replaceAll(/[\s\0]+/g, '')[0] ?? '';
}
