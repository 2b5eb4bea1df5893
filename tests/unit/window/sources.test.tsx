// @vitest-environment jsdom
/** A source is connected, its token shown once and filled in where it is needed; it can be replaced and revoked. */
import { screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { sampleSituation } from '../../ui/support/sample-data.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

const pms = sampleSituation().sources[0]?.id ?? '';
const connect = async (name: string) => {
  const shown = show('/sources/new');
  await shown.user.type(await screen.findByRole('textbox', { name: 'Name' }), name);
  await shown.user.click(screen.getByRole('button', { name: 'Create source and token' }));
  return shown;
};

test('a new source shows its token once, and in the curl', async () => {
  const { made } = await connect('Spa');
  expect(await screen.findByRole('heading', { level: 1, name: 'Spa' })).toBeTruthy();
  expect(made('sources.add')).toEqual([{ name: 'Spa' }]);
  expect(screen.getByText(/This is the only time/)).toBeTruthy();
  expect(screen.getByRole('region', { name: 'curl' }).textContent).toContain('Bearer rr_7Hq2');
});

test('once its pages are left, the token is gone', async () => {
  const { user } = await connect('Spa');
  await screen.findByText(/This is the only time/);
  await user.click(screen.getByRole('link', { name: 'Today' }));
  await screen.findByRole('region', { name: /^Bookkeeping does not accept/ });
  await user.click(screen.getByRole('link', { name: 'Sources' }));
  await user.click(await screen.findByRole('link', { name: 'Spa' }));
  expect(await screen.findByText(/The token was shown once/)).toBeTruthy();
  expect(screen.getByRole('region', { name: 'curl' }).textContent).toContain('Bearer YOUR-TOKEN');
});

test('a name is asked for', async () => {
  const { user, made } = show('/sources/new');
  await user.click(await screen.findByRole('button', { name: 'Create source and token' }));
  expect(await screen.findByText('Please fill this in.')).toBeTruthy();
  expect(made('sources.add')).toEqual([]);
});

test('a property without an id of its own needs one here', async () => {
  const { user, made } = show('/sources/new', createDouble(sampleSituation({ propertyId: null })));
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'PMS');
  await user.click(screen.getByRole('button', { name: 'Create source and token' }));
  expect(await screen.findByText('Please give one: this property has no id of its own yet.')).toBeTruthy();
  expect(made('sources.add')).toEqual([]);
});

test('what the engine refuses is said at the field', async () => {
  const double = createDouble();
  double.answer('sources.add', () => {
    throw refusal('conflict', 'There is a source of that name.');
  });
  const { user } = show('/sources/new', double);
  await user.type(await screen.findByRole('textbox', { name: 'Name' }), 'Front desk PMS');
  await user.click(screen.getByRole('button', { name: 'Create source and token' }));
  expect(await screen.findByText('There is a source of that name.')).toBeTruthy();
});

test('revoking names the source, and only then does it', async () => {
  const { user, made } = show(`/sources/${pms}`);
  await user.click(await screen.findByRole('button', { name: 'Revoke…' }));
  expect(made('sources.revoke')).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'Revoke Front desk PMS' }));
  await waitFor(() => expect(made('sources.revoke')).toEqual([{ id: pms }]));
  expect(await screen.findByText(/Its token and secret address are refused/)).toBeTruthy();
});

test('unread files of a revoked source are told on its page until a person says that they are seen to', async () => {
  const situation = sampleSituation();
  const [first] = situation.sources;
  const files = {
    last: null,
    rejected: { count: 2, names: ['a.csv', 'b.csv'], since: 0 },
    mounted: false,
    stuck: null,
  };
  const away = { since: 0, says: sentence('source.folder_away', { folder: 'E:\\exports' }) };
  const revoked = { ...first, revokedAt: 0, health: { ...first?.health, files, away } };
  const { user, made } = show(`/sources/${pms}`, createDouble({ ...situation, sources: [revoked] } as never));
  expect(await screen.findByText(/2 files of Front desk PMS could not be read/)).toBeTruthy();
  expect(screen.getByText(/E:\\exports/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'These are seen to…' }));
  expect(made('sources.dropFiles')).toEqual([]);
  await user.click(await screen.findByRole('button', { name: 'They are seen to' }));
  await waitFor(() => expect(screen.queryByText(/could not be read/)).toBeNull());
  expect(made('sources.dropFiles')).toEqual([{ id: pms }]);
});

