/** Files of a source that were read lie on in its folder: who forgets a guest is told of those that name them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);

test('a read file that names the guest is named before and after, and left to a person', async () => {
  await using dropped = await temporaryFolder();
  await using engine = await startTestEngine({ sourceThread, clock: systemClock as never });
  const config = { folder: dropped.path };
  await engine.call('sources.add', { name: 'Files', kind: 'folder', config, shaping: { preset: 'generic_csv' } });
  const write = (name: string, guest: string) =>
    writeFileSync(join(dropped.path, name), `event,booking_id,guest_name\nin,bk_${name},${guest}\n`);
  write('hers.csv', 'Solveig Brandvold');
  write('his.csv', 'Kim Lee');
  const processed = () => {
    const [day] = existsSync(join(dropped.path, 'processed')) ? readdirSync(join(dropped.path, 'processed')) : [];
    return day === undefined ? [] : readdirSync(join(dropped.path, 'processed', day), { withFileTypes: true });
  };
  await engine.until(processed, ({ length }) => length === 2);
  const [hers] = processed().filter(({ name }) => name === 'hers.csv');
  const path = join(hers?.parentPath ?? '', 'hers.csv');
  const sought = { name: 'Solveig Brandvold' };
  const { files } = await engine.call('forget.look', { sought });
  expect(files.filter(({ what }) => what === 'original')).toEqual([{ path, what: 'original' }]);
  const shown = await relayInProcess(engine.dataFolder, ['forget', '--name', sought.name]);
  expect(shown.out).toContain('hers.csv: left: a source’s own file');
  const { id } = await engine.call('forget.start', { sought, confirmed: true });
  const [ended] = await engine.until(
    async () => (await engine.call('forget.list', {})).filter((one) => one.id === id),
    ([one]) => one !== undefined && one.endedAt !== null,
  );
  expect(ended?.filesLeft).toEqual([path]);
  expect(readFileSync(path, 'utf8')).toContain(sought.name);
});
