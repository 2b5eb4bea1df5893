/** What is known of a request that was not made, or whose maker is gone. */
import type { SendResult } from './exchange.ts';

/** The result of a request that was not made, or of which nothing is known. */
export const notSent = (
  phase: 'aborted' | 'connect' | 'request',
  code: string,
  message: string,
  totalMs = 0,
): SendResult => ({
  status: null,
  responseHeaders: null,
  responseBody: Buffer.alloc(0),
  responseTruncated: false,
  error: { phase, code, message, proxyStatus: null },
  certificate: null,
  reused: false,
  resent: false,
  timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs },
});
