/**
 * A restore without an engine that ends as a power cut does, at its KILL_AT-th step: each file that is made, written, moved
 * or removed is one, and each use of a database; it ends before that is done. Without KILL_AT it ends by itself, and says
 * after how many.
 */
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import Sqlite from 'better-sqlite3';

const { DATA: dataFolder = '', BACKUP: file = '', KILL_AT: killAt } = process.env;

let step = 0;
let isArmed = false;
function stepped(): void {
  if (!isArmed) return;
  step += 1;
  if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

const around = (whole: object, name: string): void => {
  const real = Reflect.get(whole, name) as (...given: unknown[]) => unknown;
  Reflect.set(whole, name, function (this: unknown, ...given: unknown[]) {
    stepped();
    return real.apply(this, given);
  });
};
for (const name of ['renameSync', 'mkdirSync', 'rmSync', 'writeFileSync', 'copyFileSync']) around(fs, name);
around(promises, 'rename');
for (const name of ['pragma', 'close']) around(Sqlite.prototype, name);
syncBuiltinESMExports();

const { restoreWithoutEngine } = await import('../../electron/engine/restore-without-engine.ts');
isArmed = true;
await restoreWithoutEngine({ dataFolder, file, look: false, actor: { account: 'tester', surface: 'command_line' } });
process.stdout.write(`done after ${step} steps\n`);
