/** How the command line's process ends: with everything said, or with its reader. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pass } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { whenDrained } from '../../electron/cli/process-io.ts';
import { spawnCommand } from '../support/command-line.ts';

test('a process that waits for its streams says everything to a slow reader', async () => {
  const processIo = pathToFileURL('electron/cli/process-io.ts').href;
  const program = `
    const { processIo, whenDrained } = await import('${processIo}');
    processIo({ invocation: { program: 'roost-relay', shell: 'posix' } }).out('x'.repeat(1_000_000));
    await whenDrained([process.stdout, process.stderr]);
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await pass(200);
  expect((await text(child.stdout)).length).toBe(1_000_000);
});

test('streams are drained once the last write of each is through', async () => {
  const held: (() => void)[] = [];
  const slow = new Writable({ write: (_chunk, _encoding, done) => held.push(done) });
  const quick = new Writable({ write: (_chunk, _encoding, done) => done() });
  slow.write('one');
  let drained = false;
  const waiting = whenDrained([slow, quick]).then(() => {
    drained = true;
  });
  await pass(0);
  expect(drained).toBe(false);
  while (!drained) {
    for (const done of held.splice(0)) done();
    await pass(0);
  }
  await waiting;
});

test('a stream that cannot take more is not waited for', async () => {
  const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) });
  broken.on('error', () => {});
  broken.write('one');
  await whenDrained([broken]);
});

test('a reader that has seen enough is no error', async () => {
  const { child, ended } = spawnCommand('nowhere', ['--help']);
  child.stdout.destroy();
  expect(await ended).toEqual({ code: 0, out: '', err: '' });
});

/** A device that is always full is Linux's. */
test.skipIf(process.platform !== 'linux')('a disk that is full is said, and that the output is not whole', async () => {
  const full = openSync('/dev/full', 'w');
  try {
    const cli = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
    const child = spawn(process.execPath, [cli, '--help'], { stdio: ['ignore', full, 'pipe'] });
    const [said, [code]] = await Promise.all([child.stderr === null ? '' : text(child.stderr), once(child, 'close')]);
    expect([code, said]).toEqual([
      1,
      'The output could not be written: the disk is full (ENOSPC). What is there of it is not whole.\n',
    ]);
  } finally {
    closeSync(full);
  }
});
