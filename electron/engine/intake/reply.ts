/** What a PMS reads: the answer to what was taken, and to what was not. */
import { RelayError } from '../../../shared/api.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { storeError } from '../store/connection.ts';
import { mostBytes } from './parse.ts';
import { IntakeRefusal } from './refusal.ts';
import type { AcceptedEvent } from './storing.ts';
import type { Outcome, Taken } from './take.ts';

/** To one object one object, to many a list; `duplicate` is true where nothing of it was new. */
export function acceptedBody(accepted: readonly AcceptedEvent[], form: 'one' | 'many'): string {
  const [first] = accepted;
  if (form === 'one' && first) return JSON.stringify(first);
  return JSON.stringify({
    accepted: accepted.filter(({ duplicate }) => !duplicate).length,
    duplicate: accepted.every(({ duplicate }) => duplicate),
    masked: accepted.reduce((sum, { masked }) => sum + masked, 0),
    events: accepted,
  });
}

/** To a source with a shape: what became of its messages, and by which number what is kept is found. */
export const takenBody = ({ taken, duplicates, ignored, kept, events, troubles }: Taken): string =>
  JSON.stringify({
    taken,
    duplicates,
    ignored,
    kept,
    events: events.map(({ id, duplicate }) => ({ id, duplicate })),
    troubles: troubles.map(({ says, reference }) => ({ reference, reason: inEnglish(says) })),
  });

/** The same of a test, which is stored nowhere. */
export const testedBody = (outcome: Outcome): string =>
  outcome.kind === 'events'
    ? JSON.stringify({ test: true, events: outcome.request.received.events.length })
    : JSON.stringify({ test: true, events: 0, reason: inEnglish(outcome.trouble.says) });

/** Any error as a refusal that a PMS can read; what is unknown is given to `unexpected` and not repeated. */
export function asRefusal(thrown: unknown, unexpected: (error: unknown) => void): IntakeRefusal {
  const error = storeError(thrown);
  if (error instanceof IntakeRefusal) return error;
  if (error instanceof RelayError && (error.code === 'store_full' || error.code === 'store_unavailable')) {
    const known = refusalOfStore[error.says.key as keyof typeof refusalOfStore];
    return new IntakeRefusal(503, 'cannot_store', sentence(known ?? 'refusal.cannot_store'), {
      retryAfterS: error.code === 'store_full' ? 60 : 10,
      cause: error,
    });
  }
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new IntakeRefusal(status, 'bad_member', sentence('refusal.incomplete'), {
      member: 'body',
      expected: 'a whole HTTP request',
    });
  }
  unexpected(error);
  return new IntakeRefusal(500, 'internal', sentence('refusal.internal'), { cause: error });
}

/** What a PMS reads of each, by what the engine says of it. */
const refusalOfStore = {
  'problem.disk_full': 'refusal.disk_full',
  'problem.too_much_kept': 'refusal.too_much_kept',
  'problem.store_read_only': 'refusal.store_read_only',
  'problem.store_no_rights': 'refusal.store_no_rights',
  'problem.files_used_up': 'refusal.files_used_up',
  'problem.store_held': 'refusal.store_held',
  'problem.store_damaged': 'refusal.store_damaged',
  'problem.store_gone': 'refusal.store_gone',
  'problem.store_emptied': 'refusal.store_emptied',
} as const;

/** @param foundBytes how many there were; absent where not all were read */
export const tooLarge = (foundBytes?: number): IntakeRefusal => {
  const says =
    foundBytes === undefined
      ? sentence('refusal.too_large', { mostBytes })
      : sentence('refusal.larger', { mostBytes, foundBytes });
  return new IntakeRefusal(413, 'too_large', says, {
    member: 'body',
    expected: `at most ${mostBytes} bytes (1 MB)`,
  });
};

export const diskNearlyFull = (): IntakeRefusal =>
  new IntakeRefusal(429, 'disk_nearly_full', sentence('refusal.disk_nearly_full'), {
    retryAfterS: 60,
  });

export const diskUnusable = (state: 'full' | 'read_only' | 'no_rights'): IntakeRefusal =>
  new IntakeRefusal(503, 'cannot_store', sentence(state === 'full' ? 'refusal.disk_full' : `refusal.store_${state}`), {
    retryAfterS: 60,
  });
