/**
 * The scheduler: what is due goes out, in order, at each endpoint's pace, and never twice at once.
 *
 * Every commit ends with a round of claims, so that an event, its deliveries and the lease of its first attempt
 * are one transaction, and outcomes share theirs with the claims that follow them. A timer for the next due
 * time makes it prompt, the sweep makes it certain (principle 3).
 */

import { type UtcMs, utcMs } from '../../../shared/domain.ts';
import type { EngineContext } from '../context.ts';
import { descriptorLimit, halfOfTheRest } from '../descriptors.ts';
import type { EndpointDesk, QueueHandle } from '../endpoints/endpoint-desk.ts';
import type { HealthLedger } from '../endpoints/health-ledger.ts';
import type { Targets } from '../endpoints/targets.ts';
import { hasJustTaken } from '../evidence/health.ts';
import { isOwnTrouble } from '../evidence/judgement.ts';
import type { FactLedger } from '../evidence/ledger.ts';
import { type AttemptParts, type AttemptReport, makeAttempt } from '../sending/attempt.ts';
import { createEventCache, EventToSend } from '../sending/event-to-send.ts';
import type { Target } from '../sending/target.ts';
import type { DeliveryStore } from '../store/deliveries.ts';
import type { EventStore } from '../store/events.ts';
import type { LeaseStore } from '../store/leases.ts';
import { createAwaitedEnds } from './awaited-ends.ts';
import { beginRound, claimDue, isRoundOver } from './claiming.ts';
import { createDueTimer } from './due-timer.ts';
import { parseFoundPace } from './found-pace.ts';
import { createForgottenEvents } from './gone-events.ts';
import { type Flight, Lane, type Resend } from './lane.ts';
import { mayClaim, nextLook } from './lane-look.ts';
import { createOutcomeRecorder, recordAgainMs } from './outcome-recorder.ts';
import type { Recorded, RecordingParts } from './recording.ts';
import { createReleases, lookAtParked } from './releasing.ts';
import { createRoom } from './room.ts';
import type { Candidate } from './waiting-window.ts';

/** Requests at a time where a process may have little open. */
const fewestInFlight = 4;
/** Wait before an endpoint is tried again after trouble on this side, in milliseconds; it doubles up to the second. */
const firstBackoffMs = 15_000;
const longestBackoffMs = 300_000;
/** Longest stretch of one turn of the thread in which attempts are begun, in milliseconds. */
const longestTurnMs = 5;

export interface SchedulerParts {
  readonly context: EngineContext;
  readonly events: EventStore;
  readonly deliveries: DeliveryStore;
  readonly leases: LeaseStore;
  readonly ledger: HealthLedger;
  readonly targets: Targets;
  readonly facts: Pick<FactLedger, 'isOpen'>;
  readonly attempt: AttemptParts;
  readonly recording: RecordingParts;
}

export interface Scheduler extends QueueHandle {
  start(): void;
  /** Nothing new is claimed until `open` says so again. Reasons add up. */
  hold(reason: string): void;
  open(reason: string): void;
  /** Looks for what is due, now. */
  wake(): void;
  resend(endpointNo: number, resend: Resend): void;
  /** What the start and every sweep look after: releases that were cut off, and what is parked in vain. */
  upkeep(): void;
  /** Everybody's way out is to be tried with a single request first. */
  wantCanaries(): void;
  isInFlight(deliverySeq: number): boolean;
  readonly inFlight: number;
  /** Resolves once nothing is in flight and everything is recorded. */
  idle(): Promise<void>;
  /** Takes the timer away; nothing is begun any more. */
  close(): void;
}

/** What acts on single deliveries and on many share. */
export type QueueDesk = EndpointDesk & { readonly scheduler: Scheduler };

