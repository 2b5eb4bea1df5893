/**
 * What attempts show of each host and proxy, one note each: the ground that facts rest on. A note is replaced by
 * what the host shows next, and goes with the last endpoint that leads to it. Pure functions of values.
 */

import { isLoopbackAddress } from '../locality.ts';
import { clockToleranceMs } from './clock-skew.ts';
import type { CertificateFacts, TransportFailure } from './evidence.ts';
import { interceptorOf, isUnknownIssuer, isWrongHost } from './outcome-certificate.ts';
import type { ProbeAnswer } from './probes.ts';

/** What one ended attempt showed of the way to its endpoint. */
export interface Seen {
  readonly host: string;
  readonly local: boolean;
  /** Host and port of the proxy that it went by; null for a direct way. */
  readonly proxy: string | null;
  readonly status: number | null;
  readonly error: TransportFailure | null;
  readonly certificate: CertificateFacts | null;
  /** Issuer of the last certificate of this host that was verified. */
  readonly verifiedIssuer: string | null;
  /** Our time minus the server's by its `Date`; null where it named none. */
  readonly skewMs: number | null;
  /** Where a redirect to another host points to. */
  readonly redirectHost: string | null;
  /** The wall clock's time. */
  readonly at: number;
}

/** An address that was asked says nothing but the time. */
export const onlyItsClock = (host: string, skewMs: number, at: number): Seen => ({
  ...{ host, local: false, proxy: null, status: 200, error: null, certificate: null, verifiedIssuer: null },
  ...{ skewMs, redirectHost: null, at },
});

export interface HostNote {
  readonly host: string;
  readonly local: boolean;
  /** `since` null: it agrees with this PC's. `byJump`: it did, until this PC's clock was set. */
  readonly clock: { readonly skewMs: number; readonly since: number | null; readonly byJump: boolean } | null;
  /** The certificate that was not accepted. `changed`: it was verified before, under another issuer. */
  readonly certificate: {
    readonly trouble: 'unknown_issuer' | 'wrong_host';
    readonly issuer: string | null;
    readonly fingerprint: string | null;
    readonly changed: boolean;
    /** Whom it says that it is for. */
    readonly name: string | null;
    /** It names this host: whoever made it made it for this connection. */
    readonly isForHost: boolean;
    /** The product, known for intercepting, that made it for this connection; null where its issuer is none. */
    readonly interceptor: string | null;
    readonly since: number;
  } | null;
  /** Its certificate is not valid yet by this PC's clock: for how long, when that was last seen. */
  readonly notYet: { readonly forMs: number; readonly since: number } | null;
  /** A page of somebody else's answers: the host that it sends to, null where it said so itself (511). */
  readonly page: { readonly to: string | null; readonly since: number } | null;
}

/** What a proxy did instead of letting us through. */
export interface ProxyNote {
  readonly proxy: string;
  readonly trouble: 'password' | 'password_refused' | 'sign_in' | 'unreachable' | 'refused' | 'socks';
  readonly status: number | null;
  /** Of a 407: the ways to sign in that it names; empty where it names none. */
  readonly asksFor: string;
  /** The hosts that it did not let us through to. */
  readonly hosts: readonly string[];
  readonly since: number;
  /** When it began to do this, where it did something else before; null where it did so from the beginning. */
  readonly changedAt: number | null;
  /** Of its last word. */
  readonly saidAt: number;
}

export const isClockOff = (skewMs: number): boolean => Math.abs(skewMs) > clockToleranceMs;

/** The host's note after an attempt. */
export function hostAfter(before: HostNote | null, seen: Seen): HostNote {
  const none = { clock: null, certificate: null, notYet: null, page: null };
  const note: HostNote = before ?? { host: seen.host, local: seen.local, ...none };
  const { error, status } = seen;
  if (status !== null) {
    return {
      ...note,
      local: seen.local,
      clock: clockAfter(note.clock, seen),
      certificate: null,
      notYet: null,
      page: pageAfter(note.page, seen),
    };
  }
  // The certificate had been accepted by then.
  if (error?.phase === 'request' && note.certificate !== null) return { ...note, certificate: null };
  if (error?.phase !== 'tls') return note;
  if (error.code === 'CERT_NOT_YET_VALID' && seen.certificate) {
    return { ...note, notYet: { forMs: seen.certificate.validFrom - seen.at, since: note.notYet?.since ?? seen.at } };
  }
  const trouble = isUnknownIssuer(error.code) ? 'unknown_issuer' : isWrongHost(error.code) ? 'wrong_host' : null;
  if (trouble === null) return note;
  const issuer = seen.certificate?.issuer ?? null;
  const changed = issuer !== null && seen.verifiedIssuer !== null && issuer !== seen.verifiedIssuer;
  const fingerprint = seen.certificate?.fingerprint ?? null;
  const isForHost = seen.certificate?.names.some((name) => isNameOf(name, seen.host)) ?? true;
  const since = note.certificate?.since ?? seen.at;
  const name = seen.certificate?.names[0] ?? null;
  const interceptor = seen.certificate && isForHost ? interceptorOf(seen.certificate, seen.host) : null;
  return { ...note, certificate: { trouble, issuer, fingerprint, changed, name, isForHost, interceptor, since } };
}

