/** `npm start` as it is started by hand: in a terminal, and ended there by Ctrl-C. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npmEnvironment } from '../support/npm.ts';
import { ctrlC, noTerminal, processesOn, runInTerminal } from '../support/terminal.ts';
import { expect, type Property, test } from './app.ts';

test.skip(noTerminal !== null, noTerminal ?? '');

const stackTrace = /\n\s+at |TypeError|UnhandledPromise/;

function startIn({ folder, port }: Property) {
  const { DISPLAY, XAUTHORITY } = process.env;
  const dataFolder = join(folder, 'data');
  const args = ['start', '--', '--data', dataFolder, '--port', String(port), '--property', 'hotel-1'];
  const run = runInTerminal(
    ['npm', ...args],
    npmEnvironment({ DISPLAY, XAUTHORITY, XDG_CONFIG_HOME: join(folder, 'config') }),
  );
  return { run, dataFolder };
}

const isUp = ({ port }: Property): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/v1/health`).then(
    ({ ok }) => ok,
    () => false,
  );

for (const presses of [1, 2]) {
  test(`Ctrl-C, pressed ${presses === 1 ? 'once' : 'twice'}: all of it ends with 0, its database closed`, async ({
    property,
  }) => {
    const { run, dataFolder } = startIn(property);
    await using _run = run;
    await expect.poll(() => isUp(property), { timeout: 90_000 }).toBe(true);
    for (let n = 0; n < presses; n += 1) run.type(ctrlC);
    expect(await run.ended, run.output()).toBe(0);
    expect(run.output()).not.toMatch(stackTrace);
    await expect.poll(() => processesOn(dataFolder)).toEqual([]);
    expect(existsSync(join(dataFolder, 'relay.db-wal'))).toBe(false);
    expect(readFileSync(join(dataFolder, 'logs', 'relay.log'), 'utf8')).toMatch(/"msg":"stopped"\}\s*$/);
  });
}

test('Ctrl-C while it starts leaves no process and no trace of a fault, and the next start works', async ({
  property,
}) => {
  const first = startIn(property);
  {
    await using run = first.run;
    // The engine is about to open its database.
    await expect
      .poll(() => existsSync(join(first.dataFolder, 'relay.lock')), { timeout: 90_000, intervals: [20] })
      .toBe(true);
    run.type(ctrlC);
    expect([0, 130], run.output()).toContain(await run.ended);
    expect(run.output()).not.toMatch(stackTrace);
    await expect.poll(() => processesOn(first.dataFolder)).toEqual([]);
  }
  const { run } = startIn(property);
  await using _run = run;
  await expect.poll(() => isUp(property), { timeout: 60_000 }).toBe(true);
  run.type(ctrlC);
  expect(await run.ended).toBe(0);
});
