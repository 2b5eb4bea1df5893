/** Deliveries: one event for one endpoint. Every statement names the index that serves it. */
import type { Actor, DeliveryId, DeliveryState, OutcomeClass, UtcMs } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import type { WriteHandle } from './connection.ts';

/** `due_at` of a delivery that waits for another one of its booking, order, item or payment. */
export const neverDue = 8_640_000_000_000_000 as UtcMs;

/**
 * In which turn a waiting delivery goes out: not yet tried; retries begun, which keep their own schedule; and what can
 * wait until all else is out. `deliveries_due` begins with it.
 */
export const turns = { untried: 0, begun: 1, last: 2 } as const;
export type Turn = (typeof turns)[keyof typeof turns];
const allTurns = Object.values(turns);
const comesLast: EventType = 'inventory.low';
/** The same of a row, word for word as `deliveries_due` has it. */
export const turnColumn = `(CASE WHEN failures > 0 THEN 1 WHEN type = '${comesLast}' THEN 2 ELSE 0 END)`;

export function turnOf({ failures, type }: Pick<DeliveryFacts, 'failures' | 'type'>): Turn {
  if (failures > 0) return turns.begun;
  return type === comesLast ? turns.last : turns.untried;
}

/** Why a delivery that needs a person was not sent: it is older than its endpoint wants. */
export const tooOld = 'too_old';

/** What the schedule goes by. Times are engine time. */
export interface DeliveryFacts {
  readonly seq: number;
  readonly id: DeliveryId;
  readonly eventSeq: number;
  readonly endpointNo: number;
  readonly type: EventType;
  readonly orderKey: string | null;
  readonly dueAt: UtcMs;
  /** HTTP requests made so far. */
  readonly attempts: number;
  /** Counted failures so far. */
  readonly failures: number;
  /** Those of them that are not about the event. */
  readonly blames: number;
  /** Its endpoint's count of delivered ones at its first failure. */
  readonly deliveredMark: number | null;
  readonly throttledSince: UtcMs | null;
}

/** A delivery as acts on it see it. */
export interface DeliveryRecord extends DeliveryFacts {
  readonly state: Exclude<DeliveryState, 'sending'>;
  readonly reason: string | null;
  readonly createdAt: UtcMs;
}

/** The answer that a delivery's row shows. */
export interface AnswerColumns {
  readonly at: UtcMs;
  readonly status: number | null;
  readonly outcome: OutcomeClass;
  /** A sentence as JSON. */
  readonly sentence: string;
  readonly durationMs: number | null;
}

const facts = `d.seq, d.id, d.event_seq AS eventSeq, d.endpoint_no AS endpointNo, d.type, d.order_key AS orderKey,
  d.due_at AS dueAt, d.attempts, d.failures, d.blames, d.delivered_mark AS deliveredMark,
  d.throttled_since AS throttledSince`;
const record = `${facts}, d.state, d.reason, d.created_at AS createdAt`;

/** Every class that an answer's status can have: receivers send statuses up to 999. 0 where no answer has come. */
export const statusDigits: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const statusClass = (status: number | null): number => (status === null ? 0 : Math.floor(status / 100));

export type DeliveryStore = ReturnType<typeof createDeliveryStore>;

