import { expect, it } from 'vitest';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';

/** A defect that no test knows of: a promise that fails unheard, and an exception out of nowhere. */
const planted = `data:text/javascript,
  process.on('SIGUSR2', () => void Promise.reject(new Error('planted rejection')));
  process.on('SIGWINCH', () => { throw new Error('planted exception'); });`;

it('a promise that failed unheard is counted, an exception ends the process with a sentence', async () => {
  await using folder = await temporaryFolder();
  await using engine = await startEngineProcess({
    dataFolder: folder.path,
    nodeOptions: [`--import=${planted.replaceAll(/\s+/g, ' ')}`],
  });
  const control = await connectControl(folder.path);
  process.kill(engine.pid, 'SIGUSR2');
  const found = async () => {
    const checks = await control.call('doctor.run', {});
    return checks.find(({ name }) => name.key === 'doctor.mishaps')?.says.map(({ params }) => params);
  };
  await expect.poll(found).toMatchObject([{ count: 1, what: 'a promise that nobody awaited' }]);
  process.kill(engine.pid, 'SIGWINCH');
  await expect.poll(() => engine.output()).toContain('planted exception');
  expect(engine.output()).toContain('roost-relay: it ended on something unexpected: planted exception\n');
  expect(engine.output()).not.toMatch(/\n\s+at /);
}, 60_000);
