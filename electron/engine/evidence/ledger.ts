import { holdingUp, hostOf, wayOut } from '../../../shared/facts.ts';
import type { InternetCheck } from '../../../shared/internet-check.ts';
import type { Fact, ProxyOrigin, Situation } from '../../../shared/schemas.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { isLoopbackAddress } from '../locality.ts';
import { type Break, createBreaks } from './breaks.ts';
import { createClockWatch } from './clock-watch.ts';
import { clockOf, diskFact, type FoundPage, factsOf, isWide, keyOf, saysTheSame, type Unreachable } from './facts.ts';
import { createLocalNetwork } from './local-network.ts';
import { createLookout, type LookReason } from './lookout.ts';
import type { NetworkMemory } from './network-memory.ts';
import {
  afterJump,
  type HostNote,
  hostAfter,
  onlyItsClock,
  type ProxyNote,
  proxyAfter,
  proxyAfterProbes,
  type Seen,
} from './notes.ts';
import type { OutageBook } from './outage-book.ts';
import { findingOf, type Nameless, namelessAll, type Probes, type ProbeVerdict, verdictOf } from './probes.ts';
import { lookOut, type NetworkSight, systemNetwork, type Way } from './reachability.ts';

/** What is known when the meaning of one attempt is decided. */
export interface Known {
  readonly connectivity: 'online' | 'offline' | 'silence' | 'captive_portal' | 'tls_interception' | 'local_network';
  /** By how much this PC's clock is wrong; null where nothing says that it is. */
  readonly skewMs: number | null;
  /** What became of the network since it began. */
  readonly meanwhile: Break | null;
}

export interface FactLedger {
  /** What an attempt showed: once it has ended, before its meaning is decided. */
  saw(seen: Omit<Seen, 'at'>): void;
  /**
   * After a failure on the way: looks whether there is a way out at all, at most one round at a time. Nobody is asked
   * where an answer from out there has come since.
   * @param sinceMs when what failed began, by the monotonic clock
   */
  probe(sinceMs: number): Promise<void>;
  /**
   * A machine of the property's own network was silent: sees whether it is alone in that.
   * @param sinceMs as of {@link FactLedger.probe}; now unless given
   */
  localSilence(host: string, sinceMs?: number): Promise<void>;
  /** The machine woke, perhaps in another network. */
  resumed(): void;
  /**
   * A person asks: looks at once.
   * @returns how long it is until it can be asked for again, in milliseconds, where it was too often; null once it looked
   */
  lookNow(): Promise<number | null>;
  /** What was seen at the last look, and what that rests on. */
  sight(): Situation['internet'];
  /** @param sinceMs when the attempt that failed began, by the monotonic clock; absent: nothing failed */
  knownOf(host: string, local: boolean, sinceMs?: number): Known;
  /** Whether anything may be sent to where the internet leads. */
  isOpen(): boolean;
  facts(): readonly Fact[];
  connectivity(): Situation['connectivity'];
  clock(): Situation['clock'];
  /** Told whenever facts began or ended; `eased` where one of the way out ended. */
  onChange(listener: (eased: boolean) => void): void;
  /** The endpoints or the proxy have changed: what rested on those that are gone is forgotten. */
  waysChanged(): void;
  /** The settings name another proxy, or other credentials: one request tries at once whether that helped. */
  proxyChanged(): void;
  watch(): void;
  stop(): void;
}

export interface LedgerParts {
  readonly context: Pick<EngineContext, 'clock' | 'time' | 'logger' | 'mishaps'>;
  /** The endpoints that are switched on. */
  readonly ways: () => readonly Way[];
  readonly disk: () => Situation['disk'];
  readonly book: OutageBook;
  /** Who names the proxies; the settings unless given. */
  readonly proxyFrom?: () => ProxyOrigin;
  readonly memory: NetworkMemory;
  readonly network?: NetworkSight;
  /** The addresses that are asked, and how; none are asked unless given. */
  readonly probes?: Probes;
}

