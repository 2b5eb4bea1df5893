/** Why the intake does not take a request: what the PMS reads, and what the source's page shows. */
import type { Sentence } from '../../../shared/domain.ts';
import type { ErrorCode } from '../../../shared/errors.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';

/** Every refusal by its code, and what it is in the API's closed set. */
export const errorCodeOf = {
  not_json: 'bad_input',
  not_utf8: 'bad_input',
  bad_member: 'bad_input',
  unknown_member: 'bad_input',
  unknown_event: 'bad_input',
  bad_key: 'bad_input',
  no_events: 'bad_input',
  too_many_events: 'bad_input',
  not_allowed: 'not_possible',
  not_authorized: 'not_possible',
  not_found: 'not_found',
  method_not_allowed: 'not_possible',
  key_conflict: 'conflict',
  too_large: 'bad_input',
  unsupported_type: 'bad_input',
  disk_nearly_full: 'store_full',
  cannot_store: 'store_unavailable',
  internal: 'internal',
} as const satisfies Record<string, ErrorCode>;
export type RefusalCode = keyof typeof errorCodeOf;
export const refusalCodes = Object.keys(errorCodeOf) as readonly RefusalCode[];

export interface RefusalMore {
  /** The member at fault, such as `[17].data.total`; `body` for the request as a whole. */
  readonly member?: string;
  readonly expected?: string;
  /** What `Retry-After` says, in seconds. */
  readonly retryAfterS?: number;
  readonly cause?: unknown;
}

/** A refused request. What it says never repeats a value that came in: it may be a guest's or a card's. */
export class IntakeRefusal extends Error {
  readonly status: number;
  readonly code: RefusalCode;
  readonly says: Sentence;
  readonly member: string | undefined;
  readonly expected: string | undefined;
  readonly retryAfterS: number | undefined;
  constructor(status: number, code: RefusalCode, says: Sentence, more: RefusalMore = {}) {
    super(inEnglish(says), { cause: more.cause });
    this.name = 'IntakeRefusal';
    this.status = status;
    this.code = code;
    this.says = says;
    this.member = more.member;
    this.expected = more.expected;
    this.retryAfterS = more.retryAfterS;
  }
}

/** The body of a refusal's answer. */
export interface RefusalAnswer {
  readonly error: {
    readonly code: RefusalCode;
    readonly message: string;
    readonly member?: string | undefined;
    readonly expected?: string | undefined;
  };
}

export const refusalBody = ({ code, message, member, expected }: IntakeRefusal): string =>
  JSON.stringify({ error: { code, message, member, expected } } satisfies RefusalAnswer);

/** A name that came in, fit for a message: short, and on one line. */
export const shownName = (name: string): string =>
  JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
    .slice(1, -1)
    .toWellFormed();
