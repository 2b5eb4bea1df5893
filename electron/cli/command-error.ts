/** What goes wrong with a command before or after the engine is asked: said in English, as the whole command line is. */
import type { CallError, ErrorCode } from '../../shared/api.ts';

export class CommandError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  /** The option or member at fault. */
  readonly member: string | undefined;
  constructor(code: ErrorCode, message: string, more: { detail?: string; member?: string; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = 'CommandError';
    this.code = code;
    this.detail = more.detail;
    this.member = more.member;
  }
}

/** What the engine answered, as an error of a command. */
export const commandErrorOf = (
  { code, message, detail, member }: Omit<CallError, 'says'>,
  cause?: unknown,
): CommandError =>
  new CommandError(code, message, {
    cause,
    ...(detail === undefined ? {} : { detail }),
    ...(member === undefined ? {} : { member }),
  });
