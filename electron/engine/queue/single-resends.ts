/**
 * Single deliveries that a person asked for again. What could not go out yet is kept in the store, so that the
 * next start carries it out: nobody asks twice because the internet was away and the PC was restarted.
 */

import type { DeliveryRecord } from '../store/deliveries.ts';
import { type JobItemStore, oneByOne } from '../store/job-items.ts';
import type { QueueDesk } from './scheduler.ts';

export interface SingleResends {
  /** Writes it down, inside the transaction that records the act; `begin` follows its commit. */
  note(deliverySeq: number): void;
  /** Lines it up for its endpoint. Asked for again while it waits, it still goes out once. */
  begin(delivery: Pick<DeliveryRecord, 'seq' | 'endpointNo' | 'orderKey'>): void;
  /** Not wanted any more; inside a transaction. */
  forget(deliverySeq: number): void;
  /** Goes on with what was asked for and had not gone out when the engine stopped. */
  start(): void;
  stop(): void;
}

const pageRows = 500;

export function createSingleResends(desk: QueueDesk, items: JobItemStore): SingleResends {
  const { context, deliveries, targets, scheduler } = desk;
  const { commit, changes, logger } = context;
  const asked = new Set<number>();
  let stopped = false;

  function drop(seq: number): void {
    // Where that fails it goes out once more after the next start: twice rather than never.
    commit
      .transact(() => items.drop(oneByOne, seq))
      .catch((error) => logger.error({ err: error, delivery: seq }, 'a resend is still noted although it is over'));
  }

  function begin(delivery: Parameters<SingleResends['begin']>[0]): void {
    if (asked.has(delivery.seq)) return;
    asked.add(delivery.seq);
    lineUp(delivery);
  }

  function lineUp(delivery: Parameters<SingleResends['begin']>[0]): void {
    const { seq, endpointNo, orderKey } = delivery;
    scheduler.resend(endpointNo, {
      deliverySeq: seq,
      orderKey,
      wanted: () => (asked.has(seq) ? 'now' : 'never'),
      ended(end) {
        changes.touch('deliveries');
        // What the stop itself cut off is left for the next start.
        if (end === 'held_back' && stopped) return;
        if (end === 'held_back' && asked.has(seq)) return lineUp(delivery);
        asked.delete(seq);
        drop(seq);
      },
    });
  }

  return {
    note: (seq) => void items.insert(oneByOne, seq),
    begin,
    forget(seq) {
      items.drop(oneByOne, seq);
      commit.afterCommit(() => asked.delete(seq));
    },
    start() {
      let after = 0;
      for (let page = items.after(oneByOne, after, pageRows); page.length > 0; ) {
        for (const seq of page) {
          const delivery = deliveries.get(seq);
          const target = delivery && targets.get(delivery.endpointNo);
          if (delivery && target && target.switch !== 'removed') begin(delivery);
          else drop(seq);
          after = seq;
        }
        page = items.after(oneByOne, after, pageRows);
      }
    },
    stop() {
      stopped = true;
    },
  };
}
