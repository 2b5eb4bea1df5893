/**
 * What can go wrong, as a closed set, and how a call's result says so. Apart from the calls' schemas, so that a
 * thread which only reads does not carry those.
 */

export const errorCodes = [
  'bad_input',
  'not_found',
  'conflict',
  'not_tested',
  'not_possible',
  'secret_unreadable',
  'store_full',
  'store_unavailable',
  'engine_not_running',
  'timed_out',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** `message` is a plain sentence for the manager, `detail` for the IT helper, `member` the input's member at fault. */
export interface CallError {
  code: ErrorCode;
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
  readonly detail: string | undefined;
  readonly member: string | undefined;
  constructor(code: ErrorCode, message: string, more: { detail?: string; member?: string; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = 'RelayError';
    this.code = code;
    this.detail = more.detail;
    this.member = more.member;
  }
}
