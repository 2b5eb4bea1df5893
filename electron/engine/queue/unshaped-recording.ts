/** An event that its endpoint's template does not fit: it needs a person, no request was made, and nothing is used up. */
import type { AttemptReport } from '../sending/attempt.ts';
import type { Flight } from './lane.ts';
import { freeNext, type Recorded, type RecordingParts } from './recording.ts';

/** Records it; inside a transaction. What was delivered before stays so. */
export function recordUnshaped(
  { deliveries, leases }: RecordingParts,
  flight: Flight,
  report: AttemptReport,
): Recorded {
  const { lane, delivery } = flight;
  leases.end(delivery.seq);
  const isHeld = deliveries.setUnshaped(delivery.seq, report.endedWall, JSON.stringify(report.outcome.sentence));
  const freed = isHeld && lane.mayHaveParked ? freeNext(deliveries, delivery, report.endedAt) : null;
  return { flight, report, waiting: null, freed, health: 'none', eased: false, gone: false };
}
