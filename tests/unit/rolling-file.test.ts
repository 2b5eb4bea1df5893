import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { openRollingFile } from '../../electron/rolling-file.ts';
import { temporaryFolder } from '../support/folder.ts';

const lostLine = (lines: number) => `lost ${lines}\n`;
const inFile = (file: string) => expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : null));

it('keeps lines in their order, and moves a large file aside', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'logs', 'relay.log');
  const log = openRollingFile({ file, largestBytes: 10, lostLine });
  log.write('one\n');
  log.write('two and more\n');
  await inFile(file).toBe('one\ntwo and more\n');
  log.write('three\n');
  await inFile(file).toBe('three\n');
  expect(readFileSync(join(folder.path, 'logs', 'relay.1.log'), 'utf8')).toBe('one\ntwo and more\n');
});

it('goes on in the same file where it cannot be moved, up to twice its size', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'relay.log');
  // Nothing can be renamed to a folder that holds something: as a file that another program has open on Windows.
  mkdirSync(join(folder.path, 'relay.1.log', 'held'), { recursive: true });
  const log = openRollingFile({ file, largestBytes: 10, lostLine });
  log.write('0123456789\n');
  await inFile(file).toBe('0123456789\n');
  log.write('next\n');
  await inFile(file).toBe('0123456789\nnext\n');
  log.write('and on\n');
  await inFile(file).toBe('0123456789\nnext\nand on\n');
  log.write('anew\n');
  await inFile(file).toBe('anew\n');
});

it('says how many lines were lost once a folder in its place has gone', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'relay.log');
  mkdirSync(file);
  const log = openRollingFile({ file, largestBytes: 1000, lostLine });
  log.write('one\n');
  log.write('two\n');
  await new Promise((resolve) => setTimeout(resolve, 50));
  rmSync(file, { recursive: true });
  log.write('three\n');
  await inFile(file).toBe('lost 2\nthree\n');
});

it.skipIf(process.platform !== 'linux')('a full disk loses lines and nothing else, and is let go at the end', () => {
  const module = pathToFileURL('electron/rolling-file.ts').href;
  const program = `
    const { openRollingFile } = await import('${module}');
    const log = openRollingFile({ file: '/dev/full', largestBytes: 1e9, lostLine: () => '' });
    for (let n = 0; n < 50_000; n += 1) log.write('x'.repeat(100) + '\\n');
    await new Promise((resolve) => setTimeout(resolve, 300));
    log.write('last\\n');
    console.log('still here');`;
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  expect(out).toBe('still here\n');
});

it('writes the last lines of a process that ends at once', async () => {
  await using folder = await temporaryFolder();
  const file = join(folder.path, 'relay.log');
  const program = `
    const { openRollingFile } = await import('${pathToFileURL('electron/rolling-file.ts').href}');
    openRollingFile({ file: ${JSON.stringify(file)}, largestBytes: 1000, lostLine: () => '' }).write('why\\n');
    process.exit(3);`;
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
  } catch {
    // The status that it gave itself.
  }
  expect(readFileSync(file, 'utf8')).toBe('why\n');
});

it('a file in the place of its folder is no reason to throw', () => {
  return temporaryFolder().then(async (folder) => {
    writeFileSync(join(folder.path, 'logs'), '');
    const log = openRollingFile({ file: join(folder.path, 'logs', 'relay.log'), largestBytes: 10, lostLine });
    log.write('one\n');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await folder.remove();
  });
});