export function createScheduler(parts: SchedulerParts): Scheduler {
  const { context, targets, facts, ledger, deliveries } = parts;
  const { clock, time, commit, changes, logger } = context;
  const room = createRoom(undefined, Math.max(fewestInFlight, halfOfTheRest(descriptorLimit())));
  const awaited = createAwaitedEnds(clock);
  const claimParts = {
    ...parts,
    bootId: context.bootId,
    clock,
    ids: context.ids,
    room,
    sizeOf: parts.events.sizeOf,
    takenAt: parts.events.takenAt,
    isForgotten: createForgottenEvents(context.writer),
    onHeld,
    isTriedByHand: awaited.isAwaited,
  };
  const readEvent = createEventCache(parts.events);
  const record = createOutcomeRecorder({ context, recording: parts.recording, moveUp, follow });
  const lanes = new Map<number, Lane>();
  const releases = createReleases({
    deliveries,
    ledger,
    commit,
    time,
    logger,
    // The round of claims at this transaction's end has to see what was made due.
    stepped: (endpointNo) => lanes.get(endpointNo)?.forget(),
    ended: wake,
  });
  const holds = new Set<string>(['not started']);
  let born: { readonly lane: Lane; readonly candidate: Candidate }[] = [];
  let claimed: Flight[] = [];
  /** Where the next round of claims begins, and whether the last one had to leave something to it. */
  let firstInRound = 0;
  let isCutShort = false;
  let waking = false;
  let flying = 0;
  let whenIdle: (() => void)[] = [];
  const timer = createDueTimer(clock, wake);

  function laneOf(target: Target): Lane {
    let lane = lanes.get(target.no);
    if (!lane) {
      lane = new Lane(target, deliveries, parseFoundPace(ledger.get(target.no).pace));
      lanes.set(target.no, lane);
    }
    return lane;
  }

  for (const target of targets.all()) laneOf(target);
  targets.onChange((target) => {
    const lane = laneOf(target);
    lane.target = target;
    lane.pacer.change(target.options.limits);
    // What was lined up for it is not sent any more, and whoever waits for it hears so.
    if (target.switch !== 'on') parts.attempt.sender.closeEndpoint(target.id);
    if (target.switch === 'removed') for (const { ended } of lane.resends.splice(0)) ended('failed');
    wake();
  });

  const factsOf = (lane: Lane) => ({
    health: ledger.get(lane.no),
    online: facts.isOpen(),
  });

  // — What comes in: in the transaction that stores it —

  parts.events.onRecorded((stored, made) => {
    const event = new EventToSend(stored);
    for (const { seq, id, endpointNo, orderKey, dueAt } of made) {
      const lane = lanes.get(endpointNo);
      if (!lane) continue;
      const candidate: Candidate = {
        seq,
        id,
        eventSeq: stored.seq,
        endpointNo,
        type: stored.type,
        orderKey,
        dueAt,
        attempts: 0,
        failures: 0,
        blames: 0,
        deliveredMark: null,
        throttledSince: null,
        event,
      };
      born.push({ lane, candidate });
    }
  });

  commit.takePart({
    write() {
      const now = time.now();
      for (const { lane, candidate } of born) {
        lane.windowOf(candidate).add(candidate, now);
        lane.nothingToTry = false;
      }
      born = [];
      isCutShort = false;
      if (holds.size === 0) claimInTurn(now);
    },
    committed() {
      const flights = claimed;
      claimed = [];
      flying += flights.length;
      flyInTurns(flights);
      if (isCutShort) wake();
      setTimer();
    },
    undone() {
      born = [];
      for (const flight of claimed) land(flight);
      claimed = [];
      for (const lane of lanes.values()) {
        lane.forget();
        lane.backoffUntil = utcMs(time.now() + recordAgainMs);
      }
      setTimer();
    },
  });

  /** A round that reaches its end goes on in the next transaction, with the endpoint that comes next. */
  function claimInTurn(now: UtcMs): void {
    const all = [...lanes.values()];
    const round = beginRound();
    for (let n = 0; n < all.length && !isRoundOver(round); n += 1) {
      const lane = all[firstInRound % all.length] as Lane;
      firstInRound += 1;
      if (mayClaim(lane, factsOf(lane), now)) claimDue(claimParts, lane, now, round, claimed);
    }
    isCutShort = isRoundOver(round);
    if (!isCutShort) firstInRound = 0;
  }

  // — Attempts —

  /** Reading and handing over large events takes a while: of many, some go out in the next turn. */
  function flyInTurns(flights: readonly Flight[]): void {
    const until = performance.now() + longestTurnMs;
    for (const [n, flight] of flights.entries()) {
      if (n > 0 && performance.now() > until) {
        setImmediate(() => flyInTurns(flights.slice(n)));
        return;
      }
      fly(flight);
    }
  }

  function fly(flight: Flight): void {
    const { lane, delivery } = flight;
    const { target } = lane;
    attempt(flight, target)
      .then((report) => {
        lane.pacer.release();
        record(flight, report);
      })
      .catch((error) => {
        // Only a defect comes here, or an event that cannot be read. The lease stays, and brings the delivery back when
        // it is over.
        commit.failedBeside(error);
        logger.error({ err: error, delivery: delivery.id }, 'an attempt ended without an outcome');
        lane.pacer.release();
        if (lane.canary === 'out') lane.canary = 'wanted';
        lane.moveUp(flight, false, time.now());
        lane.nothingToTry = false;
        forgetFlight(flight);
        flight.ended?.('failed');
      });
  }

  async function attempt(flight: Flight, target: Target): Promise<AttemptReport> {
    const { delivery, attemptId, kind, byHand, ordinal, together } = flight;
    if (target.access === null) throw new Error('The endpoint cannot be reached without its secrets.');
    return makeAttempt(parts.attempt, {
      id: attemptId,
      target,
      access: target.access,
      event: delivery.event ?? readEvent(delivery.eventSeq),
      deliverySeq: delivery.seq,
      deliveryId: delivery.id,
      kind,
      byHand,
      ordinal,
      together,
      throttledSince: delivery.throttledSince,
      verifiedIssuer: ledger.get(target.no).verifiedIssuer,
      othersGetThrough: (began, endedWall) => hasJustTaken(ledger.get(target.no), began, endedWall),
    });
  }

  /** Where the transaction is undone, what memory has of the lanes is forgotten anyway. */
  function moveUp({ flight, report, waiting }: Recorded): void {
    const { lane } = flight;
    // Nothing later goes out in its stead: what was tried first is tried first again.
    if (isHoldingBack(report)) holdBack(lane);
    lane.moveUp(flight, waiting === null, time.now());
  }

  function holdBack(lane: Lane): void {
    lane.backoffs += 1;
    lane.backoffUntil = utcMs(time.now() + Math.min(firstBackoffMs * 2 ** (lane.backoffs - 1), longestBackoffMs));
    lane.canary = 'wanted';
  }

  /** Memory follows what was committed. */
  function follow({ flight, report, waiting, freed, health, eased, gone }: Recorded): void {
    const { lane } = flight;
    const now = time.now();
    const wasAlone = lane.canary === 'out';
    forgetFlight(flight);
    lane.nothingToTry = false;
    if (eased) lane.forget();
    if (waiting) lane.windowOf(waiting).add(waiting, now);
    // The claims at the end of its transaction may have taken it.
    if (freed) lane.comeFree(freed, now);
    const outcome = report.outcome.class;
    // Nothing went out: the way is as unknown as before.
    const own = isOwnTrouble(outcome) || report.unshaped !== null;
    if (!isHoldingBack(report)) {
      lane.backoffs = 0;
      // A trial or a resend may have gone out alone, too: any answer says that the way is open.
      if (lane.canary === 'out') lane.canary = own ? 'wanted' : 'none';
    }
    changes.touch('deliveries');
    changes.touch('situation');
    if (health !== 'none') {
      changes.touch('endpoints');
      logger.info({ endpoint: lane.target.id, health }, 'the health of an endpoint changed');
    }
    if (gone) targets.reload(lane.no);
    if (ledger.get(lane.no).releaseTo !== null) releases.begin(lane.no);
    if (waiting || freed || eased || health === 'recovered' || wasAlone || lane.hasResend) wake();
    flight.ended?.(outcome === 'delivered' ? 'delivered' : isOwnTrouble(outcome) ? 'held_back' : 'failed');
    awaited.tell(flight.delivery.seq, report.outcome);
  }

  /** It is a person's turn; whoever waits for its next attempt waits in vain. */
  function onHeld(deliverySeq: number): void {
    changes.touch('deliveries');
    changes.touch('situation');
    awaited.tell(deliverySeq, null);
  }

  function forgetFlight(flight: Flight): void {
    flying -= 1;
    const { lane } = flight;
    lane.end(flight);
    makeRoom(flight);
    if (flying > 0) return;
    const resolved = whenIdle;
    whenIdle = [];
    for (const resolve of resolved) resolve();
  }

  /** Those who wait for it look again. */
  function makeRoom({ lane, sizeBytes }: Flight): void {
    room.give(lane.no, sizeBytes);
    let wanted = false;
    for (const other of lanes.values()) {
      wanted ||= other.wantsRoom;
      other.wantsRoom = false;
    }
    if (wanted) wake();
  }

  /** A claim whose transaction was undone: it never flew. */
  function land(flight: Flight): void {
    const { lane, ended } = flight;
    lane.end(flight);
    makeRoom(flight);
    lane.moveUp(flight, false, time.now());
    lane.pacer.release();
    if (lane.canary === 'out') lane.canary = 'wanted';
    ended?.('held_back');
  }

  // — When to look again —

  function wake(): void {
    if (waking || holds.size > 0) return;
    waking = true;
    commit
      .transact(() => {
        waking = false;
      })
      .catch((error) => {
        waking = false;
        logger.error({ err: error }, 'nothing could be claimed; the next sweep tries again');
      });
  }

  function setTimer(): void {
    const now = time.now();
    timer.set(holds.size > 0 ? null : lookAgainAt(now), now);
  }

  /** Engine time at which something may be claimed that could not be now; null where nothing is foreseen. */
  function lookAgainAt(now: UtcMs): number | null {
    const monotonicMs = clock.monotonicMs();
    let next = Number.POSITIVE_INFINITY;
    for (const lane of lanes.values()) next = Math.min(next, nextLook(lane, factsOf(lane), now, monotonicMs));
    return next === Number.POSITIVE_INFINITY ? null : next;
  }

  return {
    start() {
      holds.delete('not started');
      this.upkeep();
      wake();
    },
    hold(reason) {
      holds.add(reason);
      setTimer();
    },
    open(reason) {
      if (!holds.delete(reason) || holds.size > 0) return;
      wake();
    },
    wake,
    refresh(endpointNo) {
      lanes.get(endpointNo)?.forget();
      wake();
    },
    resend(endpointNo, resend) {
      lanes.get(endpointNo)?.resends.push(resend);
      wake();
    },
    retryNow(endpointNo) {
      const lane = lanes.get(endpointNo);
      if (lane) lane.backoffUntil = 0 as UtcMs;
      lane?.pacer.hurry();
      lane?.forget();
      wake();
    },
    nextEnd: awaited.next,
    closedBy(endpointNo) {
      const lane = lanes.get(endpointNo);
      if (holds.size > 0) return 'held';
      return lane && !lane.target.local && !factsOf(lane).online ? 'offline' : null;
    },
    upkeep() {
      for (const lane of lanes.values()) {
        const { mayHaveParked, isAnyStranded } = lookAtParked(deliveries, lane.no);
        lane.mayHaveParked = mayHaveParked;
        if (isAnyStranded) releases.freeStranded(lane.no);
        if (ledger.get(lane.no).releaseTo !== null) releases.begin(lane.no);
      }
    },
    release: releases.begin,
    wantCanaries() {
      for (const lane of lanes.values()) {
        lane.backoffUntil = 0 as UtcMs;
        lane.backoffs = 0;
        if (!lane.target.local && lane.canary === 'none') lane.canary = 'wanted';
      }
      wake();
    },
    isInFlight: (seq) => [...lanes.values()].some((lane) => lane.inFlight.has(seq)),
    get inFlight() {
      return flying;
    },
    idle: () => (flying === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
    close() {
      holds.add('closed');
      awaited.giveUp();
      timer.stop();
    },
  };
}

/** Trouble on this side, which the next attempt would meet too. */
const isHoldingBack = ({ outcome }: AttemptReport): boolean =>
  isOwnTrouble(outcome.class) && (outcome.class !== 'interrupted' || outcome.holdsBack === true);
