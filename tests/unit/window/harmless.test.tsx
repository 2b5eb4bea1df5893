// @vitest-environment jsdom
/** A stranger's words on the screen: what turns text or is not seen stands there as what it is. */
import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createDouble } from '../../ui/support/double.ts';
import { idOf, sampleDeliveries, sampleSituation } from '../../ui/support/sample-data.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

const override = 'gone\u202efdp.exe\u001b[31m';
const shownOverride = 'gone\\u202efdp.exe\\x1b[31m';

/** Nothing on the page is a control character or turns the direction of text. */
function expectHarmless(): void {
  expect(document.body.textContent).toContain(shownOverride);
  // A body is shown with its lines.
  expect(document.body.textContent?.replace(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
}

test('in the sentence, the card and the list of endpoints', async () => {
  const situation = sampleSituation();
  const endpoints = situation.endpoints.map((endpoint) =>
    endpoint.trouble === null ? endpoint : { ...endpoint, trouble: { ...endpoint.trouble, said: override } },
  );
  show('/', createDouble({ ...situation, endpoints }));
  await screen.findByRole('heading', { level: 1 });
  expectHarmless();
  leave();
  show('/endpoints', createDouble({ ...situation, endpoints }));
  await screen.findByRole('link', { name: 'Bookkeeping' });
  expectHarmless();
});

test('in a refusal’s reason, by a member that a PMS named', async () => {
  const double = createDouble();
  double.answer('sources.refusals', () => [
    {
      ...{
        id: 1,
        at: 1,
        sourceId: null,
        status: 400,
        file: override,
        member: override,
        times: 1,
        takenAt: null,
        hasBody: false,
      },
      says: { key: 'refusal.expected_object', params: { member: override, foundType: 'number' } },
    },
  ]);
  show('/sources', double);
  expect((await screen.findAllByText(/fdp\.exe/)).length).toBeGreaterThan(0);
  expectHarmless();
});

test('in what a receiver answered', async () => {
  const double = createDouble();
  const [delivery] = sampleDeliveries();
  if (!delivery) throw new Error('no delivery');
  double.answer('deliveries.get', () => ({
    ...delivery,
    skipped: null,
    attemptsMade: [
      {
        ...{
          id: idOf('att_', 1),
          kind: 'scheduled',
          byHand: false,
          ordinal: 1,
          counts: true,
          startedAt: 1,
          endedAt: 2,
        },
        ...{ outcome: 'event_refused', status: 422, detail: override, timings: null, toBench: false },
        sentence: { key: 'outcome.event_refused', params: { name: 'Door locks', status: 422 } },
        ...{ requestHeaders: [], responseHeaders: [], responseBody: override, responseTruncated: false },
        ...{ sentBody: null, shape: null },
      },
    ],
  }));
  show(`/deliveries?delivery=${delivery.id}`, double);
  await screen.findByText('Attempts');
  expectHarmless();
});
