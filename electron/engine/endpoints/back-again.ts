/** An endpoint takes something again: what its trouble held up is let go, and how long it lasted is written down. */
import type { UtcMs } from '../../../shared/domain.ts';
import { readTrouble, type TroubleRecord, wasTold } from '../evidence/trouble.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { HealthState } from '../store/endpoints.ts';
import type { OutageStore } from '../store/outages.ts';
import type { RecoveryStore } from '../store/recoveries.ts';

export interface BackAgainParts {
  readonly deliveries: DeliveryStore;
  readonly recoveries: RecoveryStore;
  readonly outages: OutageStore;
  /** The highest `seq` that there is: how far a recovery reaches. */
  readonly newestSeq: () => number;
}

/** Waiting deliveries of a recovery are counted up to here. */
const mostCounted = 100_000;

/**
 * With the first success after a failure, of whatever kind, what failed need not wait for its time, however far its
 * retries have come. Where only such failed as others have got through beside, that is their own trouble, and they keep
 * their schedule.
 * @param trouble that is over
 */
export const freeing = (
  { newestSeq }: Pick<BackAgainParts, 'newestSeq'>,
  before: HealthState,
  trouble: TroubleRecord | null,
) => ({
  releaseTo: newestSeq(),
  releaseIncident: null,
  releaseMark: trouble?.othersGotThrough === false ? 0 : before.deliveredCount,
});

/**
 * What its failure was about was put right here: what failed for it need not wait for its time, and where it takes
 * nothing, the next trial is now.
 * @param now engine time
 */
export const freedByChange = (parts: Pick<BackAgainParts, 'newestSeq'>, health: HealthState, now: UtcMs) => ({
  ...health,
  ...freeing(parts, health, readTrouble(health.trouble)),
  nextTrialAt: health.health === 'failing' ? now : health.nextTrialAt,
});

/** When an endpoint was found to take something again, and by which delivery; null for a test send. */
export interface BackAgain {
  readonly at: UtcMs;
  readonly takenSeq: number | null;
}

/** The incident is over: it is written down, and what waits is to be made due (`releasing.ts`). */
export function recover(
  {
    recoveries,
    outages,
    deliveries,
    newestSeq,
  }: Pick<BackAgainParts, 'recoveries' | 'outages' | 'deliveries' | 'newestSeq'>,
  endpointNo: number,
  before: HealthState,
  after: HealthState,
  back: BackAgain,
): HealthState {
  noteRecovery({ recoveries, outages, deliveries }, endpointNo, before.failingSince ?? back.at, back);
  return { ...after, releaseTo: newestSeq(), releaseIncident: before.incident, releaseMark: null };
}

/** Who was told that an endpoint takes nothing is told that this is over. */
export function noteEnd(
  parts: Pick<BackAgainParts, 'recoveries' | 'outages' | 'deliveries'>,
  endpointNo: number,
  trouble: TroubleRecord | null,
  back: BackAgain,
): void {
  if (trouble && wasTold(trouble, back.at)) noteRecovery(parts, endpointNo, trouble.since, back);
}

function noteRecovery(
  { recoveries, outages, deliveries }: Pick<BackAgainParts, 'recoveries' | 'outages' | 'deliveries'>,
  endpointNo: number,
  since: UtcMs,
  { at, takenSeq }: BackAgain,
): void {
  recoveries.insert(endpointNo, since, at, deliveries.countWaiting(endpointNo, mostCounted));
  outages.receiverIsBack(endpointNo, since, at, takenSeq);
}
