/**
 * What was held since it is too old, sent or skipped at a person's word, a few deliveries to a transaction; and let go by
 * itself where its endpoint takes what is older, or anything, from now on.
 */
import { RelayError } from '../../../shared/api.ts';
import { type Actor, type DeliveryId, type UtcMs, utcMs } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import type { Target } from '../sending/target.ts';
import { type DeliveryRecord, tooOld } from '../store/deliveries.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import { tooOldBefore } from './holding.ts';
import type { QueueDesk } from './scheduler.ts';
import type { SingleResends } from './single-resends.ts';

/** So many are looked at in one transaction. */
const stepRows = 100;

export interface HeldDeliveries {
  readonly handlers: Pick<EngineHandlers, 'held.send' | 'held.skip'>;
  /** Inside the sweep, and at the start: lets go what an option that was taken away still holds. */
  upkeep(): Promise<void>;
}

interface Done {
  readonly deliveries: number;
  readonly overtaken: number;
}

export function createHeldDeliveries(desk: QueueDesk, resends: SingleResends): HeldDeliveries {
  const { context, deliveries, targets, events, scheduler } = desk;
  const { commit, time, changes, recordAct, mishaps } = context;
  /** What each endpoint held by, as it was looked at last. */
  const heldBy = new Map(targets.all().map((target) => [target.no, target.options.holdOlderThanHours]));

  targets.onChange((target) => {
    const now = target.options.holdOlderThanHours;
    const before = heldBy.get(target.no) ?? null;
    heldBy.set(target.no, now);
    if (before !== null && (now === null || now > before)) mishaps.own('what was held', letGoByAge(target));
  });

  const dueOf = ({ createdAt }: DeliveryRecord): UtcMs => utcMs(Math.min(createdAt, time.now()));

  function touched(endpointNo: number): void {
    scheduler.refresh(endpointNo);
    changes.touch('deliveries');
    changes.touch('situation');
    changes.touch('audit');
  }

  /** Walks through all that an endpoint holds, oldest first. */
  async function walk(endpointNo: number, step: (some: readonly DeliveryRecord[]) => void): Promise<void> {
    for (let after = 0, more = true; more; ) {
      more = await commit.transact(() => {
        const some = deliveries.someHeld(endpointNo, after, stepRows);
        after = some.at(-1)?.seq ?? after;
        step(some);
        return some.length === stepRows;
      });
    }
  }

  async function letGoByAge(target: Target): Promise<void> {
    const before = tooOldBefore(target.options.holdOlderThanHours, time.now());
    let freed = 0;
    await walk(target.no, (some) => {
      for (const each of some) {
        if (before !== null && (events.takenAt(each.eventSeq) ?? 0) < before) continue;
        if (deliveries.letGo(each.seq, dueOf(each), false)) freed += 1;
      }
    });
    if (freed > 0) touched(target.no);
  }

  /** Those of one endpoint that a person named. */
  function picked(row: EndpointRow, ids: readonly DeliveryId[]): DeliveryRecord[] {
    return ids.map((id, n) => {
      const found = deliveries.byId(id);
      if (found?.endpointNo !== row.no || found.state !== 'needs_attention' || found.reason !== tooOld) {
        throw new RelayError('conflict', sentence('problem.not_held', { id }), { member: `ids[${n}]` });
      }
      return found;
    });
  }

  /**
   * @param one does it to one; says whether it did
   * @returns how many it was done to
   */
  async function forEach(
    row: EndpointRow,
    ids: readonly DeliveryId[] | undefined,
    one: (delivery: DeliveryRecord) => boolean,
    record: (done: number) => void,
  ): Promise<number> {
    if (ids !== undefined) {
      return commit.transact(() => {
        const done = picked(row, ids).filter(one).length;
        record(done);
        return done;
      });
    }
    let all = 0;
    await walk(row.no, (some) => {
      const done = some.filter(one).length;
      all += done;
      if (done > 0) record(done);
    });
    return all;
  }

  const recorded =
    (actor: Actor, act: 'held.send' | 'held.skip', row: EndpointRow, ids: readonly DeliveryId[] | undefined) =>
    (done: number): void =>
      recordAct(actor, act, row.id, { deliveries: done, ...(ids === undefined ? {} : { ids }) });

  return {
    handlers: {
      async 'held.send'({ endpointId, ids, overtaken: alsoOvertaken }, actor): Promise<Done> {
        const row = desk.findPresent(endpointId);
        let overtaken = 0;
        const sent = await forEach(
          row,
          ids,
          (delivery) => {
            // A check-in that comes after its check-out opens the door again: only where a person picked it.
            if (ids === undefined && !alsoOvertaken && deliveries.hasLaterDelivered(delivery)) {
              overtaken += 1;
              return false;
            }
            return deliveries.letGo(delivery.seq, dueOf(delivery), true);
          },
          recorded(actor, 'held.send', row, ids),
        );
        touched(row.no);
        return { deliveries: sent, overtaken };
      },

      async 'held.skip'({ endpointId, ids }, actor): Promise<Done> {
        const row = desk.find(endpointId);
        const skipped = await forEach(
          row,
          ids,
          (delivery) => {
            if (scheduler.isInFlight(delivery.seq)) return false;
            deliveries.setState(delivery.seq, 'cancelled', 'by_hand', delivery.dueAt, desk.now());
            deliveries.setSettledBy(delivery.seq, actor);
            resends.forget(delivery.seq);
            return true;
          },
          recorded(actor, 'held.skip', row, ids),
        );
        touched(row.no);
        return { deliveries: skipped, overtaken: 0 };
      },
    },
    async upkeep() {
      for (const target of targets.all()) {
        if (target.options.holdOlderThanHours === null && deliveries.someHeld(target.no, 0, 1).length > 0) {
          await letGoByAge(target);
        }
      }
    },
  };
}
