/** What needs a person at an endpoint, or is tried again: since when, whether others get through, and what the receiver said. */
import type { OutcomeClass } from '../../../../shared/domain.ts';
import { receiverWords } from '../../../../shared/receiver-words.ts';
import type { Endpoint } from '../../../../shared/schemas.ts';
import { answerText } from '../../evidence/answer-text.ts';
import type { ReadHandle } from '../../store/connection.ts';
import { turnColumn, turns } from '../../store/deliveries.ts';

/** What is only too old has failed nowhere: it is told by itself (`held.ts`). */
const failed = `FROM deliveries INDEXED BY deliveries_attention
    WHERE endpoint_no = ? AND state = 'needs_attention' AND (reason IS 'too_old') = 0`;

export const attentionStatements = {
  first: `SELECT seq, ended_at AS endedAt ${failed} ORDER BY seq LIMIT 1`,
  last: `SELECT seq, ended_at AS endedAt, last_attempt_at AS lastAttemptAt, status, outcome, sentence ${failed}
    ORDER BY seq DESC LIMIT 1`,
  // deliveries_due: the one that is next
  retried: `SELECT seq, sentence FROM deliveries INDEXED BY deliveries_due
    WHERE endpoint_no = ? AND state = 'waiting' AND ${turnColumn} = ${turns.begun} ORDER BY due_at, seq LIMIT 1`,
  answer: `SELECT response_body AS body, response_cut AS cut, response_headers AS headers
    FROM attempts INDEXED BY attempts_by_delivery WHERE delivery_seq = ? ORDER BY seq DESC LIMIT 1`,
} as const;

interface LastRow {
  readonly seq: number;
  readonly endedAt: number | null;
  readonly lastAttemptAt: number | null;
  readonly status: number | null;
  readonly outcome: OutcomeClass | null;
  readonly sentence: string | null;
}

interface AnswerRow {
  readonly body: Uint8Array | null;
  readonly cut: number;
  readonly headers: string | null;
}

export function createAttention(reader: ReadHandle) {
  const first = reader.prepare<[number], { seq: number; endedAt: number | null }>(attentionStatements.first);
  const last = reader.prepare<[number], LastRow>(attentionStatements.last);
  const nextRetried = reader.prepare<[number], { seq: number; sentence: string | null }>(attentionStatements.retried);
  const answer = reader.prepare<[number], AnswerRow>(attentionStatements.answer);

  /** @param endpoint what is known of it: when it took something last, and whether its last attempt failed */
  function attention(endpoint: {
    readonly no: number;
    readonly lastDeliveredAt: number | null;
    readonly inTrouble: boolean;
  }): Endpoint['attention'] {
    const oldest = first.get(endpoint.no);
    const newest = last.get(endpoint.no);
    if (!oldest || !newest) return null;
    const lastAt = newest.endedAt ?? newest.lastAttemptAt ?? 0;
    const { status, outcome, sentence } = newest;
    return {
      since: (oldest.endedAt ?? lastAt) as never,
      lastAt: lastAt as never,
      othersGetThrough: !endpoint.inTrouble && (endpoint.lastDeliveredAt ?? 0) > lastAt,
      status,
      outcome,
      sentence: sentence === null ? null : JSON.parse(sentence),
      said: saidIn(newest.seq),
    };
  }

  /** Of those that are tried again, what was said of the one whose turn is next; null where there is none. */
  function retried(endpointNo: number): Endpoint['retried'] {
    const next = nextRetried.get(endpointNo);
    return next === undefined
      ? null
      : { sentence: next.sentence === null ? null : JSON.parse(next.sentence), said: saidIn(next.seq) };
  }

  function saidIn(deliverySeq: number): string | null {
    const { body, cut, headers } = answer.get(deliverySeq) ?? { body: null, cut: 0, headers: null };
    if (body === null || body.length === 0) return null;
    const pairs = headers === null ? [] : (JSON.parse(headers) as [string, string][]);
    const type = pairs.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
    return receiverWords(answerText(body, cut === 1), type);
  }

  return { attention, retried };
}
