/**
 * What is due of one endpoint, in memory: the oldest few of its waiting deliveries. The table is the queue;
 * this is its near end, fed by commits and refilled by bounded queries.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { dueBy, goesOutAt } from '../digest-times.ts';
import { memoryShare } from '../memory-share.ts';
import type { EventToSend } from '../sending/event-to-send.ts';
import { type DeliveryFacts, type DeliveryStore, neverDue, type Turn } from '../store/deliveries.ts';

/** A delivery that may go out; `event` is there where it has not to be read first. */
export interface Candidate extends DeliveryFacts {
  readonly event: EventToSend | null;
}

/** Deliveries that are in flight already, or wait in memory for one that is: not to be claimed. */
export interface Taken {
  has(seq: number): boolean;
  /** About how many there are. */
  readonly size: number;
}

/** Rows of one read, and the most that are kept. */
const refillRows = 200;
const mostKept = 4000;
/** Most bytes of event data that one window keeps; all that are born are in those of several endpoints. */
const mostBytes = 4 * 1024 * 1024;
const memoryParts = 48;

export class WaitingWindow {
  private readonly store: DeliveryStore;
  private readonly endpointNo: number;
  private readonly turn: Turn;
  private readonly digestMs: () => number | null;
  private readonly limitBytes = memoryShare(mostBytes, memoryParts);
  private items: Candidate[] = [];
  private head = 0;
  private keptBytes = 0;
  /** More is due in the table than is kept here. */
  private more = true;
  /** When the next one falls due that is not kept here; null where none does by itself. */
  private laterDue: UtcMs | null = null;

  /**
   * @param turn its deliveries go out in this one
   * @param digestMs how long a digest of them is, in milliseconds; null where each goes out when it falls due
   */
  constructor(store: DeliveryStore, endpointNo: number, turn: Turn, digestMs: () => number | null = () => null) {
    this.digestMs = digestMs;
    this.store = store;
    this.endpointNo = endpointNo;
    this.turn = turn;
  }

  /** The oldest that is due now. Reads the table where it has to; inside a transaction or not. */
  peek(now: UtcMs, taken: Taken): Candidate | null {
    const by = dueBy(now, this.digestMs());
    if (this.laterDue !== null && this.laterDue <= by) this.forget();
    if (this.head >= this.items.length && this.more) this.refill(by, taken);
    return this.items[this.head] ?? null;
  }

  /** Takes the one that `peek` gave. */
  drop(): void {
    const taken = this.items[this.head];
    this.keptBytes -= taken?.event?.sizeBytes ?? 0;
    this.head += 1;
    if (this.head < 256 && this.head < this.items.length) return;
    this.items.splice(0, this.head);
    this.head = 0;
  }

  /** Takes one out, wherever it stands: it went out by another way, and comes back as it is then. */
  remove(seq: number): void {
    const at = this.items.findIndex((item, i) => i >= this.head && item.seq === seq);
    if (at < 0) return;
    this.keptBytes -= this.items[at]?.event?.sizeBytes ?? 0;
    this.items.splice(at, 1);
  }

  /** A delivery that has come, or come back. */
  add(candidate: Candidate, now: UtcMs): void {
    if (candidate.dueAt > dueBy(now, this.digestMs())) {
      if (candidate.dueAt < neverDue) this.laterDue = earlier(this.laterDue, candidate.dueAt);
      return;
    }
    const last = this.items.at(-1);
    const isLast = last === undefined || !comesBefore(candidate, last);
    if (isLast) {
      // Behind what is kept lies what is not: it is read in its turn.
      if (this.more) return;
      if (this.items.length - this.head >= mostKept || this.keptBytes > this.limitBytes) {
        this.more = true;
        return;
      }
      this.items.push(candidate);
    } else {
      this.items.splice(this.placeOf(candidate), 0, candidate);
    }
    this.keptBytes += candidate.event?.sizeBytes ?? 0;
  }

  /** What is kept may not be so any more: it is read again when it is asked for. */
  forget(): void {
    this.items = [];
    this.head = 0;
    this.keptBytes = 0;
    this.more = true;
    this.laterDue = null;
  }

  /** Whether something is due, as far as is known without reading. */
  hasDue(now: UtcMs): boolean {
    return (
      this.head < this.items.length ||
      this.more ||
      (this.laterDue !== null && this.laterDue <= dueBy(now, this.digestMs()))
    );
  }

  /** When the next one may go out that may not yet. */
  get nextDueAt(): UtcMs | null {
    return this.laterDue === null ? null : goesOutAt(this.laterDue, this.digestMs());
  }

  /** Where it belongs among those that are kept. */
  private placeOf(candidate: Candidate): number {
    let from = this.head;
    let to = this.items.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (comesBefore(candidate, this.items[middle] as Candidate)) to = middle;
      else from = middle + 1;
    }
    return from;
  }

  private refill(by: UtcMs, taken: Taken): void {
    // Those that are taken are due, too: as many more are read, so that others are among them.
    const limit = refillRows + taken.size;
    const rows = this.store.due(this.endpointNo, this.turn, by, limit);
    this.more = rows.length === limit;
    this.laterDue = this.store.nextDue(this.endpointNo, this.turn, by);
    this.items = rows.filter(({ seq }) => !taken.has(seq)).map((row) => ({ ...row, event: null }));
    this.head = 0;
    this.keptBytes = 0;
  }
}

/** The order in which deliveries go out. */
export const comesBefore = (one: Candidate, other: Candidate): boolean =>
  one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.seq < other.seq);
const earlier = (one: UtcMs | null, other: UtcMs): UtcMs => (one === null || other < one ? other : one);
