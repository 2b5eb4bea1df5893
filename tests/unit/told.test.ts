import { describe, expect, test } from 'vitest';
import type { OutcomeClass } from '../../shared/domain.ts';
import type { Attempt } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { attemptStateSaid, isUncounted, testSaid } from '../../shared/told.ts';

const attempt = (outcome: OutcomeClass | null, status: number | null = null, more: Partial<Attempt> = {}) =>
  ({ outcome, status, counts: false, endedAt: outcome === null ? null : 1, ...more }) as Attempt;
const inWords = (said: Parameters<typeof renderSentence>[0] | null) =>
  said && renderSentence(said, 'en', { timeZone: 'UTC' });

describe('what a test send came to', () => {
  test.each<[OutcomeClass, number | null, string]>([
    ['delivered', 204, 'The test arrived at Make and was taken (204).'],
    ['setup', 401, 'The test arrived at Make and was refused (401).'],
    ['event_refused', 422, 'The test arrived at Make and was refused (422).'],
    ['gone', 410, 'The test arrived at Make and was refused (410).'],
    ['clock', 403, 'The test arrived at Make and was refused (403).'],
    ['throttled', 429, 'The test arrived at Make and was not taken (429).'],
    ['endpoint_down', 408, 'The test arrived at Make and was not taken (408).'],
    ['endpoint_down', 500, 'The test arrived at Make and was not taken (500).'],
    ['endpoint_down', 302, 'The test arrived at Make and was not taken (302).'],
    ['captive_portal', 302, 'The test did not arrive at Make.'],
    ['proxy', 407, 'The test did not arrive at Make.'],
    ['endpoint_down', null, 'The test did not arrive at Make.'],
    ['certificate', null, 'The test did not arrive at Make.'],
    ['interrupted', null, 'The test to Make was interrupted.'],
  ])('%s, %s', (outcome, status, words) => {
    expect(inWords(testSaid({ attempt: attempt(outcome, status) }, 'Make'))).toBe(words);
  });

  test.each(['outcome.answer_broke_off', 'outcome.answer_unfinished', 'outcome.not_http'])('%s', (key) => {
    for (const status of [null, 200]) {
      const made = attempt('endpoint_down', status, { sentence: { key, params: {} } });
      expect(inWords(testSaid({ attempt: made }, 'Make'))).toBe(
        'The test went to Make, and what came back was no whole answer.',
      );
    }
  });

  test('another has answered in its place', () => {
    const made = attempt('setup', 200, { sentence: { key: 'outcome.not_its_answer', params: {} } });
    expect(inWords(testSaid({ attempt: made }, 'Slack'))).toBe(
      'The test was not taken: what answered (200) is not Slack, as it seems.',
    );
  });
});

test('what a crash cut off is interrupted, and not under way', () => {
  expect(inWords(attemptStateSaid(attempt('interrupted', null, { endedAt: null })))).toBe('interrupted');
  expect(inWords(attemptStateSaid(attempt(null)))).toBe('under way');
  expect(attemptStateSaid(attempt('delivered', 200))).toBe(null);
});

test('only a failure can be one that does not count', () => {
  expect(isUncounted(attempt('delivered', 200))).toBe(false);
  expect(isUncounted(attempt(null))).toBe(false);
  expect(isUncounted(attempt('offline'))).toBe(true);
  expect(isUncounted(attempt('endpoint_down', 500, { counts: true }))).toBe(false);
});
