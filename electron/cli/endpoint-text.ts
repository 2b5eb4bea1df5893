/** An endpoint, and a test send, in plain words. */
import type { Endpoint, TestResult } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { type Facts, facts, localTime, localTimeOr } from './output.ts';

const timeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const inWords = (said: Parameters<typeof renderSentence>[0] | null): string =>
  said === null ? '' : renderSentence(said, 'en', { timeZone: timeZone(), now: Date.now() });

/** @param more what is shown on purpose, after the rest */
export function endpointText(endpoint: Endpoint, more: Facts = []): string {
  const { rotation, ca, lastAnswer } = endpoint;
  return facts([
    ['Endpoint', `${endpoint.name} (${endpoint.id})`],
    ['State', stateText(endpoint)],
    ['Sends to', endpoint.address],
    ['Events', endpoint.events.join(', ')],
    ['Headers', endpoint.headers.length === 0 ? null : endpoint.headers.map(({ name }) => name).join(', ')],
    [
      'Signed with',
      endpoint.unreadable.includes('secret')
        ? 'a secret that cannot be read: enter it again'
        : `…${endpoint.secretTail}`,
    ],
    ['Next secret', rotation && `…${rotation.nextTail}, alone from ${localTime(rotation.endsAt)}`],
    ['Trusts', ca && `${ca.subject}, until ${localTime(ca.expiresAt)}`],
    ['Limits', `${endpoint.limits.inFlight} at once, ${endpoint.limits.perSecond} a second`],
    ['Order', endpoint.ordered ? 'kept per booking, order, item or payment' : 'not kept'],
    [
      'Waiting',
      `${endpoint.waiting}${endpoint.oldestWaitingAt === null ? '' : `, since ${localTime(endpoint.oldestWaitingAt)}`}`,
    ],
    ['Attention', endpoint.needsAttention === 0 ? null : `${endpoint.needsAttention} deliveries need a person`],
    ['Next try', endpoint.nextAttemptAt === null ? null : localTime(endpoint.nextAttemptAt)],
    ['Last answer', lastAnswer && `${localTime(lastAnswer.at)}: ${inWords(lastAnswer.sentence)}`],
    ['Tested', localTimeOr(endpoint.testedAt, 'not yet')],
    ...more,
  ]);
}

function stateText({ state, switch: switchedTo, failingSince, pausedUntil }: Endpoint): string {
  if (switchedTo === 'removed') return 'removed';
  if (state === 'failing') return `failing since ${localTimeOr(failingSince, 'a while')}`;
  if (state === 'paused') return `paused${pausedUntil === null ? '' : ` until ${localTime(pausedUntil)}`}`;
  return state;
}

export function testText(name: string, { ok, attempt, eventId }: TestResult): string {
  const answered = attempt.status === null ? 'no answer' : `answer ${attempt.status}`;
  const took = attempt.timings === null ? '' : ` in ${Math.round(attempt.timings.totalMs)} ms`;
  const body = attempt.responseBody === null || attempt.responseBody === '' ? '' : `\n${attempt.responseBody}\n`;
  return `${ok ? `${name} took the test event` : `${name} did not take the test event`} (${answered}${took}; ${eventId}).\n${ok ? '' : `${inWords(attempt.sentence)}\n${attempt.detail ?? ''}\n`}${body}`;
}
