/** The verdict on one attempt: its class, whether it counts, and its words. */
import type { OutcomeClass, Sentence } from '../../../shared/domain.ts';

export interface Outcome {
  readonly class: OutcomeClass;
  /** Whether it is a counted failure of the delivery. Never true for `delivered`. */
  readonly counts: boolean;
  /** For the manager. */
  readonly sentence: Sentence;
  /** For the IT helper: codes, names, certificate facts. */
  readonly detail: string | null;
  /** `throttled` only: how long the receiver asked to wait; absent where it named no time. */
  readonly retryAfterMs?: number;
  /** `interrupted` only: the next one would end the same way, so that the endpoint's others wait a little. */
  readonly holdsBack?: true;
}

/** An outcome before its detail is added. */
export type Judgement = Omit<Outcome, 'detail'>;

/** A failure that the schedule counts. */
export const counted = (outcome: OutcomeClass, said: Sentence): Judgement => ({
  class: outcome,
  counts: true,
  sentence: said,
});

/** An end that uses up nothing. */
export const uncounted = (outcome: OutcomeClass, said: Sentence): Judgement => ({
  class: outcome,
  counts: false,
  sentence: said,
});

/** Troubles on this side of the receiver: nothing is used up, the delivery keeps its place. */
const ownTroubles: ReadonlySet<OutcomeClass> = new Set([
  'offline',
  'captive_portal',
  'clock',
  'tls_interception',
  'proxy',
  'interrupted',
]);

/** Whether an outcome says nothing about the endpoint, because the request never reached it as it should. */
export const isOwnTrouble = (outcome: OutcomeClass): boolean => ownTroubles.has(outcome);

/**
 * Whether it was no try of what the receiver takes: it never got there, or was put off until later. Statistics leave it out;
 * one that is put off for so long that it counts is a failure.
 */
export const isNoTry = ({ class: outcome, counts }: Pick<Outcome, 'class' | 'counts'>): boolean =>
  isOwnTrouble(outcome) || (outcome === 'throttled' && !counts);

/** The same of an attempt's row, as an SQL condition. @param row its alias */
export const isTryOf = (row: string): string =>
  `${row}.outcome NOT IN (${[...ownTroubles].map((name) => `'${name}'`).join(', ')}) AND (${row}.outcome <> 'throttled' OR ${row}.counts = 1)`;
