/**
 * What the engine is given from outside: clock, chance, vault, log and network evidence. Each has a real
 * implementation that a composition root passes in, and a double that a test passes in.
 */
import type { EndpointId } from '../../shared/domain.ts';

/** Time as the machine tells it. Engine time (store's and schedule's) is derived from it, see engine-time.ts. */
export interface Clock {
  /** The wall clock, in milliseconds since the Unix epoch. It may jump either way. */
  wallMs(): number;
  /** Milliseconds that never run back; they may stand still while the machine sleeps. */
  monotonicMs(): number;
  /** Milliseconds since the machine's start, sleep included: tells sleep from a clock that was set. */
  uptimeMs(): number;
  /** Calls `run` once after `delayMs`; the function returned cancels that. */
  after(delayMs: number, run: () => void): () => void;
}

/** A number in [0, 1), for the jitter of retries. */
export type Chance = () => number;

/** Encrypts what must not lie in the database in the clear: secrets, header values, addresses. */
export interface Vault {
  /** `plain`: the data key's own wrapping is not really encrypted. `locked`: nothing can be opened now. */
  readonly state: 'ok' | 'plain' | 'locked';
  /** `context` names row and column, so that a sealed value moved elsewhere does not open. */
  seal(text: string, context: string): Uint8Array;
  /** Null where the value cannot be decrypted: another key, or damaged. Never throws for that. */
  open(sealed: Uint8Array, context: string): string | null;
}

/** The engine's own log, for the IT helper. Never given secrets, tokens, addresses' paths or event data. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What is known of the way out to the internet: evidence, not a flag. */
export interface Connectivity {
  /** The verdict now, without asking anybody. */
  current(): ConnectivityVerdict;
  /** After a transport or certificate failure: asks the probes (at most one round at a time). */
  probe(): Promise<ConnectivityVerdict>;
  /** An answer over verified TLS came from a host that is not local: the internet is there. */
  sawAnswer(endpoint: EndpointId, serverDate: string | null): void;
  onChange(listener: (verdict: ConnectivityVerdict) => void): () => void;
}

export interface ConnectivityVerdict {
  readonly state: 'online' | 'offline' | 'captive_portal' | 'tls_interception' | 'proxy';
  /** How far this PC's clock is off, positive when it is ahead; null while nothing has been measured. */
  readonly clockSkewMs: number | null;
}
