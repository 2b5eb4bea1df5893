// @vitest-environment jsdom
/** The helper's pages over a double: empty, loading and failed are three things, and each act is the call it says. */
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { idOf, morning, sampleDeliveries, sampleSituation } from '../../ui/support/sample-data.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

const emptyPage = { rows: [], next: null, newest: null, complete: true };
const newProperty = () => createDouble(sampleSituation({ endpoints: [], sources: [] }));

test('an empty log leads to the first endpoint, an empty search to fewer filters', async () => {
  const double = newProperty();
  double.answer('deliveries.list', () => emptyPage);
  show('/deliveries', double);
  expect(await screen.findByText('No deliveries yet')).toBeTruthy();
  expect(await screen.findByRole('link', { name: 'Add an endpoint' })).toBeTruthy();
  leave();
  show('/deliveries?text=nobody', double);
  expect(await screen.findByText('Nothing matches these filters')).toBeTruthy();
});

test('a log that cannot be read says so, and is asked again', async () => {
  const double = createDouble();
  double.answer('deliveries.list', () => {
    throw refusal('store_unavailable', 'The log cannot be read just now.');
  });
  const { user, made } = show('/deliveries', double);
  expect(await screen.findByText('The log cannot be read just now.')).toBeTruthy();
  const before = made('deliveries.list').length;
  double.answer('deliveries.list', () => emptyPage);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('No deliveries yet')).toBeTruthy();
  expect(made('deliveries.list').length).toBeGreaterThan(before);
});

test('the address is what the engine is asked', async () => {
  const { made } = show('/deliveries?state=waiting&answer=5xx&text=kenji');
  await waitFor(() =>
    expect(made('deliveries.list')[0]).toMatchObject({
      filter: { states: ['waiting'], statusClasses: ['5xx'], text: 'kenji' },
    }),
  );
});

