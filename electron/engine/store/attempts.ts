/** Attempts: one HTTP request each, as the log shows it. Never given a secret or a custom header's value. */
import type { AttemptId, AttemptKind, OutcomeClass, Sentence, UtcMs } from '../../../shared/domain.ts';
import type { Attempt, Timings } from '../../../shared/schemas.ts';
import type { WriteHandle } from './connection.ts';

export interface NewAttempt {
  readonly id: AttemptId;
  /** Null for a test send. */
  readonly deliverySeq: number | null;
  readonly endpointNo: number;
  readonly kind: AttemptKind;
  /** A person asked for it. */
  readonly byHand: boolean;
  readonly ordinal: number;
  readonly counts: boolean;
  readonly startedAt: UtcMs;
  readonly endedAt: UtcMs | null;
  readonly outcome: OutcomeClass;
  readonly sentence: Sentence;
  readonly detail: string | null;
  readonly status: number | null;
  /** JSON: names and values. */
  readonly requestHeaders: string;
  readonly responseHeaders: readonly (readonly [string, string])[] | null;
  readonly responseBody: Uint8Array | null;
  readonly responseCut: boolean;
  readonly timings: Timings | null;
  /** It went to the test bench instead of its endpoint's receiver. */
  readonly toBench: boolean;
  /** The body that went out, where its endpoint's kind makes one for each attempt and it was not too long to be kept. */
  readonly sentBody: Uint8Array | null;
  /** Of such a kind: which template made it. */
  readonly shape: string | null;
  readonly test: { readonly eventId: string; readonly body: string } | null;
}

/** As the API shows it, whether it was just made or is read from the log. */
export function attemptView(
  attempt: Omit<NewAttempt, 'deliverySeq' | 'endpointNo' | 'test' | 'sentence' | 'outcome'> &
    Pick<Attempt, 'sentence' | 'outcome'>,
): Attempt {
  const { id, kind, byHand, ordinal, counts, startedAt, endedAt, outcome, sentence, detail, status } = attempt;
  const { responseHeaders, responseBody, responseCut, timings, toBench, sentBody, shape } = attempt;
  return {
    id,
    kind,
    byHand,
    ordinal,
    counts,
    startedAt,
    endedAt,
    outcome,
    sentence,
    detail,
    status,
    requestHeaders: JSON.parse(attempt.requestHeaders) as Attempt['requestHeaders'],
    responseHeaders: responseHeaders?.map(([name, value]) => [name, value]) ?? null,
    // Kept as text already, in whichever characters it came.
    responseBody: responseBody === null ? null : Buffer.from(responseBody).toString('utf8'),
    responseTruncated: responseCut,
    timings,
    toBench,
    sentBody: sentBody === null ? null : Buffer.from(sentBody).toString('utf8'),
    shape,
  };
}

export type AttemptStore = ReturnType<typeof createAttemptStore>;

export function createAttemptStore(writer: WriteHandle) {
  const insert = writer.prepare(
    `INSERT INTO attempts (id, delivery_seq, endpoint_no, kind, ordinal, counts, started_at, ended_at, outcome, sentence,
       detail, status, request_headers, response_headers, response_body, response_cut, dns_ms, connect_ms, tls_ms,
       first_byte_ms, total_ms, test_event_id, test_body,
       to_bench, by_hand, sent_body, shape)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return {
    /**
     * Inside the transaction that also writes its delivery's new state (principle 2).
     * @param sentence as JSON, where that is at hand
     */
    insert(attempt: NewAttempt, sentence = JSON.stringify(attempt.sentence)): void {
      const { timings, test } = attempt;
      insert.run(
        attempt.id,
        attempt.deliverySeq,
        attempt.endpointNo,
        attempt.kind,
        attempt.ordinal,
        attempt.counts ? 1 : 0,
        attempt.startedAt,
        attempt.endedAt,
        attempt.outcome,
        sentence,
        attempt.detail,
        attempt.status,
        attempt.requestHeaders,
        attempt.responseHeaders === null ? null : JSON.stringify(attempt.responseHeaders),
        attempt.responseBody,
        attempt.responseCut ? 1 : 0,
        timings?.dnsMs ?? null,
        timings?.connectMs ?? null,
        timings?.tlsMs ?? null,
        timings?.firstByteMs ?? null,
        timings?.totalMs ?? null,
        test?.eventId ?? null,
        test?.body ?? null,
        attempt.toBench ? 1 : 0,
        attempt.byHand ? 1 : 0,
        attempt.sentBody,
        attempt.shape,
      );
    },
  };
}
