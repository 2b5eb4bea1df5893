/** Which commands close a folder. What Windows makes of them is not seen here: Wine's `icacls` does nothing. */
import { describe, expect, test } from 'vitest';
import { closingCommands } from '../../electron/engine/store/windows-owner.ts';

const environment = {
  USERPROFILE: 'C:\\Users\\ana',
  LOCALAPPDATA: 'C:\\Users\\ana\\AppData\\Local',
  USERDOMAIN: 'FRONTDESK',
  SystemRoot: 'C:\\Windows',
};
const on = (folder: string, names: readonly string[] = [], platform: NodeJS.Platform = 'win32') =>
  closingCommands(folder, names, { platform, environment, user: 'ana' });

describe('a folder outside of the profile', () => {
  test('is its owner’s and the system’s: their rights are given before any others’ are taken', () => {
    const commands = on('D:\\Relay') ?? [];
    expect(commands.map(({ program }) => program)).toEqual(Array(3).fill('C:\\Windows\\System32\\icacls.exe'));
    expect(commands.map(({ args }) => args)).toEqual([
      ['D:\\Relay', '/grant:r', 'FRONTDESK\\ana:(OI)(CI)F', '*S-1-5-18:(OI)(CI)F', '/q'],
      ['D:\\Relay', '/inheritance:r', '/q'],
      ['D:\\Relay', '/remove:g', '*S-1-1-0', '*S-1-5-11', '*S-1-5-32-545', '/q'],
    ]);
  });

  test.each([
    'C:\\Users\\ana2\\Relay',
    'C:\\Users\\Public\\Relay',
    'C:\\Users\\ana\\..\\ben',
    'C:\\ProgramData\\Relay',
  ])('%s is one', (folder) => expect(on(folder)).toHaveLength(3));

  test.each(['C:\\Users\\ana\\AppData\\Local\\Roost Relay', 'c:\\users\\ANA\\Relay', 'C:\\Users\\ana'])(
    '%s is none',
    (folder) => expect(on(folder)).toEqual([]),
  );

  test('that holds others’ files too, or is a whole drive, is left as it is', () => {
    const ours = ['relay.db', 'relay.db-wal', 'relay.lock', 'relay.made', 'data-key.json', 'control.json', 'backups'];
    expect(on('D:\\Relay', [...ours, 'logs', 'exports', 'spool', 'rejected'])).toHaveLength(3);
    expect(on('D:\\Shared', [...ours, 'menu of the week.docx'])).toBeNull();
    expect(on('D:\\')).toBeNull();
  });

  test('is closed by its mode elsewhere', () => {
    expect(on('/srv/relay', [], 'linux')).toEqual([]);
  });
});
