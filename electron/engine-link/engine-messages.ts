/**
 * What main process and engine process say to each other: plain values. A call and its answer carry the same
 * `callId`; a push has none.
 */
import type { CallError, Push, Result } from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import type { ChosenBackup } from '../../shared/schemas.ts';
import type { MishapsSeen, NoticeSurface, RestoreWithoutEngine } from '../engine/engine.ts';

/** What the engine process is started with. */
export interface EngineStart {
  readonly dataFolder: string;
  /** Intake port that was asked for on the command line; null: as the settings in the database say. */
  readonly port: number | null;
  /** Base64 of 32 bytes; null while it cannot be unwrapped. */
  readonly dataKey: string | null;
  /** Its file is missing or damaged: there is nothing to unwrap. */
  readonly noKey: boolean;
  /** The wrapping is not really encrypted. */
  readonly plain: boolean;
  /** The property's id for a new data folder; null: asked for in the window. */
  readonly property: string | null;
  readonly version: string;
  /** A person said so: the newest backup takes the data's place before this start. */
  readonly restoreLast: boolean;
  /** Nobody has signed in yet: it gives way to the desktop's, which takes over where this is false. */
  readonly isAtStartUp: boolean;
}

export type ToEngine =
  | { readonly type: 'start'; readonly start: EngineStart }
  | {
      readonly type: 'call';
      readonly callId: number;
      readonly name: string;
      readonly input: unknown;
      readonly actor: Actor;
    }
  /** The data key could be unwrapped after all: base64. */
  | { readonly type: 'unlock'; readonly dataKey: string }
  /** Instead of a start: a backup takes the data's place at the next one. Answered with `restored`. */
  | { readonly type: 'restore'; readonly asked: RestoreWithoutEngine }
  /** Which way the system says leads there, as PAC files write it; null where it did not say. */
  | { readonly type: 'proxy'; readonly askId: number; readonly list: string | null }
  /** Instead of a start: reads the system's certificates as they are now. Answered with `roots`. */
  | { readonly type: 'read_roots' }
  /** What such a process read, in PEM; null where it could not. */
  | { readonly type: 'roots'; readonly askId: number; readonly pems: readonly string[] | null }
  /** The page as PDF, base64; null where it could not be printed. */
  | { readonly type: 'printed'; readonly askId: number; readonly pdf: string | null }
  /** The desktop looks: what is new comes back as a push. */
  | { readonly type: 'notices'; readonly surface: NoticeSurface }
  /** What went wrong in the main process where nobody waited for it, since it started. */
  | { readonly type: 'mishaps'; readonly seen: MishapsSeen }
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  /** Is anybody there? Answered with the same number. */
  | { readonly type: 'ping'; readonly ping: number }
  | { readonly type: 'stop'; readonly graceMs: number };

export type FromEngine =
  | { readonly type: 'started' }
  /** Of a database without a data key: nothing in it waits for one. */
  | { readonly type: 'nothing_sealed' }
  /** It cannot start, and starting again would end the same way. */
  | { readonly type: 'refused'; readonly error: CallError }
  | { readonly type: 'answer'; readonly callId: number; readonly result: Result<unknown> }
  | { readonly type: 'restored'; readonly result: Result<ChosenBackup> }
  /** Another engine wants the folder: this one is to be ended. */
  | { readonly type: 'give_way' }
  | { readonly type: 'pong'; readonly ping: number }
  /** Which way leads there? Answered with `proxy` and the same number. `origin` is scheme, host and port. */
  | { readonly type: 'ask_proxy'; readonly askId: number; readonly origin: string }
  /** Which certificates does the system trust now? Answered with `roots` and the same number. */
  | { readonly type: 'ask_roots'; readonly askId: number }
  | { readonly type: 'roots'; readonly pems: readonly string[] }
  /** Print this page. Answered with `printed` and the same number. */
  | { readonly type: 'ask_print'; readonly askId: number; readonly html: string }
  | { readonly type: 'push'; readonly push: Push };
