/**
 * What the engine is given from outside: clock, chance, vault, log, meter and the system's word on proxies. Each has a real
 * implementation that a composition root passes in, and a double that a test passes in.
 */

import type { Preferences } from '../../shared/schemas.ts';

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
  /**
   * `plain`: the data key's own wrapping is not really encrypted. `locked`: nothing can be opened now. `no_key`: likewise,
   * since the file of the key is missing or damaged.
   */
  readonly state: 'ok' | 'plain' | 'locked' | 'no_key';
  /** `context` names row and column, so that a sealed value moved elsewhere does not open. */
  seal(text: string, context: string): Uint8Array;
  /** Null where the value cannot be decrypted: another key, or damaged. Never throws for that. */
  open(sealed: Uint8Array, context: string): string | null;
}

/** Whether nothing can be opened or sealed now. */
export const isClosed = ({ state }: Pick<Vault, 'state'>): boolean => state === 'locked' || state === 'no_key';

/** What this PC's own settings, or a PAC file that they name, say of the way to an address. */
export interface SystemProxy {
  /**
   * @param origin scheme, host and port alone: the rest of an address may be a secret
   * @returns a list as PAC files write it: `PROXY proxy.hotel.local:3128; DIRECT`; rejects where the system does not say
   */
  resolve(origin: string): Promise<string>;
}

/** Reads the operating system's store of certificates anew, in a process that has not read it yet. */
export interface SystemRoots {
  /** @returns PEM, one for each; rejects where it cannot be read */
  read(): Promise<readonly string[]>;
}

/** Prints a page that is whole by itself: the desktop's browser can, and nobody else. */
export interface PagePrinter {
  /** @returns PDF, A4; rejects where it cannot be printed now */
  print(html: string): Promise<Uint8Array>;
}

/** What only the surface around the engine knows of notices. */
export interface NoticeSurface extends Pick<Preferences, 'toasts' | 'quietHours'> {
  /** Ids of conditions that a window in front of the person shows now. */
  readonly showing: readonly string[];
  /** Whether the app still starts with this PC; null where that is not wanted, or cannot be told. */
  readonly loginItemWorks?: boolean | null;
  /** What was chosen of keeping this PC awake; null where it cannot be. */
  readonly keepAwake: Preferences['keepAwake'] | null;
}

/** Where notices go. `surface`: pushed to it, whenever it says that it looks; `log`: written to the engine's log. */
export type NoticesGo = 'surface' | 'log';

/** The engine's own log, for the IT helper. Never given secrets, tokens, addresses' paths or event data. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Counts and measures, for whoever watches over many properties. A name is a noun with its unit at its end
 * (`events_accepted`, `attempt_ms`); labels come from small closed sets (an outcome, a kind), never an id, a name, an
 * address or anything of an event.
 */
export interface Meter {
  /** Adds to a number that only grows. @param by 1 unless given */
  count(name: string, by?: number, labels?: Readonly<Record<string, string>>): void;
  /** One value of many that vary: a duration, a size. */
  observe(name: string, value: number, labels?: Readonly<Record<string, string>>): void;
}

/** Where nobody watches. */
export const noMeter: Meter = { count() {}, observe() {} };
