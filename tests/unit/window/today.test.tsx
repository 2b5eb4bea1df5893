// @vitest-environment jsdom
/** Today tells a manager what is wrong, what it means, whose turn it is, and lets them do the one next thing. */
import { screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { atProperty } from '../../../electron/cli/at-property.ts';
import { table } from '../../../electron/cli/output.ts';
import { statusText } from '../../../electron/cli/status-text.ts';
import type { Terminal } from '../../../electron/cli/terminal.ts';
import { utcMs } from '../../../shared/domain.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { calmSituation, sampleSituation } from '../../ui/support/sample-data.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

test('a failing endpoint is a card that says what happened, what it means, whose turn it is', async () => {
  show('/');
  const card = await screen.findByRole('region', { name: 'Bookkeeping does not accept this address' });
  expect(card.textContent).toContain('14 events wait safely');
  expect(card.textContent).toContain('For your IT helper');
  expect(within(card).getByRole('link', { name: 'Change address' }).getAttribute('href')).toMatch(
    /\/endpoints\/ep_0+1\/edit$/,
  );
});

test('“Try now” asks the engine for exactly this endpoint and says so', async () => {
  const { user, made } = show('/');
  const card = await screen.findByRole('region', { name: /^Bookkeeping does not accept/ });
  await user.click(within(card).getByRole('button', { name: 'Try now' }));
  expect(made('endpoints.tryNow')).toEqual([{ id: sampleSituation().endpoints[0]?.id }]);
  expect(await screen.findByText('Trying Bookkeeping now.')).toBeTruthy();
});

test('a refused act is said in the engine’s own words', async () => {
  const double = createDouble();
  double.answer('endpoints.tryNow', () => {
    throw refusal('conflict', 'Nothing waits for Bookkeeping.');
  });
  const { user } = show('/', double);
  const card = await screen.findByRole('region', { name: /^Bookkeeping does not accept/ });
  await user.click(within(card).getByRole('button', { name: 'Try now' }));
  expect(await screen.findByText('Nothing waits for Bookkeeping.')).toBeTruthy();
});

test('“Keep it awake while events wait” and “No, thanks” are remembered as what was chosen', async () => {
  for (const [name, keepAwake] of [
    ['Keep it awake while events wait', 'on'],
    ['No, thanks', 'off'],
  ] as const) {
    const double = createDouble();
    const slept = { nights: 2, from: utcMs(1_795_000_000_000), until: utcMs(1_795_030_000_000), events: 3 };
    double.answer('situation.get', () => ({ ...calmSituation(), pc: { ...calmSituation().pc, slept } }));
    const { user, made } = show('/', double);
    const card = await screen.findByRole('region', { name: /^This PC sleeps at night/ });
    await user.click(within(card).getByRole('button', { name }));
    expect(made('preferences.change').at(-1)).toEqual({ change: { keepAwake } });
    leave();
  }
});

test('the surface is told which conditions are on the screen', async () => {
  const { made } = show('/');
  await screen.findByRole('region', { name: /Bookkeeping does not accept/ });
  const [told] = made('surface.showing').slice(-1) as { conditions: string[]; path: string }[];
  expect(told?.path).toBe('/');
  expect(told?.conditions.map((id) => id.split(':')[0])).toEqual([
    'endpoint_failing',
    'delivery_needs_attention',
    'source_quiet',
    'endpoint_degraded',
    'endpoint_paused',
  ]);
});

test('several troubles are lists by whose turn it is, with one main button in view', async () => {
  show('/');
  const helper = await screen.findByRole('region', { name: 'For your IT helper' });
  expect(within(helper).getAllByRole('listitem')).toHaveLength(2);
  expect(within(helper).getByText('It said: “phone is required”.')).toBeTruthy();
  expect(
    within(screen.getByRole('region', { name: 'For you' })).getByText('Restaurant POS is quieter than usual'),
  ).toBeTruthy();
  const rest = screen.getByRole('region', { name: 'Nothing to do: it mends itself' });
  // The manager reads it: their own comes first, whatever is worse.
  expect(screen.getAllByRole('region').filter((one) => one.textContent?.match(/^(For |Nothing to do)/))).toEqual([
    ...[screen.getByRole('region', { name: 'For you' }), helper, rest],
  ]);
  expect(rest.textContent).toContain('1 event for Guest messages is waiting');
  expect(rest.textContent).toMatch(/Nothing to do: next try at .*08:46\./);
  expect(rest.textContent).toContain('6 events wait for Dashboard, which is paused');
  const main = document.querySelectorAll('main .bg-brand.text-brand-ink');
  expect([...main].map((one) => one.textContent)).toEqual(['Change address']);
});

test('many endpoints in the same trouble are one row that names them, each with its page', async () => {
  const [one] = sampleSituation().endpoints.filter(({ state }) => state === 'failing');
  if (!one) throw new Error('no endpoint is failing');
  const many = Array.from({ length: 17 }, (_, n) => ({
    ...one,
    id: `ep_${String(n).padStart(26, '0')}` as typeof one.id,
    name: `Till ${n + 1}`,
    waiting: n,
  }));
  const double = createDouble();
  double.answer('situation.get', () => ({ ...sampleSituation(), endpoints: many }));
  show('/', double);
  const helper = await screen.findByRole('region', { name: 'For your IT helper' });
  expect(within(helper).getAllByRole('listitem')).toHaveLength(1);
  expect(helper.textContent).toContain('Till 1 does not accept this address');
  expect(helper.textContent).toContain('It is the same with 16 more: Till 2, Till 3');
  const last = within(helper).getByRole('link', { name: 'Till 17' });
  expect(last.getAttribute('href')).toMatch(/\/endpoints\/ep_0+16$/);
});

test('the story of the day tells what was out, and what became of the events', async () => {
  const at = (hours: number, minutes: number) => utcMs(Date.UTC(2026, 10, 22, 16 + hours, minutes));
  const outage = {
    ...{ kind: 'offline' as const, scope: 'internet' as const, endpointId: null, name: null, hosts: [] },
    ...{ since: at(-1, 52), until: at(5, 10), deliveries: 100, skipped: 0, asking: 0 },
  };
  show(
    '/',
    createDouble({
      ...calmSituation(),
      outages: [{ ...outage, events: 63, left: 0, outBy: at(5, 14) }],
      interrupted: { at: at(6, 2), count: 2 },
    }),
  );
  const story = await screen.findByRole('region', { name: 'What happened today' });
  expect(story.textContent).toMatch(
    /The internet was out .*23:52 to .*05:10\. All 63 events were kept and delivered by .*05:14\./,
  );
  expect(story.textContent).toMatch(/2 interrupted deliveries were sent again with the same id, .*06:02\./);
});

test('with nothing wrong there is no card, and nothing to do', async () => {
  show('/', createDouble(calmSituation()));
  expect((await screen.findByRole('heading', { level: 1 })).textContent).toMatch(
    /^All 63 events of today .* Nothing to do\.$/,
  );
  expect(screen.queryByRole('list', { name: 'What needs to be known' })).toBeNull();
});

test('the chart is also a table', async () => {
  const { user } = show('/');
  await user.click(await screen.findByRole('button', { name: 'Show as table' }));
  const table = await screen.findByRole('table', { name: 'Deliveries, last 24 hours' });
  expect(within(table).getAllByRole('row').length).toBeGreaterThan(20);
});

test('a pause of everything can be ended from its card', async () => {
  const paused = sampleSituation({ pausedUntil: utcMs(Date.now() + 3_600_000), now: Date.now() });
  const { user, made } = show('/', createDouble(paused));
  await user.click(await screen.findByRole('button', { name: 'Resume now' }));
  expect(made('relay.resume')).toHaveLength(1);
});

test('before anything is set up, the first step is the one marked', async () => {
  show('/', createDouble(sampleSituation({ endpoints: [], sources: [], lastEventAt: null, propertyId: null })));
  const step = await screen.findByText('1. Name the property');
  expect(step.closest('li')?.getAttribute('aria-current')).toBe('step');
});

test('with a source that has a property, the property is named: what is next is an endpoint', async () => {
  const sources = sampleSituation()
    .sources.slice(0, 1)
    .map((one) => ({ ...one, propertyId: 'prop_abc123' }));
  show('/', createDouble(sampleSituation({ endpoints: [], sources, lastEventAt: null, propertyId: null })));
  expect((await screen.findByText('3. Add an endpoint')).closest('li')?.getAttribute('aria-current')).toBe('step');
});

test('what went to no endpoint is said, in the numbers and words of the command line', async () => {
  const { today } = sampleSituation();
  const became = { delivered: 9, waiting: 6, needsAttention: 2, toNobody: 5, bench: 1, skipped: 0 };
  const now = sampleSituation({ eventsToday: 23, today: { ...today, taken: 23, ...became } });
  show('/', createDouble(now));
  const heading = await screen.findByRole('heading', { level: 1 });
  // They add up to what came.
  const words = '9 delivered, 6 waiting, 2 for a person to decide, 5 to no endpoint, 1 to the test bench';
  expect(heading.parentElement?.textContent).toContain(`23 events since midnight: ${words}`);
  const at = atProperty({ timeZone: 'Asia/Manila', now: now.now, program: 'roost-relay', note: () => {} });
  const terminal: Pick<Terminal, 'table' | 'command'> = {
    command: (...words) => words.join(' '),
    table: (head, rows) => table(null, head, rows),
  };
  expect(statusText(terminal, now, at).text).toMatch(new RegExp(`Today +23 events in, ${words}, `));
});

test('what the engine says anew is shown without anybody asking', async () => {
  const double = createDouble();
  show('/', double);
  await screen.findByRole('region', { name: /Bookkeeping does not accept/ });
  double.answer('situation.get', () => calmSituation());
  double.push({ name: 'changed', payload: { topics: ['situation'] } });
  expect(await screen.findByText(/All 63 events of today/)).toBeTruthy();
});

test('an engine that restarts is a card, and goes when it is back', async () => {
  const double = createDouble(calmSituation());
  show('/', double);
  await screen.findByText(/All 63 events/);
  double.push({ name: 'engine', payload: { state: 'restarting', problem: null } });
  expect(await screen.findAllByText(/starting again/)).toBeTruthy();
  double.push({ name: 'engine', payload: { state: 'running', problem: null } });
  expect(await screen.findByText('All is well')).toBeTruthy();
});

test('the foot never says that all is well while a card says otherwise', async () => {
  show('/', createDouble({ ...calmSituation(), vault: { state: 'locked', unreadable: 1 } }));
  await screen.findByRole('heading', { level: 1 });
  const foot = screen.getByRole('region', { name: 'Status' });
  expect(foot.textContent).toMatch(/secret/i);
  expect(foot.textContent).not.toContain('All is well');
});

test('it is all there in Filipino', async () => {
  show('/', createDouble(), 'fil');
  expect(await screen.findByRole('region', { name: /Bookkeeping/ })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Ngayon' }).getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toContain('naghihintay');
});
