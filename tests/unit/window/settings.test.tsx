// @vitest-environment jsdom
/** Settings are taken as the engine's own schema says, and can be taken back. */
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { utcMs } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { createDouble, refusal } from '../../ui/support/double.ts';
import { leave, show } from './show.tsx';

afterEach(() => {
  leave();
  vi.useRealTimers();
});

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

test.each([['/settings/network', 'Port on this PC', '4780', '4790']])(
  '%s: a number that was taken back is in its field again',
  async (path, label, before, after) => {
    const { user } = show(path);
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: label });
    await user.clear(field);
    await user.type(field, after);
    await user.click(within(field.form as HTMLElement).getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(field.value).toBe(before));
  },
);

test('the proxy that was taken back is shown again', async () => {
  const { user, made } = show('/settings/network');
  await user.click(await screen.findByRole('button', { name: /Proxy/ }));
  await user.click(await screen.findByRole('option', { name: 'This address' }));
  const address = screen.getByRole<HTMLInputElement>('textbox', { name: 'Proxy address' });
  await user.type(address, 'proxy.hotel.local');
  const save = within(address.form as HTMLElement).getByRole('button', { name: 'Save' });
  await user.click(save);
  expect(await screen.findByText('Begin with http:// or https://.')).toBeTruthy();
  await user.clear(address);
  await user.type(address, 'http://proxy.hotel.local:3128');
  await user.click(save);
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByRole('button', { name: /As the system has it/ })).toBeTruthy();
  expect(made('settings.change')).toEqual([
    { change: { proxy: 'http://proxy.hotel.local:3128' } },
    { change: { proxy: 'system' } },
  ]);
});

test('a proxy that is refused is not shown as chosen', async () => {
  const double = createDouble();
  double.answer('settings.change', () => {
    throw refusal('store_unavailable', 'The settings cannot be kept just now.');
  });
  const { user } = show('/settings/network', double);
  await user.click(await screen.findByRole('button', { name: /Proxy/ }));
  await user.click(await screen.findByRole('option', { name: 'None' }));
  expect(await screen.findByText('The settings cannot be kept just now.')).toBeTruthy();
  expect(screen.getByRole('button', { name: /As the system has it/ })).toBeTruthy();
});

test('what a person types stays when something else changes', async () => {
  const { user, double, made } = show('/settings/network');
  await user.click(await screen.findByRole('button', { name: /Proxy/ }));
  await user.click(await screen.findByRole('option', { name: 'This address' }));
  const address = screen.getByRole<HTMLInputElement>('textbox', { name: 'Proxy address' });
  await user.type(address, 'http://pro');
  const port = screen.getByRole<HTMLInputElement>('textbox', { name: 'Port on this PC' });
  await user.clear(port);
  await user.type(port, '4790');
  await user.tab();
  await double.call('settings.change', { change: { propertyName: 'Harbour Inn' } });
  const asked = made('settings.get').length;
  double.push({ name: 'changed', payload: { topics: ['settings', 'situation'] } });
  await waitFor(() => expect(made('settings.get').length).toBeGreaterThan(asked));
  await user.type(address, 'xy');
  expect([address.value, port.value]).toEqual(['http://proxy', '4790']);
});

