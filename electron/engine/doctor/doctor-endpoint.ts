/** What the doctor finds at an endpoint: the same facts, and the same next step, as its card and its page. */
import type { z } from 'zod';
import type { Sentence } from '../../../shared/domain.ts';
import { holdingUp, hostOf, isDoingOfPage } from '../../../shared/facts.ts';
import {
  goneOf,
  isGone,
  remedyOfAttention,
  remedyOfEndpoint,
  remedyOfRetried,
  stepOf,
} from '../../../shared/remedies.ts';
import type { doctorCheck, Endpoint, Fact, Situation } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { whySaid } from '../../../shared/told.ts';

type DoctorCheck = z.output<typeof doctorCheck>;
/** Without its name. */
type Finding = Omit<DoctorCheck, 'name'>;

export function checkEndpoint(endpoint: Endpoint, situation: Pick<Situation, 'facts'>): DoctorCheck {
  const { state, says, nextStep } = withDefaults(endpoint, withHeld(endpoint, find(endpoint, situation.facts)));
  const name = sentence('doctor.endpoint', { name: endpoint.name });
  const plain = endpoint.plain === null ? [] : [sentence('doctor.endpoint.plain')];
  return { name, state, says: [...says, ...plain, ...clockOf(endpoint, situation.facts)], nextStep };
}

function find(endpoint: Endpoint, facts: readonly Fact[]): Finding {
  const { id, state, unreadable, waiting, toBench } = endpoint;
  if (unreadable.length > 0) {
    const says = unreadable.map((part) => sentence(`doctor.endpoint.unreadable.${part}`));
    return { state: 'problem', says, nextStep: sentence('doctor.endpoint.unreadable_step') };
  }
  if (state === 'draft') {
    const step = endpoint.testedAt === null ? 'doctor.endpoint.draft_step' : 'doctor.endpoint.draft_tested_step';
    return warning([sentence('doctor.endpoint.draft')], sentence(step, { id }));
  }
  if (state === 'paused' && endpoint.plain === 'off') {
    const { name } = endpoint;
    const says = [sentence('problem.plain_off', { name }), sentence('doctor.endpoint.paused', { count: waiting })];
    return withNeed(endpoint, warning(says, sentence('conditions.endpoint_plain_off.step', { name })));
  }
  if (state === 'paused') {
    const paused = sentence('doctor.endpoint.paused', { count: waiting });
    if (isGone(endpoint)) return gone(endpoint, paused);
    return withNeed(endpoint, pausedByChoice(endpoint, paused));
  }
  if (toBench !== null) {
    const bench = warning([sentence('doctor.endpoint.bench')], sentence('doctor.endpoint.bench_step'));
    return withNeed(endpoint, bench);
  }
  const held = heldUp(endpoint, facts);
  return (
    (isDoingOfPage(facts, endpoint) ? null : inTrouble(endpoint)) ??
    (held && withNeed(endpoint, held)) ??
    inNeed(endpoint) ??
    refusing(endpoint) ??
    askedToWait(endpoint) ??
    well(endpoint)
  );
}

/** How it was before the pause is not hidden by it. One that ends by itself needs nobody. */
function pausedByChoice({ name, waiting, pausedUntil, trouble }: Endpoint, paused: Sentence): Finding {
  const before =
    trouble === null
      ? []
      : [sentence('conditions.endpoint_paused.trouble', { sinceAt: trouble.since }), trouble.sentence];
  if (pausedUntil === null) return warning([paused, ...before], sentence('conditions.endpoint_paused.step', { name }));
  return warning([sentence('doctor.endpoint.paused_until', { count: waiting, untilAt: pausedUntil }), ...before], null);
}

/** What waits for a person's word waits for it whatever becomes of the way out: both are told, and that is the step. */
function withNeed(endpoint: Endpoint, found: Finding): Finding {
  const need = inNeed(endpoint);
  return need === null ? found : { ...need, says: [...found.says, ...need.says] };
}

