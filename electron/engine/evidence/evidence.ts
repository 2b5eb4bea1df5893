/** What is known about one attempt when its meaning is decided: the input of `classifyOutcome`. */
import type { UtcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import type { Break } from './breaks.ts';

/** Where on its way an attempt failed. */
export type FailurePhase =
  | 'proxy'
  | 'dns'
  | 'connect'
  | 'tls'
  /** The request was being sent, or no byte of the answer had come. */
  | 'request'
  /** The status line had come; the answer broke off. */
  | 'answer'
  /** We ended it ourselves: shutting down, or the PC had been asleep. */
  | 'aborted';

export interface TransportFailure {
  readonly phase: FailurePhase;
  /**
   * The error's own code (`ECONNREFUSED`, `CERT_HAS_EXPIRED` …), or one of ours: `DEADLINE`, `SHUTDOWN`,
   * `ASLEEP`, `PROXY_STATUS`, `PROXY_PASSWORD` (name and password were given and not taken), `CLOSED` (without an answer), `NOT_HTTP`, `DEFECT` (of ours).
   */
  readonly code: string;
  /** The error's own words, for the IT helper. */
  readonly message: string;
  /** What the proxy answered instead of opening a way through; null where it did not answer. */
  readonly proxyStatus: number | null;
  /** Of a 407: the ways to sign in that the proxy names. */
  readonly proxyAsksFor?: string;
}

/** Of the certificate that the receiver (or whoever answers for it) showed. */
export interface CertificateFacts {
  /** The names that it is for, the first first; the subject's common name where it lists none. */
  readonly names: readonly string[];
  readonly subject: string;
  /** Organisation of the issuer, or its common name where it names none: what stays the same on renewal. */
  readonly issuer: string;
  /** The product whose authorities are named like the issuer, where it is one that intercepts (`shared/interceptors.ts`). */
  readonly interceptor: string | null;
  readonly validFrom: UtcMs;
  readonly validTo: UtcMs;
  /** SHA-256, as pairs of hex digits with colons. */
  readonly fingerprint: string;
  readonly selfSigned: boolean;
}

/** What the connectivity check says; `unknown` where it was not asked. */
type ConnectivityEvidence = Situation['connectivity']['state'] | 'local_network' | 'unknown';

export type HeaderPairs = readonly (readonly [string, string])[];

export interface Evidence {
  /** Of the answer; null where no status line came. */
  readonly status: number | null;
  readonly responseHeaders: HeaderPairs | null;
  /** Null where an answer came whole, or was cut by us at the limit of what is kept. */
  readonly error: TransportFailure | null;
  readonly certificate: CertificateFacts | null;
  readonly connectivity: ConnectivityEvidence;
  /** What became of this PC's network while the attempt was under way. */
  readonly meanwhile: Break | null;
  /** This PC's clock minus the time that servers say, in milliseconds; null where none has said any. */
  readonly skewMs: number | null;
  /** The endpoint is on the property's own network (`isLocalAddress`). */
  readonly local: boolean;
  /** Of the endpoint's address, without port. */
  readonly host: string;
  /** What the property calls the endpoint; null where it gave no description. */
  readonly name: string | null;
  /** Issuer ({@link CertificateFacts.issuer}) of the last certificate of this host that was verified. */
  readonly verifiedIssuer: string | null;
  /** Size of the body that was sent, in bytes. */
  readonly sentBytes: number;
  /** First throttled answer of this delivery; null where there was none before this one. */
  readonly throttledSince: UtcMs | null;
  /** A redirect that only adds a slash to the address. */
  readonly addsSlash: boolean;
  /** The answer is of an address that listens only while somebody tries it out (`isTestAddress`). */
  readonly toTestAddress: boolean;
  /** Nothing tells whether this PC can look up any name: nobody else was asked, or has answered. */
  readonly isAlone: boolean;
  /** The beginning of what a refusal said; null where it said nothing. */
  readonly body: string | null;
  /** The endpoint has just taken something else, and refused nothing since. */
  readonly othersGetThrough: boolean;
  /** When the attempt ended. */
  readonly endedAt: UtcMs;
  /** How long the receiver had, in milliseconds. */
  readonly deadlineMs: number;
}

/** The first value of a header, in whatever case its name came. */
export function headerValue(headers: HeaderPairs | null, name: string): string | null {
  return headers?.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}
