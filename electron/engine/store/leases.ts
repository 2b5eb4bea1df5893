/**
 * Leases: which deliveries are being sent, and by which run of the process. A small table, so that a claim
 * touches no index of the log.
 */
import type { AttemptId, AttemptKind, UtcMs } from '../../../shared/domain.ts';
import type { WriteHandle } from './connection.ts';

export interface Lease {
  readonly deliverySeq: number;
  readonly boot: string;
  readonly attemptId: AttemptId;
  readonly kind: AttemptKind;
  /** A person asked for it. */
  readonly byHand: boolean;
  readonly ordinal: number;
  /** The wall clock's time. */
  readonly startedAt: UtcMs;
  /** Engine time after which it is void. */
  readonly endsAt: UtcMs;
}

export type LeaseStore = ReturnType<typeof createLeaseStore>;

const columns = `delivery_seq AS deliverySeq, boot, attempt_id AS attemptId, kind, by_hand AS byHand, ordinal,
  started_at AS startedAt, ends_at AS endsAt`;
const values = 'INSERT INTO leases (delivery_seq, boot, attempt_id, kind, by_hand, ordinal, started_at, ends_at)';

export function createLeaseStore(writer: WriteHandle) {
  // The primary keys of leases and deliveries, and deliveries_in_order.
  const claim = writer.prepare(
    `${values} SELECT d.seq, ?, ?, ?, ?, ?, ?, ? FROM deliveries d WHERE d.seq = ? AND d.state = 'waiting'
     ON CONFLICT (delivery_seq) DO NOTHING`,
  );
  const claimInOrder = writer.prepare(
    `${values} SELECT d.seq, ?, ?, ?, ?, ?, ?, ? FROM deliveries d WHERE d.seq = ? AND d.state = 'waiting'
       AND NOT EXISTS (SELECT 1 FROM deliveries a INDEXED BY deliveries_in_order WHERE a.endpoint_no = d.endpoint_no
         AND a.order_key = d.order_key AND a.seq < d.seq AND a.state = 'waiting')
     ON CONFLICT (delivery_seq) DO NOTHING`,
  );
  const claimAnyState = writer.prepare(
    `INSERT INTO leases (boot, attempt_id, kind, by_hand, ordinal, started_at, ends_at, delivery_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (delivery_seq) DO NOTHING`,
  );
  const end = writer.prepare('DELETE FROM leases WHERE delivery_seq = ?');
  // A scan: the table holds what is in flight.
  const others = writer.prepare<[string, number, number], Omit<Lease, 'byHand'> & { readonly byHand: number }>(
    `SELECT ${columns} FROM leases WHERE boot <> ? OR ends_at <= ? LIMIT ?`,
  );

  return {
    /**
     * Takes a waiting delivery for one attempt.
     * @param scope `in_order`: unless another one of its entity waits before it; `any_state`: a resend
     * @returns false where it does not wait any more, is being sent, or must not go yet
     */
    claim(lease: Lease, scope: 'waiting' | 'in_order' | 'any_state'): boolean {
      const { deliverySeq, boot, attemptId, kind, byHand, ordinal, startedAt, endsAt } = lease;
      const statement = scope === 'in_order' ? claimInOrder : scope === 'waiting' ? claim : claimAnyState;
      return statement.run(boot, attemptId, kind, byHand ? 1 : 0, ordinal, startedAt, endsAt, deliverySeq).changes > 0;
    },
    end: (deliverySeq: number) => void end.run(deliverySeq),
    /** Leases that another run of the process left, or that are over; at most `limit`. */
    left: (boot: string, at: UtcMs, limit: number): Lease[] =>
      others.all(boot, at, limit).map((lease) => ({ ...lease, byHand: lease.byHand === 1 })),
  };
}
