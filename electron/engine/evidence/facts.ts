/**
 * The facts that follow from what was noted of hosts, proxies, network and disk: pure functions of values. One
 * host's word is a fact about that host; about this PC it takes two unrelated ones, or the PC's own evidence
 * (principle 5).
 */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Fact, ProxyOrigin, Situation } from '../../../shared/schemas.ts';
import { isLoopbackAddress } from '../locality.ts';
import { clockToleranceMs } from './clock-skew.ts';
import type { LocalTrouble } from './local-network.ts';
import { type HostNote, isClockOff, type ProxyNote } from './notes.ts';
import type { SignInPage } from './probes.ts';
import { countSites } from './sites.ts';

/** So many unrelated hosts are needed for a fact about this PC or its way out. */
const vouching = 2;

/** The sign-in page that addresses which were asked show, see `probes.ts`. */
export interface FoundPage extends SignInPage {
  readonly hosts: readonly string[];
  readonly since: number;
}

/** Why nothing can be reached. */
export interface Unreachable {
  readonly kind: 'no_interface' | 'no_answer';
  readonly since: number;
  /** Of no answer: the one host that it rests on beside addresses that have never answered here; null where it is certain. */
  readonly only: string | null;
  /** Of no answer: no name leads to an address, or what they lead to is silent. */
  readonly why: 'names' | 'line';
}

export interface Notes {
  readonly hosts: readonly HostNote[];
  /** Of the addresses that are asked whether the internet is there: what they say of the clock. */
  readonly asked: readonly HostNote[];
  readonly page: FoundPage | null;
  readonly local: LocalTrouble | null;
  readonly proxies: readonly ProxyNote[];
  /** Who names them. */
  readonly proxyFrom: ProxyOrigin;
  /** Why nothing can be reached, where that is so. */
  readonly unreachable: Unreachable | null;
  /** By how much this PC's clock was set while the app ran or was closed: its own evidence. */
  readonly ownJumpMs: number;
}

const pc = { kind: 'pc' } as const;
const internet = { kind: 'internet' } as const;
const on = (host: string) => ({ kind: 'host', host }) as const;
const utc = (ms: number): UtcMs => ms as UtcMs;

/** Those of this PC first, then those of the way out, then those of single hosts. */
export function factsOf(notes: Notes): Fact[] {
  const { unreachable } = notes;
  const clock = wrongClock(notes);
  const page = notes.page === null ? signInPage(notes) : foundPage(notes.page, notes.hosts);
  const between = page === null ? interception(notes) : null;
  const explained = new Set([page, between].flatMap((fact) => (fact && 'hosts' in fact ? fact.hosts : [])));
  const wide: (Fact | null)[] = [
    unreachable?.kind === 'no_interface' ? { kind: 'no_interface', scope: pc, since: utc(unreachable.since) } : null,
    clock,
    unreachable?.kind === 'no_answer' ? noAnswer(unreachable) : null,
    localNetwork(notes.local),
    page,
    between,
    ...notes.proxies.map((note) => proxyFact(note, notes.proxyFrom)),
  ];
  const clocks = new Set(clock?.kind === 'clock_wrong' ? clock.hosts : []);
  return [
    ...wide.filter((fact) => fact !== null),
    ...[...notes.hosts, ...notes.asked].flatMap((note) => ofHost(note, { clocks, explained })),
  ];
}

