/**
 * The engine's face: the implementation of shared/api.ts. It opens the store, builds the parts and puts their
 * handlers together. It knows nothing of a desktop; what differs between one and a plain Node is passed in.
 */
import {
  type CallInput,
  type CallOutput,
  type EngineCallName,
  engineCalls,
  type Push,
  RelayError,
  type Result,
} from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import type { Settings } from '../../shared/schemas.ts';
import { answer } from './answer.ts';
import type { Chance, Clock, Logger, Vault } from './ports.ts';

export { answer } from './answer.ts';
export type { Chance, Clock, Logger, Vault } from './ports.ts';
export { systemClock } from './system-clock.ts';
export { headlessDataKey, newDataKey, readKeyEnvelope, writeKeyEnvelope } from './vault/key-envelope.ts';
export { createVault, dataKeyBytes } from './vault/vault.ts';

export interface EngineOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly vault: Vault;
  readonly logger: Logger;
  /** The file of the reader thread; bundles carry it as a file of its own. */
  readonly readerThread: URL;
  readonly clock?: Clock;
  readonly chance?: Chance;
  /** Defaults of a new property; what is stored wins. */
  readonly defaults?: Partial<Settings>;
  /** Wins over the stored setting, for this run. */
  readonly intakePort?: number;
  /** Prints an address that opens the window in a browser; absent on a desktop. */
  readonly openWindow?: () => string;
  /** Benchmarks and tests only: endpoints may be `http:` on loopback. No setting of the product leads here. */
  readonly allowPlainLoopback?: boolean;
}

export interface Engine {
  /** `http://127.0.0.1:4780` */
  readonly intakeAddress: string;
  /** Parses the input as shared/api.ts says and answers with a result; never rejects. */
  call<Name extends EngineCallName>(
    name: Name,
    input: CallInput<Name>,
    actor: Actor,
  ): Promise<Result<CallOutput<Name>>>;
  /** The same for a name and input that come from outside and are not trusted. */
  callUnparsed(name: string, input: unknown, actor: Actor): Promise<Result<unknown>>;
  /** Returns the function that ends the listening. */
  onPush(listener: (push: Push) => void): () => void;
  /** The machine goes to sleep: nothing new is claimed. */
  suspend(): void;
  /** It is awake again: what fell due meanwhile goes out. */
  resume(): void;
  /** Attempts in flight have `graceMs` to finish; the rest is left to their leases. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
}
