/**
 * What of an event has not arrived when its guest is forgotten: it is cancelled, and what waits behind it may go. And what
 * receivers said of the guest.
 */
import type { Actor } from '../../../shared/domain.ts';
import type { DeliveryRecord } from '../store/deliveries.ts';
import { freeNext } from './recording.ts';
import type { QueueDesk } from './scheduler.ts';
import type { SingleResends } from './single-resends.ts';

export interface ForgottenDeliveries {
  /** Whether one of the event's deliveries is being sent now: its end is to be waited for. */
  isUnderWay(eventSeq: number): boolean;
  /** Inside a transaction. @returns how many had not arrived */
  cancel(eventSeq: number, actor: Actor): number;
  /** Inside a transaction: what endpoints are known to have said, in memory as in their rows. */
  unquote(withoutWords: (text: string) => string): void;
}

export function createForgottenDeliveries(desk: QueueDesk, resends: SingleResends): ForgottenDeliveries {
  const { context, deliveries, endpoints, ledger, scheduler } = desk;
  // deliveries_by_event
  const ofEvent = context.writer
    .prepare<[number], number>('SELECT seq FROM deliveries INDEXED BY deliveries_by_event WHERE event_seq = ?')
    .pluck();
  const isOpen = ({ state }: DeliveryRecord) => state === 'waiting' || state === 'needs_attention';
  return {
    isUnderWay: (eventSeq) => ofEvent.all(eventSeq).some((seq) => scheduler.isInFlight(seq)),
    cancel(eventSeq, actor) {
      let cancelled = 0;
      for (const seq of ofEvent.all(eventSeq)) {
        resends.forget(seq);
        const delivery = deliveries.get(seq);
        if (!delivery || !isOpen(delivery)) continue;
        deliveries.setState(seq, 'cancelled', 'forgotten', delivery.dueAt, desk.now());
        deliveries.setSettledBy(seq, actor);
        freeNext(deliveries, delivery, context.time.now());
        context.commit.afterCommit(() => scheduler.refresh(delivery.endpointNo));
        cancelled += 1;
      }
      return cancelled;
    },
    unquote(withoutWords) {
      const after = (text: string | null) => text && withoutWords(text);
      for (const { no, benchKept } of endpoints.all()) {
        const before = ledger.get(no);
        const [lastSentence, trouble] = [after(before.lastSentence), after(before.trouble)];
        if (lastSentence !== before.lastSentence || trouble !== before.trouble)
          ledger.put(no, { ...before, lastSentence, trouble });
        const kept = after(benchKept);
        if (kept !== benchKept) endpoints.change(no, { benchKept: kept });
      }
    },
  };
}
