import { expect, test } from 'vitest';
import { rememberChosenFiles } from '../../../electron/ipc/chosen-files.ts';
import { defaultPreferences } from '../../../electron/settings/preferences.ts';
import { type SurfaceParts, surfaceHandlers } from '../../../electron/shell/surface-calls.ts';
import type { Preferences } from '../../../shared/schemas.ts';

/** The calls as the desktop answers them, with what they would do noted. */
function surface() {
  const done: string[] = [];
  let kept: Preferences = defaultPreferences;
  const parts: SurfaceParts = {
    info: () => {
      throw new Error('nobody asks');
    },
    preferences: () => kept,
    changePreferences: (change) => (kept = { ...kept, ...change }),
    allowsFeed: (feed) => feed === 'https://updates.example/relay',
    files: rememberChosenFiles(),
    render: ({ key }) => key,
    dialogs: { open: async ({ defaultPath }) => `${defaultPath}/relay.backup`, save: async () => '/home/desk/log.csv' },
    documents: () => '/home/desk',
    folderToBeginAt: async (entered) => entered || '/home/desk',
    backups: '/data/backups',
    restartEngine: async () => {},
    installUpdate: () => false,
    savePdf: async (file) => file,
    showInFolder: (file) => void done.push(file),
    isScheduled: async (file) => file === '/mnt/exports/bay deliveries 2024-03-14.csv',
    ownFolder: '/data/exports',
    openExternal: async () => false,
    copy: async (text) => {
      if (text === 'too much') throw new Error('clipboard is owned by another');
      done.push(`copied ${text}`);
    },
    showing: () => {},
  };
  return { handlers: surfaceHandlers(parts), done, kept: () => kept };
}

test('the page sets no update address but the build’s own, and can end it', () => {
  const { handlers, kept } = surface();
  const set = (updateFeed: string) => handlers['preferences.change']({ change: { updateFeed } });
  expect(() => set('https://evil.example/relay')).toThrow(
    expect.objectContaining({ code: 'bad_input', member: 'updateFeed' }),
  );
  expect(kept().updateFeed).toBe('');
  set('https://updates.example/relay');
  expect(kept().updateFeed).toBe('https://updates.example/relay');
  set('');
  expect(kept().updateFeed).toBe('');
});

test('the page shows no file but those that were written for it', async () => {
  const { handlers, done } = surface();
  for (const file of ['/etc/passwd', '/data/relay.db', '/data/exports/../relay.db', 'exports/log.csv']) {
    await expect(handlers['surface.showFile']({ file })).rejects.toMatchObject({ code: 'not_possible' });
  }
  await handlers['surface.chooseFile']({ purpose: 'export', name: 'log.csv' });
  const shown = ['/home/desk/log.csv', '/data/exports/deliveries.csv', '/mnt/exports/bay deliveries 2024-03-14.csv'];
  for (const file of shown) await handlers['surface.showFile']({ file });
  expect(done).toEqual(shown);
});

test('what the clipboard does not take is said, and what it takes is there when it is answered', async () => {
  const { handlers, done } = surface();
  expect(await handlers['surface.copy']({ text: 'for IT' })).toBeNull();
  expect(done).toEqual(['copied for IT']);
  await expect(handlers['surface.copy']({ text: 'too much' })).rejects.toMatchObject({
    ...{ code: 'not_possible', says: { key: 'problem.not_copied' } },
  });
});

test('a restore is looked for where the backups lie', async () => {
  const { handlers } = surface();
  expect(await handlers['surface.chooseFile']({ purpose: 'restore', name: '' })).toEqual({
    file: '/data/backups/relay.backup',
  });
});

test('a folder is chosen, and gives no right to its files', async () => {
  const { handlers } = surface();
  const { file } = await handlers['surface.chooseFile']({ purpose: 'folder', name: '/mnt/exports' });
  // It begins at the one that is entered.
  expect(file).toBe('/mnt/exports/relay.backup');
  await expect(handlers['surface.showFile']({ file: file ?? '' })).rejects.toMatchObject({ code: 'not_possible' });
});

test('nothing restarts for an update that is not ready', () => {
  const { handlers } = surface();
  expect(() => handlers['surface.installUpdate']({})).toThrow(expect.objectContaining({ code: 'not_possible' }));
});
