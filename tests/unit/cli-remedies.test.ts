/** What an outcome says is what happened; what is to be done about it is said once, by its remedy, wherever it shows. */
import { describe, expect, test } from 'vitest';
import { atProperty } from '../../electron/cli/at-property.ts';
import { deliveryText } from '../../electron/cli/delivery-text.ts';
import { endpointText, testText } from '../../electron/cli/endpoint-text.ts';
import type { Attempt, Delivery, TestResult } from '../../shared/schemas.ts';
import { outcomesEn } from '../../shared/sentences/outcomes.en.ts';
import { outcomesFil } from '../../shared/sentences/outcomes.fil.ts';
import { answered, endpoint, minutesAgo, noon, troubled } from './desktop/situations.ts';

const at = atProperty({ timeZone: 'Asia/Manila', now: noon, program: 'roost-relay', note: () => {} });
const timesIn = (text: string, part: string): number => text.split(part).length - 1;

test('no outcome tells anybody what to do', () => {
  expect(
    Object.values(outcomesEn).filter((text) => /\b(ask IT|(?<!internet )check|fix|send this|call)\b/i.test(text)),
  ).toEqual([]);
  expect(Object.values(outcomesFil).filter((text) => /\bsa IT\b|Tingnan|Ayusin/i.test(text))).toEqual([]);
});

const notFound = { key: 'outcome.address_unknown', params: { name: 'Bookkeeping', status: 404 } };
const newAddress = 'for IT: Ask those who run Bookkeeping for its new webhook address, and enter it.';
const failed = {
  ...{ outcome: 'setup', status: 404, sentence: notFound, startedAt: minutesAgo(20), timings: null },
  ...{ detail: null, responseBody: null },
} as Partial<Attempt> as Attempt;

const bookkeeping = endpoint();

describe('what the command line shows has the remedy after it, once', () => {
  test('an endpoint, while it is in trouble', () => {
    const inTrouble = { state: 'degraded', trouble: troubled({ sentence: notFound }), waiting: 1 } as const;
    const text = endpointText(endpoint({ ...inTrouble, lastAnswer: answered('setup', 404) }), at).text;
    expect(text).toContain('Bookkeeping does not know this address (404).');
    expect(timesIn(text, newAddress)).toBe(1);
    expect(endpointText(endpoint(), at).text).not.toContain('To do');
    const why = { key: 'outcome.throttled', params: { name: 'Bookkeeping' } };
    const slow = troubled({ kind: 'slow_down', sentence: why });
    const [state] = endpointText(endpoint({ ...inTrouble, trouble: slow }), at).text.match(/^State .*$/m) ?? [''];
    expect(state.match(/slow down/g)).toHaveLength(1);
  });

  test('a test send that was refused, where there is more to do than to read the answer', () => {
    const result: TestResult = { ok: false, attempt: failed, body: '{}', eventId: 'evt_1' as TestResult['eventId'] };
    expect(timesIn(testText(bookkeeping, result, at).text, newAddress)).toBe(1);
    const refused = { ...failed, status: 422, sentence: { ...notFound, key: 'outcome.event_refused' } };
    expect(testText(bookkeeping, { ...result, attempt: refused }, at).text).not.toMatch(/for IT|send again/);
    const down = { ...failed, status: 503, sentence: { ...notFound, key: 'outcome.unavailable' } };
    expect(testText(bookkeeping, { ...result, attempt: down }, at).text).not.toContain('tried again by itself');
  });

  test('a delivery that waits', () => {
    const delivery = {
      ...{ id: 'dlv_1', event: 'booking.created', eventId: 'evt_1', endpointName: 'Bookkeeping', summary: {} },
      ...{
        entity: null,
        address: '',
        pmsId: null,
        toBench: false,
        gone: null,
        state: 'waiting',
        reason: 'retry',
        status: 404,
      },
      ...{ at: minutesAgo(20), sentence: notFound, resendWaits: null, nextAttemptAt: null, hints: [], body: '{}' },
      attemptsMade: [],
      skipped: null,
    } as unknown as Delivery;
    const inTrouble = endpoint({ state: 'degraded', trouble: troubled({ sentence: notFound }) });
    expect(timesIn(deliveryText(delivery, inTrouble, at).text, newAddress)).toBe(1);
    expect(deliveryText({ ...delivery, state: 'delivered' } as Delivery, inTrouble, at).text).not.toContain('To do');
  });
});