/** Two unrelated hosts that agree outweigh those that say otherwise; one is enough where this PC's clock was set. */
function wrongClock({ hosts, asked, ownJumpMs }: Notes): Fact | null {
  const measured = [...hosts, ...asked].flatMap(({ host, clock }) =>
    clock && !isLoopbackAddress(host) ? [{ host, ...clock }] : [],
  );
  const off = measured.filter(({ skewMs }) => isClockOff(skewMs));
  const fine = countSites(measured.filter(({ skewMs }) => !isClockOff(skewMs)).map(({ host }) => host));
  let best: typeof off = [];
  for (const { skewMs } of off) {
    const agreeing = off.filter((other) => Math.abs(other.skewMs - skewMs) <= clockToleranceMs);
    if (agreeing.length > best.length) best = agreeing;
  }
  const [first] = best;
  if (!first) return fine > 0 ? null : setBack(hosts, ownJumpMs);
  const sites = countSites(best.map(({ host }) => host));
  const knowsItself =
    best.some(({ byJump }) => byJump) ||
    (isClockOff(ownJumpMs) && best.some(({ skewMs }) => Math.sign(skewMs) === Math.sign(ownJumpMs)));
  if (sites <= fine || (sites < vouching && !knowsItself)) return null;
  return {
    kind: 'clock_wrong',
    scope: pc,
    since: utc(Math.min(...best.map(({ since }) => since ?? Number.POSITIVE_INFINITY))),
    skewMs: Math.round(median(best.map(({ skewMs }) => skewMs))),
    hosts: best.map(({ host }) => host),
  };
}

/** Nobody says what time it is, but a certificate is not valid that was, by the time this PC had before it was set back. */
function setBack(hosts: readonly HostNote[], ownJumpMs: number): Fact | null {
  if (ownJumpMs >= 0 || !isClockOff(ownJumpMs)) return null;
  const early = hosts.flatMap(({ host, notYet }) =>
    notYet !== null && notYet.forMs <= -ownJumpMs && !isLoopbackAddress(host) ? [{ host, ...notYet }] : [],
  );
  if (early.length === 0) return null;
  return {
    kind: 'clock_wrong',
    scope: pc,
    since: utc(Math.min(...early.map(({ since }) => since))),
    skewMs: Math.round(ownJumpMs),
    hosts: early.map(({ host }) => host),
  };
}

const noAnswer = ({ since, only, why }: Unreachable): Fact =>
  only === null
    ? { kind: 'no_answer', scope: internet, since: utc(since), why }
    : { kind: 'silence', scope: internet, since: utc(since), host: only };

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

/** A page that says so itself (511); or unrelated hosts that send to the same place, or show one and the same certificate that is for none of them. */
function signInPage({ hosts }: Notes): Fact | null {
  const away = hosts.filter(({ local }) => !local);
  const saying = away.filter(({ page }) => page?.to === null);
  const sending = away.flatMap((note) => {
    const to = note.page?.to ?? null;
    return to === null ? [] : [{ note, key: `page ${to}` }];
  });
  const showing = away.flatMap((note) => {
    const { fingerprint = null, isForHost = true } = note.certificate ?? {};
    return fingerprint === null || isForHost ? [] : [{ note, key: `certificate ${fingerprint}` }];
  });
  const notes = saying.length > 0 ? saying : (agreed([...sending, ...showing]) ?? []);
  if (notes.length === 0) return null;
  const since = notes.map(({ page, certificate }) => page?.since ?? certificate?.since ?? Number.POSITIVE_INFINITY);
  const [to] = notes.flatMap(({ page, certificate }) => page?.to ?? certificate?.name ?? []);
  return {
    kind: 'sign_in_page',
    scope: internet,
    since: utc(Math.min(...since)),
    hosts: notes.map(({ host }) => host),
    host: to ?? null,
    address: null,
  };
}

/** It answers whoever is asked: what the property's own hosts show is its doing too, and their certificate may name it. */
function foundPage({ since, hosts: saying, host, address }: FoundPage, hosts: readonly HostNote[]): Fact {
  const shown = hosts.filter(({ local, certificate }) => !local && certificate !== null);
  const [name = null] = shown.flatMap(({ certificate }) => (certificate?.isForHost ? [] : (certificate?.name ?? [])));
  return {
    kind: 'sign_in_page',
    scope: internet,
    since: utc(since),
    hosts: [...saying, ...shown.map((note) => note.host)],
    host: host ?? name,
    address,
  };
}

/** The hosts of the first key that enough unrelated ones share. */
function agreed(each: readonly { readonly note: HostNote; readonly key: string }[]): HostNote[] | null {
  for (const { key } of each) {
    const notes = each.filter((other) => other.key === key).map(({ note }) => note);
    if (countSites(notes.map(({ host }) => host)) >= vouching) return notes;
  }
  return null;
}

