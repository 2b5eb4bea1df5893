/**
 * The one sentence that Today opens with, and that the foot, the tray and the command line repeat: what is true now,
 * the worst first, by name and with whose turn it is. A pure function of the snapshot and the conditions, so that no
 * place can say more than another. "All delivered" is said only where nothing that was taken is anywhere else.
 */
import { type Condition, troublesOf } from './conditions/index.ts';
import { isBroken } from './conditions/restoring.ts';
import type { Sentence, Tone } from './domain.ts';
import { isPropertyKnown } from './property.ts';
import type { Situation } from './schemas.ts';
import type { Values } from './sentences/sentence.ts';

export interface Headline {
  readonly tone: Tone;
  /** In order; one on an ordinary day, at most three on a bad one. */
  readonly says: readonly Sentence[];
  /** The same where there is room for one line. */
  readonly short: Sentence;
}

/**
 * @param situation null before the engine has answered for the first time
 * @param conditions the present ones, most urgent first
 */
export function headlineOf(situation: Situation | null, conditions: readonly Condition[]): Headline {
  const troubles = troublesOf(conditions);
  const [worst] = troubles.filter(({ tone }) => tone === worstTone(troubles));
  if (worst?.kind.startsWith('engine_')) return engineHeadline(worst);
  if (situation === null) return one('still', say('starting'));
  if (worst && worst.tone !== 'still') return troubled(worst, troubles, situation);
  if (situation.endpoints.length === 0 && situation.sources.length === 0) {
    return { ...one('still', say(isPropertyKnown(situation) ? 'new' : 'new_property')), short: say('new_short') };
  }
  if (worst) return troubled(worst, troubles, situation);
  const missing = missingStep(situation);
  if (missing) return { ...one('still', say(missing)), short: say('new_short') };
  if (!situation.endpoints.some((endpoint) => endpoint.switch === 'on')) return one('still', say('no_endpoint'));
  return ordinary(
    situation,
    conditions.some(({ turn }) => turn !== 'nobody'),
  );
}

/** Until the first event: what has to be there before one can come in, in the order of the first steps. */
function missingStep(situation: Situation): 'no_property' | 'no_source' | null {
  if (situation.lastEventAt !== null) return null;
  if (!isPropertyKnown(situation)) return 'no_property';
  return situation.sources.some(({ revokedAt }) => revokedAt === null) ? null : 'no_source';
}

/** Most urgent first. */
const urgency: readonly Tone[] = ['bad', 'away', 'wait', 'still', 'fine'];
const worstTone = (conditions: readonly Condition[]): Tone | undefined =>
  urgency.find((tone) => conditions.some((condition) => condition.tone === tone));

const say = <Part extends string>(part: Part, ...[params]: Values<`headline.${Part}`>): Sentence => ({
  key: `headline.${part}`,
  params: params ?? {},
});
/** In the form that fits `count`. */
const sayCount = <Part extends string>(
  part: Part,
  count: number,
  ...[params]: Values<`headline.${Part}.${'one' | 'many'}`, 'count'>
): Sentence => ({ key: `headline.${part}.${count === 1 ? 'one' : 'many'}`, params: { ...params, count } });

const one = (tone: Tone, said: Sentence): Headline => ({ tone, says: [said], short: said });

/** What was taken is safe: no more can be known while the engine does not answer. */
const engineHeadline = ({ tone, title, kind }: Condition): Headline => ({
  tone,
  says: [say(kind === 'engine_restarting' ? 'restarting' : 'stopped')],
  short: title,
});

function troubled(worst: Condition, troubles: readonly Condition[], situation: Situation): Headline {
  const { tone, title, step, meaning } = worst;
  return {
    tone,
    says: [
      ...(worst.headline ?? [title, step ?? meaning]),
      ...pauseBeside(worst, troubles),
      ...oneMore(worst, troubles, situation),
    ],
    short: title,
  };
}

