import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { freePort } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { runNpm } from '../support/npm.ts';

/** The engine's process below this npm; null while there is none. */
function engineBelow(folder: string): number | null {
  const all = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  const found = all.find((line) => line.includes('electron/headless.ts') && line.includes(folder));
  return found === undefined ? null : Number.parseInt(found, 10);
}

// A process that is stopped is the one hang that a test can make from outside; Windows knows no such signal.
it.skipIf(process.platform === 'win32')(
  'without a desktop, an engine that hangs is ended within a minute and started again on the same port',
  async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    await using run = runNpm(['start', '--', '--headless', '--data', folder.path, '--port', `${port}`, '--no-window']);
    await run.printed(`listening on http://127.0.0.1:${port}`);
    const hanging = engineBelow(folder.path);
    process.kill(hanging ?? 0, 'SIGSTOP');
    await run.printed('the engine hung and is started again', 60_000);
    const listening = () => run.output().split(`listening on http://127.0.0.1:${port}`).length - 1;
    await expect.poll(listening, { timeout: 20_000 }).toBe(2);
    expect(engineBelow(folder.path)).not.toBe(hanging);
    run.signal('SIGTERM');
    expect(await run.ended).toBe(0);
  },
  120_000,
);
