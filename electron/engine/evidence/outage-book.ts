/**
 * Writes down which facts of this PC and its way out hold, and each outage that they make: so that "since" and the
 * story outlive a restart. What held when the last run ended is believed again only once this run has seen it.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Fact, Outage } from '../../../shared/schemas.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { keptWallMs } from '../engine-time.ts';
import { createOutageStore, type OutageStore } from '../store/outages.ts';
import { isClockOff } from './notes.ts';

export interface OutageBook {
  /** Facts began or ended; these hold now. */
  changed(facts: readonly Fact[]): void;
  /** Since when a fact of this kind held when the last run ended, where that has not been disproved. */
  rememberedSince(kind: Fact['kind']): UtcMs | null;
  /** Somebody out there has answered: what held up everything when the last run ended is over. */
  answeredFromAway(): void;
  /** By how much the clock was set back while the app was closed: negative, or 0 where it was not. */
  setBackWhileClosedMs(): number;
}

/** Shorter ones that kept nothing are no story. */
const leastMs = 60_000;

const outageKinds: Partial<Record<Fact['kind'], Outage['kind']>> = {
  no_interface: 'offline',
  no_answer: 'offline',
  sign_in_page: 'sign_in_page',
  interception: 'interception',
  proxy: 'proxy',
  clock_wrong: 'clock',
};
const wideKinds = new Set<string>([...Object.keys(outageKinds), 'disk']);

export function createOutageBook({
  writer,
  commit,
  clock,
  logger,
}: Pick<EngineContext, 'writer' | 'commit' | 'clock' | 'logger'>): OutageBook {
  const store = createOutageStore(writer);
  const keptMs = keptWallMs(writer);
  const remembered = new Map(
    store.facts().flatMap(({ kind, since }) => (wideKinds.has(kind) ? [[kind, since] as const] : [])),
  );
  /** Outages that the last run left open, by kind: they go on where the fact comes again. */
  let left = store.open().length;
  let asked = false;
  let facts: readonly Fact[] = [];
  const behindMs = keptMs === null ? 0 : clock.wallMs() - keptMs;

  /** In one transaction a turn of the event loop, whatever happened in it. */
  function write(): void {
    if (asked) return;
    asked = true;
    commit
      .transact(() => {
        asked = false;
        writeDown(store, facts, new Set(remembered.keys()), wallTime(clock));
      })
      .catch((error) => {
        asked = false;
        logger.warn({ err: error }, 'what is known of the way out could not be written down; the next change does');
      });
  }

  return {
    changed(now) {
      facts = now;
      for (const { kind } of now) {
        for (const one of remembered.keys()) {
          if (one === kind || outageKinds[one as Fact['kind']] === outageKinds[kind]) remembered.delete(one);
        }
      }
      write();
    },
    rememberedSince(kind) {
      const same = outageKinds[kind];
      const kinds = [...remembered].filter(
        ([one]) => one === kind || (same && outageKinds[one as Fact['kind']] === same),
      );
      return kinds.length === 0 ? null : (Math.min(...kinds.map(([, since]) => since)) as UtcMs);
    },
    answeredFromAway() {
      if (remembered.size === 0 && left === 0) return;
      left = 0;
      remembered.clear();
      write();
    },
    setBackWhileClosedMs: () => (behindMs < 0 && isClockOff(behindMs) ? behindMs : 0),
  };
}

/** Makes the tables say what holds; inside a transaction. */
function writeDown(store: OutageStore, facts: readonly Fact[], remembered: ReadonlySet<string>, now: UtcMs): void {
  const kinds = new Set<string>(facts.map(({ kind }) => kind));
  for (const { kind, host } of store.facts()) if (!kinds.has(kind) && !remembered.has(kind)) store.dropFact(kind, host);
  for (const fact of facts) store.putFact(fact.kind, '', fact.since, JSON.stringify(fact));
  const lasting = new Map<Outage['kind'], UtcMs>();
  for (const { kind, since } of facts) {
    const outage = outageKinds[kind];
    if (outage) lasting.set(outage, Math.min(since, lasting.get(outage) ?? since) as UtcMs);
  }
  const maybe = new Set([...remembered].map((kind) => outageKinds[kind as Fact['kind']]));
  const open = store.open();
  for (const { seq, kind, since } of open) {
    if (lasting.has(kind) || maybe.has(kind)) continue;
    if (now - since < leastMs && !store.hasKept(seq)) store.drop(seq);
    else store.end(seq, now);
  }
  for (const [kind, since] of lasting) if (!open.some((one) => one.kind === kind)) store.begin(kind, since);
}
