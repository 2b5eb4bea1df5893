/** Single deliveries resent, cancelled and restored at a person's word. */
import { RelayError } from '../../../shared/api.ts';
import { type DeliveryId, retryDelaysMs, utcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { resendProblem } from '../../../shared/resend-problem.ts';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineHandlers } from '../context.ts';
import { type DeliveryRecord, neverDue } from '../store/deliveries.ts';
import { createGoneEvents, refuseGone } from './gone-events.ts';
import { freeNext } from './recording.ts';
import type { QueueDesk } from './scheduler.ts';
import type { SingleResends } from './single-resends.ts';

export type DeliveryActs = Pick<EngineHandlers, 'deliveries.resend' | 'deliveries.cancel' | 'deliveries.restore'>;

/** @param rowOf a delivery's row as lists show it */
export function createDeliveryActs(
  desk: QueueDesk,
  resends: SingleResends,
  rowOf: (id: DeliveryId) => DeliveryRow | Promise<DeliveryRow>,
): DeliveryActs {
  const { context, deliveries, endpoints, scheduler } = desk;
  const { commit, time, recordAct, changes } = context;
  const goneOf = createGoneEvents(context.writer);

  function find(id: DeliveryId): DeliveryRecord {
    const delivery = deliveries.byId(id);
    if (!delivery) throw new RelayError('not_found', sentence('problem.delivery_gone'), { member: 'id' });
    return delivery;
  }

  async function done(delivery: DeliveryRecord): Promise<DeliveryRow> {
    scheduler.refresh(delivery.endpointNo);
    changes.touch('deliveries');
    changes.touch('situation');
    return rowOf(delivery.id);
  }

  return {
    async 'deliveries.resend'({ id }, actor) {
      const delivery = find(id);
      const endpoint = endpoints.byNo(delivery.endpointNo);
      refuseGone(goneOf(delivery.eventSeq));
      const problem = endpoint && resendProblem(endpoint.switch, endpointName(endpoint));
      if (problem) throw new RelayError('conflict', problem);
      await commit.transact(() => {
        resends.note(delivery.seq);
        recordAct(actor, 'deliveries.resend', id);
      });
      resends.begin(delivery);
      return done(delivery);
    },

    async 'deliveries.cancel'({ id }, actor) {
      const delivery = find(id);
      await commit.transact(() => {
        const now = deliveries.get(delivery.seq);
        if (scheduler.isInFlight(delivery.seq)) {
          throw new RelayError('conflict', sentence('problem.delivery_on_its_way'));
        }
        if (now?.state !== 'waiting' && now?.state !== 'needs_attention') {
          throw new RelayError('conflict', sentence('problem.cancel_settled'));
        }
        deliveries.setState(now.seq, 'cancelled', 'by_hand', now.dueAt, desk.now());
        deliveries.setSettledBy(now.seq, actor);
        resends.forget(now.seq);
        freeNext(deliveries, now, time.now());
        recordAct(actor, 'deliveries.cancel', id, { was: now.state });
      });
      return done(delivery);
    },

    async 'deliveries.restore'({ id }, actor) {
      const delivery = find(id);
      await commit.transact(() => {
        const now = deliveries.get(delivery.seq);
        if (now?.state !== 'cancelled') throw new RelayError('conflict', sentence('problem.restore_uncancelled'));
        refuseGone(goneOf(now.eventSeq));
        const endpoint = endpoints.byNo(now.endpointNo);
        if (endpoint?.switch === 'removed') {
          throw new RelayError('conflict', sentence('problem.endpoint_removed', { name: endpointName(endpoint) }));
        }
        const usedUp = now.failures > retryDelaysMs.length;
        const due = now.dueAt === neverDue ? utcMs(Math.min(now.createdAt, time.now())) : now.dueAt;
        deliveries.setState(now.seq, usedUp ? 'needs_attention' : 'waiting', null, due, usedUp ? desk.now() : null);
        deliveries.setSettledBy(now.seq, null);
        recordAct(actor, 'deliveries.restore', id);
      });
      return done(delivery);
    },
  };
}
