/** A request as it goes over the wire: one piece, so that a small event is one TLS record and one packet. */

// RFC 9110, 5.5 and 5.6.2. Whatever could end a line or begin another request stays out.
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const sendable = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * @param requestLine with the headers that the connection itself needs, each line ended
 * @param headers flat list of names and values
 * @returns null where a header cannot be sent
 */
export function requestBytes(requestLine: string, headers: readonly string[], body: Uint8Array): Buffer | null {
  let head = requestLine;
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    const value = headers[index + 1] ?? '';
    if (!token.test(name) || !sendable.test(value)) return null;
    head += `${name}: ${value}\r\n`;
  }
  head += `Content-Length: ${body.length}\r\n\r\n`;
  const bytes = Buffer.allocUnsafe(head.length + body.length);
  bytes.write(head, 'latin1');
  bytes.set(body, head.length);
  return bytes;
}
