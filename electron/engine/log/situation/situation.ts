/** The situation: one snapshot of what the store counts and what the running parts know. */
import type { UtcMs } from '../../../../shared/domain.ts';
import type { Endpoint, Fact, Situation, Source } from '../../../../shared/schemas.ts';
import type { EngineContext } from '../../context.ts';
import { wallTime } from '../../context.ts';
import { isDamage, storeError } from '../../store/connection.ts';
import type { SituationFacts } from './situation-facts.ts';

/** What other parts of the engine know; each is asked when a situation is put together, and answers at once. */
export interface Surroundings {
  /** "Pause deliveries" for everything, until then. */
  pausedUntil(): UtcMs | null;
  /** What is known to be wrong, but for the endpoints' troubles, which are read from the endpoints. */
  facts(): readonly Fact[];
  connectivity(): Situation['connectivity'];
  internet(): Situation['internet'];
  clock(): Situation['clock'];
  disk(): Situation['disk'];
  /** What of its own this account may not read or write. */
  closed(): Situation['closed'];
  openFiles(): Situation['openFiles'];
  vault(): Situation['vault'];
  pc(): Situation['pc'];
  intake(): Situation['intake'];
  /** All that are not removed. What the store counts of them may be left at nothing: it is filled in here. */
  endpoints(): readonly Endpoint[] | Promise<readonly Endpoint[]>;
  /** All that are not revoked; likewise. */
  sources(): readonly Source[] | Promise<readonly Source[]>;
  database(): Situation['database'];
  /** Scheduled exports whose folder takes nothing now. */
  exportsAway(): Situation['exportsAway'];
  upkeepUndone(): Situation['upkeepUndone'];
  /** What the store counts. */
  counted(): Promise<SituationFacts>;
}

export function createSituation(context: EngineContext, surroundings: Surroundings): () => Promise<Situation> {
  const { clock, settings, version, dataFolder, commit } = context;
  let last: Situation | null = null;

  async function whole(): Promise<Situation> {
    const [counted, endpoints, sources] = await Promise.all([
      surroundings.counted(),
      surroundings.endpoints(),
      surroundings.sources(),
    ]);
    const shown = withEndpointFacts(endpoints, counted);
    const { propertyId, timeZone, currency } = settings.current();
    return {
      now: wallTime(clock),
      version,
      propertyId,
      timeZone,
      currency,
      waiting: counted.waiting,
      oldestWaitingAt: at(counted.oldestWaitingAt),
      needsAttention: counted.needsAttention,
      waitingEvents: counted.waitingEvents,
      attentionEvents: counted.attentionEvents,
      eventsToday: counted.eventsToday,
      deliveredToday: counted.deliveredToday,
      today: { ...counted.today, since: counted.today.since as UtcMs },
      lastEventAt: at(counted.lastEventAt),
      lastDeliveredAt: at(counted.lastDeliveredAt),
      pausedUntil: surroundings.pausedUntil(),
      facts: [...surroundings.facts(), ...shown.flatMap(receiverFact)],
      connectivity: surroundings.connectivity(),
      internet: surroundings.internet(),
      clock: surroundings.clock(),
      disk: surroundings.disk(),
      closed: surroundings.closed(),
      openFiles: surroundings.openFiles(),
      dataFolder,
      vault: surroundings.vault(),
      database: surroundings.database(),
      pc: surroundings.pc(),
      exportsAway: surroundings.exportsAway(),
      upkeepUndone: surroundings.upkeepUndone(),
      endpoints: shown,
      sources: withSourceFacts(sources, counted),
      recoveries: counted.recoveries.map((recovery) => ({
        ...recovery,
        since: recovery.since as UtcMs,
        until: recovery.until as UtcMs,
      })),
      outages: [...counted.outages],
      interrupted: counted.interrupted && { ...counted.interrupted, at: counted.interrupted.at as UtcMs },
      hours: counted.hours,
      intake: surroundings.intake(),
    };
  }

  return async () => {
    try {
      last = await whole();
    } catch (error) {
      if (last === null || !isDamage(storeError(error))) throw error;
      commit.failedBeside(error);
      // The last that could be read, where it cannot be any more: what is wrong with it has to be told.
      const database = { ...last.database, state: 'damaged' as const, since: null };
      last = { ...last, now: wallTime(clock), disk: surroundings.disk(), intake: surroundings.intake(), database };
    }
    return last;
  };
}

/** An endpoint that a person switched off is in no trouble that anybody is to hear of. */
function receiverFact({ id, host, trouble, switch: switchedTo }: Endpoint): Fact[] {
  if (trouble === null || switchedTo !== 'on') return [];
  return [
    { kind: 'receiver', scope: { kind: 'host', host }, since: trouble.since, endpointId: id, trouble: trouble.kind },
  ];
}

/** Endpoints with what the store counts of them. */
export function withEndpointFacts(endpoints: readonly Endpoint[], counted: SituationFacts): Endpoint[] {
  const byId = new Map(counted.endpoints.map((facts) => [facts.id, facts]));
  return endpoints.map((endpoint) => {
    const facts = byId.get(endpoint.id);
    if (!facts) return endpoint;
    const { waiting, retrying, retried, needsAttention, tooOld, successRate, attention, swallowed } = facts;
    const oldestWaitingAt = at(facts.oldestWaitingAt);
    return {
      ...endpoint,
      waiting,
      retrying,
      retried,
      needsAttention,
      tooOld: tooOld && { count: tooOld.count, oldestAt: tooOld.oldestAt as UtcMs },
      successRate,
      attention,
      swallowed,
      oldestWaitingAt,
      nextAttemptAt: at(facts.nextAttemptAt),
      heldUntil: at(facts.heldUntil),
    };
  });
}

/** Sources with what the store counts of them. */
export function withSourceFacts(sources: readonly Source[], counted: SituationFacts): Source[] {
  const byId = new Map(counted.sources.map((facts) => [facts.id, facts]));
  return sources.map((source) => {
    const facts = byId.get(source.id);
    if (!facts) return source;
    const { eventsToday, usualByNow } = facts;
    return { ...source, eventsToday, usualByNow, quietSince: at(facts.quietSince) };
  });
}

const at = (ms: number | null): UtcMs | null => ms as UtcMs | null;
