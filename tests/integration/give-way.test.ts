/** Two engines and one data folder: who has it, and who gets it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { spawnEngine, startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';

test('an engine that gives way is taken over, and one that stays is not', async () => {
  await using folder = await temporaryFolder();
  const dataFolder = folder.path;
  let first: TestEngine | null = null;
  const ends = Promise.withResolvers<void>();
  first = await startTestEngine({
    dataFolder,
    giveWay: () => void first?.stop().then(ends.resolve, ends.reject),
  });
  expect((await first.post('booking.created', { booking_id: 'bk_1' })).status).toBe(202);
  // One that does not take over is refused, as ever, and the first one goes on.
  await expect(startTestEngine({ dataFolder })).rejects.toMatchObject({ code: 'conflict' });
  expect((await first.post('booking.created', { booking_id: 'bk_2' })).status).toBe(202);

  await using second = await startTestEngine({ dataFolder, takesOver: true });
  await ends.promise;
  expect((await second.call('events.list', {})).rows).toHaveLength(2);
  await expect(startTestEngine({ dataFolder, takesOver: true })).rejects.toMatchObject({ code: 'conflict' });
  expect((await second.post('booking.created', { booking_id: 'bk_3' })).status).toBe(202);
});

test('headless, it ends well for the desktop, and does not insist while that has the folder', async () => {
  await using folder = await temporaryFolder();
  const dataFolder = folder.path;
  const headless = await startEngineProcess({ dataFolder, options: ['--give-way'] });
  await using desktop = await startTestEngine({ dataFolder, takesOver: true });
  expect(await headless.exited).toBe(0);
  expect(headless.output()).toContain('The desktop app takes over.');
  const again = await spawnEngine({ dataFolder, options: ['--give-way'] });
  expect(await again.exited).toBe(0);
  expect(again.output()).toContain(dataFolder);
  expect((await desktop.post('booking.created', { booking_id: 'bk_1' })).status).toBe(202);
});

test.skipIf(process.platform !== 'linux')('the unit is written, shown and removed by the command line', async () => {
  await using folder = await temporaryFolder();
  const environment = { XDG_CONFIG_HOME: join(folder.path, 'config') };
  const relay = (...args: string[]) => relayInProcess(folder.path, ['startup-task', ...args], { environment });
  expect((await relay('show')).out).toMatch(/Nothing runs between a restart .*\n.*roost-relay startup-task add/);
  const added = await relay('add');
  expect(added.out).toMatch(/systemctl --user enable roost-relay\n.*loginctl enable-linger/);
  const unit = join(folder.path, 'config', 'systemd', 'user', 'roost-relay.service');
  expect(readFileSync(unit, 'utf8')).toContain(`"--data=${folder.path}"`);
  expect((await relay('show')).out).toContain(unit);
  expect((await relay('remove')).out).toContain('systemctl --user disable --now roost-relay');
  expect(existsSync(unit)).toBe(false);
  expect((await relay('remove')).out).toContain('no such unit');
});
