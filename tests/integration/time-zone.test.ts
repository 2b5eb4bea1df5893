/** The PC's time zone changes while the engine runs: what people read follows, what is due stays. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { hourAt } from '../../electron/engine/upkeep/upkeep-times.ts';
import { watchTimeZone } from '../../electron/engine/zone-watch.ts';
import { temporaryFolder } from '../support/folder.ts';
import { openContext } from '../support/log-folder.ts';

const manager = { account: 'manager', surface: 'window' } as const;

test('what nobody chose follows the PC, and with it what is at night; what a person chose stays', async () => {
  await using folder = await temporaryFolder();
  const context = openContext(folder.path);
  let zone = 'Asia/Manila';
  const watch = watchTimeZone(context, () => zone);
  const heard: string[] = [];
  context.settings.onChange(({ timeZone }) => heard.push(timeZone));
  const atNight = Date.UTC(2024, 2, 15, 19, 0);
  const due = context.time.now();
  try {
    zone = 'Europe/Berlin';
    watch.look();
    expect(context.settings.current().timeZone).toBe('Europe/Berlin');
    expect(hourAt(atNight, context.settings.current().timeZone)).toBe(20);
    watch.look();
    expect(heard).toEqual(['Europe/Berlin']);
    expect(context.time.now() - due).toBeLessThan(60_000);
    await context.settings.change({ timeZone: 'Pacific/Auckland' }, manager);
    zone = 'Asia/Tokyo';
    watch.look();
    expect(context.settings.current().timeZone).toBe('Pacific/Auckland');
  } finally {
    watch.stop();
    context.close();
  }
});

/** A root that is no mount point of its own, as in a chroot, lets nobody make a mount namespace. */
const canMount =
  process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0;
if (!canMount)
  console.warn('SKIPPED: a zone that is set while a process runs needs root and a mount namespace of its own');

test.skipIf(!canMount)('a running process sees the zone that somebody sets on this PC', async () => {
  await using folder = await temporaryFolder();
  const etc = join(folder.path, 'etc');
  mkdirSync(etc);
  symlinkSync('/usr/share/zoneinfo/Europe/Berlin', join(etc, 'localtime'));
  const watch = pathToFileURL(join(import.meta.dirname, '../../electron/engine/zone-watch.ts')).href;
  const script = `import { execFileSync } from 'node:child_process';
    import { systemTimeZone } from ${JSON.stringify(watch)};
    const was = systemTimeZone();
    execFileSync('ln', ['-sfn', '/usr/share/zoneinfo/Asia/Manila', '/etc/localtime']);
    console.log(was, systemTimeZone(), new Date(0).getTimezoneOffset());`;
  const { TZ: _, ...env } = process.env;
  const ran = spawnSync(
    'unshare',
    [
      '-m',
      'sh',
      '-c',
      'mount --bind "$0" /etc && exec "$@"',
      etc,
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ],
    { env, encoding: 'utf8' },
  );
  expect([ran.stderr, ran.stdout]).toEqual(['', 'Europe/Berlin Asia/Manila -480\n']);
});