test('that everything was taken in is said once it is known, and not before', async () => {
  const told = { refusals: false };
  const double = createDouble();
  double.answer('sources.refusals', () => (told.refusals ? [] : new Promise(() => {})) as never);
  double.answer('sources.messages', () => [] as never);
  show(`/sources/${pms}`, double);
  expect(await screen.findByRole('region', { name: 'Not taken in' })).toBeTruthy();
  expect(screen.queryByText('Everything that came was taken in.')).toBeNull();
  leave();
  told.refusals = true;
  show(`/sources/${pms}`, double);
  expect(await screen.findByText('Everything that came was taken in.')).toBeTruthy();
});

test('a replaced token is shown once', async () => {
  const { user, made } = show(`/sources/${pms}`);
  await user.click(await screen.findByRole('button', { name: 'New token…' }));
  await user.click(await screen.findByRole('button', { name: 'Make a new token' }));
  expect(await screen.findByText(/This is the only time/)).toBeTruthy();
  expect(made('sources.replaceToken')).toEqual([{ id: pms }]);
});

test('a refusal names the member at fault', async () => {
  show('/sources');
  const table = await screen.findByRole('table', { name: 'Not taken in' });
  await waitFor(() => expect(table.textContent).toContain('data.nights'));
  expect(table.textContent).toContain('Front desk PMS');
});

test('a refused request is opened, mended and taken in', async () => {
  const { user, made } = show('/sources');
  await user.click(await screen.findByRole('button', { name: 'Open refused request 12' }));
  const body = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What it sent' });
  expect(body.value).toContain('"booking_id":"bk_1"');
  expect(screen.getByRole('dialog').textContent).toContain('FrontDesk/3.1');
  await user.clear(body);
  await user.click(body);
  await user.paste('{"event":"booking.created","data":{"booking_id":"bk_1"}}');
  await user.click(screen.getByRole('button', { name: 'Take it in' }));
  await waitFor(() =>
    expect(made('refusals.retry')).toEqual([
      { id: 12, body: '{"event":"booking.created","data":{"booking_id":"bk_1"}}' },
    ]),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('what is still wrong with it is said at its text, and it stays open', async () => {
  const double = createDouble();
  double.answer('refusals.retry', () => {
    throw refusal('bad_input', 'x: there is no such member.');
  });
  const { user } = show('/sources', double);
  await user.click(await screen.findByRole('button', { name: 'Open refused request 12' }));
  await user.click(await screen.findByRole('button', { name: 'Take it in' }));
  expect(await screen.findByText('x: there is no such member.')).toBeTruthy();
});

test('what a stranger named or sent is shown as what it is, and taken in as it came', async () => {
  const double = createDouble();
  const member = 'nights\u202e\u001b[31m';
  const hostile = {
    ...{ id: 12, at: Date.now(), sourceId: pms, status: 400, file: null, times: 1, takenAt: null, hasBody: true },
    member,
    says: sentence('refusal.expected_object', { member, foundType: 'number' }),
  };
  const body = '{"\u202ex":"\u001b[2J",\r\n\t"y":1}';
  const request = {
    method: 'POST',
    path: '/v1/\u202e',
    address: '',
    lines: false,
    headers: { 'user-agent': 'a\u202eb' },
  };
  double.answer('sources.refusals', () => [hostile] as never);
  double.answer('refusals.get', () => ({ ...hostile, sizeBytes: 9, request, body }) as never);
  const { user, made } = show('/sources', double);
  await user.click(await screen.findByRole('button', { name: 'Open refused request 12' }));
  const shown = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What it sent' });
  expect(shown.value).toContain(String.raw`{"\u202ex":"\u001b[2J",`);
  expect(document.body.textContent).toContain(String.raw`nights\u202e\x1b[31m`);
  const all = `${document.body.textContent}${shown.value}`;
  expect([all.includes('\u202e'), all.includes('\u001b')]).toEqual([false, false]);
  await user.click(screen.getByRole('button', { name: 'Take it in' }));
  await waitFor(() => expect(made('refusals.retry')).toEqual([{ id: 12 }]));
});

test('a quiet source says what is usual', async () => {
  show(`/sources/${sampleSituation().sources[1]?.id}`);
  expect(await screen.findByText(/Usually 9 events have come by this time/)).toBeTruthy();
});

test('the three faces of an answer that is not there are different', async () => {
  const empty = createDouble(sampleSituation({ sources: [] }));
  show('/sources', empty);
  expect(await screen.findByRole('heading', { name: 'Connect your PMS' })).toBeTruthy();
  leave();
  const broken = createDouble();
  broken.answer('sources.list', () => {
    throw refusal('store_unavailable', 'The database cannot be read.');
  });
  const { user } = show('/sources', broken);
  expect(await screen.findByText('The database cannot be read.')).toBeTruthy();
  broken.answer('sources.list', () => sampleSituation().sources);
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('link', { name: 'Front desk PMS' })).toBeTruthy();
});