test('the local network listener is not saved without an address and somebody to let in', async () => {
  const { user, made } = show('/settings/network');
  const card = within(await screen.findByRole('region', { name: 'PMS on another machine' }));
  await user.click(card.getByRole('switch', { name: /Take events from other machines/ }));
  await user.click(card.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Please choose this PC’s address in the local network.')).toBeTruthy();
  await user.click(card.getByRole('button', { name: /Address of this PC/ }));
  await user.click(await screen.findByRole('option', { name: /192\.168\.1\.20/ }));
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

test('on Windows the firewall’s question is told of before it comes, and nowhere else', async () => {
  const asking = /Windows’ firewall asks once/;
  const { user } = show('/settings/network');
  await user.click(await screen.findByRole('switch', { name: /Take events from other machines/ }));
  expect(screen.queryByText(asking)).toBeNull();
  leave();
  const double = createDouble();
  const info = await double.call('surface.info', {});
  if (!info.ok) throw new Error('no surface');
  double.answer('surface.info', () => ({ ...info.value, platform: 'win32' }));
  const onWindows = show('/settings/network', double);
  await onWindows.user.click(await screen.findByRole('switch', { name: /Take events from other machines/ }));
  expect(await screen.findByText(asking)).toBeTruthy();
});

test('what runs before anybody signs in is said, with the command that changes it', async () => {
  show('/settings/general');
  expect(await screen.findByText(/Between a restart of this PC and the first sign-in nothing/)).toBeTruthy();
  expect(await screen.findByText('roost-relay startup-task add')).toBeTruthy();
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

test('a backup is named by the property’s day, and a double click makes one', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 22, 16, 30) });
  const double = createDouble();
  const dialog = Promise.withResolvers<{ file: string }>();
  double.answer('surface.chooseFile', () => dialog.promise);
  const { user, made } = show('/settings/storage', double);
  await user.dblClick(await screen.findByRole('button', { name: 'Make a backup…' }));
  expect(made('surface.chooseFile')).toEqual([{ purpose: 'backup', name: 'roost-relay-2026-11-23.backup' }]);
  dialog.resolve({ file: '/home/desk/own-name.backup' });
  await waitFor(() => expect(made('backup.start')).toEqual([{ file: '/home/desk/own-name.backup' }]));
});

test('a restore asks once more, by the file’s name', async () => {
  const double = createDouble();
  double.answer('surface.chooseFile', () => ({ file: '/home/desk/monday.backup' }));
  const { user, made } = show('/settings/storage', double);
  await user.click(await screen.findByRole('button', { name: 'Choose another file…' }));
  expect(await screen.findByRole('alertdialog', { name: 'Restore monday.backup?' })).toBeTruthy();
  // Until the yes it is only looked at.
  const looked = { file: '/home/desk/monday.backup', look: true };
  await screen.findByText(/holds everything of then/);
  expect(made('backup.restore')).toEqual([looked]);
  await user.click(screen.getByRole('button', { name: 'Restore at the next start' }));
  await waitFor(() => expect(made('backup.restore')).toEqual([looked, { file: '/home/desk/monday.backup' }]));
});

test('a wrong passphrase is said where it is typed, and nothing typed is lost', async () => {
  const double = createDouble();
  double.answer('backup.restore', ({ passphrase, look }) => {
    if (!look && passphrase !== 'seven wet umbrellas')
      throw refusal('bad_input', 'Not this one.', undefined, 'passphrase');
    const holds = { madeAt: utcMs(0), holdsLog: true, events: 0, waiting: 0, endpoints: 0, lastEventAt: null };
    const setUp = { endpoints: ['Spa'], sources: [], changed: [], settings: [], unreadable: false };
    const present = { carriesOver: false, presentDamaged: false, cutOff: null, setUp };
    return { file: 'nightly.db', holds, newer: null, ...present, restored: null };
  });
  const { user, made } = show('/settings/storage', double);
  await user.click(await screen.findByRole('button', { name: 'Restore this backup…' }));
  expect(await screen.findByText(/and gone afterwards: endpoints: Spa;/)).toBeTruthy();
  const field = await screen.findByLabelText('Its passphrase, if it has one');
  await user.type(field, 'seven wet{Enter}');
  expect(await screen.findByText('This is not the passphrase that the backup was made with.')).toBeTruthy();
  await user.type(field, ' umbrellas');
  expect(screen.queryByText('This is not the passphrase that the backup was made with.')).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Restore at the next start' }));
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull());
  expect(made('backup.restore').at(-1)).toEqual({
    file: 'nightly 2026-11-23T03-00-00.db',
    passphrase: 'seven wet umbrellas',
  });
});

