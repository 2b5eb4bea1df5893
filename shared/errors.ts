/**
 * What can go wrong, as a closed set, and how a call's result says so. Apart from the calls' schemas, so that a
 * thread which only reads does not carry those.
 */
import type { Sentence } from './domain.ts';
import { inEnglish } from './sentences/in-english.ts';

export const errorCodes = [
  'bad_input',
  'not_found',
  'conflict',
  'not_tested',
  /** A person has to say yes first: the same call again with its `confirmed`. */
  'not_confirmed',
  'not_possible',
  /** The PIN has to be entered first (`lock.enter`), then the same call again. */
  'pin_needed',
  /** This window is locked. */
  'locked',
  'secret_unreadable',
  'store_full',
  'store_unavailable',
  'engine_not_running',
  /** This account may not look into the data folder: whether the engine runs is not known. */
  'not_allowed',
  'timed_out',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/**
 * `says` is a plain sentence for the manager by its key, `message` the same in English, `detail` for the IT helper,
 * `member` the input's member at fault.
 */
export interface CallError {
  code: ErrorCode;
  says: Sentence;
  message: string;
  detail?: string | undefined;
  member?: string | undefined;
}

export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: CallError };

/** An error of the closed set, to be thrown inside the engine and answered as a result at its face. */
export class RelayError extends Error {
  readonly code: ErrorCode;
  readonly says: Sentence;
  readonly detail: string | undefined;
  readonly member: string | undefined;
  constructor(code: ErrorCode, says: Sentence, more: { detail?: string; member?: string; cause?: unknown } = {}) {
    super(inEnglish(says), { cause: more.cause });
    this.name = 'RelayError';
    this.code = code;
    this.says = says;
    this.detail = more.detail;
    this.member = more.member;
  }
}

/** The same as a plain value, which can be sent to another process. */
export const callErrorOf = ({ code, says, message, detail, member }: RelayError): CallError => ({
  code,
  says,
  message,
  ...(detail === undefined ? {} : { detail }),
  ...(member === undefined ? {} : { member }),
});

/** And back. */
export const relayErrorOf = ({ code, says, detail, member }: CallError): RelayError =>
  new RelayError(code, says, {
    ...(detail === undefined ? {} : { detail }),
    ...(member === undefined ? {} : { member }),
  });
