/**
 * What the test bench needs of endpoints: pointed at it, and given their own address back, which they have again
 * after an hour at the latest, and never later than the next start (decision 49).
 */
import type { Actor, EndpointId, UtcMs } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import { addressFormOf } from '../../../shared/endpoint-kinds/index.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EndpointRow, EndpointSetting, HealthState } from '../store/endpoints.ts';
import { urlContext } from '../store/endpoints.ts';
import { opened } from './endpoint-acts.ts';
import { checkAddress } from './endpoint-address.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { noBench } from './endpoint-settings.ts';
import { openSecret } from './targets.ts';

export interface BenchEndpoints {
  get(id: EndpointId): Promise<Endpoint>;
  /** Those that have the bench's address instead of their own. */
  pointed(): readonly EndpointId[];
  /** Gives the endpoint this address for a time, trusted by this CA; its own is remembered unless it is already. */
  point(
    id: EndpointId,
    to: { readonly url: string; readonly caPem: string; readonly forMs: number },
    actor: Actor,
  ): Promise<void>;
  release(id: EndpointId, actor: Actor): Promise<void>;
  /** Inside the sweep: gives those their own address back whose time is over, or that a start found here. */
  releaseOverdue(): Promise<void>;
  /** What the bench took and the receiver never got is left at that: skipped by a person's word. */
  leave(id: EndpointId, actor: Actor): Promise<void>;
  /** The secrets that a request may be signed with; none where they cannot be read. */
  secretsOf(id: EndpointId): readonly string[];
}

/** What an endpoint has again afterwards: nothing that the bench answers says anything of its own receiver. */
interface Kept {
  readonly health: HealthState;
  readonly switch: EndpointRow['switch'];
  readonly testedAt: UtcMs | null;
}

/** The engine gives an address back by itself before its time only where the app ends, or was ended. */
const isCutOff = (row: EndpointRow, actor: Actor, now: UtcMs): boolean =>
  actor.surface === 'engine' && row.benchUntil !== null && row.benchUntil > now;

const engineActor: Actor = { account: '', surface: 'engine' };
const stepRows = 100;