/**
 * Unrelated hosts whose certificates one unknown issuer made, a host that was verified before under another one, or one
 * whose issuer is a product that is known for it: no receiver has its certificate from there.
 */
function interception({ hosts }: Notes): Fact | null {
  const strange = hosts.flatMap((note) =>
    !note.local && note.certificate?.trouble === 'unknown_issuer' ? [{ ...note, certificate: note.certificate }] : [],
  );
  const changed = strange.filter(({ certificate }) => certificate.changed);
  const issuers = new Set(changed.map(({ certificate }) => certificate.issuer));
  const agreeing = agreed(strange.map((note) => ({ note, key: String(note.certificate.issuer) }))) ?? [];
  const found = strange.filter(
    ({ host, certificate: { issuer, interceptor } }) =>
      interceptor !== null || issuers.has(issuer) || agreeing.some((other) => host === other.host),
  );
  const [first] = found;
  if (!first) return null;
  return {
    kind: 'interception',
    scope: internet,
    since: utc(Math.min(...found.map(({ certificate }) => certificate.since))),
    hosts: found.map(({ host }) => host),
    issuer: first.certificate.issuer,
    product: first.certificate.interceptor,
  };
}

function localNetwork(trouble: LocalTrouble | null): Fact | null {
  if (trouble === null) return null;
  const { hosts, why, since } = trouble;
  return { kind: 'local_network', scope: { kind: 'local_network' }, since: utc(since), hosts: [...hosts], why };
}

const proxyFact = (
  { proxy, trouble, status, asksFor, hosts, since, changedAt }: ProxyNote,
  from: ProxyOrigin,
): Fact => ({
  kind: 'proxy',
  scope: internet,
  since: utc(since),
  trouble,
  status,
  asksFor,
  changedAt: changedAt === null ? null : utc(changedAt),
  proxy,
  from,
  hosts: trouble === 'refused' ? [...hosts] : [],
});

function ofHost(
  { host, clock, certificate }: HostNote,
  known: { readonly clocks: ReadonlySet<string>; readonly explained: ReadonlySet<string> },
): Fact[] {
  const facts: Fact[] = [];
  if (clock !== null && clock.since !== null && !known.clocks.has(host)) {
    facts.push({ kind: 'clock_differs', scope: on(host), since: utc(clock.since), skewMs: clock.skewMs });
  }
  if (certificate?.trouble === 'unknown_issuer' && !known.explained.has(host)) {
    const { since, issuer } = certificate;
    facts.push({ kind: 'unknown_issuer', scope: on(host), since: utc(since), issuer });
  }
  return facts;
}

/** Whether two facts say the same, but for what is measured anew each time. */
export const saysTheSame = (one: Fact, other: Fact | undefined): boolean => wordsOf(one) === wordsOf(other);
const measuredAnew = new Set(['skewMs', 'freeBytes']);
const wordsOf = (fact: Fact | undefined): string | undefined =>
  JSON.stringify(fact, (name, value: unknown) => (measuredAnew.has(name) ? undefined : value));

export function diskFact({ state, freeBytes }: Situation['disk'], since: number): Fact | null {
  return state === 'ok' ? null : { kind: 'disk', scope: pc, since: utc(since), state, freeBytes };
}

/** What is known of this PC's clock: what is wrong with it, or how far it is off by the last host that agrees with it. */
export function clockOf(present: readonly Fact[], hosts: readonly HostNote[]): Situation['clock'] {
  const found = present.find((fact) => fact.kind === 'clock_wrong');
  if (found) return { skewMs: found.skewMs, wrong: true, since: found.since };
  const fine = hosts.flatMap(({ clock }) => (clock && !isClockOff(clock.skewMs) ? [clock] : []));
  return { skewMs: fine.at(-1)?.skewMs ?? 0, wrong: false, since: null };
}

/** Of more than one host. */
export const isWide = ({ scope }: Fact): boolean => scope.kind !== 'host';
/** What makes two facts one and the same. */
export const keyOf = (fact: Fact): string =>
  fact.scope.kind === 'host' ? `${fact.kind} ${fact.scope.host}` : fact.kind;
