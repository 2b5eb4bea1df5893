import { holdingUp, hostOf, wayOut } from '../../../shared/facts.ts';
import type { Fact, Situation } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';
import { diskFact, factsOf } from './facts.ts';
import { afterJump, type HostNote, hostAfter, isClockOff, type ProxyNote, proxyAfter, type Seen } from './notes.ts';
import type { OutageBook } from './outage-book.ts';
import { lookOut, type NetworkSight, systemNetwork, type Way } from './reachability.ts';

/** What is known when the meaning of one attempt is decided. */
export interface Known {
  readonly connectivity: 'online' | 'offline' | 'captive_portal' | 'tls_interception';
  /** By how much this PC's clock is wrong; null where nothing says that it is. */
  readonly skewMs: number | null;
}

export interface FactLedger {
  /** What an attempt showed: once it has ended, before its meaning is decided. */
  saw(seen: Omit<Seen, 'at'>): void;
  /** After a failure on the way: looks whether there is a way out at all, at most one round at a time. */
  probe(): Promise<void>;
  knownOf(host: string, local: boolean): Known;
  /** Whether anything may be sent to where the internet leads. */
  isOpen(): boolean;
  facts(): readonly Fact[];
  connectivity(): Situation['connectivity'];
  clock(): Situation['clock'];
  /** Told whenever facts began or ended; `eased` where one of the way out ended. */
  onChange(listener: (eased: boolean) => void): void;
  /** The endpoints or the proxy have changed: what rested on those that are gone is forgotten. */
  waysChanged(): void;
  watch(): void;
  stop(): void;
}

export interface LedgerParts {
  readonly context: Pick<EngineContext, 'clock' | 'time' | 'logger' | 'mishaps'>;
  /** The endpoints that are switched on. */
  readonly ways: () => readonly Way[];
  readonly disk: () => Situation['disk'];
  readonly book: OutageBook;
  readonly network?: NetworkSight;
}

/** How long a look out is believed after it was asked for, in milliseconds. */
const believedMs = 5_000;
/** An endpoint that answers as it did is looked at this often, in milliseconds. */
const seenEveryMs = 1_000;
/** A clock that is said to be off by so much more or less is news, in milliseconds. */
const clockNewsMs = 60_000;
/** While there is no way out, it is looked for this often, in milliseconds. */
const lookAgainMs = 10_000;

const isWide = ({ scope }: Fact): boolean => scope.kind !== 'host';
const keyOf = (fact: Fact): string => (fact.scope.kind === 'host' ? `${fact.kind} ${fact.scope.host}` : fact.kind);

