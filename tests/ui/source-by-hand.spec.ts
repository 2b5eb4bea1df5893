/** A file is handed in by hand in the window. */
import { expectAccessible, expectNothingCutOff, keepPictures } from './support/proof.ts';
import { expect, test } from './support/relay.ts';

test('a spreadsheet is seen as events, kept from the door lock, and taken in; what is kept is mended', async ({
  page,
  relay,
}) => {
  const [lock, books] = [await relay.receiver(), await relay.receiver()];
  await relay.endpoint('Door lock', lock);
  await relay.endpoint('Bookkeeping', books);
  const { id } = await relay.call('sources.add', { name: 'By hand', kind: 'http', shaping: { preset: 'generic_csv' } });
  await relay.open(page, `/sources/${id}`);
  await page.getByRole('link', { name: 'Hand in by hand…' }).click();
  const csv = 'event;booking_id;guest_name\r\nin;b1;Peña\r\nout;b2;Zoë\r\nteleported;b3;Kim\r\n';
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await (await choosing).setFiles({ name: 'yesterday.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') });
  await expect(page.getByText('so Windows-1252 is a guess')).toBeVisible();
  await page.getByText('Door lock', { exact: true }).click();
  await page.getByRole('button', { name: 'Show what it becomes' }).click();
  const rows = page.getByRole('list', { name: 'What it becomes' });
  await expect(rows.getByRole('listitem')).toHaveCount(3);
  await expect(rows).toContainText('Check-in');
  await expect(rows).toContainText('"guest_name":"Peña"');
  await expect(
    page.getByText('yesterday.csv is CSV in WINDOWS-1252; what stands between its cells: semicolon.'),
  ).toBeVisible();
  await expect(rows).toContainText('yesterday.csv row 4');
  await expect(page.getByText('where they want such events: Bookkeeping.')).toBeVisible();
  // Nothing has gone yet.
  expect((await relay.call('events.list', { filter: {} })).rows).toEqual([]);
  await expectAccessible(page);
  await keepPictures(page, 'source-paste');
  await page.getByRole('button', { name: 'Take 2 of 3 in' }).click();
  await expect(page.getByText('One message is kept: open it')).toBeVisible();
  await expect(page.getByText('What is kept goes to none of the ticked endpoints either')).toBeVisible();
  await expect.poll(() => books.requests.length).toBe(2);
  expect(lock.requests).toEqual([]);
  await expectNothingCutOff(page);
  await keepPictures(page, 'source-pasted');

  await page.getByRole('link', { name: 'Show what is kept' }).click();
  const table = page.getByRole('table', { name: 'Not taken in' });
  await expect(table).toContainText('yesterday.csv row 4');
  await table.getByRole('button', { name: /^Open kept message/ }).click();
  const body = page.getByRole('textbox', { name: 'What came' });
  await expect(body).toHaveValue('{"event":"teleported","booking_id":"b3","guest_name":"Kim"}');
  await body.fill('{"event":"levitated","booking_id":"b3","guest_name":"Kim"}');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByRole('dialog')).toContainText('The type "levitated" is not in the table of types.');
  await expectAccessible(page);
  await keepPictures(page, 'source-mended');
  await body.fill('{"event":"in","booking_id":"b3","guest_name":"Kim"}');
  await page.getByRole('button', { name: 'Take it in' }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByText('Everything that came was taken in.')).toBeVisible();
  await expect.poll(() => books.requests.length).toBe(3);
  // What it was kept from when it came, it is kept from now.
  expect(lock.requests).toEqual([]);
  // The same once more: it is said, and nothing goes without a word.
  await relay.open(page, `/sources/${id}/paste`);
  const again = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  await (await again).setFiles({ name: 'copy.csv', mimeType: 'text/csv', buffer: Buffer.from(csv, 'latin1') });
  await page.getByRole('button', { name: 'Show what it becomes' }).click();
  await expect(page.getByText('These rows were taken in already, as yesterday.csv')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'source-pasted-before');
  await page.getByRole('button', { name: 'Take 2 of 3 in once more' }).click();
  await expect.poll(() => books.requests.length).toBe(5);
  await relay.open(page, '/settings/activity');
  await expect(page.getByRole('row', { name: /Took in a kept message/ })).toContainText('By hand');
});

test('a file of an old program is read in the character set that is chosen, and a pasted text says what it is', async ({
  page,
  relay,
}) => {
  const { id } = await relay.call('sources.add', { name: 'Till', kind: 'http', shaping: { preset: 'generic_csv' } });
  await relay.open(page, `/sources/${id}/paste`);
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file…' }).click();
  // ñ as DOS writes it.
  const buffer = Buffer.concat([
    Buffer.from('event|booking_id|guest_name\r\nin|b1|Pe'),
    Buffer.from([0xa4]),
    Buffer.from('a\r\n'),
  ]);
  await (await choosing).setFiles({ name: 'till.csv', mimeType: 'text/csv', buffer });
  const text = page.getByRole('textbox', { name: 'Text' });
  await expect(text).toHaveValue(/Pe¤a/);
  await page.getByRole('button', { name: /Character set$/ }).click();
  await page.getByRole('option', { name: 'DOS (cp437)', exact: true }).click();
  await expect(text).toHaveValue(/Peña/);
  await page.getByRole('button', { name: 'Show what it becomes' }).click();
  await expect(page.getByText('till.csv is CSV in CP437; what stands between its cells: pipe.')).toBeVisible();
  await expectAccessible(page);
  await keepPictures(page, 'source-paste-charset');
  await page.getByRole('button', { name: /Character set$/ }).click();
  await page.getByRole('option', { name: 'UTF-8', exact: true }).click();
  await expect(page.getByText('till.csv is no text in this character set.')).toBeVisible();
  await text.fill('event\tbooking_id\nin\tb2\n');
  await page.getByRole('button', { name: 'Show what it becomes' }).click();
  await expect(page.getByText('The text is CSV; what stands between its cells: tab.')).toBeVisible();
});

test('amounts with a decimal comma are said to be in no sum, and read once their source is told how it writes them', async ({
  page,
  relay,
}) => {
  const { id } = await relay.call('sources.add', { name: 'Export', kind: 'http', shaping: { preset: 'generic_csv' } });
  const text = 'event;payment_id;total\npayment;p1;1.234,50\n';
  await relay.call('sources.paste', { id, text, name: 'a.csv', preview: false });
  await relay.open(page, `/sources/${id}`);
  const messages = page.getByRole('list', { name: 'Its last messages' });
  await expect(messages).toContainText('data.total: no number could be made of it, so it is in no sum.');
  await page.getByRole('button', { name: 'Edit shape and types…' }).click();
  await page.getByRole('button', { name: /Amounts and quantities that are texts$/ }).click();
  await page.getByRole('option', { name: 'have a decimal comma: 1.234,56', exact: true }).click();
  await expect(messages).toContainText('"total":1234.50');
  await expect(messages).not.toContainText('no number could be made');
  await expectAccessible(page);
  await keepPictures(page, 'source-numbers');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Edit shape and types…' })).toBeVisible();
  expect((await relay.call('sources.list', {})).find((one) => one.id === id)?.shaping.numbers).toBe('comma');
  await relay.open(page, '/week?back=0');
  await expect(page.getByText('… total of Export, such as 1.234,50')).toBeVisible();
});