/** That nothing at all goes out is said beside whatever else there is, where that alone would not be it. */
function pauseBeside(worst: Condition, troubles: readonly Condition[]): readonly Sentence[] {
  const paused = troubles.find(({ kind }) => kind === 'all_paused');
  if (paused === undefined || paused === worst) return [];
  // Alone beside it, it is the one more thing that is said anyway.
  return troubles.length === 2 ? [] : [paused.headline?.[0] ?? paused.title];
}

/** What else there is, in one sentence: the next trouble, how many more, or that all else has been delivered. */
function oneMore(worst: Condition, troubles: readonly Condition[], situation: Situation): readonly Sentence[] {
  const rest = troubles.filter((condition) => condition !== worst);
  const notChosen = rest.filter(({ tone }) => tone !== 'still');
  // What a person paused is no trouble beside others.
  const others = notChosen.length > 0 ? notChosen : rest;
  const [next] = others;
  if (next && others.length === 1) return [next.headline?.[0] ?? next.title];
  const yours = others.filter(({ turn }) => turn === 'manager').length;
  // It speaks of somebody else's turn first: what is the reader's own must not be lost in a number.
  if (others.length > 1 && yours > 0 && worst.turn !== 'manager') {
    return [sayCount('more_yours', yours, { more: others.length })];
  }
  if (others.length > 1) return [say('more', { count: others.length })];
  if (isAllElseDelivered(worst, situation)) return [say('rest')];
  return isAllDelivered(situation) ? [allOf(situation)] : [];
}

/** Whether whatever is not delivered is what `worst` speaks of: its endpoint's. */
function isAllElseDelivered({ about }: Condition, { today, endpoints }: Situation): boolean {
  if (about === null || today.delivered === 0 || today.bench + today.skipped + today.toNobody > 0) return false;
  const others = endpoints.filter(({ id }) => id !== about);
  return endpoints.length > others.length && others.every(isEmpty);
}

const isEmpty = ({
  waiting,
  needsAttention,
  trouble,
  toBench,
  swallowed,
  tooOld,
}: Situation['endpoints'][number]): boolean =>
  waiting + needsAttention + swallowed === 0 && trouble === null && toBench === null && tooOld === null;

/** Nothing is wrong: what became of today's events, each way of not being delivered by its name. */
function ordinary(situation: Situation, isSomebodysTurn: boolean): Headline {
  const { today, attentionEvents, lastEventAt } = situation;
  const waiting = Math.max(waitingNow(situation), today.waiting);
  const attention = Math.max(attentionEvents, today.needsAttention);
  if (lastEventAt === null) return { ...one('fine', say('ready')), short: say('well') };
  if (attention > 0) return one('bad', sayCount('attention', attention));
  if (waiting > 0) {
    // With nothing in a queue, what is not yet there is being sent.
    const isGoing = waitingNow(situation) === 0 || situation.endpoints.some(isUnderWay);
    return one(isGoing ? 'fine' : 'wait', sayCount(isGoing ? 'under_way' : 'waiting', waiting));
  }
  if (today.taken === 0) return { ...one('fine', say('none_today')), short: say('well') };
  if (isAllDelivered(situation)) {
    const all = allOf(situation);
    return { tone: 'fine', says: isSomebodysTurn ? [all] : [all, say('nothing_to_do')], short: say('well') };
  }
  return { tone: 'fine', says: [some(situation), ...otherwise(situation)], short: some(situation) };
}

/** Something really goes out to it: nothing holds it, and it is due. */
const isUnderWay = (endpoint: Situation['endpoints'][number]): boolean => {
  const { switch: on, state, waiting, retrying, heldUntil, unreadable, trouble } = endpoint;
  const isFree = on === 'on' && state === 'active' && trouble === null && heldUntil === null && unreadable.length === 0;
  return isFree && waiting > retrying;
};

/**
 * Whether every event that was taken today is with everybody who wanted it, and nothing of other days is open: the
 * only time that "all" may be said.
 */
