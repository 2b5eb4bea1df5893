import { expect, it } from 'vitest';
import { freePort } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { runNpm } from '../support/npm.ts';
import { headlessEngineOn } from '../support/processes.ts';

// A process that is stopped is the one hang that a test can make from outside; Windows knows no such signal.
it.skipIf(process.platform === 'win32')(
  'without a desktop, an engine that hangs is ended within a minute and started again on the same port',
  async () => {
    await using folder = await temporaryFolder();
    const port = await freePort();
    await using run = runNpm(['start', '--', '--headless', '--data', folder.path, '--port', `${port}`, '--no-window']);
    await run.printed(`listening on http://127.0.0.1:${port}`);
    const hanging = headlessEngineOn(folder.path);
    process.kill(hanging, 'SIGSTOP');
    await run.printed('the engine hung and is started again', 60_000);
    const listening = () => run.output().split(`listening on http://127.0.0.1:${port}`).length - 1;
    await expect.poll(listening, { timeout: 20_000 }).toBe(2);
    expect(headlessEngineOn(folder.path)).not.toBe(hanging);
    run.signal('SIGTERM');
    expect(await run.ended).toBe(0);
  },
  120_000,
);
