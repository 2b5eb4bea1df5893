/**
 * Writes down which facts of this PC and its way out hold, and each outage that they make: so that "since" and the
 * story outlive a restart. What held when the last run ended is believed again only once this run has seen it.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Fact, Outage } from '../../../shared/schemas.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { keptWallMs } from '../engine-time.ts';
import type { OutageStore } from '../store/outages.ts';
import { isClockOff } from './notes.ts';

export interface OutageBook {
  /** Facts began or ended; these hold now. */
  changed(facts: readonly Fact[]): void;
  /** Since when a fact of this kind held when the last run ended, where that has not been disproved. */
  rememberedSince(kind: Fact['kind']): UtcMs | null;
  /**
   * Somebody has answered. From out there: what held up everything when the last run ended is over. From the property's
   * own network: that is over, where it kept us from this host.
   */
  answered(host: string, local: boolean): void;
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
  local_network: 'local_network',
};
const network = 'local_network';
const wideKinds = new Set<string>([...Object.keys(outageKinds), 'disk']);

export function createOutageBook(
  { writer, commit, clock, logger }: Pick<EngineContext, 'writer' | 'commit' | 'clock' | 'logger'>,
  store: OutageStore,
): OutageBook {
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
    answered(host, local) {
      if (remembered.size === 0 && left === 0) return;
      if (local) {
        if (!remembered.has(network) || !isKeptFrom(store, host)) return;
        remembered.delete(network);
      } else {
        left = 0;
        for (const kind of remembered.keys()) if (kind !== network) remembered.delete(kind);
      }
      write();
    },
    setBackWhileClosedMs: () => (behindMs < 0 && isClockOff(behindMs) ? behindMs : 0),
  };
}

/** Whether the trouble of the property's network that is written down kept us from this host. */
const isKeptFrom = (store: OutageStore, host: string): boolean =>
  store.open().some(({ kind, hosts }) => kind === network && hosts !== null && JSON.parse(hosts).includes(host));

/** Makes the tables say what holds; inside a transaction. */
function writeDown(store: OutageStore, facts: readonly Fact[], remembered: ReadonlySet<string>, now: UtcMs): void {
  const kinds = new Set<string>(facts.map(({ kind }) => kind));
  for (const { kind, host } of store.facts()) if (!kinds.has(kind) && !remembered.has(kind)) store.dropFact(kind, host);
  for (const fact of facts) store.putFact(fact.kind, '', fact.since, JSON.stringify(fact));
  const lasting = lastingOf(facts);
  const maybe = new Set([...remembered].map((kind) => outageKinds[kind as Fact['kind']]));
  const open = store.open();
  for (const { seq, kind, since, hosts } of open) {
    const still = lasting.get(kind);
    if (still) {
      growTo(store, seq, hosts, still.hosts);
      if (still.since < since) store.beganBy(seq, still.since);
    }
    if (still || maybe.has(kind)) continue;
    if (now - since < leastMs && !store.hasKept(seq)) store.drop(seq);
    else store.end(seq, now);
  }
  for (const [kind, { since, hosts }] of lasting) {
    if (!open.some((one) => one.kind === kind)) store.begin(kind, since, hosts);
  }
}

interface Lasting {
  readonly since: UtcMs;
  /** Whom it keeps us from; null: everybody out there. */
  readonly hosts: readonly string[] | null;
}

/** The outages that facts make, by kind. */
function lastingOf(facts: readonly Fact[]): Map<Outage['kind'], Lasting> {
  const lasting = new Map<Outage['kind'], Lasting>();
  for (const fact of facts) {
    const kind = outageKinds[fact.kind];
    if (!kind) continue;
    const hosts = hostsOf(fact);
    const before = lasting.get(kind);
    if (!before) lasting.set(kind, { since: fact.since, hosts });
    else {
      const since = Math.min(fact.since, before.since) as UtcMs;
      lasting.set(kind, { since, hosts: before.hosts && hosts && [...new Set([...before.hosts, ...hosts])] });
    }
  }
  return lasting;
}

/** Those that a fact keeps us from, where it does not keep us from everybody. */
function hostsOf(fact: Fact): readonly string[] | null {
  const isOfSome = fact.kind === 'local_network' || fact.kind === 'interception' || fact.kind === 'proxy';
  return isOfSome && fact.hosts.length > 0 ? fact.hosts : null;
}

/** Whom it kept us from once belongs to it until it is over. */
function growTo(store: OutageStore, seq: number, kept: string | null, hosts: readonly string[] | null): void {
  if (kept === null) return;
  const before: string[] = JSON.parse(kept);
  const after = hosts && [...new Set([...before, ...hosts])];
  if (after === null || after.length > before.length) store.reach(seq, after);
}
