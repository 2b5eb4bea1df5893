/** The system's own file dialogs, answered with the keyboard: export, backup, restore, a certificate. */
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startMailServer } from '../support/mail-server.ts';
import { isSignedWith, startReceiver } from '../support/receiver.ts';
import { expect, pictureOf, type RunningApp, test } from './app.ts';
import { booking, connect } from './endpoints.ts';
import { answerFileDialog, hasScreenTools } from './screen.ts';

test.beforeEach(() => test.skip(!hasScreenTools(), 'there is no xdotool to answer a dialog with'));

const go = (app: RunningApp, path: string) => app.page.goto(`app://bundle/#${path}`);

test('an export goes where the person says, and nowhere when they cancel', async ({ property }) => {
  const app = await property.start();
  const { receiver, token } = await connect(app);
  await property.post(token, booking('bk_1'));
  await property.post(token, { ...booking('bk_2'), data: { ...booking('bk_2').data, guest_name: '=1+1' } });
  await receiver.received(2);
  await go(app, '/export');
  const start = app.page.getByRole('button', { name: 'Export to a file…' });
  await start.click();
  await answerFileDialog('save', 'Export deliveries', null);
  await app.page.waitForTimeout(500);
  expect(await app.call('jobs.list', {})).toEqual([]);

  const file = join(property.folder, 'deliveries of today.csv');
  await start.click();
  await answerFileDialog('save', 'Export deliveries', file);
  await expect.poll(async () => (await app.call('jobs.list', {}))[0]?.state).toBe('done');
  pictureOf('exported');
  const [head = '', ...rows] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  expect(head).toContain('event');
  expect(rows).toHaveLength(2);
  expect(rows.join()).toContain('bk_1');
  // No guest's name leaves unless a person asked for it, whatever it looks like.
  expect(rows.join()).toContain('Guest 1');
  expect(rows.join()).not.toContain('=1+1');
});

