/** The text of an answer, in the charset that it says it is in. */
import { type HeaderPairs, headerValue } from './evidence.ts';

/**
 * Null where the bytes are UTF-8, or say nothing else: they are shown as they are.
 * @param truncated a character that our cut divided is left out
 */
export function textInOtherCharset(bytes: Uint8Array, headers: HeaderPairs | null, truncated: boolean): string | null {
  if (bytes.length === 0) return null;
  const charset = charsetOf(bytes, headers);
  if (charset === null) return null;
  try {
    const decoder = new TextDecoder(charset);
    return decoder.encoding === 'utf-8' ? null : decoder.decode(bytes, { stream: truncated });
  } catch {
    // A charset that nobody knows.
    return null;
  }
}

/** By its byte order mark, its `Content-Type`, or what the page or document says of itself in its first kilobyte. */
function charsetOf(bytes: Uint8Array, headers: HeaderPairs | null): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return null;
  const type = headerValue(headers, 'content-type');
  const named = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type ?? '')?.[1];
  if (named !== undefined) return named;
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  return (
    /<meta[^>]{0,200}charset\s*=\s*["']?([^\s"'/>;]+)|<\?xml[^>]{0,100}encoding=["']([^"']+)/i
      .exec(head)
      ?.slice(1)
      .find((each) => each !== undefined) ?? null
  );
}

/** An answer's bytes as text: what is no UTF-8 is replaced, a character that our cut divided is left out. */
export function answerText(bytes: Uint8Array, truncated: boolean): string {
  return new TextDecoder('utf-8').decode(bytes, { stream: truncated });
}
