/**
 * What an attempt at the test bench brought. It says nothing of the endpoint's own receiver: no health, no count of what
 * was delivered, and a delivery that the bench took is not delivered (decision 49).
 */

import type { AttemptReport } from '../sending/attempt.ts';
import type { AnswerColumns } from '../store/deliveries.ts';
import type { Flight } from './lane.ts';
import { freeNext, type Recorded, type RecordingParts, writeFailure } from './recording.ts';
import { type Settlement, settle } from './settle.ts';
import type { Candidate } from './waiting-window.ts';

/** Records one attempt at the bench; inside a transaction. */
export function recordAtBench(parts: RecordingParts, flight: Flight, report: AttemptReport): Recorded {
  const { deliveries, leases, attempts, ledger } = parts;
  const { lane, delivery, kind, ordinal } = flight;
  const { outcome, endedAt } = report;
  const health = ledger.get(lane.no);
  const settlement = settledThere(parts, flight, report);
  const sentence = JSON.stringify(outcome.sentence);
  attempts.insert({ ...report.row, counts: settlement.does === 'schedule' && settlement.counts }, sentence);
  leases.end(delivery.seq);
  const answer: AnswerColumns = {
    at: report.endedWall,
    status: report.status,
    outcome: outcome.class,
    sentence,
    durationMs: report.durationMs,
  };
  let waiting: Candidate | null = null;
  let settled = true;
  if (settlement.does === 'delivered') {
    // What its receiver had already, it has still.
    if (deliveries.get(delivery.seq)?.state === 'delivered') deliveries.setAttempts(delivery.seq, ordinal, answer.at);
    else deliveries.setSwallowed(delivery.seq, ordinal, answer);
  } else {
    waiting = writeFailure(parts, flight, answer, settlement, health);
    settled = settlement.does === 'schedule' && settlement.next.state === 'needs_attention';
  }
  const gone = outcome.class === 'gone' && kind !== 'resend' && lane.target.toBench;
  if (gone && lane.target.switch === 'on') {
    parts.endpoints.change(lane.no, { switch: 'paused', pausedUntil: null, pausedBy: null });
  }
  const freed = settled && lane.mayHaveParked ? freeNext(deliveries, delivery, endedAt) : null;
  return { flight, report, waiting, freed, health: 'none', eased: false, gone };
}

/** A refusal is marked as the bench's; one that comes after the endpoint has its own address back, changes nothing. */
function settledThere({ ledger, jitter }: RecordingParts, flight: Flight, report: AttemptReport): Settlement {
  const { lane, delivery, kind } = flight;
  const { outcome, endedAt } = report;
  const { deliveredCount } = ledger.get(lane.no);
  const settlement = settle({
    delivery,
    kind,
    outcome,
    endedAt,
    deliveredCount,
    incident: null,
    jitter,
    digestMs: null,
  });
  if (settlement.does !== 'schedule') return settlement;
  if (!lane.target.toBench) return { does: 'keep' };
  return { ...settlement, next: { ...settlement.next, reason: 'bench' } };
}