const isNameOf = (name: string, host: string): boolean =>
  name.toLowerCase() === host.toLowerCase() ||
  (name.startsWith('*.') && host.toLowerCase().slice(host.indexOf('.')) === name.slice(1).toLowerCase());

function clockAfter(before: HostNote['clock'], { skewMs, at }: Seen): HostNote['clock'] {
  if (skewMs === null) return before;
  if (!isClockOff(skewMs)) return { skewMs, since: null, byJump: false };
  return { skewMs, since: before?.since ?? at, byJump: before?.byJump ?? false };
}

function pageAfter(before: HostNote['page'], { status, redirectHost, at }: Seen): HostNote['page'] {
  if (status === 511) return { to: null, since: before?.since ?? at };
  return redirectHost === null ? null : { to: redirectHost, since: before?.since ?? at };
}

/** The proxy's note after an attempt by it; null where it lets us through. */
export function proxyAfter(before: ProxyNote | null, proxy: string, seen: Seen): ProxyNote | null {
  const { error, host, at } = seen;
  const status = error?.proxyStatus ?? null;
  // A proxy that says which far side it could not reach speaks of that side.
  if (error?.phase === 'aborted') return before;
  if (error?.phase !== 'proxy' || status === 502 || status === 504) return passedTo(before, host);
  const trouble = troubleOf(error.code, status);
  const hosts = before?.trouble === trouble ? before.hosts.filter((one) => one !== host) : [];
  const asksFor = error.proxyAsksFor ?? '';
  const changedAt = before === null || before.trouble === trouble ? (before?.changedAt ?? null) : at;
  return {
    proxy,
    trouble,
    status,
    asksFor,
    hosts: [...hosts, host],
    since: before?.since ?? at,
    changedAt,
    saidAt: at,
  };
}

/**
 * The proxy's note once addresses were asked through it. That it keeps us is for what is sent to say; how it does, they know
 * too, where they agree.
 */
export function proxyAfterProbes(before: ProxyNote, answers: readonly ProbeAnswer[], at: number): ProxyNote {
  const own = answers.filter(({ proxy }) => proxy === before.proxy);
  const errors = own.flatMap(({ error }) => (error?.phase === 'proxy' ? [error] : []));
  const [error] = errors;
  const words = new Set(
    errors.map(({ code, proxyStatus, proxyAsksFor = '' }) => troubleOf(code, proxyStatus) + proxyAsksFor),
  );
  if (error === undefined || errors.length < own.length || words.size > 1) return before;
  if (own.some(({ startedAt }) => startedAt < before.saidAt)) return before;
  const seen = { ...onlyItsClock(before.hosts.at(-1) ?? '', 0, at), status: null, error };
  return proxyAfter(before, before.proxy, seen) ?? before;
}

function troubleOf(code: string, status: number | null): ProxyNote['trouble'] {
  if (code === 'PROXY_SOCKS') return 'socks';
  if (code === 'PROXY_SIGN_IN') return 'sign_in';
  if (code === 'PROXY_PASSWORD') return 'password_refused';
  return status === null ? 'unreachable' : status === 407 ? 'password' : 'refused';
}

/** A proxy that refuses one host may let us through to others; one that wants a password lets nobody through. */
function passedTo(before: ProxyNote | null, host: string): ProxyNote | null {
  if (before?.trouble !== 'refused') return null;
  const hosts = before.hosts.filter((one) => one !== host);
  return hosts.length === 0 ? null : { ...before, hosts };
}

/** Somebody set this PC's clock: what every host was said to be off by has changed by as much. */
export function afterJump(note: HostNote, jumpMs: number, at: number): HostNote {
  // A program on this PC goes by the same clock.
  if (note.clock === null || isLoopbackAddress(note.host)) return note;
  const skewMs = note.clock.skewMs + jumpMs;
  if (!isClockOff(skewMs)) return { ...note, clock: { skewMs, since: null, byJump: false } };
  return {
    ...note,
    clock: { skewMs, since: note.clock.since ?? at, byJump: note.clock.byJump || note.clock.since === null },
  };
}
