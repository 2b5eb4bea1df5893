/** Events whose data went: nothing of them can be sent any more, and why is said. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { goneProblem } from '../../../shared/resend-problem.ts';
import type { WriteHandle } from '../store/connection.ts';

/** @returns why nothing of an event can be sent; null where it can */
export function createGoneEvents(writer: WriteHandle): (eventSeq: number) => Sentence | null {
  // By the primary key.
  const gone = writer.prepare<[number], string | null>('SELECT gone FROM events WHERE seq = ?').pluck();
  return (eventSeq) => goneProblem(gone.get(eventSeq) ?? null);
}

/** @returns whether an event's guest was forgotten: asked before each claim, by the primary key */
export function createForgottenEvents(writer: WriteHandle): (eventSeq: number) => boolean {
  const forgotten = writer.prepare<[number], number>("SELECT gone = 'forgotten' FROM events WHERE seq = ?").pluck();
  return (eventSeq) => forgotten.get(eventSeq) === 1;
}

/** @throws RelayError `not_possible` where its data went */
export function refuseGone(why: Sentence | null): void {
  if (why !== null) throw new RelayError('not_possible', why);
}
