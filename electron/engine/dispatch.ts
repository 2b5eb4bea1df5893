/**
 * Dispatch: from a stored event to a delivered one. Puts the store, the sender and the scheduler together and
 * answers the calls that endpoints and deliveries are operated with.
 */
import type { DeliveryId } from '../../shared/domain.ts';
import type { DeliveryRow, Endpoint, Settings } from '../../shared/schemas.ts';
import { type EngineContext, wallTime } from './context.ts';
import { freedByChange } from './endpoints/back-again.ts';
import { createBenchEndpoints } from './endpoints/bench-endpoints.ts';
import { createEndpointActs } from './endpoints/endpoint-acts.ts';
import { createEndpointDesk } from './endpoints/endpoint-desk.ts';
import { createEndpointPreview, type MakePreview } from './endpoints/endpoint-preview.ts';
import { createEndpointSwitches } from './endpoints/endpoint-switches.ts';
import type { OpenedEndpoints } from './endpoints/opened.ts';
import { createPlainLoopback } from './endpoints/plain-loopback.ts';
import { createRotation } from './endpoints/rotation.ts';
import { createTestSend } from './endpoints/test-send.ts';
import type { FactLedger } from './evidence/ledger.ts';
import { isUnvouched, readTrouble } from './evidence/trouble.ts';
import type { Chance, Clock } from './ports.ts';
import { takeBackLeases } from './queue/boot-recovery.ts';
import { createDeliveryActs } from './queue/delivery-acts.ts';
import { createForgottenDeliveries } from './queue/forgotten-deliveries.ts';
import { createHeldDeliveries } from './queue/held-acts.ts';
import { createPastSends, type FindPast } from './queue/past-sends.ts';
import type { RelayPause } from './queue/relay-pause.ts';
import { createResendJobs, type FindDeliveries } from './queue/resend-jobs.ts';
import { jitterFrom } from './queue/schedule.ts';
import { createScheduler } from './queue/scheduler.ts';
import { createSingleResends } from './queue/single-resends.ts';
import { type Sweeps, startSweeps } from './queue/sweeps.ts';
import { type CommonTrust, noFurtherTrust } from './sending/common-trust.ts';
import { gatherDigests } from './sending/mail/digests.ts';
import { directly, type ProxyChoice } from './sending/proxy/proxy.ts';
import type { SignedSender } from './sending/signed-sender.ts';
import { targetName } from './sending/target.ts';
import { createAttemptStore } from './store/attempts.ts';
import { createAttemptTally } from './store/counters.ts';
import { createDeliveryStore } from './store/deliveries.ts';
import type { EventStore } from './store/events.ts';
import { createJobItemStore } from './store/job-items.ts';
import { createJobStore } from './store/jobs.ts';
import { createLeaseStore } from './store/leases.ts';
import { createMetaTable, metaKey } from './store/meta.ts';
import type { OutageStore } from './store/outages.ts';
import { createPastDeliveryStore } from './store/past-deliveries.ts';
import { createRecoveryStore } from './store/recoveries.ts';

export interface DispatchOptions {
  readonly events: EventStore;
  readonly opened: OpenedEndpoints;
  readonly pause: RelayPause;
  readonly sender: SignedSender;
  readonly facts: FactLedger;
  /** Where it is written down that a receiver is back. */
  readonly outages: OutageStore;
  readonly chance: Chance;
  /** Benchmarks and tests only: endpoints may be `http:` on loopback. */
  readonly allowPlainLoopback?: boolean;
  /** Which proxy leads to an endpoint; every way is a direct one unless given. */
  readonly proxies?: ProxyChoice;
  /** Whom every endpoint is trusted by beside the system's store; nobody unless given. */
  readonly trust?: CommonTrust;
  /** A delivery's row as lists show it. */
  readonly rowOf: (id: DeliveryId) => DeliveryRow | Promise<DeliveryRow>;
  /** One page of what a filter shows, newest first: what a resend of many goes by. */
  readonly findDeliveries: FindDeliveries;
  /** Where a preview is made. */
  readonly makePreview: MakePreview;
  /** Where events from before are looked through. */
  readonly findPast: FindPast;
  /** Fills in what the log counts of each endpoint. */
  readonly withCounts: (endpoints: readonly Endpoint[]) => Promise<Endpoint[]>;
}

