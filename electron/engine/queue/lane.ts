/** One endpoint's way out: what is due for it, what is in flight, and what holds it back. */
import type { AttemptId, AttemptKind, UtcMs } from '../../../shared/domain.ts';
import type { Target } from '../sending/target.ts';
import type { DeliveryRecord, DeliveryStore } from '../store/deliveries.ts';
import type { FoundPace } from './found-pace.ts';
import { LanePace } from './lane-pace.ts';
import { OrderLine } from './order-line.ts';
import { type Candidate, type Taken, WaitingWindow } from './waiting-window.ts';

/** A delivery that was claimed. */
export interface Flight {
  readonly lane: Lane;
  readonly delivery: Candidate;
  readonly attemptId: AttemptId;
  readonly kind: AttemptKind;
  /** A person asked for it. */
  readonly byHand: boolean;
  readonly ordinal: number;
  /** About what its event takes in memory. */
  readonly sizeBytes: number;
  /** Told of a resend's end. */
  readonly ended: ((end: ResendEnd) => void) | null;
}

/**
 * `held_back`: trouble on this side kept it from its receiver, so that it is still to be sent. `in_turn`: it waits
 * behind another one of its entity, and goes out after it.
 */
export type ResendEnd = 'delivered' | 'failed' | 'held_back' | 'in_turn';

/** What a person asked to be sent again. */
export interface Resend {
  readonly deliverySeq: number;
  readonly orderKey: string | null;
  readonly ended: (end: ResendEnd) => void;
  /** In a resend of many: the state that the delivery had when it was lined up; where it has changed since, it is not sent. */
  readonly was?: DeliveryRecord['state'];
  /** In a resend of many: whether the delivery may still go out. `never` takes it out of the line, and tells no end of it. */
  readonly wanted?: () => 'now' | 'later' | 'never';
}

export class Lane {
  readonly no: number;
  readonly fresh: WaitingWindow;
  readonly begun: WaitingWindow;
  readonly pacer: LanePace;
  readonly inFlight = new Map<number, Flight>();
  /** Who waits in memory behind one of its entity that is in flight. */
  readonly line = new OrderLine();
  resends: Resend[] = [];
  target: Target;
  trialInFlight = false;
  /** Whether one of its deliveries may be waiting behind another: saves a look for each that is settled. */
  mayHaveParked = true;
  /** Its next one waits until fewer bytes are in flight. */
  wantsRoom = false;
  /** A trial was due, but nothing is there to try with. */
  nothingToTry = false;
  /** On return from an outage one goes out alone; the others wait for its answer. */
  canary: 'none' | 'wanted' | 'out' = 'none';
  /** Engine time before which nothing is tried, after trouble on this side. */
  backoffUntil = 0 as UtcMs;
  backoffs = 0;

  constructor(target: Target, store: DeliveryStore, found: FoundPace | null) {
    this.no = target.no;
    this.target = target;
    this.fresh = new WaitingWindow(store, target.no, false);
    this.begun = new WaitingWindow(store, target.no, true);
    this.pacer = new LanePace(target.options.limits, found);
    const { inFlight, line } = this;
    this.taken = {
      has: (seq) => inFlight.has(seq) || line.has(seq),
      get size() {
        return inFlight.size + line.size;
      },
    };
  }

  /** A claimed delivery goes out. */
  begin(flight: Flight): void {
    const { delivery, kind } = flight;
    this.inFlight.set(delivery.seq, flight);
    if (kind === 'trial') this.trialInFlight = true;
    if (delivery.orderKey !== null && kind !== 'resend') this.line.begin(delivery.orderKey);
  }

  /** A claimed delivery is not in flight any more. */
  end({ delivery, kind }: Flight): void {
    this.inFlight.delete(delivery.seq);
    if (kind === 'trial') this.trialInFlight = false;
  }

  /**
   * What was first of its entity is settled, or is not: who waits behind it in memory is looked at.
   * @param settled the next one may go; otherwise all are asked what keeps them waiting
   */
  moveUp({ delivery: { orderKey }, kind }: Pick<Flight, 'delivery' | 'kind'>, settled: boolean, now: UtcMs): void {
    if (orderKey === null || kind === 'resend') return;
    this.nothingToTry = false;
    if (!settled) {
      for (const candidate of this.line.disband(orderKey)) this.windowOf(candidate).add(candidate, now);
      return;
    }
    const next = this.line.next(orderKey);
    if (next) this.windowOf(next).add(next, now);
  }

  readonly taken: Taken;

  windowOf(delivery: { readonly failures: number }): WaitingWindow {
    return delivery.failures > 0 ? this.begun : this.fresh;
  }

  /** Whether something that a person asked for again may go now. */
  get hasResend(): boolean {
    return this.resends.length > 0 && this.nextResend() >= 0;
  }

  takeResend(): Resend | null {
    const at = this.nextResend();
    return at < 0 ? null : (this.resends.splice(at, 1)[0] ?? null);
  }

  /** The first one whose entity has nothing in flight: what is resent stays in order, too. */
  private nextResend(): number {
    const busy = new Set<string | null>();
    if (this.target.options.ordered) for (const { delivery } of this.inFlight.values()) busy.add(delivery.orderKey);
    busy.delete(null);
    this.resends = this.resends.filter(({ wanted }) => wanted?.() !== 'never');
    return this.resends.findIndex(
      ({ orderKey, deliverySeq, wanted }) =>
        wanted?.() !== 'later' && !busy.has(orderKey) && !this.inFlight.has(deliverySeq),
    );
  }

  /** The oldest that is due, tried before or not. */
  oldestDue(now: UtcMs): Candidate | null {
    const fresh = this.fresh.peek(now, this.taken);
    const begun = this.begun.peek(now, this.taken);
    if (fresh === null || begun === null) return fresh ?? begun;
    return begun.dueAt < fresh.dueAt ? begun : fresh;
  }

  forget(): void {
    this.nothingToTry = false;
    this.line.forget();
    this.fresh.forget();
    this.begun.forget();
  }
}
