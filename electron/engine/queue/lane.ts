/** One endpoint's way out: what is due for it, what is in flight, and what holds it back. */
import type { AttemptId, AttemptKind, UtcMs } from '../../../shared/domain.ts';
import type { Together } from '../digest-times.ts';
import type { Target } from '../sending/target.ts';
import { type DeliveryFacts, type DeliveryRecord, type DeliveryStore, turnOf, turns } from '../store/deliveries.ts';
import type { FoundPace } from './found-pace.ts';
import { LanePace } from './lane-pace.ts';
import { LastTurn } from './last-turn.ts';
import { OrderLine } from './order-line.ts';
import { type Candidate, comesBefore, type Taken, WaitingWindow } from './waiting-window.ts';

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
  /** Of a digest: those that it goes out with; null for one that goes out by itself. */
  readonly together: Together | null;
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
  /** What can wait until all else that is due is out. */
  readonly last: WaitingWindow;
  readonly pacer: LanePace;
  readonly inFlight = new Map<number, Flight>();
  /** Who waits in memory behind one of its entity that is in flight. */
  readonly line = new OrderLine();
  private readonly lastTurn = new LastTurn();
  resends: Resend[] = [];
  target: Target;
  trialInFlight = false;
  /** Whether one of its deliveries may be waiting behind another: saves a look for each that is settled. */
  mayHaveParked = true;
  /** Whether its receiver may have asked that one of its deliveries wait: saves a look for each that is taken. */
  mayHaveAsked = true;
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
    const digestMs = () => this.target.digestMs;
    this.fresh = new WaitingWindow(store, target.no, turns.untried, digestMs);
    this.begun = new WaitingWindow(store, target.no, turns.begun, digestMs);
    this.last = new WaitingWindow(store, target.no, turns.last, digestMs);
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

  windowOf(delivery: Pick<DeliveryFacts, 'failures' | 'type'>): WaitingWindow {
    const turn = turnOf(delivery);
    if (turn === turns.last) return this.last;
    return turn === turns.begun ? this.begun : this.fresh;
  }

  /** It waits for no other of its entity any more. The table may have been read since, and it may have been taken. */
  comeFree(freed: Candidate, now: UtcMs): void {
    const window = this.windowOf(freed);
    window.remove(freed.seq);
    if (!this.taken.has(freed.seq)) window.add(freed, now);
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

  /** What goes out next: the oldest that is due, tried before or not; what can wait comes after these. */
  nextInTurn(now: UtcMs): Candidate | null {
    const oldest = older(this.fresh.peek(now, this.taken), this.begun.peek(now, this.taken));
    const last = this.last.peek(now, this.taken);
    return this.lastTurn.comesBefore(oldest, last, now) ? oldest : older(oldest, last);
  }

  /** The oldest that was not tried yet: what a failing endpoint is tried with. */
  nextUntried(now: UtcMs): Candidate | null {
    return this.fresh.peek(now, this.taken) ?? this.last.peek(now, this.taken);
  }

  forget(): void {
    this.nothingToTry = false;
    this.line.forget();
    this.fresh.forget();
    this.begun.forget();
    this.last.forget();
  }
}

function older(one: Candidate | null, other: Candidate | null): Candidate | null {
  if (one === null || other === null) return one ?? other;
  return comesBefore(other, one) ? other : one;
}
