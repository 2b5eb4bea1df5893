import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDesktopLog } from '../../../electron/shell/desktop-log.ts';
import { temporaryFolder } from '../../support/folder.ts';

test('a log that cannot be put aside goes on in the same file, until it can', async () => {
  await using folder = await temporaryFolder();
  const logs = join(folder.path, 'logs');
  mkdirSync(logs);
  writeFileSync(join(logs, 'desktop.log'), 'x'.repeat(2 * 1024 * 1024 + 1));
  // A folder in its place stands for a program that holds the file: no rename succeeds.
  mkdirSync(join(logs, 'desktop.1.log'));
  const log = openDesktopLog(folder.path);
  log('the session ends', 'shutdown');
  expect(readFileSync(join(logs, 'desktop.log'), 'utf8')).toContain('"msg":"the session ends"');
  rmSync(join(logs, 'desktop.1.log'), { recursive: true });
  log('engine ended', 'exit code 0');
  expect(readFileSync(join(logs, 'desktop.1.log'), 'utf8')).toContain('the session ends');
  expect(readFileSync(join(logs, 'desktop.log'), 'utf8')).toMatch(/^\{[^\n]*"engine ended"[^\n]*\}\n$/);
});