/** An endpoint that answers as it did is looked at this often, in milliseconds. */
const seenEveryMs = 1_000;
/** A clock that is said to be off by so much more or less is news, in milliseconds. */
const clockNewsMs = 60_000;
/** An attempt and a look take no longer, in milliseconds: where it seems so, this PC slept in between. */
const longestMs = 60_000;
/** While one of these holds, the addresses are asked again: their answer may end it, or lets one request try. */
const askedAgainFor: ReadonlySet<Fact['kind']> = new Set(['sign_in_page', 'proxy', 'clock_wrong']);

/** While one of these holds, nothing of what is sent to the internet arrives. */
const shutting: ReadonlySet<Fact['kind']> = new Set(['no_interface', 'no_answer', 'silence', 'sign_in_page']);

interface Shut extends Unreachable {
  /** Nothing is sent until it is over. Where only what is sent can show that it is, something has to be. */
  readonly isShut: boolean;
}

export function createLedger(parts: LedgerParts): FactLedger {
  const { context, ways, disk, book, memory } = parts;
  const { clock, time, logger } = context;
  const network = parts.network ?? systemNetwork;
  const listeners: ((eased: boolean) => void)[] = [];
  const hosts = new Map<string, HostNote>();
  const proxies = new Map<string, ProxyNote>();
  const seenAt = new Map<string, number>();
  /** What the addresses answered, as hosts of their own: what they say of the clock is their word. */
  const askedHosts = new Map<string, HostNote>();
  let unreachable: Shut | null = null;
  let page: FoundPage | null = null;
  /** When the first of what failed began, while that is looked at, by the monotonic clock. */
  let failedMs: number | null = null;
  /** The last look: for whoever wants to know what is said rests on. */
  let last: Omit<Situation['internet'], 'isAsking'> = {
    lookedAt: null,
    rests: 'nothing',
    answeredAt: null,
    addresses: [],
  };
  let verdict: ProbeVerdict = null;
  /** Of the addresses that were asked: whether none of their names was found. Null where one was, or none is asked. */
  let namelessAsked: Nameless | null = null;
  /** The addresses show somebody's page, or nothing, while answers come from out there: here their word is worth nothing. */
  let [isPageDoubted, isSilenceDoubted] = [false, false];
  /** Nothing failed, but the last look found something wrong: it is believed when the next one finds it too. */
  let isUnconfirmed = false;
  /** So it is in another network, until something fails there. */
  let isPutOff = false;
  const breaks = createBreaks(clock);
  const localNetwork = createLocalNetwork({ clock, ways, network, memory });
  let diskSince: number | null = null;
  let present: readonly Fact[] = [];
  let provenAt = Number.NEGATIVE_INFINITY;
  let answeredAt = Number.NEGATIVE_INFINITY;
  const clockWatch = createClockWatch(time, book.setBackWhileClosedMs(), (jumpMs) => {
    const at = clock.wallMs();
    for (const notes of [hosts, askedHosts]) {
      for (const [host, note] of notes) notes.set(host, afterJump(note, jumpMs, at));
    }
  });
  const lookout = createLookout({
    clock,
    own: context.mishaps.own,
    network: () => network.signature?.() ?? null,
    look,
    isWanted,
    isPutOff: () => isPutOff,
    glance() {
      clockWatch.look();
      lookAtInterfaces();
      settle();
    },
    networkChanged() {
      breaks.changed();
      [isPageDoubted, isSilenceDoubted] = [false, false];
    },
  });

  /** What follows from the notes, with what was known at the last run's end for its "since". */
  function settle(): void {
    const space = disk();
    diskSince = space.state === 'ok' ? null : (diskSince ?? clock.wallMs());
    const onDisk = diskFact(space, diskSince ?? 0);
    const known = {
      ...{ hosts: [...hosts.values()], asked: [...askedHosts.values()], proxies: [...proxies.values()] },
      proxyFrom: parts.proxyFrom?.() ?? 'settings',
    };
    const derived = factsOf({
      ...known,
      unreachable,
      page,
      local: localNetwork.trouble(),
      ownJumpMs: clockWatch.jumpMs(),
    });
    const before = new Map(present.map((fact) => [keyOf(fact), fact]));
    const next = [...(onDisk ? [onDisk] : []), ...derived].map((fact) => {
      const known = before.get(keyOf(fact))?.since ?? (isWide(fact) ? book.rememberedSince(fact.kind) : null);
      return known === null || known > fact.since ? fact : { ...fact, since: known };
    });
    const keys = new Set(next.map(keyOf));
    const shut = [...present, ...next].map(({ kind }) => kind);
    if (shut.some((kind) => shutting.has(kind))) breaks.away();
    if (shut.includes('local_network')) breaks.localAway();
    const begun = next.filter((fact) => !before.has(keyOf(fact)));
    const over = present.filter((fact) => !keys.has(keyOf(fact)));
    const isSaidOtherwise = next.some((fact) => before.has(keyOf(fact)) && !saysTheSame(fact, before.get(keyOf(fact))));
    present = next;
    if (begun.length === 0 && over.length === 0) {
      if (!isSaidOtherwise) return;
      book.changed(next.filter(isWide));
      tell(false);
      return;
    }
    const kinds = (facts: readonly Fact[]) => facts.map(keyOf);
    logger.info({ begun: kinds(begun), over: kinds(over) }, 'what is known of this PC and its way out has changed');
    book.changed(next.filter(isWide));
    tell(over.some((fact) => isWide(fact) && fact.kind !== 'disk'));
  }

  const checks = (): readonly InternetCheck[] => parts.probes?.checks() ?? [];

  async function askAddresses(): Promise<ProbeVerdict> {
    const asked = checks();
    const { probes } = parts;
    const answers = await Promise.all(probes === undefined ? [] : asked.map((check) => probes.ask(check)));
    const findings = asked.flatMap((check, n) => (answers[n] ? [findingOf(check, answers[n])] : []));
    const at = wallTime(clock);
    for (const [proxy, note] of proxies) proxies.set(proxy, proxyAfterProbes(note, answers, at));
    for (const { host, skewMs } of findings) {
      if (skewMs !== null)
        askedHosts.set(host, hostAfter(askedHosts.get(host) ?? null, onlyItsClock(host, skewMs, at)));
    }
    last = { ...last, addresses: findings.map(({ address, says, status }) => ({ address, says, status })) };
    verdict = verdictOf(findings);
    namelessAsked = namelessAll(findings.map(({ nameless }) => nameless));
    if (verdict === 'online') memory.answeredIn(network.signature?.() ?? '');
    return verdict;
  }

  /** Where the addresses have answered before, or somebody else vouches for it, their silence is the internet's. */
  function unproven(only: string | null): string | null {
    const isProven = memory.hasAnsweredIn(network.signature?.() ?? '');
    const isKnown = unreachable?.kind === 'no_answer' && unreachable.only === null;
    return isProven || isKnown ? null : only;
  }

  /** The wall clock's time of a moment of the monotonic one's: what is out began with the first failure, not with its being found. */
  const wallOf = (ms: number): number =>
    Math.round(clock.wallMs() - Math.min(Math.max(0, clock.monotonicMs() - ms), longestMs));

  /** It belongs to what was found meanwhile, and may have begun before that. */
  function beganBy(sinceMs: number): void {
    const since = wallOf(sinceMs);
    if (since >= ((unreachable ?? page)?.since ?? 0)) return;
    if (unreachable !== null) unreachable = { ...unreachable, since };
    if (page !== null) page = { ...page, since };
    settle();
  }

  async function look(why: LookReason): Promise<void> {
    if (localNetwork.trouble() !== null) await localNetwork.again();
    if (why === 'again' && !isOutwardWanted()) return settle();
    const begunAt = clock.monotonicMs();
    const wasOnline = verdict === 'online';
    let isNews = false;
    const ask = async (): Promise<ProbeVerdict> => {
      const said = await askAddresses();
      if (said === 'online') [isPageDoubted, isSilenceDoubted] = [false, false];
      const isPage = said !== null && said !== 'online' && said !== 'unreachable';
      if (why === 'proof' && isPage) isPageDoubted = true;
      if (why === 'proof' && said === 'unreachable') doubtSilence();
      return (isPage && isPageDoubted) || (said === 'unreachable' && isSilenceDoubted) ? null : said;
    };
    /** It may be over at this very moment: once more, before it is learnt. */
    const doubtSilence = () => {
      isNews ||= !isSilenceDoubted;
      isSilenceDoubted = true;
    };
    verdict = null;
    isPutOff = false;
    const { found, rests, byProxyAlone, only, nameless } = await lookOut(ways(), network, ask, unreachable === null);
    last = { ...last, lookedAt: wallTime(clock), rests, addresses: rests === 'interface' ? [] : last.addresses };
    const isBad = found !== null && found !== 'reachable';
    if (isBad && why === 'change' && unreachable === null && page === null && found !== 'no_interface') {
      // Nothing has failed yet, and a network that has only just come up may not be ready.
      [isUnconfirmed, isPutOff] = [true, true];
      return;
    }
    // An answer that came meanwhile knows better than a connection that could not be opened.
    if (found === 'reachable' || (answeredAt > begunAt && found !== 'no_interface')) {
      unreachable = null;
      // Its hosts were reached where none of the addresses was: those are blocked here, or gone.
      if (verdict === 'unreachable') doubtSilence();
      if (verdict === 'online' || verdict === 'unreachable') page = null;
    } else if (found === 'no_interface' || found === 'no_answer') {
      const since = unreachable?.since ?? wallOf(Math.min(failedMs ?? begunAt, begunAt));
      const names = checks().length === 0 ? nameless : nameless && namelessAll([nameless, namelessAsked]);
      // Where nobody answers for any name, that is not one receiver's silence.
      const alone = names === 'unanswered' ? null : unproven(only);
      unreachable = { kind: found, since, only: alone, why: names ? 'names' : 'line', isShut: !byProxyAlone };
      page = null;
    } else if (found !== null) {
      const since = page?.since ?? wallOf(Math.min(failedMs ?? begunAt, begunAt));
      unreachable = null;
      page = { ...found.page, hosts: found.hosts, since };
    }
    isUnconfirmed = isNews;
    settle();
    // What rests on what was sent ends with what is sent: let one request try.
    if (verdict === 'online' && !wasOnline && wayOut(present).state !== 'online') tell(true);
  }

  /** While there is no way out, and while the addresses can say that something is over. */
  function isWanted(): boolean {
    return localNetwork.trouble() !== null || isOutwardWanted();
  }

  function isOutwardWanted(): boolean {
    if (unreachable !== null) return true;
    if (checks().length === 0 || ways().every(({ local }) => local)) return false;
    return isUnconfirmed || present.some(({ kind }) => askedAgainFor.has(kind));
  }

  function tell(eased: boolean): void {
    for (const listener of listeners) listener(eased);
  }

  function lookAtInterfaces(): void {
    if (unreachable !== null || network.hasInterface() || ways().every(({ local }) => local)) return;
    unreachable = { kind: 'no_interface', since: clock.wallMs(), only: null, why: 'line', isShut: true };
    page = null;
    last = { ...last, lookedAt: wallTime(clock), rests: 'interface', addresses: [] };
  }

  /** A verified host out there has answered: whatever keeps the way shut does not. */
  function answered({ status, redirectHost }: Omit<Seen, 'at'>, nowMs: number): void {
    const isProof = status !== 511 && redirectHost === null;
    const contradicts = isProof && (page !== null || unreachable?.isShut === false);
    answeredAt = nowMs;
    unreachable = null;
    if (!isProof) return;
    provenAt = nowMs;
    page = null;
    last = { ...last, answeredAt: wallTime(clock), rests: 'answer' };
    if (contradicts) lookout.contradicted();
  }

  /** Busy endpoints answer thousands of times a second and say the same. */
  function isOldNews(seen: Omit<Seen, 'at'>, nowMs: number): boolean {
    if (seen.error !== null || seen.status === null || seen.redirectHost !== null || seen.status === 511) return false;
    if (nowMs - (seenAt.get(seen.host) ?? Number.NEGATIVE_INFINITY) < seenEveryMs) {
      const note = hosts.get(seen.host);
      const clockMoved = Math.abs((seen.skewMs ?? 0) - (note?.clock?.skewMs ?? 0)) > clockNewsMs;
      const isCalm =
        unreachable === null &&
        page === null &&
        localNetwork.trouble() === null &&
        proxies.size === 0 &&
        note?.certificate === null &&
        note.page === null;
      return isCalm && !clockMoved;
    }
    seenAt.set(seen.host, nowMs);
    return false;
  }

  const clockNow = (): Situation['clock'] => clockOf(present, [...askedHosts.values(), ...hosts.values()]);

  return {
    saw(seen) {
      const nowMs = clock.monotonicMs();
      if (isOldNews(seen, nowMs)) return;
      clockWatch.look();
      const at = clock.wallMs();
      hosts.set(seen.host, hostAfter(hosts.get(seen.host) ?? null, { ...seen, at }));
      if (seen.proxy !== null) {
        const note = proxyAfter(proxies.get(seen.proxy) ?? null, seen.proxy, { ...seen, at });
        if (note) proxies.set(seen.proxy, note);
        else proxies.delete(seen.proxy);
      }
      if (seen.status !== null) book.answered(seen.host, seen.local);
      if (seen.status !== null && seen.local) localNetwork.answered(seen.host);
      if (seen.status !== null && !seen.local) answered(seen, nowMs);
      settle();
    },
    async probe(sinceMs) {
      if (provenAt >= sinceMs) return;
      failedMs = Math.min(failedMs ?? sinceMs, sinceMs);
      try {
        await lookout.afterFailure();
      } finally {
        failedMs = null;
      }
      if (provenAt < sinceMs) beganBy(sinceMs);
    },
    async localSilence(host, sinceMs = clock.monotonicMs()) {
      await localNetwork.silent(host, wallOf(sinceMs));
      settle();
    },
    resumed: lookout.resumed,
    async lookNow() {
      const againAt = await lookout.byHand();
      // Where only what is sent can show that something is over, one request goes at once.
      if (againAt === null && wayOut(present).state !== 'online') tell(true);
      return againAt === null ? null : Math.max(0, againAt - clock.monotonicMs());
    },
    sight: () => ({ ...last, isAsking: checks().length > 0 }),
    knownOf(host, local, sinceMs) {
      if (sinceMs !== undefined) lookout.glanceAtNetwork();
      const { skewMs, wrong } = clockNow();
      const meanwhile = sinceMs === undefined || isLoopbackAddress(host) ? null : breaks.since(sinceMs, local);
      if (local) {
        const isCutOff = holdingUp(present, { host, local }).length > 0;
        return { skewMs: wrong ? skewMs : null, connectivity: isCutOff ? 'local_network' : 'online', meanwhile };
      }
      // Whoever got past the proxy was not kept by it.
      const { state } = wayOut(holdingUp(present, { host, local }).filter(({ kind }) => kind !== 'proxy'));
      return { skewMs: wrong ? skewMs : null, connectivity: state === 'proxy' ? 'online' : state, meanwhile };
    },
    isOpen: () => unreachable === null || !unreachable.isShut,
    facts() {
      // The disk tells nobody when it is full.
      if ((disk().state === 'ok') !== !present.some(({ kind }) => kind === 'disk')) settle();
      return present;
    },
    connectivity: () => wayOut(present),
    clock: clockNow,
    onChange: (listener) => void listeners.push(listener),
    waysChanged() {
      const now = ways();
      const led = new Set(now.map(({ host }) => hostOf(host)));
      const used = new Set(now.map((way) => way.through?.() ?? null).map((by) => by && `${by.host}:${by.port}`));
      for (const host of hosts.keys()) if (!led.has(host)) hosts.delete(host);
      for (const proxy of proxies.keys()) if (!used.has(proxy)) proxies.delete(proxy);
      const asked = new Set(checks().map(({ address }) => hostOf(new URL(address).host)));
      localNetwork.waysChanged();
      const isAway = now.some(({ local }) => !local);
      for (const host of askedHosts.keys()) if (!isAway || !asked.has(host)) askedHosts.delete(host);
      if (!isAway) unreachable = null;
      if (!isAway || asked.size === 0) [page, isUnconfirmed] = [null, false];
      if (asked.size === 0) last = { ...last, addresses: [] };
      settle();
    },
    proxyChanged() {
      if (wayOut(present).state !== 'online') tell(true);
    },
    watch() {
      // Before anything is sent: a PC that starts without a network does not need to try.
      lookAtInterfaces();
      settle();
      lookout.watch();
    },
    stop: lookout.stop,
  };
}
