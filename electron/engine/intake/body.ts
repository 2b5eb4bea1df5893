/**
 * Reads a request's body. One that is too large is read to its end all the same, and dropped: many clients send
 * everything before they look for an answer, and would see a reset in place of the 413 (decision 40).
 */
import type { IncomingMessage } from 'node:http';
import { tooLarge } from './reply.ts';

/** Of a body that is too large, so much is kept for whoever looks at the refusal. */
const keptBytes = 65_536;
/** More is not read, whatever the client expects. */
const mostReadBytes = 33_554_432;

export interface RequestBody {
  /** All of it, or its beginning where it was too large. */
  readonly bytes: Buffer;
  readonly sizeBytes: number;
  readonly isTooLarge: boolean;
}

/**
 * @param mostBytes larger ones are read and not kept
 * @throws IntakeRefusal 413 where it is too large even to be read
 */
export function readBody(payload: IncomingMessage, mostBytes: number): Promise<RequestBody> {
  return new Promise((resolve, reject) => {
    const declaredBytes = Number(payload.headers['content-length'] ?? 0);
    if (declaredBytes > mostReadBytes) {
      reject(tooLarge());
      return;
    }
    let chunks: Buffer[] = [];
    let sizeBytes = 0;
    payload.on('data', (chunk: Buffer) => {
      const isFirstTooMany = sizeBytes <= mostBytes && sizeBytes + chunk.length > mostBytes;
      if (sizeBytes <= mostBytes) chunks.push(chunk);
      sizeBytes += chunk.length;
      if (isFirstTooMany) chunks = [Buffer.from(Buffer.concat(chunks).subarray(0, keptBytes))];
      if (sizeBytes <= mostReadBytes) return;
      payload.removeAllListeners('data').pause();
      reject(tooLarge());
    });
    payload.on('end', () => {
      const [only] = chunks;
      const bytes = chunks.length === 1 && only ? only : Buffer.concat(chunks);
      resolve({ bytes, sizeBytes, isTooLarge: sizeBytes > mostBytes });
    });
    // A client that goes away has no answer to read.
    const cutOff = (): void => reject(Object.assign(new Error('the connection was closed'), { statusCode: 400 }));
    payload.on('error', cutOff);
    payload.on('close', cutOff);
  });
}
