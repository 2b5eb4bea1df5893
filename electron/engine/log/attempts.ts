/** Attempts as the log shows them: what was asked, what was answered, and how long each part took. */
import type { Attempt, Timings } from '../../../shared/schemas.ts';
import { attemptView } from '../store/attempts.ts';
import type { ReadHandle } from '../store/connection.ts';

export interface StoredAttempt {
  readonly id: Attempt['id'];
  readonly kind: Attempt['kind'];
  readonly ordinal: number;
  readonly counts: number;
  readonly startedAt: Attempt['startedAt'];
  readonly endedAt: Attempt['endedAt'];
  readonly outcome: Attempt['outcome'];
  readonly sentence: string | null;
  readonly detail: string | null;
  readonly status: number | null;
  readonly requestHeaders: string;
  readonly responseHeaders: string | null;
  readonly responseBody: Uint8Array | null;
  readonly responseCut: number;
  readonly dnsMs: number | null;
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number | null;
  readonly toBench: number;
  readonly byHand: number;
  readonly sentBody: Uint8Array | null;
  readonly shape: string | null;
}

export const attemptColumns = `id, kind, ordinal, counts, started_at AS startedAt, ended_at AS endedAt, outcome,
  sentence, detail, status, request_headers AS requestHeaders, response_headers AS responseHeaders,
  response_body AS responseBody, response_cut AS responseCut, dns_ms AS dnsMs, connect_ms AS connectMs,
  tls_ms AS tlsMs, first_byte_ms AS firstByteMs, total_ms AS totalMs,
  sent_body AS sentBody, shape, to_bench AS toBench, by_hand OR kind = 'resend' OR kind = 'test' AS byHand`;

export const attemptStatements = {
  ofDeliveries: `SELECT delivery_seq AS deliverySeq, ${attemptColumns} FROM attempts INDEXED BY attempts_by_delivery
    WHERE delivery_seq IN (SELECT value FROM json_each(?)) ORDER BY delivery_seq, seq`,
} as const;

/**
 * Reads the attempts of some deliveries, oldest first: a delivery has few, the schedule's six and what a person
 * asked for.
 *
 * @returns given a JSON list of deliveries' `seq`, the attempts by delivery
 */
export function createAttemptReader(reader: ReadHandle): (deliverySeqs: string) => ReadonlyMap<number, Attempt[]> {
  const ofDeliveries = reader.prepare<[string], StoredAttempt & { readonly deliverySeq: number }>(
    attemptStatements.ofDeliveries,
  );
  return (deliverySeqs) => {
    const attempts = new Map<number, Attempt[]>();
    for (const stored of ofDeliveries.all(deliverySeqs)) {
      const present = attempts.get(stored.deliverySeq);
      if (present) present.push(shownAttempt(stored));
      else attempts.set(stored.deliverySeq, [shownAttempt(stored)]);
    }
    return attempts;
  };
}

const shownAttempt = (stored: StoredAttempt): Attempt =>
  attemptView({
    ...stored,
    counts: stored.counts === 1,
    byHand: stored.byHand === 1,
    sentence: parsed<Attempt['sentence']>(stored.sentence),
    responseHeaders: parsed<[string, string][]>(stored.responseHeaders),
    responseCut: stored.responseCut === 1,
    timings: timingsOf(stored),
    toBench: stored.toBench === 1,
  });

function timingsOf({ dnsMs, connectMs, tlsMs, firstByteMs, totalMs }: StoredAttempt): Timings | null {
  return totalMs === null ? null : { dnsMs, connectMs, tlsMs, firstByteMs, totalMs };
}

/** JSON that the store itself wrote. */
export const parsed = <Value>(text: string | null): Value | null =>
  text === null ? null : (JSON.parse(text) as Value);
