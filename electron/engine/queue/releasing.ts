/**
 * After a recovery, with the first success after a failure, or when a person says "send everything that waits": what
 * waits becomes due now, a few deliveries to a transaction. How far it has come stands in the endpoint's row, so a restart goes on with it.
 */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { EngineContext } from '../context.ts';
import type { HealthLedger } from '../endpoints/health-ledger.ts';
import type { DeliveryRecord, DeliveryStore } from '../store/deliveries.ts';

/** So many deliveries are made due in one transaction. */
const stepRows = 100;
/** Of those that wait behind another one, so many of the oldest are looked at in a sweep. */
const parkedRows = 50;

export interface ReleasesParts extends Pick<EngineContext, 'commit' | 'time' | 'logger'> {
  readonly deliveries: DeliveryStore;
  readonly ledger: HealthLedger;
  /** Inside the transaction of each step. */
  readonly stepped: (endpointNo: number) => void;
  readonly ended: () => void;
}

export interface Releases {
  /** Step by step, unless that is under way. */
  begin(endpointNo: number): void;
  /** Makes due what waits behind another one of its entity that is there no more. */
  freeStranded(endpointNo: number): void;
}

/**
 * Whether anything waits behind another one of its entity, and whether one does so in vain: whatever settled the one
 * ahead should have let it go. Cheap, for the sweep.
 */
export function lookAtParked(
  deliveries: DeliveryStore,
  endpointNo: number,
): { readonly mayHaveParked: boolean; readonly isAnyStranded: boolean } {
  const parked = deliveries.someParked(endpointNo, parkedRows);
  return { mayHaveParked: parked.length > 0, isAnyStranded: strandedOf(deliveries, parked).length > 0 };
}

const strandedOf = (deliveries: DeliveryStore, parked: readonly DeliveryRecord[]): DeliveryRecord[] =>
  parked.filter(
    ({ endpointNo, orderKey, seq }) => orderKey === null || !deliveries.hasAhead(endpointNo, orderKey, seq),
  );

export function createReleases({ deliveries, ledger, commit, time, logger, stepped, ended }: ReleasesParts): Releases {
  const underWay = new Set<number>();

  async function steps(endpointNo: number): Promise<void> {
    const step = () => {
      const isDone = releaseStep(deliveries, ledger, endpointNo, time.now());
      stepped(endpointNo);
      return isDone;
    };
    while (!(await commit.transact(step)));
  }

  return {
    begin(endpointNo) {
      if (underWay.has(endpointNo)) return;
      underWay.add(endpointNo);
      steps(endpointNo)
        .catch((error) =>
          logger.error({ err: error }, 'what waits could not be released; the next sweep goes on with it'),
        )
        .finally(() => {
          underWay.delete(endpointNo);
          ended();
        });
    },
    freeStranded(endpointNo) {
      commit
        .transact(() => {
          const stranded = strandedOf(deliveries, deliveries.someParked(endpointNo, parkedRows));
          for (const { seq, createdAt } of stranded) {
            deliveries.setDue(seq, utcMs(Math.min(createdAt, time.now())), null);
          }
          stepped(endpointNo);
          return stranded.length;
        })
        .then((freed) => {
          if (freed > 0)
            logger.warn({ endpoint: endpointNo, deliveries: freed }, 'what waited behind nothing goes out');
        })
        .catch((error) => logger.error({ err: error }, 'what waits behind nothing could not be freed'))
        .finally(ended);
    },
  };
}

/**
 * One step, inside a transaction.
 * @param now engine time
 * @returns whether everything is released
 */
function releaseStep(deliveries: DeliveryStore, ledger: HealthLedger, endpointNo: number, now: UtcMs): boolean {
  const state = ledger.get(endpointNo);
  if (state.releaseTo === null) return true;
  if (
    state.releaseIncident !== null &&
    releaseUsedUp(deliveries, endpointNo, state.releaseIncident, state.releaseTo, now)
  ) {
    return false;
  }
  const later =
    state.releaseMark === null
      ? deliveries.waitingLater(endpointNo, now, state.releaseTo, stepRows)
      : deliveries.failedSince(endpointNo, now, state.releaseTo, state.releaseMark, stepRows);
  for (const { seq, createdAt } of later) deliveries.setDue(seq, utcMs(Math.min(createdAt, now)), null);
  if (later.length === stepRows) return false;
  ledger.put(endpointNo, { ...state, releaseTo: null, releaseIncident: null, releaseMark: null });
  return true;
}

/**
 * Used-up deliveries get one further attempt, unless they were refused as such or something newer of the same
 * entity has arrived (decision 14). Each is looked at once: `failed_in` is forgotten with that.
 * @returns whether there may be more
 */
function releaseUsedUp(
  deliveries: DeliveryStore,
  endpointNo: number,
  incident: number,
  to: number,
  now: UtcMs,
): boolean {
  const usedUp = deliveries.usedUpIn(endpointNo, incident, to, stepRows);
  for (const delivery of usedUp) {
    const overtaken = deliveries.hasLaterDelivered(delivery);
    deliveries.setSchedule(delivery.seq, {
      state: overtaken ? 'needs_attention' : 'waiting',
      reason: null,
      dueAt: utcMs(Math.min(delivery.createdAt, now)),
      failures: delivery.failures,
      blames: delivery.blames,
      deliveredMark: delivery.deliveredMark,
      failedIn: null,
      throttledSince: delivery.throttledSince,
      endedAt: overtaken ? now : null,
    });
  }
  return usedUp.length === stepRows;
}
