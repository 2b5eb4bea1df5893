/** The command line under an account that may not look into the data folder: it says so, and never that nothing runs. */
import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';

const nobody = 65_534;
const program = fileURLToPath(new URL('../../electron/cli.ts', import.meta.url));
const obstacle =
  process.platform !== 'linux' || process.getuid?.() !== 0
    ? 'a command of another account needs Linux and root'
    : mayRead(program) && mayRead(process.execPath)
      ? null
      : 'another account may not read this checkout';

/** Whether the other account may: a checkout below a home of root's own is closed to it. */
function mayRead(path: string): boolean {
  return spawnSync('/usr/bin/head', ['-c', '1', path], { uid: nobody, gid: nobody }).status === 0;
}

if (obstacle !== null) console.warn(`SKIPPED: a folder that is closed to an account: ${obstacle}`);

/** As nobody, with a home that it may look into. */
function run(folder: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--data', folder, ...words], {
    uid: nobody,
    gid: nobody,
    env: { PATH: process.env.PATH, HOME: '/', NODE_DISABLE_COMPILE_CACHE: '1' },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, text: stdout + stderr };
}

const says = (text: string) => {
  expect(text).toContain('This account (nobody) may not look into the data folder');
  expect(text).toContain('Run the same command as root, whose folder it is: sudo -u root and the command.');
  expect(text).not.toContain('not running');
};

describe.skipIf(obstacle !== null)('a data folder of another account', () => {
  test('while its engine runs: exit code 5, under which account to try, and no word of what nobody knows', async () => {
    await using folder = await temporaryFolder();
    await using engine = await startEngineProcess({ dataFolder: folder.path });
    for (const command of ['status', 'doctor']) {
      const { status, text } = run(folder.path, command);
      says(text);
      expect(status).toBe(5);
    }
    // Whoever hands an event in learns that it is not stored.
    const emitted = run(folder.path, 'emit', 'booking.created', '--payload', '{"booking_id":"bk_1"}');
    says(emitted.text);
    expect([emitted.status, emitted.text]).toEqual([3, expect.stringContaining('The event was not kept.')]);
    // A folder that may be looked into, with a file in it that may not be read.
    chmodSync(folder.path, 0o755);
    const beside = run(folder.path, 'status');
    says(beside.text);
    expect(beside.status).toBe(5);
    expect(await engine.stop()).toBe(0);
  }, 120_000);

  test('within one that is closed: the account cannot be named, and is not guessed', async () => {
    await using folder = await temporaryFolder();
    chmodSync(folder.path, 0o700);
    const { status, text } = run(join(folder.path, 'data'), 'status');
    expect([status, text]).toEqual([
      5,
      expect.stringContaining('Run the same command under the account that Roost Relay runs under.'),
    ]);
    expect(text).not.toContain('not running');
  }, 60_000);
});