export function createBenchEndpoints(desk: EndpointDesk): BenchEndpoints {
  const { context, endpoints, secrets, ledger, deliveries, scheduler } = desk;
  const { vault, time, commit, changes, logger } = context;
  /** Pointed there by this process: the bench of an earlier one listens no more. */
  const here = new Set<EndpointId>();

  async function release(id: EndpointId, actor: Actor): Promise<void> {
    const row = desk.find(id);
    if (row.benchUrl === null) return;
    const own = checkAddress(
      opened(vault.open(row.benchUrl, urlContext(id)), 'address'),
      addressFormOf(row.kind),
      true,
    );
    const kept = row.benchKept === null ? null : (JSON.parse(row.benchKept) as Kept);
    const cutOff = isCutOff(row, actor, time.now())
      ? { at: desk.now(), until: time.toWall(row.benchUntil ?? 0) }
      : null;
    await desk.act(actor, 'bench.release', row, {}, () => {
      endpoints.change(row.no, {
        url: row.benchUrl ?? row.url,
        host: own.host,
        maskedAddress: own.masked,
        local: own.local ? 1 : 0,
        testedAt: kept?.testedAt ?? null,
        ...noBench,
        benchKept: cutOff && JSON.stringify({ cutOff }),
        ...switchBack(row, kept),
      });
      ledger.put(row.no, kept?.health ?? { ...ledger.get(row.no), verifiedIssuer: null });
    });
    here.delete(id);
    await letGo(row.no);
    scheduler.refresh(row.no);
    changes.touch('bench');
    changes.touch('deliveries');
  }

  /** What the bench refused is still to be sent, as if it had not been asked. */
  async function letGo(endpointNo: number): Promise<void> {
    let after = 0;
    for (let more = true; more; ) {
      more = await commit.transact(() => {
        const some = deliveries.someAtBench(endpointNo, after, stepRows);
        const now = time.now();
        for (const { seq, state, createdAt, throttledSince } of some) {
          after = seq;
          if (state === 'cancelled') continue;
          deliveries.setSchedule(seq, {
            state: 'waiting',
            reason: null,
            dueAt: Math.min(createdAt, now) as UtcMs,
            failures: 0,
            blames: 0,
            deliveredMark: null,
            failedIn: null,
            throttledSince,
            endedAt: null,
          });
        }
        return some.length === stepRows;
      });
    }
  }

  return {
    get: desk.view,
    pointed: () => endpoints.all().flatMap((row) => (row.benchUrl === null ? [] : [row.id])),
    async point(id, to, actor) {
      const row = desk.findPresent(id);
      if (addressFormOf(row.kind).server !== null) {
        throw new RelayError('conflict', sentence('problem.bench_not_for_kind', { name: endpointName(row) }));
      }
      const { url, local } = checkAddress(to.url);
      const until = (time.now() + to.forMs) as UtcMs;
      await desk.act(actor, 'bench.point', row, { forMs: to.forMs }, () => {
        const health = ledger.get(row.no);
        const kept: Kept = { health, switch: row.switch, testedAt: row.testedAt };
        endpoints.change(row.no, {
          // What a person reads of it stays: its own host and address.
          url: vault.seal(url, urlContext(id)),
          local: local ? 1 : 0,
          // What was tested there says nothing of the endpoint's own address.
          benchCaPem: to.caPem,
          testedAt: null,
          benchUntil: until,
          ...(row.benchUrl === null
            ? { benchUrl: row.url, benchSince: desk.now(), benchKept: JSON.stringify(kept) }
            : {}),
        });
        if (row.benchUrl === null) ledger.put(row.no, untroubled(health));
      });
      here.add(id);
      scheduler.retryNow(row.no);
    },
    release,
    async releaseOverdue() {
      const now = time.now();
      for (const row of endpoints.all()) {
        if (row.benchUrl === null || (here.has(row.id) && (row.benchUntil ?? 0) > now)) continue;
        // It cannot be read now (a keyring that is locked, say): nothing goes out, and the next sweep tries again.
        await release(row.id, engineActor).catch((error) =>
          logger.warn({ err: error, endpoint: row.id }, 'an endpoint could not be given its own address back'),
        );
      }
    },
    async leave(id, actor) {
      const row = desk.find(id);
      let after = 0;
      for (let more = true; more; ) {
        more = await commit.transact(() => {
          const some = deliveries.someAtBench(row.no, after, stepRows);
          for (const { seq, state, dueAt } of some) {
            after = seq;
            if (state === 'cancelled') deliveries.setState(seq, 'cancelled', 'by_hand', dueAt, desk.now());
          }
          return some.length === stepRows;
        });
      }
      await desk.act(actor, 'bench.leave', row, {}, () => undefined);
      changes.touch('deliveries');
    },
    secretsOf(id) {
      const row = endpoints.byId(id);
      if (!row) return [];
      const kept = secrets.of(row.no);
      return [openSecret(row, kept, vault, 'current'), openSecret(row, kept, vault, 'next')].filter(
        (secret) => secret !== null,
      );
    },
  };
}

/** The receiver's troubles are not the bench's: what waits goes there at once. */
const untroubled = (health: HealthState): HealthState => ({
  ...health,
  health: 'active',
  failingSince: null,
  nextTrialAt: null,
  heldUntil: null,
  trouble: null,
  verifiedIssuer: null,
  releaseTo: null,
  releaseIncident: null,
});

/** One that the bench's "gone for good" has paused, and no person, is on again. */
function switchBack(row: EndpointRow, kept: Kept | null): Partial<EndpointSetting> {
  const byBench = row.switch === 'paused' && row.pausedBy === null && row.pausedUntil === null;
  return kept?.switch === 'on' && byBench ? { switch: 'on' } : {};
}
