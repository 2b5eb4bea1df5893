/**
 * Dispatch: from a stored event to a delivered one. Puts the store, the sender and the scheduler together and
 * answers the calls that endpoints and deliveries are operated with.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { type EngineContext, wallTime } from '../context.ts';
import type { Chance, Connectivity } from '../ports.ts';
import { createAttemptStore } from '../store/attempts.ts';
import { createAttemptTally } from '../store/counters.ts';
import { createDeliveryStore } from '../store/deliveries.ts';
import { createEndpointStore } from '../store/endpoints.ts';
import type { EventStore } from '../store/events.ts';
import { createLeaseStore } from '../store/leases.ts';
import { createRecoveryStore } from '../store/recoveries.ts';
import { createSecretStore } from '../store/secrets.ts';
import { takeBackLeases } from './boot-recovery.ts';
import { isClockWrong } from './clock-skew.ts';
import { createHealthLedger } from './health-ledger.ts';
import { userAgent } from './request.ts';
import { jitterFrom } from './schedule.ts';
import { createScheduler } from './scheduler.ts';
import type { Sender } from './sender.ts';
import { type Sweeps, startSweeps } from './sweeps.ts';
import { createTargets, type Target } from './targets.ts';

export interface DispatchOptions {
  readonly events: EventStore;
  readonly sender: Sender;
  readonly connectivity: Connectivity;
  readonly chance: Chance;
  /** Benchmarks and tests only: endpoints may be `http:` on loopback. */
  readonly allowPlainLoopback?: boolean;
  readonly proxyFor?: (target: Target, url: string) => string | null;
}

export type Dispatch = ReturnType<typeof createDispatch>;

export function createDispatch(context: EngineContext, options: DispatchOptions) {
  const { writer, commit, clock, time, logger, vault, changes, bootId } = context;
  const { events, sender, connectivity } = options;
  const deliveries = createDeliveryStore(writer);
  const endpoints = createEndpointStore(writer);
  const secrets = createSecretStore(writer);
  const leases = createLeaseStore(writer);
  const attempts = createAttemptStore(writer);
  const recoveries = createRecoveryStore(writer);
  const newest = writer.prepare<[], { seq: number | null }>('SELECT MAX(seq) AS seq FROM deliveries');
  const tally = createAttemptTally(writer);
  commit.takePart(tally);
  const ledger = createHealthLedger(commit, endpoints);
  const targets = createTargets({ endpoints, secrets, vault, ledger, logger });
  const recording = {
    ...{ attempts, deliveries, leases, endpoints, recoveries, ledger, tally },
    jitter: jitterFrom(options.chance),
    newestSeq: () => newest.get()?.seq ?? 0,
  };
  const attempt = {
    ...{ clock, time, sender, connectivity },
    format: { userAgent: userAgent(context.version, process.platform) },
    proxyFor: options.proxyFor ?? (() => null),
  };
  const scheduler = createScheduler({
    ...{ context, events, deliveries, leases, ledger, targets, connectivity, attempt, recording },
  });
  let sweeps: Sweeps | null = null;
  let connectivitySince: UtcMs | null = null;
  let skewSince: UtcMs | null = null;

  connectivity.onChange(({ state, clockSkewMs }) => {
    connectivitySince = state === 'online' ? null : (connectivitySince ?? wallTime(clock));
    skewSince = isClockWrong(clockSkewMs) ? (skewSince ?? wallTime(clock)) : null;
    changes.touch('situation');
    if (state === 'online') scheduler.wantCanaries();
  });

  const recovery = {
    ...{ bootId, attempts, deliveries, leases },
    nameOf: (no: number) => targets.get(no)?.name ?? targets.get(no)?.access?.host ?? '',
    isInFlight: scheduler.isInFlight,
  };

  async function takeBack(): Promise<void> {
    for (let more = true; more; ) {
      const step = await commit.transact(() => takeBackLeases(recovery, time.now()));
      for (const no of step.endpoints) scheduler.refresh(no);
      more = step.more && step.endpoints.size > 0;
    }
  }

  async function sweep(): Promise<void> {
    await commit.transact(() => time.keep());
    targets.reopen();
    await takeBack();
    scheduler.wake();
  }

  return {
    handlers: {},
    async start(): Promise<void> {
      await takeBack();
      scheduler.start();
      sweeps = startSweeps(clock, logger, sweep);
    },
    async stop({ graceMs = 5_000 }: { readonly graceMs?: number } = {}): Promise<void> {
      sweeps?.stop();
      scheduler.close();
      let cancel = (): void => undefined;
      const grace = new Promise<void>((resolve) => {
        cancel = clock.after(graceMs, resolve);
      });
      await Promise.race([scheduler.idle(), grace]);
      cancel();
      sender.close();
      commit.flush();
    },
    /** The machine goes to sleep: nothing new is claimed. */
    suspend: () => scheduler.hold('asleep'),
    resume(): void {
      scheduler.open('asleep');
      void sweep();
    },
    wake: () => scheduler.wake(),
    facts: () => ({
      connectivity: { state: connectivity.current().state, since: connectivitySince },
      clock: {
        skewMs: connectivity.current().clockSkewMs ?? 0,
        wrong: isClockWrong(connectivity.current().clockSkewMs),
        since: skewSince,
      },
      inFlight: scheduler.inFlight,
    }),
    targets,
    endpoints,
    secrets,
  };
}
