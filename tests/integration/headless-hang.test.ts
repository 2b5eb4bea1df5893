import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
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
    // What the terminal said is gone with it: log and doctor tell it afterwards.
    expect(readFileSync(join(folder.path, 'logs', 'relay.log'), 'utf8')).toContain(
      'the engine hung (it was silent for',
    );
    const doctor = await relayInProcess(folder.path, ['doctor']);
    expect(doctor.out).toMatch(/Inner trouble: .* the engine hung \(it was silent for \d+ s\) and was started again/);
    run.signal('SIGTERM');
    expect(await run.ended).toBe(0);
  },
  120_000,
);
