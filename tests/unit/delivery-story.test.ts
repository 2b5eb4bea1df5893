import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curlOf } from '../../renderer/features/deliveries/curl.ts';
import { phasesOf, timelineOf } from '../../renderer/features/deliveries/timeline.ts';
import { type AttemptId, type AttemptKind, retryDelaysMs, utcMs } from '../../shared/domain.ts';
import type { Attempt } from '../../shared/schemas.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { tryOf, trySaid } from '../../shared/tries.ts';

function attempt(
  ordinal: number,
  given: { kind?: AttemptKind; byHand?: boolean; counts?: boolean; status?: number | null } = {},
): Attempt {
  return {
    id: `att_${ordinal}` as AttemptId,
    kind: given.kind ?? 'scheduled',
    byHand: given.byHand ?? false,
    ordinal,
    counts: given.counts ?? true,
    startedAt: utcMs(1000 * ordinal),
    endedAt: utcMs(1000 * ordinal + 96),
    outcome: 'event_refused',
    sentence: null,
    detail: null,
    status: given.status === undefined ? 422 : given.status,
    requestHeaders: [],
    responseHeaders: null,
    responseBody: null,
    responseTruncated: false,
    timings: null,
    toBench: false,
    sentBody: null,
    shape: null,
  };
}

describe('the timeline of a delivery', () => {
  it('names the first try, then each retry with the delay before it', () => {
    const attempts = [1, 2, 3, 4, 5, 6].map((ordinal) => attempt(ordinal));
    const tried = timelineOf(attempts, true).map((entry) => (entry.is === 'attempt' ? entry.tried : entry));
    expect(tried).toEqual([
      { is: 'first' },
      ...retryDelaysMs.map((delayMs, index) => ({ is: 'retry', number: index + 1, delayMs })),
    ]);
  });

  it('folds the middle of a long row, and says the answer that all of it had', () => {
    const attempts = [1, 2, 3, 4, 5, 6].map((ordinal) => attempt(ordinal));
    const entries = timelineOf(attempts, false);
    expect(entries.map((entry) => entry.is)).toEqual(['attempt', 'more', 'attempt', 'attempt']);
    expect(entries[1]).toMatchObject({ is: 'more', status: 422, attempts: { length: 3 } });
  });

  it('says no common answer where the folded ones differ', () => {
    const attempts = [422, 422, 500, 422, 422].map((status, index) => attempt(index + 1, { status }));
    expect(timelineOf(attempts, false)[1]).toMatchObject({ is: 'more', status: null });
  });

  it('folds nothing of four attempts', () => {
    expect(
      timelineOf(
        [4, 3, 2, 1].map((ordinal) => attempt(ordinal)),
        false,
      ).map((entry) => entry.is),
    ).toEqual(Array(4).fill('attempt'));
  });

  it('does not call it a retry when what came before did not count', () => {
    const offline = attempt(1, { counts: false, status: null });
    expect(tryOf(attempt(2), [offline])).toEqual({ is: 'again' });
    expect(tryOf(attempt(3), [offline, attempt(2)])).toEqual({ is: 'retry', number: 1, delayMs: 60_000 });
    expect(tryOf(attempt(2, { kind: 'trial' }), [attempt(1)])).toEqual({ is: 'trial' });
    expect(tryOf(attempt(2, { kind: 'trial', byHand: true }), [attempt(1)])).toEqual({ is: 'by_hand' });
    expect(tryOf(attempt(2, { byHand: true }), [attempt(1)])).toEqual({ is: 'by_hand' });
    expect(tryOf(attempt(2, { kind: 'resend', counts: false }), [attempt(1)])).toEqual({ is: 'resend' });
  });
});

it('says each try in words, in both languages', () => {
  const said = (language: 'en' | 'fil') =>
    [1, 2, 3, 4, 5, 6].map((ordinal) =>
      renderSentence(
        trySaid(
          tryOf(
            attempt(ordinal),
            [1, 2, 3, 4, 5, 6].slice(0, ordinal - 1).map((one) => attempt(one)),
          ),
        ),
        language,
        { timeZone: 'UTC' },
      ),
    );
  expect(said('en')).toEqual([
    'First try',
    'Retry 1, after 1 minute',
    'Retry 2, after 5 minutes',
    'Retry 3, after 30 minutes',
    'Retry 4, after 2 hours',
    'Retry 5, after 24 hours',
  ]);
  expect(said('fil')[0]).toBe('Unang subok');
});

describe('where the time of an attempt went', () => {
  it('adds up to the whole', () => {
    const phases = phasesOf({ dnsMs: 6, connectMs: 9, tlsMs: 22, firstByteMs: 59, totalMs: 96 });
    expect(phases).toEqual([
      { phase: 'dns', ms: 6 },
      { phase: 'connect', ms: 9 },
      { phase: 'tls', ms: 22 },
      { phase: 'answer', ms: 59 },
    ]);
  });

  it('leaves out what a reused connection did not do again', () => {
    const phases = phasesOf({ dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: 30, totalMs: 31 });
    expect(phases).toEqual([{ phase: 'answer', ms: 31 }]);
  });
});

describe('a delivery as cURL', () => {
  it('gives the shell exactly the address, headers and body that were sent', () => {
    const printable = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replaceAll('\0', ''));
    // biome-ignore lint/nursery/noFloatingPromises: this property is a synchronous one
    fc.assert(
      fc.property(printable, printable, (value, body) => {
        const command = curlOf({ url: 'https://a.example/h?x=1&y=$HOME', headers: [['X-A', value]], body });
        const printed = execFileSync('sh', ['-c', command.replace(/^curl/, "printf '%s\\0'")], { encoding: 'utf8' });
        expect(printed.split('\0').slice(0, -1)).toEqual([
          'https://a.example/h?x=1&y=$HOME',
          '--request',
          'POST',
          '--header',
          `X-A: ${value}`,
          '--data-binary',
          body,
        ]);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out the headers that curl makes itself', () => {
    const command = curlOf({
      url: 'https://a.example/',
      headers: [
        ['Content-Length', '2'],
        ['Host', 'a.example'],
        ['Content-Type', 'application/json'],
      ],
      body: '{}',
    });
    expect(command).not.toMatch(/Content-Length|Host/);
    expect(command).toMatch(/'Content-Type: application\/json'/);
  });
});
