// @vitest-environment jsdom
/** Settings are taken as the engine's own schema says, and can be taken back. */
import { screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { createDouble } from '../../ui/support/double.ts';
import { leave, show } from './show.tsx';

afterEach(leave);

test('a changed name is saved, and undone with one click', async () => {
  const { user, made } = show('/settings/general');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  await user.clear(name);
  await user.type(name, 'Harbour Inn');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(made('settings.change')[0]).toMatchObject({ change: { propertyName: 'Harbour Inn' } }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() =>
    expect(made('settings.change')[1]).toMatchObject({ change: { propertyName: 'Bay Breeze Hotel' } }),
  );
});

test('an emptied property id means none', async () => {
  const { user, made } = show('/settings/general');
  await user.clear(await screen.findByRole('textbox', { name: 'Property id' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(made('settings.change')[0]).toMatchObject({ change: { propertyId: null } }));
});

test('another language is shown at once', async () => {
  const { user } = show('/settings/general');
  await user.click(await screen.findByRole('button', { name: /Language/ }));
  await user.click(await screen.findByRole('option', { name: 'Filipino' }));
  expect(await screen.findByRole('heading', { name: 'Mga setting' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('fil');
});

test('the dark theme is marked on the document', async () => {
  const { user } = show('/settings/general');
  await user.click(await screen.findByRole('button', { name: /Theme/ }));
  await user.click(await screen.findByRole('option', { name: 'Dark' }));
  await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
});

test('the local network listener is not saved without an address and somebody to let in', async () => {
  const { user, made } = show('/settings/network');
  const card = within(await screen.findByRole('region', { name: 'PMS on another machine' }));
  await user.click(card.getByRole('switch', { name: /Take events from other machines/ }));
  await user.click(card.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Please give this PC’s address in the local network.')).toBeTruthy();
  await user.type(card.getByRole('textbox', { name: /Address of this PC/ }), '192.168.1.20');
  await user.click(card.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('At least one address: nobody else is let in.')).toBeTruthy();
  await user.type(card.getByRole('textbox', { name: /Machines that may send/ }), '192.168.1.30\n');
  await user.click(card.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(made('settings.change')).toEqual([
      { change: { lan: { enabled: true, host: '192.168.1.20', port: 4782, allow: ['192.168.1.30'], tls: true } } },
    ]),
  );
});

test('without encryption it says plainly what anybody can read', async () => {
  const { user } = show('/settings/network');
  await user.click(await screen.findByRole('switch', { name: /Take events from other machines/ }));
  await user.click(screen.getByRole('switch', { name: /Encrypted/ }));
  expect(await screen.findByText(/anyone in the local network can read guests’ data/)).toBeTruthy();
});

test('a backup goes where the person chose, and a short passphrase is not taken', async () => {
  const { user, made } = show('/settings/storage');
  const passphrase = await screen.findByLabelText('Passphrase for another PC');
  await user.type(passphrase, 'short');
  expect(screen.getByRole('button', { name: 'Make a backup…' }).hasAttribute('disabled')).toBe(true);
  await user.type(passphrase, ' but longer');
  await user.click(screen.getByRole('button', { name: 'Make a backup…' }));
  await waitFor(() => expect(made('backup.start')).toHaveLength(1));
  expect(made('backup.start')[0]).toMatchObject({ passphrase: 'short but longer' });
});

test('a restore asks once more, by the file’s name', async () => {
  const double = createDouble();
  double.answer('surface.chooseFile', () => ({ file: '/home/desk/monday.backup' }));
  const { user, made } = show('/settings/storage', double);
  await user.click(await screen.findByRole('button', { name: 'Restore a backup…' }));
  expect(await screen.findByRole('alertdialog', { name: 'Restore monday.backup?' })).toBeTruthy();
  expect(made('backup.restore')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Restore at the next start' }));
  await waitFor(() => expect(made('backup.restore')).toEqual([{ file: '/home/desk/monday.backup' }]));
});

test('the activity says who did what, in words', async () => {
  show('/settings/activity');
  const table = await screen.findByRole('table', { name: 'Who did what' });
  expect(table.textContent).toContain('Paused an endpoint');
  expect(table.textContent).toContain('Ana (window)');
});

test('the check-up runs when it is asked for', async () => {
  const { user, made } = show('/settings/about');
  await screen.findByText('Version');
  expect(made('doctor.run')).toEqual([]);
  await user.click(screen.getByRole('button', { name: 'Run the check-up' }));
  expect(await screen.findByText('The database is in order.')).toBeTruthy();
});