export function isAllDelivered({ today, endpoints, waitingEvents, attentionEvents, ...more }: Situation): boolean {
  return (
    // What can be counted in it may not be all that was taken.
    !isBroken(more.database.state) &&
    more.lastDeliveredAt !== null &&
    today.taken > 0 &&
    today.delivered >= today.taken &&
    today.waiting + today.needsAttention + today.bench + today.skipped + today.toNobody === 0 &&
    waitingEvents.events + attentionEvents === 0 &&
    endpoints.every(isEmpty)
  );
}

const allOf = ({ today, lastDeliveredAt }: Situation): Sentence =>
  sayCount('all', today.taken, { byAt: lastDeliveredAt ?? 0 });

const some = ({ today }: Situation): Sentence =>
  today.delivered === 0
    ? sayCount('none_of', today.taken)
    : say('some', { count: today.delivered, taken: today.taken });

/** Where the others went, the most of them first; at most two ways, since it is one sentence that is read. */
function otherwise({ today }: Situation): readonly Sentence[] {
  const ways = [
    ['to_nobody', today.toNobody],
    ['bench', today.bench],
    ['skipped', today.skipped],
  ] as const;
  return ways
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([way, count]) => sayCount(way, count));
}

/**
 * What became of each of today's events, in a few words, so that they add up; empty where none went elsewhere. The same numbers in the same words in window and command line.
 */
export function whereTodayWent({ today }: Pick<Situation, 'today'>): readonly Sentence[] {
  const elsewhere = [
    ['to_nobody', today.toNobody],
    ['bench', today.bench],
    ['skipped', today.skipped],
  ] as const;
  if (elsewhere.every(([, count]) => count === 0)) return [];
  const open = [
    ['waiting', today.waiting],
    ['needs_attention', today.needsAttention],
  ] as const;
  return [['delivered', today.delivered] as const, ...open, ...elsewhere]
    .filter(([way, count]) => way === 'delivered' || count > 0)
    .map(([way, count]) => say(`went.${way}`, { count }));
}

/** How many events wait and for how many receivers; what the tray, the foot and the command line say beside it. */
export function waitingSentence(situation: Situation): Sentence {
  const waitFor = situation.endpoints.filter((one) => one.switch === 'on' && one.waiting > 0);
  const events = waitingNow(situation);
  const [only] = waitFor;
  if (events === 0) return waitingAtPaused(situation);
  if (waitFor.length < 2 && only) return sayCount('waits_for', events, { name: only.name });
  const endpoints = Math.max(waitFor.length, situation.waitingEvents.endpoints);
  return endpoints < 2 ? sayCount('waits_single', events) : sayCount('waits', events, { endpoints });
}

/** What waits at endpoints that are paused is no queue that moves, and is not nothing. */
function waitingAtPaused({ endpoints }: Situation): Sentence {
  const paused = endpoints.filter((one) => one.switch === 'paused' && one.waiting > 0);
  const [only] = paused;
  if (!only) return say('nothing_waits');
  // One event may wait at several, so there is no number that is known to be true.
  if (paused.length > 1) return say('waits_paused', { endpoints: paused.length });
  return sayCount('waits_for', only.waiting, { name: only.name });
}

/** Events that wait. Those of one endpoint are as many events as deliveries, so there are at least as many. */
const waitingNow = ({ waitingEvents, endpoints }: Situation): number =>
  Math.max(waitingEvents.events, ...endpoints.map((one) => (one.switch === 'on' ? one.waiting : 0)));

/** A headline as one text. Titles have no full stop of their own. */
export const headlineText = ({ says }: Headline, render: (sentence: Sentence) => string): string =>
  inSentences(says.map((one) => render(one)));

/** One after the other, each with its full stop: what a system said in its own words has none. */
export const inSentences = (texts: readonly string[]): string =>
  texts.map((text) => (/[.!?”]$/.test(text) ? text : `${text}.`)).join(' ');