export function createDeliveryStore(writer: WriteHandle) {
  const bySeq = writer.prepare<[number], DeliveryRecord>(`SELECT ${record} FROM deliveries d WHERE d.seq = ?`);
  // deliveries_by_id
  const byId = writer.prepare<[string], DeliveryRecord>(`SELECT ${record} FROM deliveries d WHERE d.id = ?`);
  // deliveries_due
  const due = writer.prepare<[number, number, number, number], DeliveryFacts>(
    `SELECT ${facts} FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ? AND d.state = 'waiting' AND d.due_at <= ?
     ORDER BY d.due_at, d.seq LIMIT ?`,
  );
  const nextDue = writer.prepare<[number, number, number], { dueAt: UtcMs }>(
    `SELECT d.due_at AS dueAt FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ? AND d.state = 'waiting' AND d.due_at > ?
     ORDER BY d.due_at LIMIT 1`,
  );
  // deliveries_in_order. `+?` keeps SQLite from planning the statement anew whenever other values are bound, which
  // it does for an ORDER BY beside equalities with plain parameters (measured: 27 µs a call, 4 with the plus).
  const behind = writer.prepare<[number, string, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_in_order
     WHERE d.endpoint_no = +? AND d.order_key = +? AND d.seq > ? AND d.state = 'waiting' ORDER BY d.seq LIMIT 1`,
  );
  const ahead = writer.prepare<[number, string, number], { seq: number }>(
    `SELECT d.seq FROM deliveries d INDEXED BY deliveries_in_order
     WHERE d.endpoint_no = ? AND d.order_key = ? AND d.seq < ? AND d.state = 'waiting' LIMIT 1`,
  );
  const head = writer.prepare<[number, string, number], { failures: number }>(
    `SELECT d.failures FROM deliveries d INDEXED BY deliveries_in_order
     WHERE d.endpoint_no = ? AND d.order_key = ? AND d.seq < ? AND d.state = 'waiting' ORDER BY d.seq LIMIT 1`,
  );
  // deliveries_attention
  const usedUp = writer.prepare<[number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_attention
     WHERE d.endpoint_no = ? AND d.state = 'needs_attention' AND (d.reason IS 'too_old') = 0
       AND d.outcome IS NOT 'event_refused' ORDER BY d.seq LIMIT 1`,
  );
  const heldSome = writer.prepare<[number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_attention
     WHERE d.endpoint_no = ? AND d.state = 'needs_attention' AND (d.reason IS 'too_old') = 1 AND d.seq > ?
     ORDER BY d.seq LIMIT ?`,
  );
  const held = writer.prepare(
    `UPDATE deliveries SET state = 'needs_attention', reason = 'too_old', failed_in = NULL, ended_at = ?
     WHERE seq = ? AND state = 'waiting' AND may_be_late = 0`,
  );
  const letGo = writer.prepare(
    `UPDATE deliveries SET state = 'waiting', reason = NULL, due_at = ?, ended_at = NULL, may_be_late = ?
     WHERE seq = ? AND state = 'needs_attention' AND reason = 'too_old'`,
  );
  // deliveries_attention
  const unshapedSome = writer.prepare<[number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_attention
     WHERE d.endpoint_no = ? AND d.state = 'needs_attention' AND (d.reason IS 'too_old') = 0 AND d.reason = 'shape'
       AND d.seq > ? ORDER BY d.seq LIMIT ?`,
  );
  const unshaped = writer.prepare(
    `UPDATE deliveries SET state = 'needs_attention', reason = 'shape', failed_in = NULL, ended_at = ?,
       outcome = 'event_refused', sentence = ? WHERE seq = ? AND state IN ('waiting', 'needs_attention')`,
  );
  const settledBy = writer.prepare('UPDATE deliveries SET settled_by = ? WHERE seq = ?');
  const usedUpIn = writer.prepare<[number, number, number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_by_state
     WHERE d.endpoint_no = ? AND d.state = 'needs_attention' AND d.status_class = ? AND d.seq <= ?
       AND d.failed_in = ? AND d.outcome IS NOT 'event_refused' ORDER BY d.seq LIMIT ?`,
  );
  // events_by_entity of the events, then deliveries_by_event
  const laterDelivered = writer.prepare<[string, number, number, string], { seq: number }>(
    `SELECT d.seq FROM events e INDEXED BY events_by_entity
     JOIN deliveries d INDEXED BY deliveries_by_event ON d.event_seq = e.seq
     WHERE e.entity_id = ? AND e.seq > ? AND d.endpoint_no = ? AND d.order_key = ? AND d.state = 'delivered' LIMIT 1`,
  );
  const delivered = writer.prepare(
    `UPDATE deliveries SET state = 'delivered', status_class = ?, reason = NULL, attempts = ?, last_attempt_at = ?,
       status = ?, outcome = 'delivered', sentence = ?, duration_ms = ?, ended_at = ? WHERE seq = ?`,
  );
  const swallowed = writer.prepare(
    `UPDATE deliveries SET state = 'cancelled', status_class = ?, reason = 'bench', attempts = ?, last_attempt_at = ?,
       status = ?, outcome = 'delivered', sentence = ?, duration_ms = ?, ended_at = ? WHERE seq = ?`,
  );
  const atBench = writer.prepare<[number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_at_bench
     WHERE d.endpoint_no = ? AND d.reason = 'bench' AND d.seq > ? ORDER BY d.seq LIMIT ?`,
  );
  const answered = writer.prepare(
    `UPDATE deliveries SET attempts = ?, last_attempt_at = ?, status_class = ?, status = ?, outcome = ?, sentence = ?,
       duration_ms = ? WHERE seq = ?`,
  );
  const attempted = writer.prepare('UPDATE deliveries SET attempts = ?, last_attempt_at = ? WHERE seq = ?');
  const scheduled = writer.prepare(
    `UPDATE deliveries SET state = ?, reason = ?, due_at = ?, failures = ?, blames = ?, delivered_mark = ?,
       failed_in = ?, throttled_since = ?, ended_at = ? WHERE seq = ? AND state IN ('waiting', 'needs_attention')`,
  );
  const madeDue = writer.prepare("UPDATE deliveries SET due_at = ?, reason = ? WHERE seq = ? AND state = 'waiting'");
  const stateSet = writer.prepare(
    'UPDATE deliveries SET state = ?, reason = ?, due_at = ?, ended_at = ? WHERE seq = ?',
  );
  // deliveries_due, one range for each turn
  const waitingLater = writer.prepare<[number, number, number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ? AND d.state = 'waiting' AND d.due_at > ? AND d.due_at < ${neverDue}
       AND d.seq <= ? ORDER BY d.due_at LIMIT ?`,
  );
  // deliveries_by_state, one range for each status class
  const waitingOldest = writer.prepare<[number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_by_state
     WHERE d.endpoint_no = ? AND d.state = 'waiting' AND d.status_class = ? AND d.due_at < ${neverDue}
     ORDER BY d.seq LIMIT 1`,
  );
  const failedSince = writer.prepare<[number, number, number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ${turns.begun} AND d.state = 'waiting' AND d.due_at > ?
       AND d.due_at < ${neverDue} AND d.seq <= ? AND d.delivered_mark >= ? AND d.outcome IS NOT 'event_refused'
     ORDER BY d.due_at LIMIT ?`,
  );
  const askedToWait = writer.prepare<
    [number, number, number, number],
    DeliveryRecord & { readonly lastAttemptAt: UtcMs }
  >(
    `SELECT * FROM (SELECT ${record}, d.last_attempt_at AS lastAttemptAt
     FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ? AND d.state = 'waiting' AND d.due_at > ?
       AND d.due_at < ${neverDue} ORDER BY d.due_at LIMIT ?) WHERE reason = 'throttled'`,
  );
  const waitingSome = writer.prepare<[number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND d.state = 'waiting' LIMIT ?`,
  );
  const parkedSome = writer.prepare<[number, number, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND ${turnColumn} = ? AND d.state = 'waiting' AND d.due_at = ${neverDue} LIMIT ?`,
  );
  // deliveries_due
  const dueEvents = writer
    .prepare<[number, number, number, number], number>(
      `SELECT event_seq FROM deliveries INDEXED BY deliveries_due
       WHERE endpoint_no = ? AND state = 'waiting' AND (failures > 0) = ? AND due_at <= ? LIMIT ?`,
    )
    .pluck();
  const waitingCount = writer.prepare<[number, number], { count: number }>(
    `SELECT COUNT(*) AS count FROM (SELECT 1 FROM deliveries d INDEXED BY deliveries_due
     WHERE d.endpoint_no = ? AND d.state = 'waiting' LIMIT ?)`,
  );
  // deliveries_by_state, one range for each status class
  const cancelledWith = writer.prepare<[number, number, string, number], DeliveryRecord>(
    `SELECT ${record} FROM deliveries d INDEXED BY deliveries_by_state
     WHERE d.endpoint_no = ? AND d.state = 'cancelled' AND d.status_class = ? AND d.reason = ? LIMIT ?`,
  );

  return {
    get: (seq: number) => bySeq.get(seq),
    byId: (id: string) => byId.get(id),
    due: (endpointNo: number, turn: Turn, at: UtcMs, limit: number) => due.all(endpointNo, turn, at, limit),
    /** When the next one falls due after `at`; null where none does by itself. */
    nextDue(endpointNo: number, turn: Turn, at: UtcMs): UtcMs | null {
      const next = nextDue.get(endpointNo, turn, at)?.dueAt ?? neverDue;
      return next === neverDue ? null : next;
    },
    /** The next waiting one of the same booking, order, item or payment. */
    behind: (endpointNo: number, orderKey: string, seq: number) => behind.get(endpointNo, orderKey, seq),
    hasAhead: (endpointNo: number, orderKey: string, seq: number) => ahead.get(endpointNo, orderKey, seq) !== undefined,
    /** What holds it up, the first of the same booking, order, item or payment that waits, has been tried and failed. */
    isBehindFailed: (endpointNo: number, orderKey: string, seq: number) =>
      (head.get(endpointNo, orderKey, seq)?.failures ?? 0) > 0,
    /** The oldest that used up its retries and was not refused as such. */
    oldestUsedUp: (endpointNo: number): DeliveryRecord | null => usedUp.get(endpointNo) ?? null,
    /** Those that were held since they are too old, oldest first. */
    someHeld: (endpointNo: number, afterSeq: number, limit: number) => heldSome.all(endpointNo, afterSeq, limit),
    /**
     * It is too old to go out without a person's word.
     * @param at the wall clock's time
     * @returns false where it does not wait any more, or one has said that it may be late
     */
    hold: (seq: number, at: UtcMs): boolean => held.run(at, seq).changes > 0,
    /**
     * A held one waits again.
     * @param mayBeLate a person said so; otherwise it is looked at again in its turn
     * @returns false where it is not held any more
     */
    letGo: (seq: number, dueAt: UtcMs, mayBeLate: boolean): boolean =>
      letGo.run(dueAt, mayBeLate ? 1 : 0, seq).changes > 0,
    /**
     * Its endpoint's template does not fit it: it needs a person, and used up nothing.
     * @param at the wall clock's time
     * @param sentence as JSON
     */
    setUnshaped: (seq: number, at: UtcMs, sentence: string): boolean => unshaped.run(at, sentence, seq).changes > 0,
    /** Those that the template did not fit, oldest first. */
    someUnshaped: (endpointNo: number, afterSeq: number, limit: number) =>
      unshapedSome.all(endpointNo, afterSeq, limit),
    /** Who said that it is not to be sent. */
    setSettledBy: (seq: number, actor: Actor | null) =>
      void settledBy.run(actor === null ? null : JSON.stringify(actor), seq),
    /** Those up to `toSeq` whose last failure lies in an incident, at most `limit`. */
    usedUpIn(endpointNo: number, incident: number, toSeq: number, limit: number): DeliveryRecord[] {
      return someOfEach(statusDigits, limit, (digit, rest) => usedUpIn.all(endpointNo, digit, toSeq, incident, rest));
    },
    /** Whether something newer of the same entity has been delivered to this endpoint. */
    hasLaterDelivered(delivery: Pick<DeliveryFacts, 'orderKey' | 'eventSeq' | 'endpointNo'>): boolean {
      const entity = delivery.orderKey?.split('\u001f')[2];
      if (delivery.orderKey === null || entity === undefined) return false;
      return laterDelivered.get(entity, delivery.eventSeq, delivery.endpointNo, delivery.orderKey) !== undefined;
    },
    setDelivered(seq: number, attempts: number, answer: AnswerColumns): void {
      const { at, status, sentence, durationMs } = answer;
      delivered.run(statusClass(status), attempts, at, status, sentence, durationMs, at, seq);
    },
    /** The test bench has taken it: its receiver has not. */
    setSwallowed(seq: number, attempts: number, answer: AnswerColumns): void {
      const { at, status, sentence, durationMs } = answer;
      swallowed.run(statusClass(status), attempts, at, status, sentence, durationMs, at, seq);
    },
    /** Those that the test bench has taken or refused, oldest first. */
    someAtBench: (endpointNo: number, afterSeq: number, limit: number) => atBench.all(endpointNo, afterSeq, limit),
    setAnswer(seq: number, attempts: number, answer: AnswerColumns): void {
      const { at, status, outcome, sentence, durationMs } = answer;
      answered.run(attempts, at, statusClass(status), status, outcome, sentence, durationMs, seq);
    },
    setAttempts: (seq: number, attempts: number, at: UtcMs) => void attempted.run(attempts, at, seq),
    /** Writes down where a delivery stands in its schedule; nothing where it was cancelled or delivered meanwhile. */
    setSchedule(seq: number, next: ScheduleColumns): boolean {
      const { state, reason, dueAt, failures, blames, deliveredMark, failedIn, throttledSince, endedAt } = next;
      const values = [state, reason, dueAt, failures, blames, deliveredMark, failedIn, throttledSince, endedAt];
      return scheduled.run(...values, seq).changes > 0;
    },
    setDue: (seq: number, dueAt: UtcMs, reason: string | null) => madeDue.run(dueAt, reason, seq).changes > 0,
    setState(seq: number, state: DeliveryRecord['state'], reason: string | null, dueAt: UtcMs, endedAt: UtcMs | null) {
      stateSet.run(state, reason, dueAt, endedAt, seq);
    },
    /** Waiting ones up to `toSeq` that are due only after `at`, at most `limit`. */
    waitingLater(endpointNo: number, at: UtcMs, toSeq: number, limit: number): DeliveryRecord[] {
      return someOfEach([turns.begun, turns.untried, turns.last], limit, (turn, rest) =>
        waitingLater.all(endpointNo, turn, at, toSeq, rest),
      );
    },
    /**
     * Those of them that have failed, not as such, and first failed when the endpoint's count of delivered ones was
     * `mark` or more: of the present one, that nothing else got through since.
     */
    failedSince: (endpointNo: number, at: UtcMs, toSeq: number, mark: number, limit: number) =>
      failedSince.all(endpointNo, at, toSeq, mark, limit),
    /** Of those that are due only after `at`, of each turn so many, the ones whose receiver asked that they wait. */
    someAskedToWait: (endpointNo: number, at: UtcMs, limit: number) =>
      allTurns.flatMap((turn) => askedToWait.all(endpointNo, turn, at, limit)),
    /** The oldest that waits for no other one of its entity. */
    oldestWaiting(endpointNo: number): DeliveryRecord | null {
      const oldest = statusDigits.flatMap((digit) => waitingOldest.all(endpointNo, digit));
      return oldest.reduce<DeliveryRecord | null>(
        (first, each) => (first && first.seq < each.seq ? first : each),
        null,
      );
    },
    someWaiting: (endpointNo: number, limit: number) => waitingSome.all(endpointNo, limit),
    /** Those that wait behind another one of their entity. */
    someParked: (endpointNo: number, limit: number): DeliveryRecord[] =>
      someOfEach(allTurns, limit, (turn, rest) => parkedSome.all(endpointNo, turn, rest)),
    /** Of what is due by an engine time, the events; of each turn `limit` at most. */
    someDueEvents: (endpointNo: number, dueBy: number, limit: number): number[] =>
      allTurns.flatMap((turn) => dueEvents.all(endpointNo, turn, dueBy, limit)),
    /** How many wait, counted up to `most`. */
    countWaiting: (endpointNo: number, most: number) => waitingCount.get(endpointNo, most)?.count ?? 0,
    someCancelled(endpointNo: number, reason: string, limit: number): DeliveryRecord[] {
      return someOfEach(statusDigits, limit, (digit, rest) => cancelledWith.all(endpointNo, digit, reason, rest));
    },
  };
}

/**
 * @param parts the ranges that an index is divided into: turns, or status classes
 * @param some those of one of them, at most `rest`
 */
function someOfEach<Part>(
  parts: readonly Part[],
  limit: number,
  some: (part: Part, rest: number) => DeliveryRecord[],
): DeliveryRecord[] {
  const found: DeliveryRecord[] = [];
  for (const part of parts) {
    if (found.length >= limit) break;
    found.push(...some(part, limit - found.length));
  }
  return found;
}

/** Where a delivery stands after an attempt. */
export interface ScheduleColumns {
  readonly state: 'waiting' | 'needs_attention';
  readonly reason: 'retry' | 'throttled' | 'bench' | null;
  readonly dueAt: UtcMs;
  readonly failures: number;
  readonly blames: number;
  readonly deliveredMark: number | null;
  readonly failedIn: number | null;
  readonly throttledSince: UtcMs | null;
  readonly endedAt: UtcMs | null;
}
