/**
 * Leases that nobody works on any more: of a run of the process that ended, or over. Each becomes an attempt
 * `interrupted` that counts for nothing, and its delivery is due at once (decision 6).
 */
import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { AttemptStore } from '../store/attempts.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { LeaseStore } from '../store/leases.ts';

/** So many are taken back in one transaction. */
const stepRows = 200;

export interface RecoveryParts {
  readonly bootId: string;
  readonly attempts: AttemptStore;
  readonly deliveries: DeliveryStore;
  readonly leases: LeaseStore;
  readonly nameOf: (endpointNo: number) => string;
  readonly isInFlight: (deliverySeq: number) => boolean;
  /** Told of deliveries that an earlier run left in flight and that go out again. */
  readonly cutOff: (count: number) => void;
}

/**
 * One step, inside a transaction.
 * @param now engine time
 * @returns the endpoints whose deliveries came back, and whether there may be more
 */
export function takeBackLeases(parts: RecoveryParts, now: UtcMs): { endpoints: Set<number>; more: boolean } {
  const { attempts, deliveries, leases } = parts;
  const left = leases.left(parts.bootId, now, stepRows);
  const endpoints = new Set<number>();
  let cutOff = 0;
  for (const lease of left) {
    if (parts.isInFlight(lease.deliverySeq)) continue;
    const delivery = deliveries.get(lease.deliverySeq);
    leases.end(lease.deliverySeq);
    if (!delivery) continue;
    endpoints.add(delivery.endpointNo);
    attempts.insert({
      id: lease.attemptId,
      deliverySeq: lease.deliverySeq,
      endpointNo: delivery.endpointNo,
      kind: lease.kind,
      byHand: lease.byHand,
      ordinal: lease.ordinal,
      counts: false,
      startedAt: lease.startedAt,
      endedAt: null,
      outcome: 'interrupted',
      sentence: sentence('outcome.interrupted', { name: parts.nameOf(delivery.endpointNo) }),
      detail: null,
      status: null,
      requestHeaders: '[]',
      responseHeaders: null,
      responseBody: null,
      responseCut: false,
      timings: null,
      toBench: false,
      sentBody: null,
      shape: null,
      test: null,
    });
    deliveries.setAttempts(delivery.seq, lease.ordinal, lease.startedAt);
    if (lease.kind === 'resend') continue;
    const isDue = deliveries.setDue(delivery.seq, utcMs(Math.min(delivery.dueAt, now)), null);
    if (isDue && lease.boot !== parts.bootId) cutOff += 1;
  }
  if (cutOff > 0) parts.cutOff(cutOff);
  return { endpoints, more: left.length === stepRows };
}
