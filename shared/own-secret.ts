/** A receiver's own signing secret: what its libraries can take (decision 21). */

const prefix = 'whsec_';
/** Whole groups of four, the last one padded: what a strict decoder takes. */
const standardBase64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/;
const leastBytes = 24;
const mostBytes = 64;

/**
 * Whether a Standard Webhooks library takes this secret: `whsec_` and the standard base64 of 24 to 64 bytes. Another
 * one signs just as well, but can be verified only by code that keys with the text as it is.
 */
export function isStandardSecret(secret: string): boolean {
  const text = secret.trim();
  if (!text.startsWith(prefix)) return false;
  const encoded = text.slice(prefix.length);
  if (!standardBase64.test(encoded)) return false;
  const bytes = (encoded.length / 4) * 3 - (encoded.endsWith('==') ? 2 : encoded.endsWith('=') ? 1 : 0);
  return bytes >= leastBytes && bytes <= mostBytes;
}