test('what a person agrees to resend is counted once per opening, and stays under the button', async () => {
  const { user, double, made } = show('/deliveries?state=needs_attention');
  const all = sampleDeliveries().length;
  await user.click(await screen.findByRole('button', { name: `Resend ${all}…` }));
  const verb = { name: new RegExp(`^Resend ${all} to \\d+ endpoints$`) };
  expect(await screen.findByRole('button', verb)).toBeTruthy();
  double.answer('deliveries.count', () => ({ total: 99, byEndpoint: [] }));
  const counted = made('deliveries.count').length;
  const looked = made('situation.get').length;
  double.push({ name: 'changed', payload: { topics: ['deliveries', 'situation'] } });
  await waitFor(() => expect(made('situation.get').length).toBeGreaterThan(looked));
  expect(made('deliveries.count')).toHaveLength(counted);
  expect(screen.getByRole('button', verb)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Do not resend' }));
  await user.click(screen.getByRole('button', { name: /^Resend \d+…$/ }));
  expect(await screen.findByText(/^99 deliveries are sent again/)).toBeTruthy();
});

test('without an endpoint there is one next step', async () => {
  show('/endpoints', newProperty());
  expect(await screen.findByText('No endpoint yet')).toBeTruthy();
  expect(screen.getAllByRole('link', { name: 'Add an endpoint' }).length).toBeGreaterThan(0);
});

test('every endpoint is told by name, state, last answer and what waits', async () => {
  show('/endpoints');
  const row = await screen.findByRole('row', { name: /Bookkeeping/ });
  expect(within(row).getByText('Failing')).toBeTruthy();
  expect(within(row).getByText('62%')).toBeTruthy();
  expect(within(row).getByRole('link', { name: '14' }).getAttribute('href')).toContain('state=waiting');
});

test('a wrong address is told before anything is sent', async () => {
  const { user, made } = show('/endpoints/new');
  await user.type(await screen.findByLabelText('Address'), 'hooks.example.com');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  expect(await screen.findByText('What comes in front is missing: https://')).toBeTruthy();
  expect(made('endpoints.add')).toEqual([]);
});

test('pausing asks until when and says which endpoint', async () => {
  const double = createDouble();
  const [, endpoint] = sampleSituation().endpoints;
  if (!endpoint) throw new Error('no sample');
  double.answer('endpoints.pause', () => endpoint);
  const { user, made } = show(`/endpoints/${endpoint.id}`, double);
  await user.click(await screen.findByRole('button', { name: 'Pause…' }));
  await user.click(await screen.findByRole('button', { name: `Pause ${endpoint.name}` }));
  await waitFor(() => expect(made('endpoints.pause')).toHaveLength(1));
  expect(made('endpoints.pause')[0]).toMatchObject({ id: endpoint.id, until: expect.any(Number) });
});

test('a link to an endpoint that is not there is said as such', async () => {
  show('/endpoints/not-an-id');
  expect(await screen.findByText('There is no such page')).toBeTruthy();
});

test('what is entered again asks first where another endpoint has its address', async () => {
  const situation = sampleSituation();
  const endpoints = situation.endpoints.map((one) => ({ ...one, unreadable: ['address' as const] }));
  const double = createDouble({ ...situation, endpoints });
  double.answer('endpoints.enterAgain', ({ confirmed }) => {
    if (!confirmed) throw refusal('not_confirmed', 'Door locks has this address already.', undefined, 'url');
    return endpoints[0];
  });
  const { user, made } = show(`/endpoints/${idOf('ep_', 1)}`, double);
  await user.type(await screen.findByLabelText('Address'), 'https://hooks.example.com/x');
  await user.click(screen.getByRole('button', { name: 'Use these' }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(question.getByText('Door locks has this address already.')).toBeTruthy();
  expect(made('endpoints.enterAgain')).toHaveLength(1);
  await user.click(question.getByRole('button', { name: 'Use it all the same' }));
  await waitFor(() =>
    expect(made('endpoints.enterAgain').at(-1)).toEqual({
      ...{ id: idOf('ep_', 1), confirmed: true },
      entered: { url: 'https://hooks.example.com/x' },
    }),
  );
});

test('a story that is not known says so', async () => {
  const double = createDouble();
  double.answer('events.story', () => ({ events: [], complete: true }));
  const { made } = show('/events/story?about=nobody', double);
  expect(await screen.findByText('Nothing is known of “nobody”')).toBeTruthy();
  expect(made('events.story')[0]).toEqual({ about: 'nobody' });
});

test('the test bench is off until it is started, and shows a request as it arrives', async () => {
  const double = createDouble();
  const bench = {
    running: false,
    address: null as string | null,
    behaviour: 'ok' as const,
    endpointIds: [] as string[],
    requests: [],
  };
  double.answer('bench.get', () => bench);
  double.answer('bench.start', () => {
    Object.assign(bench, { running: true, address: 'https://127.0.0.1:4790/' });
    return bench;
  });
  const { user } = show('/bench', double);
  await user.click(await screen.findByRole('button', { name: 'Start the test bench' }));
  expect(await screen.findByText('Nothing has arrived yet')).toBeTruthy();
  double.push({
    name: 'benchRequest',
    payload: {
      n: 1,
      at: morning,
      endpointId: null,
      event: 'guest.checkin',
      eventId: idOf('evt_', 1),
      attempt: 1,
      headers: [],
      body: '{}',
      signature: 'invalid',
      answered: 200,
    },
  });
  expect(await screen.findByText('Signature wrong')).toBeTruthy();
});

test('what has arrived at the bench stays, though an answer from before it comes after it', async () => {
  const double = createDouble();
  const request = {
    ...{ n: 1, at: morning, endpointId: null, event: 'guest.checkin', eventId: idOf('evt_', 1), attempt: 1 },
    ...{ headers: [], body: '{}', signature: 'valid' as const, answered: 200 },
  };
  const empty = { running: true, address: 'https://127.0.0.1:4790/', behaviour: 'ok', endpointIds: [], requests: [] };
  const gate = Promise.withResolvers<void>();
  let asked = 0;
  double.answer('bench.get', async () => {
    asked += 1;
    if (asked === 1) return empty;
    if (asked > 2) return { ...empty, requests: [request] };
    await gate.promise;
    return empty;
  });
  show('/bench', double);
  expect(await screen.findByText('Nothing has arrived yet')).toBeTruthy();
  double.push({ name: 'changed', payload: { topics: ['bench'] } });
  await waitFor(() => expect(asked).toBe(2));
  double.push({ name: 'benchRequest', payload: request });
  gate.resolve();
  expect(await screen.findByText('Signature valid')).toBeTruthy();
  await waitFor(() => expect(asked).toBe(3));
  expect(screen.getByText('Signature valid')).toBeTruthy();
});

test('before a bulk resend it is said how many cannot be sent, and why', async () => {
  const double = createDouble();
  const says = sentence('problem.event_forgotten');
  double.answer('deliveries.count', ({ forResend = false }) => ({
    total: 7,
    byEndpoint: sampleSituation()
      .endpoints.slice(0, 1)
      .map(({ id, name }) => ({ endpointId: id, name, count: 7 })),
    cannot: forResend ? [{ says, count: 4 }] : [],
  }));
  const { user } = show('/deliveries?state=delivered', double);
  await user.click(await screen.findByRole('button', { name: /^Resend/ }));
  const question = within(await screen.findByRole('alertdialog'));
  expect(await question.findByText('4 of them cannot be resent')).toBeTruthy();
  expect(question.getByText(/Its guest was forgotten: what it said is gone/)).toBeTruthy();
  expect(question.getByRole('button', { name: /^Resend 3 to / })).toBeTruthy();
});

test('a bulk resend’s receipt says in words why some were not sent', async () => {
  const double = createDouble();
  const job = {
    ...{ id: idOf('job_', 1), kind: 'resend', endpointId: null, total: 3, done: 3, delivered: 1, failed: 2 },
    ...{ startedAt: morning, endedAt: null, file: null, sizeBytes: null, problem: null },
  };
  double.answer('jobs.list', () => [{ ...job, state: 'running' }]);
  double.answer('jobs.get', () => ({
    ...job,
    state: 'done',
    endedAt: morning + 5000,
    problem: sentence('problem.endpoint_paused', { name: 'Dashboard' }),
  }));
  show('/deliveries', double);
  expect(await screen.findByText(/Dashboard is paused\. Resume it first\./)).toBeTruthy();
});

test('a row whose last answer was a success says what kind it is, and how many deliveries need a person', async () => {
  const { endpoints } = sampleSituation();
  const [one] = endpoints;
  if (!one) throw new Error('the sample has an endpoint');
  const lastAnswer = { at: morning, status: 200, outcome: 'delivered', durationMs: 12 } as const;
  const says = sentence('outcome.delivered', { name: 'Make.com' });
  const own = { kind: 'make', name: 'Make.com', switch: 'on', state: 'active', trouble: null, toBench: null } as const;
  const counts = { needsAttention: 2, attention: null, retrying: 0, waiting: 0 };
  show(
    '/endpoints',
    createDouble(
      sampleSituation({ endpoints: [{ ...one, ...own, ...counts, lastAnswer: { ...lastAnswer, sentence: says } }] }),
    ),
  );
  const row = (await screen.findByRole('link', { name: 'Make.com' })).closest('tr') as HTMLElement;
  expect(within(row).getByText(/Make\.com has it/)).toBeTruthy();
  expect(within(row).getByRole('link', { name: '2 deliveries need attention' })).toBeTruthy();
  expect(row.textContent).toContain(`Make.com · ${one.host}`);
});
