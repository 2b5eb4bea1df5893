/** Takes a guest out of a database's rows: the facts stay, so that counts do not change. */
import type { Database } from 'better-sqlite3';
import type { Actor } from '../../../../shared/domain.ts';
import type { EventSummary } from '../../../../shared/schemas.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { WriteHandle } from '../../store/connection.ts';
import type { MessageTrouble } from '../../store/messages.ts';
import type { RowChange } from './rows.ts';

/** Each by the primary key, or deliveries_by_event and attempts_by_delivery. */
export const blankStatements = {
  open: `SELECT seq, endpoint_no AS endpointNo, order_key AS orderKey FROM deliveries INDEXED BY deliveries_by_event
    WHERE event_seq = ? AND state IN ('waiting', 'needs_attention')`,
  cancel: `UPDATE deliveries SET state = 'cancelled', reason = 'forgotten', ended_at = ?, settled_by = ? WHERE seq = ?`,
  behind: `SELECT seq, reason FROM deliveries INDEXED BY deliveries_in_order
    WHERE endpoint_no = ? AND order_key = ? AND seq > ? AND state = 'waiting' ORDER BY seq LIMIT 1`,
  free: `UPDATE deliveries SET due_at = created_at, reason = NULL WHERE seq = ?`,
  summary: 'SELECT summary FROM events WHERE seq = ? AND gone IS NULL',
  event: `UPDATE events SET data = '{}', summary = ?, guest = NULL, rooms = NULL, hints = NULL, entity_member = NULL,
    entity_id = NULL, pms_id = NULL, data_hash = NULL, gone = 'forgotten', gone_at = ?, gone_by = ? WHERE seq = ?`,
  deliveries: `UPDATE deliveries SET entity = NULL, order_key = NULL, sentence = NULL,
    reason = CASE WHEN state = 'cancelled' AND reason IN ('endpoint_removed', 'past_stopped') THEN 'forgotten' ELSE reason END
    WHERE event_seq = ?`,
  attempts: `UPDATE attempts SET response_headers = NULL, response_body = NULL, sent_body = NULL, test_body = NULL,
    detail = NULL, sentence = NULL
    WHERE seq IN (SELECT a.seq FROM deliveries d INDEXED BY deliveries_by_event
      CROSS JOIN attempts a INDEXED BY attempts_by_delivery ON a.delivery_seq = d.seq WHERE d.event_seq = ?)`,
} as const;

/** Who forgot it, and when by the wall clock. */
export interface ForgottenBy {
  readonly at: number;
  readonly actor: Actor;
}

export interface Blanking {
  /**
   * An event with its deliveries and attempts. What of it has not arrived is cancelled where nobody has done so: in a
   * backup, whose states would send it after a restore.
   * @returns false where it was blank already, or is not there
   */
  event(seq: number, by: ForgottenBy): boolean;
  row(change: RowChange, by: ForgottenBy): void;
}

export function createBlanking(database: WriteHandle | Database): Blanking {
  const open = database.prepare<[number], { seq: number; endpointNo: number; orderKey: string | null }>(
    blankStatements.open,
  );
  const cancel = database.prepare(blankStatements.cancel);
  const behind = database.prepare<[number, string, number], { seq: number; reason: string | null }>(
    blankStatements.behind,
  );
  const free = database.prepare(blankStatements.free);
  const summary = database.prepare<[number], string>(blankStatements.summary).pluck();
  const event = database.prepare(blankStatements.event);
  const deliveries = database.prepare(blankStatements.deliveries);
  const attempts = database.prepare(blankStatements.attempts);
  return {
    event(seq, { at, actor }) {
      const text = summary.get(seq);
      if (text === undefined) return false;
      for (const { seq: delivery, endpointNo, orderKey } of open.all(seq)) {
        cancel.run(at, JSON.stringify(actor), delivery);
        const next = orderKey === null ? undefined : behind.get(endpointNo, orderKey, delivery);
        if (next?.reason === 'order') free.run(next.seq);
      }
      attempts.run(seq);
      deliveries.run(seq);
      event.run(JSON.stringify(impersonal(text)), at, JSON.stringify(actor), seq);
      return true;
    },
    row({ table, key, set: found, closesMessage }, by) {
      const set = found && closesMessage ? { ...found, ...closedMessage(by) } : found;
      // Names of tables and columns are the inventory's own.
      const where = Object.keys(key).map((name) => `${name} = ?`);
      const values = Object.values(key);
      if (set === null) {
        database.prepare(`DELETE FROM ${table} WHERE ${where.join(' AND ')}`).run(...values);
        return;
      }
      const columns = Object.keys(set).map((name) => `${name} = ?`);
      const change = database.prepare(`UPDATE ${table} SET ${columns.join(', ')} WHERE ${where.join(' AND ')}`);
      change.run(...Object.values(set), ...values);
    },
  };
}

function closedMessage({ at, actor }: ForgottenBy) {
  const says = sentence('source_message.forgotten_by', { goneOn: at, who: actor.account || 'Roost Relay' });
  const trouble: MessageTrouble = { says, member: null, line: null, column: null };
  return { state: 'dropped', trouble: JSON.stringify(trouble), settled_at: at };
}

/** What sums go by, and is of nobody once it is alone. */
export function impersonal(summary: string): EventSummary {
  try {
    const { amount, amountDigits, currency, nights, quantity } = JSON.parse(summary) as EventSummary;
    return {
      ...(amount === undefined ? {} : { amount }),
      ...(amountDigits === undefined ? {} : { amountDigits }),
      ...(currency === undefined ? {} : { currency }),
      ...(nights === undefined ? {} : { nights }),
      ...(quantity === undefined ? {} : { quantity }),
    };
  } catch {
    return {};
  }
}
