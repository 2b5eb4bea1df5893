import { mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder, makeFolderSync } from '../../electron/engine/files/make-folder.ts';
import { temporaryFolder } from '../support/folder.ts';

describe.each([
  ['makeFolder', makeFolder],
  ['makeFolderSync', async (folder: string) => makeFolderSync(folder)],
] as const)('%s', (_name, make) => {
  test('makes those above it too, and says the first that it made', async () => {
    await using folder = await temporaryFolder();
    const deep = join(folder.path, 'a', 'b', 'c');
    expect(await make(deep)).toBe(join(folder.path, 'a'));
    expect(await make(deep)).toBeUndefined();
    expect(statSync(deep).isDirectory()).toBe(true);
    if (process.platform !== 'win32') {
      expect(statSync(join(folder.path, 'a')).mode & 0o777).toBe(0o700);
      mkdirSync(join(folder.path, 'elsewhere'));
      symlinkSync(join(folder.path, 'elsewhere'), join(folder.path, 'link'));
      expect(await make(join(folder.path, 'link'))).toBeUndefined();
      expect(await make(join(folder.path, 'link', 'd'))).toBe(join(folder.path, 'link', 'd'));
    }
  });

  test('says what the system says where none can be made, and asks no more', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    await expect(make(join(folder.path, 'file'))).rejects.toMatchObject({ code: 'EEXIST' });
    await expect(make(join(folder.path, 'file', 'in', 'it'))).rejects.toMatchObject({ code: /^(?:ENOTDIR|ENOENT)$/ });
  });

  // Node's own way never comes back from here.
  test.runIf(process.platform === 'linux')('ends in /proc', async () => {
    await expect(make('/proc/roost-relay/exports')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
