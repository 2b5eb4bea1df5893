/** What the delivering thread and a reader thread say to each other: plain values with a `callId`. */
import type { CallError } from '../../../shared/api.ts';
import type { Present } from './present.ts';

/** Given to the thread at its start. */
export interface ReaderThreadData {
  readonly dataFolder: string;
  /**
   * `answers` lives as long as the engine: it reads for the window, and checkpoints. `long` does one thing that
   * takes seconds and is then over: an integrity check, a backup. `stream` tells one thing piece by piece: an export,
   * a support bundle's files. A thread costs some 35 MB, so each loads what it needs alone.
   */
  readonly role: 'answers' | 'long' | 'stream';
}

/** `more` asks for a stream's next chunk, `stop` ends it. */
export type ToReader =
  | { readonly callId: number; readonly call: string; readonly input: unknown; readonly present: Present }
  | { readonly callId: number; readonly more: true }
  | { readonly callId: number; readonly stop: true };

export type FromReader =
  | { readonly callId: number; readonly value: unknown }
  | { readonly callId: number; readonly chunk: StreamChunk }
  /** `stack` of an error that nobody foresaw: for the log alone. */
  | { readonly callId: number; readonly error: CallError; readonly stack?: string };

/** A piece of an export: bytes, and how many deliveries they hold. */
export interface StreamChunk {
  readonly bytes: Uint8Array;
  readonly rows: number;
}