test("last week's page becomes a PDF without the print dialog, where the person says", async ({ property }) => {
  const app = await property.start();
  await go(app, '/week');
  const save = app.page.getByRole('button', { name: 'Save as PDF…' });
  await save.click();
  const file = join(property.folder, 'last week.pdf');
  await answerFileDialog('save', 'Save as PDF', file);
  await expect(app.page.getByText(`Saved as ${file}.`)).toBeVisible();
  const pdf = readFileSync(file, 'latin1');
  expect(pdf.slice(0, 5)).toBe('%PDF-');
  // One sheet of A4, and nothing of the frame: the numbers' page is not longer than that.
  expect(pdf).toMatch(/\/MediaBox ?\[0 0 59[45](?:\.\d+)? 84[12]/);
  expect(pdf.length).toBeGreaterThan(5_000);
});

test('the week goes out by mail with its page as a PDF, which the app prints by itself', async ({ property }) => {
  const app = await property.start();
  const server = await startMailServer();
  try {
    const { endpoint } = await app.call('endpoints.add', {
      endpoint: {
        ...{ kind: 'mail', url: server.address, caPem: server.caPem, description: 'Owner', events: ['relay.week'] },
        config: { from: 'relay@hotel.example', to: ['owner@hotel.example'] },
      },
    });
    const { ok, attempt } = await app.call('endpoints.test', { id: endpoint.id, event: 'relay.week' });
    expect(ok, JSON.stringify(attempt)).toBe(true);
    const raw = server.taken[0]?.raw ?? '';
    expect(raw).toMatch(/filename="?week [\d-]+\.pdf/);
    const [, base64 = ''] = /application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(raw) ?? [];
    const pdf = Buffer.from(base64, 'base64').toString('latin1');
    expect(pdf.slice(0, 5)).toBe('%PDF-');
    expect(pdf).toMatch(/\/MediaBox ?\[0 0 59[45](?:\.\d+)? 84[12]/);
    expect(pdf.length).toBeGreaterThan(5_000);
    // The window that it was printed in is gone, and no other came.
    expect(await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    await go(app, '/week');
    await expect(app.page.getByText('as a PDF beside it')).toBeVisible();
  } finally {
    await server.stop();
  }
});

test('a backup with a passphrase brings everything back on another PC, secrets too', async ({ property }) => {
  const app = await property.start();
  const { receiver, secret, token } = await connect(app);
  await go(app, '/settings/storage');
  const passphrase = 'correct horse battery';
  await app.page.getByLabel('Passphrase for another PC').fill(passphrase);
  const make = app.page.getByRole('button', { name: 'Make a backup…' });
  await make.click();
  await answerFileDialog('save', 'Save a backup', null);
  const file = join(property.folder, 'monday.backup');
  await make.click();
  await answerFileDialog('save', 'Save a backup', file);
  await expect(app.page.getByText('The backup is made.')).toBeVisible();
  expect(existsSync(file)).toBe(true);
  await app.quit();

  // Another PC: nothing of the first one's data is there, its key least of all.
  rmSync(join(property.folder, 'data'), { recursive: true });
  const other = await property.start();
  await go(other, '/settings/storage');
  const choose = other.page.getByRole('button', { name: 'Choose another file…' });
  await choose.click();
  await answerFileDialog('open', 'Choose a backup', null);
  await other.page.waitForTimeout(500);
  await expect(other.page.getByRole('alertdialog')).toHaveCount(0);
  await choose.click();
  await answerFileDialog('open', 'Choose a backup', file);
  await expect(other.page.getByText('Restore monday.backup?')).toBeVisible();
  await other.page.getByLabel('Its passphrase').fill(passphrase);
  pictureOf('restore-asked');
  await other.page.getByRole('button', { name: 'Restore at the next start' }).click();
  await expect(other.page.getByRole('button', { name: 'Keep what is here now' })).toBeVisible();
  expect(await other.call('endpoints.list', {})).toEqual([]);
  await other.page.getByRole('button', { name: 'Restore now' }).click();
  await expect
    .poll(async () => {
      const listed = await other.tryCall('endpoints.list', {});
      return listed.ok ? listed.value.map(({ name, unreadable }) => [name, unreadable]) : listed.error;
    })
    .toEqual([['Bookkeeping', []]]);
  pictureOf('restored');
  expect((await property.post(token, booking('bk_after'))).status).toBe(202);
  const [request] = await receiver.received(1, 15_000);
  expect(request && isSignedWith(request, secret)).toBe(true);
});

test("a receiver's certificate is taken from a file, as text or as Windows saves it", async ({ property }) => {
  await using receiver = await startReceiver();
  const [pem, der] = [join(property.folder, 'kitchen.pem'), join(property.folder, 'kitchen.cer')];
  writeFileSync(pem, receiver.caPem);
  writeFileSync(der, new X509Certificate(receiver.caPem).raw);
  const app = await property.start();
  await go(app, '/endpoints/new');
  await app.page.getByRole('textbox', { name: 'Address' }).fill(receiver.url);
  await app.page.getByRole('button', { name: 'Continue' }).click();
  await app.page.getByText('All nine').click();
  await app.page.getByRole('button', { name: 'Continue' }).click();
  await app.page.getByText('Certificate, pace and order').click();
  const text = app.page.getByRole('textbox', { name: /Certificate of a receiver/ });
  const choose = async (file: string | null) => {
    await app.page.getByRole('button', { name: 'Choose a file…' }).click();
    await answerFileDialog('open', 'Open File', file);
  };
  await choose(null);
  await expect(text).toHaveValue('');
  await choose(pem);
  await expect(text).toHaveValue(/^-----BEGIN CERTIFICATE-----/);
  await text.fill('');
  await choose(der);
  await expect(text).toHaveValue(/^-----BEGIN CERTIFICATE-----/);
  pictureOf('certificate-chosen');
  await app.page.getByRole('button', { name: 'Save as draft' }).click();
  await app.page.getByRole('button', { name: 'Send a test' }).click();
  await expect(app.page.getByText(/took it: 200/)).toBeVisible();
});

test('the folder that a PMS leaves files in is chosen, and a file that is put there is delivered', async ({
  property,
}) => {
  const app = await property.start();
  const { receiver } = await connect(app);
  await using _ = receiver;
  const folder = join(property.folder, 'Exports of the PMS');
  mkdirSync(folder);
  const { page } = app;
  await go(app, '/sources/new');
  await page.getByRole('button', { name: 'System' }).click();
  await page.getByRole('option', { name: 'CSV' }).click();
  const field = page.getByRole('textbox', { name: 'Folder', exact: true });
  const choose = page.getByRole('button', { name: 'Choose…' });
  await choose.click();
  await answerFileDialog('folder', 'Choose the folder that files are left in', null);
  // It can be pressed again once the answer of before has come.
  await expect(choose).toBeEnabled();
  await expect(field).toHaveValue('');
  await choose.click();
  await answerFileDialog('folder', 'Choose the folder that files are left in', folder);
  await expect(field).toHaveValue(folder);
  pictureOf('folder-chosen');
  await page.getByRole('button', { name: 'Set it up' }).click();
  await page.getByRole('button', { name: 'Switch on' }).click();
  writeFileSync(join(folder, 'morning.csv'), 'event;booking_id;guest_name\nin;bk_7;Juan dela Cruz\n');
  const [request] = await receiver.received(1, 20_000);
  expect(JSON.parse(request?.body.toString() ?? '')).toMatchObject({
    event: 'guest.checkin',
    data: { booking_id: 'bk_7', guest_name: 'Juan dela Cruz' },
  });
  await expect.poll(() => existsSync(join(folder, 'processed'))).toBe(true);
});
