/** What a source said of a booking, an order or a payment before: of a system that tells how a record is, not what happened. */
import type { EventId } from '../../../shared/domain.ts';
import type { PmsEventType } from '../../../shared/events.ts';
import type { WriteHandle } from './connection.ts';

export interface SaidEvent {
  readonly id: EventId;
  readonly type: PmsEventType;
  readonly pmsId: string | null;
  /** Null where it had none, or where what it said is gone. */
  readonly amount: number | null;
  readonly masked: number;
}

export interface SaidTable {
  /** Newest first, a few. */
  of(sourceNo: number, entity: { readonly member: string; readonly id: string }): SaidEvent[];
  typeOf(id: EventId): PmsEventType | undefined;
}

export function createSaidTable(writer: WriteHandle): SaidTable {
  // By events_by_entity, from its end.
  const said = writer.prepare<[string, string, number], SaidEvent>(
    `SELECT id, type, pms_id AS pmsId, masked,
       CASE WHEN json_valid(summary) THEN json_extract(summary, '$.amount') END AS amount FROM events
     WHERE entity_id = ? AND entity_member = ? AND source_no = ? ORDER BY seq DESC LIMIT 50`,
  );
  const one = writer.prepare<[string], { readonly type: PmsEventType }>('SELECT type FROM events WHERE id = ?');
  return {
    of: (sourceNo, { member, id }) => said.all(id, member, sourceNo),
    typeOf: (id) => one.get(id)?.type,
  };
}
