/** What an endpoint holds since it is too old: the list that a person is asked with, oldest first. */
import type { CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { UtcMs } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type Present, toWall } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import { createDeliveryRows } from './delivery-rows.ts';

const held = `FROM deliveries INDEXED BY deliveries_attention
  WHERE endpoint_no = ? AND state = 'needs_attention' AND (reason IS 'too_old') = 1`;

export const heldStatements = {
  list: `SELECT seq ${held} ORDER BY seq LIMIT ?`,
  count: `SELECT COUNT(*) ${held}`,
  // Then its event's primary key.
  oldest: `SELECT COALESCE(taken_at, received_at) FROM events
    WHERE seq = (SELECT event_seq ${held} ORDER BY seq LIMIT 1)`,
  takenAt: `SELECT d.seq, COALESCE(e.taken_at, e.received_at) AS takenAt FROM deliveries d JOIN events e ON e.seq = d.event_seq
    WHERE d.seq IN (SELECT value FROM json_each(?))`,
  // events_by_entity of the events, then deliveries_by_event
  overtaken: `SELECT d.seq FROM deliveries d JOIN events o ON o.seq = d.event_seq
    WHERE d.seq IN (SELECT value FROM json_each(?)) AND d.order_key IS NOT NULL AND EXISTS (
      SELECT 1 FROM events e INDEXED BY events_by_entity
      JOIN deliveries n INDEXED BY deliveries_by_event ON n.event_seq = e.seq
      WHERE e.entity_id = o.entity_id AND e.seq > d.event_seq AND n.endpoint_no = d.endpoint_no
        AND n.order_key = d.order_key AND n.state = 'delivered')`,
} as const;

export function createHeldLog(reader: ReadHandle) {
  const rows = createDeliveryRows(reader);
  const endpointNo = reader.prepare<[string], number>('SELECT no FROM endpoints WHERE id = ?').pluck();
  const some = reader.prepare<[number, number], number>(heldStatements.list).pluck();
  const takenAt = reader.prepare<[string], { seq: number; takenAt: number }>(heldStatements.takenAt);
  const overtaken = reader.prepare<[string], number>(heldStatements.overtaken).pluck();

  return {
    list({ endpointId, limit }: ParsedInput<'held.list'>, present: Present): CallOutput<'held.list'> {
      const no = endpointNo.get(endpointId);
      if (no === undefined) throw new RelayError('not_found', sentence('problem.no_such_endpoint'));
      const seqs = some.all(no, limit + 1);
      const shown = seqs.slice(0, limit);
      const late = new Set(overtaken.all(JSON.stringify(shown)));
      const taken = new Map(takenAt.all(JSON.stringify(shown)).map((each) => [each.seq, each.takenAt]));
      const found = rows.bySeqs(shown, present).reverse();
      const rowsFound = found.map(({ seq, row }) => ({
        ...row,
        takenAt: toWall(present, taken.get(seq) ?? 0) as UtcMs,
        overtaken: late.has(seq),
      }));
      return { rows: rowsFound, more: seqs.length > limit };
    },
  };
}

/** How many each endpoint holds, and when the oldest of them was taken in; null where it holds none. */
export function createHeldCount(reader: ReadHandle) {
  const count = reader.prepare<[number], number>(heldStatements.count).pluck();
  const oldest = reader.prepare<[number], number>(heldStatements.oldest).pluck();
  return (endpointNo: number, present: Present): { readonly count: number; readonly oldestAt: number } | null => {
    const takenAt = oldest.get(endpointNo);
    return takenAt === undefined ? null : { count: count.get(endpointNo) ?? 0, oldestAt: toWall(present, takenAt) };
  };
}
