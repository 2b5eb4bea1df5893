/** What every part of the engine works with. Built once, in engine.ts. */
import type { CallOutput, EngineCallName, ParsedInput, Push } from '../../shared/api.ts';
import type { Actor, UtcMs } from '../../shared/domain.ts';
import type { Settings } from '../../shared/schemas.ts';
import type { Changes } from './changes.ts';
import type { EngineTime } from './engine-time.ts';
import type { Mishaps } from './mishaps.ts';
import type { Clock, Logger, Meter, Vault } from './ports.ts';
import type { ReadHandle, WriteHandle } from './store/connection.ts';
import type { GroupCommit } from './store/group-commit.ts';
import type { IdSource } from './store/ids.ts';

export interface EngineContext {
  readonly dataFolder: string;
  readonly version: string;
  /** Names this run of the process in leases. */
  readonly bootId: string;
  readonly clock: Clock;
  /** The clock that never runs back: for what is due. `clock.wallMs()` is for what a person reads. */
  readonly time: EngineTime;
  readonly ids: IdSource;
  readonly vault: Vault;
  readonly logger: Logger;
  readonly meter: Meter;
  /** Who owns work that nobody awaits. */
  readonly mishaps: Mishaps;
  /** Prepare statements on it; run those that write inside `commit.transact` only. */
  readonly writer: WriteHandle;
  /** For short reads on the delivering thread (under 20 ms); long ones belong in the reader thread. */
  readonly reader: ReadHandle;
  readonly commit: GroupCommit;
  readonly changes: Changes;
  readonly push: (push: Push) => void;
  readonly settings: SettingsStore;
  /** To be called inside a transaction: the act and its record are one (principle 10). */
  readonly recordAct: (actor: Actor, act: string, target: string | null, detail?: object) => void;
}

/** Members that are absent or undefined stay as they are. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsStore {
  /** The proxy's password is masked in it. */
  current(): Settings;
  /** `settings.proxy` with its password, for the request alone. */
  proxyAddress(): string;
  /** Seals a password that an earlier version kept in the clear; nothing where there is none, or no key yet. */
  sealProxyPassword(): Promise<void>;
  change(change: SettingsChange, actor: Actor): Promise<Settings>;
  onChange(listener: (settings: Settings) => void): () => void;
  /** What a person has not chosen is this from now on. */
  defaultsTo(defaults: Partial<Settings>): void;
}

/** How a part answers a call: with the value, or by throwing a RelayError. */
export type Handler<Name extends EngineCallName> = (
  input: ParsedInput<Name>,
  actor: Actor,
) => CallOutput<Name> | Promise<CallOutput<Name>>;
/** All calls of the engine; each part offers some of them, and engine.ts puts them together. */
export type EngineHandlers = { readonly [Name in EngineCallName]: Handler<Name> };

/** The wall clock's time as the store keeps it. */
export const wallTime = (clock: Clock): UtcMs => Math.round(clock.wallMs()) as UtcMs;