/** Turns of the event loop in which attempts that were cut off may still be recorded. */
const lastTurns = 20;
/** So many due events of an endpoint are counted at most. */
const mostDue = 1_000;

export function createDispatch(context: EngineContext, options: DispatchOptions) {
  const { writer, commit, clock, time, logger, mishaps, changes, bootId } = context;
  const { events, sender, facts, pause } = options;
  const { endpoints, secrets, ledger, targets } = options.opened;
  const deliveries = createDeliveryStore(writer);
  const leases = createLeaseStore(writer);
  const attempts = createAttemptStore(writer);
  const recoveries = createRecoveryStore(writer);
  const newest = writer.prepare<[], { seq: number | null }>('SELECT MAX(seq) AS seq FROM deliveries');
  const meta = createMetaTable(writer);
  const tally = createAttemptTally(writer);
  commit.takePart(tally);
  const recording = {
    attempts,
    deliveries,
    leases,
    endpoints,
    recoveries,
    outages: options.outages,
    ledger,
    tally,
    jitter: jitterFrom(options.chance),
    newestSeq: () => newest.get()?.seq ?? 0,
  };
  const attempt = {
    clock,
    time,
    sender: gatherDigests(sender, clock),
    facts,
    proxies: options.proxies ?? directly,
    trust: options.trust ?? noFurtherTrust,
    property: () => propertyScope(context.settings.current()),
    mayBePlain: () => context.settings.current().plainLoopback,
  };
  const scheduler = createScheduler({
    context,
    events,
    deliveries,
    leases,
    ledger,
    targets,
    facts,
    attempt,
    recording,
  });
  const desk = createEndpointDesk({
    context,
    endpoints,
    secrets,
    deliveries,
    events,
    ledger,
    targets,
    scheduler,
    withCounts: options.withCounts,
    allowPlainLoopback: options.allowPlainLoopback ?? false,
  });
  const queueDesk = { ...desk, scheduler };
  const switches = createEndpointSwitches(desk, recording.newestSeq);
  const rotation = createRotation(desk);
  const jobItems = createJobItemStore(writer);
  const jobs = createJobStore(writer);
  const resends = createResendJobs(queueDesk, jobs, jobItems, options.findDeliveries);
  const pastSends = createPastSends(queueDesk, {
    jobs,
    items: jobItems,
    past: createPastDeliveryStore(writer),
    find: options.findPast,
    rowOf: options.rowOf,
  });
  const singleResends = createSingleResends(queueDesk, jobItems);
  const held = createHeldDeliveries(queueDesk, singleResends);
  const forgotten = createForgottenDeliveries(queueDesk, singleResends);
  const benchEndpoints = createBenchEndpoints(desk);
  const bringPlainInLine = createPlainLoopback(desk);
  let sweeps: Sweeps | null = null;

  pause.onLook((isPaused) => {
    if (isPaused) scheduler.hold('paused');
    else scheduler.open('paused');
  });
  attempt.trust.onChange(() => {
    scheduler.wantCanaries();
    mishaps.own('letting go what no certificate stands in the way of any more', freeOfCertificates());
  });
  facts.onChange((eased) => {
    changes.touch('situation');
    changes.touch('deliveries');
    if (eased) scheduler.wantCanaries();
  });

  /** Other authorities: what failed since nobody known vouched for its receiver is tried again. */
  async function freeOfCertificates(): Promise<void> {
    const freed = targets.all().filter(({ no }) => isUnvouched(readTrouble(ledger.get(no).trouble)));
    if (freed.length === 0) return;
    await commit.transact(() => {
      for (const { no } of freed) ledger.put(no, freedByChange(recording, ledger.get(no), time.now()));
    });
    for (const { no } of freed) scheduler.release(no);
    changes.touch('deliveries');
  }

  const recovery = {
    bootId,
    attempts,
    deliveries,
    leases,
    nameOf(no: number) {
      const target = targets.get(no);
      return target === undefined ? '' : targetName(target);
    },
    isInFlight: scheduler.isInFlight,
    cutOff(count: number) {
      const kept = meta.get(metaKey.interrupted);
      const last = kept === undefined ? null : (JSON.parse(kept) as { at: number; boot: string; count: number });
      const before = last?.boot === bootId ? last.count : 0;
      meta.put(metaKey.interrupted, JSON.stringify({ at: wallTime(clock), boot: bootId, count: before + count }));
    },
  };

  async function takeBack(): Promise<void> {
    for (let more = true; more; ) {
      const step = await commit.transact(() => takeBackLeases(recovery, time.now()));
      for (const no of step.endpoints) scheduler.refresh(no);
      more = step.more && step.endpoints.size > 0;
    }
  }

  /** A clock set back while nothing runs must not make retries wait until it has caught up. */
  async function keepTime(): Promise<void> {
    try {
      await commit.transact(() => time.keep());
    } catch (error) {
      logger.warn({ err: error }, 'the time could not be written down; the next sweep tries again');
    }
  }

  async function sweep(): Promise<void> {
    await commit.transact(() => time.keep());
    targets.reopen();
    pause.upkeep();
    await benchEndpoints.releaseOverdue();
    await switches.upkeep();
    await rotation.switchDue();
    await held.upkeep();
    await takeBack();
    scheduler.upkeep();
    scheduler.wake();
    // Ten minutes of trouble are told of although nothing has happened in them.
    if (targets.all().some(({ no }) => ledger.get(no).trouble !== null)) changes.touch('situation');
  }

  return {
    handlers: {
      ...createEndpointActs(desk, recording.newestSeq),
      ...switches.handlers,
      ...rotation.handlers,
      ...createEndpointPreview(desk, attempt.property, options.makePreview),
      ...createTestSend(desk, attempts, attempt, recording),
      ...createDeliveryActs(queueDesk, singleResends, options.rowOf),
      ...held.handlers,
      ...resends.handlers,
      ...pastSends.handlers,
      ...pause.handlers,
    },
    /** For the list of jobs: resends are held up and ended by these. */
    resendControl: resends.control,
    pastControl: pastSends.control,
    benchEndpoints,
    /** The settings allow programs on this PC over plain HTTP, or do not any more. */
    bringPlainInLine,
    /** Cancels what has not arrived of a forgotten event. */
    forgotten,
    /** All that are not removed; what the log counts of them is left at nothing. */
    endpointViews: (): Endpoint[] =>
      endpoints
        .all()
        .filter((row) => row.switch !== 'removed')
        .map(desk.viewOf),
    async start(): Promise<void> {
      await keepTime();
      await bringPlainInLine();
      await takeBack();
      await rotation.switchDue();
      await held.upkeep();
      pause.upkeep();
      scheduler.start();
      resends.start();
      pastSends.start();
      singleResends.start();
      sweeps = startSweeps(context, sweep);
    },
    async stop({ graceMs = 5_000 }: { readonly graceMs?: number } = {}): Promise<void> {
      sweeps?.stop();
      pause.stop();
      resends.stop();
      pastSends.stop();
      singleResends.stop();
      scheduler.close();
      if (graceMs > 0) await Promise.race([scheduler.idle(), afterGrace(clock, graceMs)]);
      sender.close();
      // What was cut off is recorded as interrupted; what still is not then, is left to its lease.
      for (let turn = 0; turn < lastTurns && scheduler.inFlight > 0; turn += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      mishaps.own('the engine time at the stop', keepTime());
      commit.flush();
    },
    /** The machine goes to sleep: nothing new is claimed. */
    suspend(): void {
      scheduler.hold('asleep');
      sender.fallsAsleep();
    },
    resume(): void {
      attempt.proxies.forget();
      sender.wakesUp();
      facts.resumed();
      scheduler.open('asleep');
      sweeps?.now();
    },
    /** What could not be done until now may be possible. */
    sweepNow: () => sweeps?.now(),
    /** Events that are due now at endpoints that are switched on and not failing; of one endpoint's not all are counted. */
    dueEvents(): number {
      const now = time.now();
      const open = targets
        .all()
        .filter((target) => target.switch === 'on' && ledger.get(target.no).health !== 'failing');
      return new Set(open.flatMap(({ no }) => deliveries.someDueEvents(no, now, mostDue))).size;
    },
    /** Endpoints of which something cannot be decrypted. */
    unreadable: () => targets.all().filter(({ access, switch: now }) => access === null && now !== 'removed').length,
  };
}

/** What a template can say of the property. */
const propertyScope = ({ propertyName, currency, locale, timeZone }: Settings) => ({
  name: propertyName === '' ? null : propertyName,
  currency,
  locale,
  timeZone,
});

function afterGrace(clock: Clock, graceMs: number): Promise<void> {
  return new Promise((resolve) => void clock.after(graceMs, resolve));
}
