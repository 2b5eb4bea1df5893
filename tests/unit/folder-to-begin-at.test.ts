import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderToBeginAt } from '../../electron/shell/folder-to-begin-at.ts';
import { temporaryFolder } from '../support/folder.ts';

test('choosing a folder begins at the one that is entered, else at the first that is there', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'a file');
  writeFileSync(file, '');
  expect(await folderToBeginAt([folder.path, '/'])).toBe(folder.path);
  for (const entered of ['', 'exports', file, join(folder.path, 'away')]) {
    expect([entered, await folderToBeginAt([entered, join(folder.path, 'Documents'), folder.path])]).toEqual([
      entered,
      folder.path,
    ]);
  }
});
