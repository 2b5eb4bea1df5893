/** What goes wrong with a command before or after the engine is asked: said in English, as the whole command line is. */
import type { CallError, ErrorCode } from '../../shared/api.ts';

interface CommandErrorMore {
  readonly detail?: string;
  readonly member?: string;
  readonly found?: unknown;
  readonly cause?: unknown;
  readonly command?: string;
}

export class CommandError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  /** The option or member at fault. */
  readonly member: string | undefined;
  /** What stood in that member, where the engine did not take it: for whoever says so. */
  readonly found: unknown;
  /** What does it all the same, whole, as it can be pasted. */
  readonly command: string | undefined;
  constructor(code: ErrorCode, message: string, more: CommandErrorMore = {}) {
    super(message, { cause: more.cause });
    this.name = 'CommandError';
    this.code = code;
    this.detail = more.detail;
    this.member = more.member;
    this.found = more.found;
    this.command = more.command;
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
