/** An endpoint, and a test send, in plain words. */
import { isSigned, unverifiedBecause } from '../../shared/endpoint-kinds/index.ts';
import { optionsTold } from '../../shared/endpoint-kinds/options.ts';
import { rulesTold } from '../../shared/endpoint-kinds/rules.ts';
import { type Remedy, remedyNow, remedyOfTest, type StepFacts, stepOf } from '../../shared/remedies.ts';
import type { Endpoint, TestResult } from '../../shared/schemas.ts';
import { attentionSaid, endpointStateSaid, saidOfEndpoint, takenInPart, testSaid, whySaid } from '../../shared/told.ts';
import type { AtProperty } from './at-property.ts';
import { kindTold } from './kind-options.ts';
import { block, type Facts, facts, plural, type Shown, shown, together } from './output.ts';
import { turnWords } from './status-text.ts';

/** @param more what is shown on purpose, after the rest */
export function endpointText(endpoint: Endpoint, at: AtProperty, more: Facts = []): Shown {
  const { rotation, ca, lastAnswer } = endpoint;
  const unverified = unverifiedBecause(endpoint.kind);
  return facts([
    ['Endpoint', `${endpoint.name} (${endpoint.id})`],
    ['State', stateText(endpoint, at)],
    ['Sends to', endpoint.address],
    ['Unencrypted', plainText(endpoint)],
    ...kindTold(endpoint, at.program),
    ['Now', endpoint.toBench && `to the test bench, until ${at.time(endpoint.toBench.until)} or the next start`],
    ['Test bench', endpoint.swallowed === 0 ? null : `took ${endpoint.swallowed} that did not reach it`],
    ['Events', endpoint.events.join(', ')],
    ['Headers', endpoint.headers.length === 0 ? null : endpoint.headers.map(({ name }) => name).join(', ')],
    [
      'Signed with',
      !isSigned(endpoint.kind)
        ? 'nothing: mail carries no signature'
        : endpoint.unreadable.includes('secret')
          ? 'a secret that cannot be read: enter it again'
          : `…${endpoint.secretTail}${unverified === null ? '' : `. ${at.words({ key: unverified, params: {} })}`}`,
    ],
    ['Next secret', rotation && `…${rotation.nextTail}, alone from ${at.time(rotation.endsAt)}`],
    ['Trusts', ca && `${ca.subject}, until ${at.time(ca.expiresAt)}`],
    ...optionsTold(endpoint),
    ['Rules', endpoint.rules && rulesTold(endpoint.rules, at.words)],
    [
      'Waiting',
      `${endpoint.waiting}${endpoint.oldestWaitingAt === null ? '' : `, since ${at.time(endpoint.oldestWaitingAt)}`}`,
    ],
    ['Attention', attentionText(endpoint, at)],
    [
      'Too old',
      endpoint.tooOld && `${plural(endpoint.tooOld.count, 'event waits', 'events wait')} for your word ("held list")`,
    ],
    ['Next try', endpoint.nextAttemptAt === null ? null : at.time(endpoint.nextAttemptAt)],
    [
      'Last answer',
      lastAnswer && `${at.time(lastAnswer.at)}: ${at.all(lastAnswer.sentence, saidOfEndpoint(endpoint))}`,
    ],
    ['To do', toDo(endpoint, at)],
    ['Tested', at.timeOr(endpoint.testedAt, 'not yet')],
    ...more,
  ]);
}

/** Whose turn it is and what they do, as its card says it; null while there is nothing wrong. */
function toDo(endpoint: Endpoint, at: AtProperty): string | null {
  const now = remedyNow(endpoint);
  return now && stepText(now.remedy, now.facts, at);
}

/** A remedy's step, after whose turn it is; null where there is none. */
export function stepText(remedy: Remedy | null, facts: StepFacts, at: AtProperty): string | null {
  const step = remedy && stepOf(remedy, facts);
  return remedy && step && `${turnWords[remedy.turn]}: ${at.words(step)}`;
}

function attentionText(endpoint: Endpoint, at: AtProperty): string | null {
  const { needsAttention } = endpoint;
  if (needsAttention === 0) return null;
  const needs = plural(needsAttention, 'delivery needs', 'deliveries need');
  const why = at.all(...attentionSaid(endpoint));
  return `${needs} a person${why === '' ? '' : `: ${why}`}`;
}

/** The word of its chip, since when, and why where that is not to be seen from the word. */
function stateText(endpoint: Endpoint, at: AtProperty): string {
  if (endpoint.switch === 'removed') return 'removed';
  const { state, trouble, failingSince, pausedUntil, toBench } = endpoint;
  const word = at.state(endpointStateSaid(endpoint));
  if (state === 'paused') return `${word}${pausedUntil === null ? '' : ` until ${at.time(pausedUntil)}`}`;
  if (toBench !== null && state !== 'draft') return `${word} since ${at.time(toBench.since)}`;
  const since = failingSince ?? trouble?.since ?? null;
  if (state === 'draft' || since === null) return word;
  const why = trouble && whySaid(trouble);
  return `${word} since ${at.time(since)}${why === null ? '' : `: ${at.words(why)}`}`;
}

export function testText(
  { id, name, kind }: Pick<Endpoint, 'id' | 'name' | 'kind'>,
  result: TestResult,
  at: AtProperty,
): Shown {
  const { ok, attempt, eventId } = result;
  const answered = attempt.status === null ? 'no answer' : `answer ${attempt.status}`;
  const facts = { id, name, sinceAt: attempt.startedAt, status: attempt.status ?? 0 };
  const inPart = takenInPart(result);
  const toDo = stepText(remedyOfTest(result, kind), facts, at);
  const took = attempt.timings === null ? '' : ` in ${Math.round(attempt.timings.totalMs)} ms`;
  return together(
    ok
      ? together(
          shown`${name} took the test event (${answered}${took}; ${eventId}).\n`,
          inPart === null ? null : shown`${at.words(inPart)}\n`,
        )
      : shown`${at.words(testSaid(result, name))}\n${at.words(attempt.sentence)}\n`,
    ok || attempt.detail === null ? null : shown`${attempt.detail}\n`,
    toDo === null ? null : shown`${toDo}\n`,
    attempt.responseBody ? together(shown`\n`, block(attempt.responseBody, '  ')) : null,
    ok ? null : shown`\n(${answered}${took}; ${eventId})\n`,
  );
}

const plainText = ({ plain }: Endpoint): string | null =>
  plain === null
    ? null
    : plain === 'allowed'
      ? 'plain HTTP to a program on this very PC'
      : 'plain HTTP to a program on this very PC, which the settings do not allow: it is stopped';