test('a restore that waits for the next start can be given up', async () => {
  const double = createDouble();
  let pending = true;
  double.answer('backup.list', () => ({ backups: [], pending, lastRestore: null }));
  double.answer('backup.keepPresent', () => {
    pending = false;
    return null;
  });
  const { user } = show('/settings/storage', double);
  expect(await screen.findByText(/A backup is ready/)).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Keep what is here now' }));
  expect(await screen.findByText('Nothing is restored. What is here now stays.')).toBeTruthy();
  await waitFor(() => expect(screen.queryByText(/A backup is ready/)).toBeNull());
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
  expect(await screen.findByText(/In order, with a backup\./)).toBeTruthy();
});

test('a command that the check-up tells is what the command line is called on this PC', async () => {
  const double = createDouble();
  double.answer('surface.info', () => ({
    ...{ surface: 'browser', platform: 'linux', version: '1.0.0', program: "npm run -s relay -- --data '/a b'" },
    ...{ loginItemWorks: null, tray: null, update: null },
  }));
  double.answer('doctor.run', () => [
    {
      name: sentence('doctor.database'),
      state: 'warning',
      says: [sentence('doctor.database.no_backup')],
      nextStep: sentence('doctor.database.no_backup_step'),
    },
  ]);
  const { user } = show('/settings/about', double);
  await user.click(await screen.findByRole('button', { name: 'Run the check-up' }));
  expect(await screen.findByText("Run: npm run -s relay -- --data '/a b' backup")).toBeTruthy();
});

test('updates: a form only where the build takes any, with the addresses that it takes', async () => {
  const about = (update: object | null) => {
    const double = createDouble();
    double.answer('surface.info', () => ({
      ...{ surface: 'desktop', platform: 'linux', version: '1.0.0', program: 'roost-relay' },
      ...{ loginItemWorks: true, tray: true, update },
    }));
    return show('/settings/about', double);
  };
  const update = { state: 'off', version: null, at: null, problem: null };
  // In a browser something else brings them: nothing is offered that would do nothing.
  about(null);
  await screen.findByText('Version');
  expect(screen.queryByText('Updates')).toBeNull();
  leave();
  about({ ...update, feeds: [] });
  expect(await screen.findByText(/This build does not update itself/)).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Update address' })).toBeNull();
  leave();
  about({ ...update, state: 'not_signed', feeds: ['https://updates.example/relay'] });
  expect(await screen.findByText(/takes them from https:\/\/updates\.example\/relay/)).toBeTruthy();
  expect(screen.getByText(/is not signed by the maker of this app/)).toBeTruthy();
});

test('two times of the quiet hours changed one right after the other are both kept', async () => {
  const double = createDouble();
  // The surface is slow to answer, and nothing tells of what it has taken meanwhile.
  double.answer('preferences.change', () => new Promise(() => undefined));
  show('/settings/notifications', double);
  fireEvent.change(await screen.findByRole('textbox', { name: 'From' }), { target: { value: '23:30' } });
  fireEvent.change(screen.getByRole('textbox', { name: 'To' }), { target: { value: '05:45' } });
  await waitFor(() =>
    expect(double.made.filter(({ name }) => name === 'preferences.change').at(-1)?.input).toEqual({
      change: { quietHours: { enabled: true, from: '23:30', to: '05:45' } },
    }),
  );
});

test('days that could never be kept are said, and cannot be saved; shorter ones take with them what goes as soon', async () => {
  const { user } = show('/settings/storage');
  const field = (name: string) => screen.findByRole('textbox', { name });
  const type = async (name: string, days: string) => {
    const input = await field(name);
    await user.clear(input);
    await user.type(input, days);
    await user.tab();
  };
  expect(await screen.findByText(/What events said is kept as long as the events: 90 days\. Recommended/)).toBeTruthy();
  await type('Events and their facts (days)', '7');
  expect(((await field('What events said (days)')) as HTMLInputElement).value).toBe('7');
  expect(((await field("Receivers' answers (days)")) as HTMLInputElement).value).toBe('7');
  await type('What events said (days)', '40');
  expect(await screen.findByText(/Events are kept for 7 days, and what they said goes with them/)).toBeTruthy();
  const save = screen.getByRole('button', { name: 'Look and save…' });
  expect(save).toHaveProperty('disabled', true);
  await type('What events said (days)', '5');
  expect(save).toHaveProperty('disabled', false);
});