export function createLedger(parts: LedgerParts): FactLedger {
  const { context, ways, disk, book } = parts;
  const { clock, time, logger } = context;
  const network = parts.network ?? systemNetwork;
  const listeners: ((eased: boolean) => void)[] = [];
  const hosts = new Map<string, HostNote>();
  const proxies = new Map<string, ProxyNote>();
  const seenAt = new Map<string, number>();
  let unreachable: { readonly kind: 'no_interface' | 'no_answer'; readonly since: number } | null = null;
  let diskSince: number | null = null;
  let ownJumpMs = book.setBackWhileClosedMs();
  let clockOffset = offset();
  let present: readonly Fact[] = [];
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  let answeredAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | null = null;
  let watching = false;

  /** By how much engine time was moved against the wall clock, which is what a set clock shows by. */
  function offset(): number {
    time.now();
    return -time.toWall(0);
  }

  function lookAtClock(): void {
    const now = offset();
    const jumpMs = clockOffset - now;
    clockOffset = now;
    if (jumpMs === 0) return;
    ownJumpMs += jumpMs;
    const at = clock.wallMs();
    for (const [host, note] of hosts) hosts.set(host, afterJump(note, jumpMs, at));
  }

  /** What follows from the notes, with what was known at the last run's end for its "since". */
  function settle(): void {
    const space = disk();
    diskSince = space.state === 'ok' ? null : (diskSince ?? clock.wallMs());
    const onDisk = diskFact(space, diskSince ?? 0);
    const derived = factsOf({ hosts: [...hosts.values()], proxies: [...proxies.values()], unreachable, ownJumpMs });
    const before = new Map(present.map((fact) => [keyOf(fact), fact]));
    const next = [...(onDisk ? [onDisk] : []), ...derived].map((fact) => {
      const known = before.get(keyOf(fact))?.since ?? (isWide(fact) ? book.rememberedSince(fact.kind) : null);
      return known === null || known > fact.since ? fact : { ...fact, since: known };
    });
    const keys = new Set(next.map(keyOf));
    const begun = next.filter((fact) => !before.has(keyOf(fact)));
    const over = present.filter((fact) => !keys.has(keyOf(fact)));
    present = next;
    if (begun.length === 0 && over.length === 0) return;
    const kinds = (facts: readonly Fact[]) => facts.map(keyOf);
    logger.info({ begun: kinds(begun), over: kinds(over) }, 'what is known of this PC and its way out has changed');
    book.changed(next.filter(isWide));
    const eased = over.some((fact) => isWide(fact) && fact.kind !== 'disk');
    for (const listener of listeners) listener(eased);
  }

  async function ask(): Promise<void> {
    const begunAt = clock.monotonicMs();
    const found = await lookOut(ways(), network, unreachable === null);
    askedAt = clock.monotonicMs();
    // An answer that came meanwhile knows better than a connection that could not be opened.
    if (found === 'reachable' || (answeredAt > begunAt && found !== 'no_interface')) unreachable = null;
    else if (found !== null) unreachable = { kind: found, since: unreachable?.since ?? clock.wallMs() };
    settle();
    lookAgainLater();
  }

  function probe(): Promise<void> {
    if (clock.monotonicMs() - askedAt < believedMs) return Promise.resolve();
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  }

  function lookAgainLater(): void {
    if (!watching || cancel !== null) return;
    cancel = clock.after(lookAgainMs, () => {
      cancel = null;
      lookAtClock();
      if (unreachable !== null) {
        askedAt = Number.NEGATIVE_INFINITY;
        context.mishaps.own('a probe', probe());
      } else {
        lookAtInterfaces();
      }
      settle();
      lookAgainLater();
    });
  }

  function lookAtInterfaces(): void {
    if (network.hasInterface() || ways().every(({ local }) => local)) return;
    unreachable = { kind: 'no_interface', since: clock.wallMs() };
  }

  /** Busy endpoints answer thousands of times a second and say the same. */
  function isOldNews(seen: Omit<Seen, 'at'>, nowMs: number): boolean {
    if (seen.error !== null || seen.status === null || seen.redirectHost !== null || seen.status === 511) return false;
    if (nowMs - (seenAt.get(seen.host) ?? Number.NEGATIVE_INFINITY) < seenEveryMs) {
      const note = hosts.get(seen.host);
      const clockMoved = Math.abs((seen.skewMs ?? 0) - (note?.clock?.skewMs ?? 0)) > clockNewsMs;
      const isCalm = unreachable === null && proxies.size === 0 && note?.certificate === null && note.page === null;
      return isCalm && !clockMoved;
    }
    seenAt.set(seen.host, nowMs);
    return false;
  }

  function clockNow(): Situation['clock'] {
    const found = present.find((fact) => fact.kind === 'clock_wrong');
    if (found) return { skewMs: found.skewMs, wrong: true, since: found.since };
    const fine = [...hosts.values()].flatMap(({ clock: said }) => (said && !isClockOff(said.skewMs) ? [said] : []));
    return { skewMs: fine.at(-1)?.skewMs ?? 0, wrong: false, since: null };
  }

  return {
    saw(seen) {
      const nowMs = clock.monotonicMs();
      if (isOldNews(seen, nowMs)) return;
      lookAtClock();
      const at = clock.wallMs();
      hosts.set(seen.host, hostAfter(hosts.get(seen.host) ?? null, { ...seen, at }));
      if (seen.proxy !== null) {
        const note = proxyAfter(proxies.get(seen.proxy) ?? null, seen.proxy, { ...seen, at });
        if (note) proxies.set(seen.proxy, note);
        else proxies.delete(seen.proxy);
      }
      if (seen.status !== null && !seen.local) {
        answeredAt = nowMs;
        unreachable = null;
        book.answeredFromAway();
      }
      settle();
    },
    probe,
    knownOf(host, local) {
      const { skewMs, wrong } = clockNow();
      // Whoever got past the proxy was not kept by it.
      const { state } = wayOut(holdingUp(present, { host, local }).filter(({ kind }) => kind !== 'proxy'));
      return { skewMs: wrong ? skewMs : null, connectivity: state === 'proxy' ? 'online' : state };
    },
    isOpen: () => unreachable === null,
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
      if (now.every(({ local }) => local)) unreachable = null;
      settle();
    },
    watch() {
      watching = true;
      // Before anything is sent: a PC that starts without a network does not need to try.
      lookAtInterfaces();
      settle();
      lookAgainLater();
    },
    stop() {
      watching = false;
      cancel?.();
      cancel = null;
    },
  };
}