/** Some of what is for it is too old to go out without a person's word. */
function askingOf({ id, name, tooOld }: Endpoint): Finding | null {
  if (tooOld === null) return null;
  const { count } = tooOld;
  const many = count === 1 ? 'one' : 'many';
  return {
    state: 'problem',
    says: [sentence(`conditions.events_too_old.title.${many}`, { name, count })],
    nextStep: sentence('doctor.endpoint.too_old_step', { id }),
  };
}

/** Said beside whatever else there is. */
function withHeld(endpoint: Endpoint, found: Finding): Finding {
  const held = askingOf(endpoint);
  if (held === null) return found;
  // Beside what mends itself or is well, the word that is waited for is the step.
  const step = found.state === 'problem' ? (found.nextStep ?? held.nextStep) : held.nextStep;
  return { state: 'problem', says: [...found.says, ...held.says], nextStep: step };
}

/** Another version stored some of what a person chose in a way that this one cannot read. */
function withDefaults({ atDefault }: Endpoint, { state, says, nextStep }: Finding): Finding {
  if (atDefault.length === 0) return { state, says, nextStep };
  const options = atDefault.filter((name) => name !== 'kind');
  const kind = options.length < atDefault.length ? [sentence('doctor.endpoint.unknown_kind')] : [];
  const names = options.length > 0 ? [sentence('doctor.endpoint.at_default', { names: options.join(', ') })] : [];
  const step = kind.length > 0 ? 'doctor.endpoint.unknown_kind_step' : 'doctor.endpoint.at_default_step';
  return {
    state: state === 'ok' ? 'warning' : state,
    says: [...says, ...kind, ...names],
    nextStep: nextStep ?? sentence(step),
  };
}

const warning = (says: readonly Sentence[], nextStep: Sentence | null): Finding => ({
  state: 'warning',
  says: [...says],
  nextStep,
});

/** Its receiver said that it is gone for good: nothing is sent until it has another address. */
function gone(endpoint: Endpoint, paused: Sentence): Finding {
  const { id, name, lastAnswer } = endpoint;
  return {
    state: 'problem',
    says: [...(lastAnswer ? [lastAnswer.sentence] : []), paused],
    nextStep: stepOf(goneOf(endpoint), { id, name, sinceAt: lastAnswer?.at ?? 0, status: lastAnswer?.status ?? 0 }),
  };
}

/** It does not take what it is sent: since when, why, and in whose words. */
function inTrouble(endpoint: Endpoint): Finding | null {
  const { id, name, state, trouble, lastAnswer, waiting, failingSince } = endpoint;
  const remedy = remedyOfEndpoint(endpoint);
  if (remedy === null) return null;
  const sinceAt = trouble?.since ?? failingSince ?? 0;
  const why = trouble === null ? lastAnswer?.sentence : whySaid(trouble);
  const says = [...(why ? [why] : []), ...saidBy(trouble?.said ?? null)];
  const nextStep = stepOf(remedy, { id, name, sinceAt, status: trouble?.status ?? lastAnswer?.status ?? 0 });
  if (state === 'failing' || (trouble?.takesNothing === true && trouble.kind !== 'slow_down')) {
    const key = sinceAt === 0 ? 'doctor.endpoint.failing' : 'doctor.endpoint.takes_nothing';
    return { state: 'problem', says: [sentence(key, { count: waiting, sinceAt }), ...says], nextStep };
  }
  if (trouble?.kind === 'slow_down') {
    const again = endpoint.heldUntil;
    const step = again === null ? nextStep : sentence('conditions.endpoint_slow_down.step', { nextAt: again, id });
    return warning([sentence('doctor.endpoint.slow_down', { count: waiting, sinceAt }), ...says], step);
  }
  return warning([sentence('doctor.endpoint.degraded'), ...says], nextStep);
}

