/** Which content types are taken: JSON and NDJSON under all their names (decision 40). */

import { charsetOf } from './charset.ts';
import { unsupportedType } from './reply.ts';

const jsonTypes = /^(?:(?:application|text)\/(?:[\w.-]+\+)?json|application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines))$/;
const lineTypes = /^application\/(?:x-ndjson|ndjson|jsonl|x-jsonlines)$/;
/** What programs say that cannot set it, and send JSON all the same. */
const saidOfJson = new Set(['', 'text/plain', 'application/x-www-form-urlencoded', 'application/octet-stream']);

/** Without its parameters, in lower case. */
export const mediaType = (contentType: string): string => contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

export const isLines = (type: string): boolean => lineTypes.test(type);

/**
 * @param lenient a PMS that cannot set headers may leave the type out, or say another one
 * @returns the character set that it declares; null where it declares none
 * @throws IntakeRefusal 415
 */
export function refuseType(contentType: string, contentEncoding: string | undefined, lenient: boolean) {
  const type = mediaType(contentType);
  const isKnown = jsonTypes.test(type) || (lenient && saidOfJson.has(type));
  const charset = charsetOf(contentType);
  const isPlain = ['', 'identity'].includes((contentEncoding ?? '').trim().toLowerCase());
  if (!isKnown || charset === undefined || !isPlain) throw unsupportedType();
  return charset;
}
