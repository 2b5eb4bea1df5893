/** Why the intake does not take a request: what the PMS reads, and what the source's page shows. */
import type { Sentence } from '../../../shared/domain.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';

export const refusalCodes = [
  'not_json',
  'not_utf8',
  'bad_member',
  'unknown_member',
  'unknown_event',
  'bad_key',
  'too_many_events',
  'not_allowed',
  'not_authorized',
  'not_found',
  'method_not_allowed',
  'key_conflict',
  'too_large',
  'unsupported_type',
  'disk_nearly_full',
  'cannot_store',
  'internal',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

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

/** The body of a refusal's answer: `{"error":{"code","message","member"?,"expected"?}}`. */
export const refusalBody = ({ code, message, member, expected }: IntakeRefusal): string =>
  JSON.stringify({ error: { code, message, member, expected } });

/** A name that came in, fit for a message: short, and on one line. */
export const shownName = (name: string): string =>
  JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)
    .slice(1, -1)
    .toWellFormed();