/** What holds up the way to it is the Internet's check; that it holds up this one is said here. */
function heldUp(endpoint: Endpoint, facts: readonly Fact[]): Finding | null {
  const last = endpoint.lastAnswer;
  const wasHeld = last !== null && ownSide.has(last.outcome);
  const isClock = last?.outcome === 'clock' && facts.some(({ kind }) => kind === 'clock_wrong');
  if (holdingUp(facts, endpoint).length === 0 && !isClock) return wasHeld ? notHeldNow(endpoint) : null;
  const says = [sentence('doctor.endpoint.held', { count: endpoint.waiting })];
  return warning(wasHeld ? [...says, last.sentence] : says, sentence('doctor.endpoint.held_step'));
}

/** What it was held up by is not there any more, or was seen before the app started: the next try shows. */
function notHeldNow({ waiting }: Endpoint): Finding {
  const says = waiting === 0 ? 'doctor.endpoint.not_held' : 'doctor.endpoint.not_held_waiting';
  return warning([sentence(says, { count: waiting })], null);
}

const ownSide: ReadonlySet<string> = new Set(['offline', 'captive_portal', 'clock', 'tls_interception', 'proxy']);

/** It takes what it is sent, but some of its deliveries need a person. */
function inNeed(endpoint: Endpoint): Finding | null {
  const { id, name, attention, needsAttention } = endpoint;
  const remedy = remedyOfAttention(endpoint);
  if (remedy === null) return null;
  const why = attention?.sentence ? [attention.sentence] : [];
  return {
    state: 'problem',
    says: [
      sentence('doctor.endpoint.attention', { count: needsAttention }),
      ...why,
      ...saidBy(attention?.said ?? null),
    ],
    nextStep: stepOf(remedy, { id, name, sinceAt: attention?.since ?? 0, status: attention?.status ?? 0 }),
  };
}

/** It takes others, and what it refused is tried again by itself; a person may look at why meanwhile. */
function refusing(endpoint: Endpoint): Finding | null {
  const { id, name, retried, retrying } = endpoint;
  const remedy = remedyOfRetried(endpoint);
  if (remedy === null || !retried?.sentence) return null;
  return warning(
    [sentence('doctor.endpoint.refusing', { count: retrying }), retried.sentence, ...saidBy(retried.said)],
    stepOf(remedy, { id, name, sinceAt: 0, status: 0 }),
  );
}

/** What was on its way went through, but nothing more goes out until then. */
function askedToWait({ id, waiting, heldUntil }: Endpoint): Finding | null {
  if (heldUntil === null || waiting === 0) return null;
  const says = [sentence('doctor.endpoint.asked_to_wait', { count: waiting, untilAt: heldUntil })];
  return warning(says, sentence('conditions.endpoint_slow_down.step', { nextAt: heldUntil, id }));
}

function well({ lastAnswer }: Endpoint): Finding {
  if (lastAnswer === null) return { state: 'ok', says: [sentence('doctor.endpoint.unused')], nextStep: null };
  const tookIt = lastAnswer.outcome === 'delivered';
  return { state: 'ok', says: [tookIt ? sentence('doctor.endpoint.ok') : lastAnswer.sentence], nextStep: null };
}

const saidBy = (said: string | null): Sentence[] =>
  said === null ? [] : [sentence('conditions.receiver.said', { said })];

/** Its own clock, where that is not this PC's. */
function clockOf({ host, lastAnswer }: Endpoint, facts: readonly Fact[]): Sentence[] {
  return facts.flatMap((fact) => {
    // Another endpoint at this host has heard so; one that never heard anything from it has nothing to say.
    if (lastAnswer === null || fact.kind !== 'clock_differs' || fact.scope.host !== hostOf(host)) return [];
    const { skewMs } = fact;
    return [sentence(skewMs > 0 ? 'doctor.endpoint.clock_behind' : 'doctor.endpoint.clock_ahead', { skewMs })];
  });
}
