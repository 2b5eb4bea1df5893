/**
 * A process that watches a folder and ends as a power cut does, at its KILL_AT-th step: each commit and each move of a file
 * is one, and what lies between them. Without KILL_AT it goes on until all files are away.
 */
import { readdirSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import Sqlite from 'better-sqlite3';

const { DATA: data = '', FOLDER: folder = '', KILL_AT: killAt } = process.env;

let step = 0;
let isArmed = false;
function stepped(): void {
  if (!isArmed) return;
  step += 1;
  if (step === Number(killAt)) process.kill(process.pid, 'SIGKILL');
}

for (const name of ['rename', 'mkdir', 'writeFile'] as const) {
  const real = fs[name] as (...given: unknown[]) => Promise<unknown>;
  Object.assign(fs, {
    [name]: async (...given: unknown[]) => {
      stepped();
      const value = await real(...given);
      stepped();
      return value;
    },
  });
}
syncBuiltinESMExports();

const { prepare } = Sqlite.prototype;
Sqlite.prototype.prepare = function (this: Sqlite.Database, text: string) {
  const statement = prepare.call(this, text);
  if (text !== 'COMMIT') return statement;
  const run = statement.run.bind(statement) as (...given: unknown[]) => Sqlite.RunResult;
  statement.run = (...given: unknown[]) => {
    stepped();
    const value = run(...given);
    stepped();
    return value;
  };
  return statement;
} as typeof prepare;

const { startIntake, operator } = await import('./intake.ts');
const { fastClock } = await import('./fast-clock.ts');
const test = await startIntake({ folder: data, clock: fastClock(40), start: false });
await test.intake.start();
if (test.intake.sources().length === 0) {
  await test.intake.handlers['sources.add']({ name: 'Export', kind: 'folder', config: { folder } }, operator);
}
// A file is taken when it has been still for a while: nothing of it has happened yet.
isArmed = true;
const isDone = () => readdirSync(folder).every((name) => !name.endsWith('.ndjson'));
while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 10));
await test.stop();
process.stdout.write(`done after ${step} steps\n`);
process.exit(0);
