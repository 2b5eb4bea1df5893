/** An endpoint, and a test send, in plain words. */
import type { Endpoint, TestResult } from '../../shared/schemas.ts';
import type { AtProperty } from './at-property.ts';
import { block, type Facts, facts, type Shown, shown, together } from './output.ts';

/** @param more what is shown on purpose, after the rest */
export function endpointText(endpoint: Endpoint, at: AtProperty, more: Facts = []): Shown {
  const { rotation, ca, lastAnswer } = endpoint;
  return facts([
    ['Endpoint', `${endpoint.name} (${endpoint.id})`],
    ['State', stateText(endpoint, at)],
    [
      'Sends to',
      endpoint.toBench === null ? endpoint.address : `the test bench, until ${at.time(endpoint.toBench.until)}`,
    ],
    ['Test bench', endpoint.swallowed === 0 ? null : `took ${endpoint.swallowed} that did not reach it`],
    ['Events', endpoint.events.join(', ')],
    ['Headers', endpoint.headers.length === 0 ? null : endpoint.headers.map(({ name }) => name).join(', ')],
    [
      'Signed with',
      endpoint.unreadable.includes('secret')
        ? 'a secret that cannot be read: enter it again'
        : `…${endpoint.secretTail}`,
    ],
    ['Next secret', rotation && `…${rotation.nextTail}, alone from ${at.time(rotation.endsAt)}`],
    ['Trusts', ca && `${ca.subject}, until ${at.time(ca.expiresAt)}`],
    ['Limits', `${endpoint.limits.inFlight} at once, ${endpoint.limits.perSecond} a second`],
    ['Order', endpoint.ordered ? 'kept per booking, order, item or payment' : 'not kept'],
    [
      'Waiting',
      `${endpoint.waiting}${endpoint.oldestWaitingAt === null ? '' : `, since ${at.time(endpoint.oldestWaitingAt)}`}`,
    ],
    ['Attention', endpoint.needsAttention === 0 ? null : `${endpoint.needsAttention} deliveries need a person`],
    ['Next try', endpoint.nextAttemptAt === null ? null : at.time(endpoint.nextAttemptAt)],
    ['Last answer', lastAnswer && `${at.time(lastAnswer.at)}: ${at.words(lastAnswer.sentence)}`],
    ['Tested', at.timeOr(endpoint.testedAt, 'not yet')],
    ...more,
  ]);
}

function stateText({ state, switch: switchedTo, failingSince, pausedUntil }: Endpoint, at: AtProperty): string {
  if (switchedTo === 'removed') return 'removed';
  if (state === 'failing') return `failing since ${at.timeOr(failingSince, 'a while')}`;
  if (state === 'paused') return `paused${pausedUntil === null ? '' : ` until ${at.time(pausedUntil)}`}`;
  return state;
}

export function testText(name: string, { ok, attempt, eventId }: TestResult, at: AtProperty): Shown {
  const answered = attempt.status === null ? 'no answer' : `answer ${attempt.status}`;
  const took = attempt.timings === null ? '' : ` in ${Math.round(attempt.timings.totalMs)} ms`;
  const came = `${name} ${ok ? 'took' : 'did not take'} the test event (${answered}${took}; ${eventId}).`;
  return together(
    shown`${came}\n`,
    ok ? null : shown`${at.words(attempt.sentence)}\n`,
    ok || attempt.detail === null ? null : shown`${attempt.detail}\n`,
    attempt.responseBody ? together(shown`\n`, block(attempt.responseBody, '  ')) : null,
  );
}
