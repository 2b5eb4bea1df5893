/** How what goes wrong on a connection is told: where on its way, with the error's own code and words. */
import type { FailurePhase, TransportFailure } from '../evidence/evidence.ts';

/** Where a connection is while it is made, and while it sends. */
export type Stage = Exclude<FailurePhase, 'answer' | 'aborted'>;

/** A step that failed, as the evidence keeps it. */
export function failure(stage: Stage, error: Error): TransportFailure {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return {
    phase: syscall === 'getaddrinfo' ? 'dns' : stage,
    code: code ?? error.name,
    message: wordsOf(error),
    proxyStatus: null,
  };
}

/** An `AggregateError` (one error for each address tried) has no words of its own. */
function wordsOf(error: Error): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map((each) => asError(each).message).join('; ');
  }
  // Advice for whoever starts Node by hand.
  return error.message.replace(/; if the root CA is installed locally.*$/, '');
}

export const asError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** What cannot be read, or the end of the connection in the middle of it: errors with a code, as the socket's own have. */
export const coded = (code: string, message: string) => Object.assign(new Error(message), { code });
export const brokenAnswer = (what: string) => coded('NOT_HTTP', `The answer cannot be read as HTTP: ${what}.`);
export const closedByReceiver = () => coded('CLOSED', 'The other side closed the connection.');
