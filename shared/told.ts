/**
 * How a state, an attempt and a test send are told: one judgement, and one word for it, in chip, list, detail and
 * command line. Whoever shows it renders the sentence in the reader's language.
 */
import { quoted } from './conditions/wording.ts';
import { type DeliveryState, deliveryStates, type Sentence } from './domain.ts';
import { endpointFace } from './endpoint-face.ts';
import { receiverWords } from './receiver-words.ts';
import type { Attempt, Delivery, DeliveryRow, Endpoint, GoneFacts, TestResult } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';

/** The word of an endpoint's chip. */
export const endpointStateSaid = (endpoint: Pick<Endpoint, 'state' | 'trouble' | 'toBench'>): Sentence =>
  sentence(`state.endpoint.${endpointFace(endpoint)}`);

/**
 * What a delivery is to whoever looks: its state, or what says more than "cancelled". `to_bench`: the test bench took it
 * instead of its receiver. `held_back`: sending events from before was held up or stopped, and nobody cancelled it.
 * `too_old`: no receiver failed to take it, a person is asked whether it is to be sent at all.
 */
export type DeliveryFace = DeliveryState | 'to_bench' | 'held_back' | 'too_old';
/** In the order in which a menu has them. */
export const deliveryFaces: readonly DeliveryFace[] = [...deliveryStates, 'too_old', 'to_bench', 'held_back'];
/** What a delivery's face is read off. */
export type FacingDelivery = Pick<DeliveryRow, 'state' | 'reason' | 'toBench'>;

export function deliveryFace({ state, reason, toBench }: FacingDelivery): DeliveryFace {
  if (toBench) return 'to_bench';
  if (state === 'needs_attention' && reason === 'too_old') return 'too_old';
  return state === 'cancelled' && reason === 'past_stopped' ? 'held_back' : state;
}

/** The word of a delivery's chip. */
export const deliveryStateSaid = (row: FacingDelivery): Sentence => sentence(`state.delivery.${deliveryFace(row)}`);

/** That what an event said is not here any more, since when and by whom it was forgotten; null where it is. */
export function goneSaid({ gone, goneAt, goneBy }: GoneFacts): Sentence | null {
  if (gone === null) return null;
  if (gone === 'old') return sentence('state.event.old');
  if (goneAt === null || goneBy === null) return sentence('state.event.forgotten');
  return sentence('state.event.forgotten_by', { goneOn: goneAt, who: goneBy.account || 'Roost Relay' });
}

/** What came of an attempt, where that is no answer: it runs, or a crash cut it off; null where it was made to its end. */
export function attemptStateSaid({ endedAt, outcome }: Pick<Attempt, 'endedAt' | 'outcome'>): Sentence | null {
  if (outcome === 'interrupted') return sentence('state.attempt.interrupted');
  // What a crash cut off has no end, and is not under way.
  return endedAt === null && outcome === null ? sentence('state.attempt.running') : null;
}

/** Failures count in the schedule, or do not; of what arrived or still runs there is nothing to say. */
export const isUncounted = (attempt: Pick<Attempt, 'counts' | 'outcome' | 'endedAt'>): boolean =>
  !attempt.counts && attempt.outcome !== null && attempt.outcome !== 'delivered';

/** What the receiver said of a delivery that it did not take, in its own words; null where it said nothing. */
export function saidOfDelivery({ state, attemptsMade }: Pick<Delivery, 'state' | 'attemptsMade'>): Sentence | null {
  const last = attemptsMade.at(-1);
  return state === 'delivered' || last === undefined ? null : quoted(saidOfAttempt(last));
}

function saidOfAttempt({ responseBody, responseHeaders }: Attempt): string | null {
  if (!responseBody) return null;
  const type = responseHeaders?.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? null;
  return receiverWords(responseBody, type);
}

/** What the receiver said with its last answer, where it did not take what it was sent. */
export const saidOfEndpoint = ({ trouble }: Pick<Endpoint, 'trouble'>): Sentence | null =>
  quoted(trouble?.said ?? null);

/** What became of the last delivery that needs a person, and what the receiver said of it. */
export const attentionSaid = ({ attention }: Pick<Endpoint, 'attention'>): readonly (Sentence | null)[] => [
  attention?.sentence ?? null,
  quoted(attention?.said ?? null),
];

/** Why an endpoint is in trouble; null where the word for its state has said it already. */
export const whySaid = ({ kind, sentence: why }: NonNullable<Endpoint['trouble']>): Sentence | null =>
  kind === 'slow_down' && why.key === 'outcome.throttled' ? null : why;

/** Something came back; a status line in it says nothing of what became of the event. */
const noWholeAnswer: ReadonlySet<string> = new Set([
  'outcome.answer_unfinished',
  'outcome.answer_broke_off',
  'outcome.not_http',
]);

/** That a test was taken, but not for all whom it was for, by name; null where it was, or was not taken at all. */
export const takenInPart = ({
  ok,
  attempt: { sentence: says },
}: Pick<TestResult, 'ok' | 'attempt'>): Sentence | null => (ok && says?.key === 'outcome.mail_partly' ? says : null);

/** Whether a test send arrived, and what became of it there. */
export function testSaid(
  { attempt: { outcome, status, sentence: says } }: Pick<TestResult, 'attempt'>,
  name: string,
): Sentence {
  if (outcome === 'interrupted') return sentence('test.interrupted', { name });
  if (noWholeAnswer.has(says?.key ?? '')) return sentence('test.no_whole_answer', { name });
  // These answer instead of the receiver.
  if (status === null || outcome === 'captive_portal' || outcome === 'proxy') {
    return sentence('test.not_arrived', { name });
  }
  // Whether it arrived is not known: another may have answered.
  if (says?.key === 'outcome.not_its_answer') return sentence('test.not_its_answer', { name, status });
  if (outcome === 'delivered') return sentence('test.taken', { name, status });
  const isRefusal = status >= 400 && status < 500 && outcome !== 'throttled' && outcome !== 'endpoint_down';
  return sentence(isRefusal ? 'test.refused' : 'test.not_taken', { name, status });
}
