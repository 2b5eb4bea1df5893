/**
 * `npm test`: every suite, and their sum as the last line. Browser, desktop and programs run beside each other, on four
 * cores or more beside vitest too; what is not shown at once is printed when each suite has ended.
 * A suite that cannot run on this machine says so itself and counts as skipped; one that dies without a report counts as
 * failed. A few tests that failed are run once more by themselves, and those that pass then are named at the end: a busy
 * machine fails no landing, and hides nothing. What chance found is not, since it would try other values, and no program.
 *
 *   node tests/run.ts [NAME …]   those suites alone: vitest, chaos, faults, soak, mutants, ui, e2e
 */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { type Failure, readPlaywright, readVitest, type SuiteResult } from './support/reports.ts';

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** What its report says; absent for a program whose exit code is its result. */
  readonly read?: (report: string) => SuiteResult;
  /** Runs these alone, one after the other. */
  readonly again?: (failures: readonly Failure[]) => readonly string[];
}

const reports = join('test-results', 'reports');
const reportOf = (name: string): string => join(reports, `${name}.json`);

/** More than these have one cause, and running them again shows nothing new. */
const mostAgain = 5;

/** It leaves two cores no room for others. */
const calculating: readonly Suite[] = [
  {
    name: 'vitest',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json'],
    read: readVitest,
    again: (failures) => ['--maxWorkers=1', ...new Set(failures.map(({ file }) => relative('.', file)))],
  },
];

const asPlaywright = { read: readPlaywright, again: () => ['--last-failed', '--workers=1'] };

/** They wait half of their time for windows and engines: two of them beside each other fill two cores. */
const browser: readonly Suite[] = [
  { name: 'ui', command: ['playwright', 'test', '-c', 'tests/ui/playwright.config.ts'], ...asPlaywright },
];
const others: readonly Suite[] = [
  { name: 'e2e', command: ['playwright', 'test', '-c', 'tests/e2e/playwright.config.ts'], ...asPlaywright },
  // Ten rounds of kill -9 under load; trouble from around the engine, in its short form; a week of a property's life.
  { name: 'chaos', command: ['node', 'tests/chaos/chaos.ts', '--rounds', '10'] },
  { name: 'faults', command: ['node', 'tests/faults/faults.ts', '--short'] },
  { name: 'soak', command: ['node', 'tests/soak/soak.ts', '--days', '8'] },
  // Ten guards broken, other ones each day; `npm run mutants` breaks them all.
  { name: 'mutants', command: ['node', 'tests/mutants/mutants.ts', '--sample', '10'] },
];

const nothing: SuiteResult = { passed: 0, failed: 0, skipped: 0, failures: [] };

function resultOf({ name, read }: Suite, report: string, status: number | null): SuiteResult {
  const dead = { ...nothing, failed: 1, failures: [{ name, file: '', byChance: false }] };
  if (read === undefined) return status === 0 ? { ...nothing, passed: 1 } : dead;
  let result = nothing;
  try {
    result = read(readFileSync(reportOf(report), 'utf8'));
  } catch {
    console.error(`${name} left no report`);
  }
  return status !== 0 && result.failed === 0 ? { ...dead, passed: result.passed, skipped: result.skipped } : result;
}

/** @param isShown what it prints appears at once; else all of it when it has ended */
async function start(suite: Suite, more: readonly string[], report: string, isShown: boolean): Promise<SuiteResult> {
  const [command = '', ...args] = suite.command;
  if (isShown) console.log(`\n— ${report} —`);
  const to = suite.name === 'vitest' ? [`--outputFile.json=${reportOf(report)}`] : [];
  const options: SpawnOptions = {
    stdio: isShown ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, WINDOW_IS_BUILT: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(report) },
  };
  const child = spawn(command, [...args, ...to, ...more], options);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      printed.push(Buffer.from(`${error.message}\n`));
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (!isShown) process.stdout.write(`\n— ${report} —\n${Buffer.concat(printed)}`);
  return resultOf(suite, report, status);
}

/** Passed only by themselves: they wait too short beside other work, and want mending. */
const unsteady: string[] = [];
const failed: string[] = [];

async function run(suite: Suite, isShown: boolean): Promise<SuiteResult> {
  const startedMs = performance.now();
  let result = await start(suite, [], suite.name, isShown);
  const { failures } = result;
  const isChance = failures.some(({ file, byChance }) => file === '' || byChance);
  if (suite.again && failures.length > 0 && failures.length <= mostAgain && !isChance) {
    const again = await start(suite, suite.again(failures), `${suite.name}-again`, isShown);
    const still = new Set(again.failures.map(({ name }) => name));
    const passed = failures.filter(({ name }) => !still.has(name));
    if (again.passed > 0) {
      unsteady.push(...passed.map(({ name }) => `${suite.name}: ${name}`));
      result = { ...result, ...again, passed: result.passed + passed.length, skipped: result.skipped };
    }
  }
  failed.push(...result.failures.map(({ name }) => `${suite.name}: ${name}`));
  const took = Math.round((performance.now() - startedMs) / 1000);
  console.log(
    `— ${suite.name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped, ${took} s —`,
  );
  return result;
}

async function inTurn(suites: readonly Suite[], isShown: boolean): Promise<SuiteResult[]> {
  const sums: SuiteResult[] = [];
  for (const suite of suites) sums.push(await run(suite, isShown));
  return sums;
}

const names = process.argv.slice(2);
const all = [...calculating, ...browser, ...others];
const unknown = names.find((name) => !all.some((suite) => suite.name === name));
if (unknown !== undefined) {
  console.error(`There is no suite "${unknown}": ${all.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
const isWanted = ({ name }: Suite): boolean => names.length === 0 || names.includes(name);

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
// Once and before all others: no suite may find the window half built by another.
const built = spawnSync('npm', ['run', '--silent', 'build:window', '--', '--logLevel', 'error'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (built.status !== 0) throw new Error('the window could not be built');

const lanes = [calculating, browser, others].map((lane) => lane.filter(isWanted)).filter((lane) => lane.length > 0);
const besideEachOther = (of: readonly (readonly Suite[])[]) =>
  Promise.all(of.map((lane, place) => inTurn(lane, place === 0)));
const isFirstAlone = availableParallelism() < 4 && calculating.some(isWanted);
const sums = isFirstAlone
  ? [...(await besideEachOther(lanes.slice(0, 1))), ...(await besideEachOther(lanes.slice(1)))]
  : await besideEachOther(lanes);
const add = (member: 'passed' | 'failed' | 'skipped'): number =>
  sums.flat().reduce((total, sum) => total + sum[member], 0);
if (unsteady.length > 0) console.log(`\nPassed only when run by themselves:\n  ${unsteady.join('\n  ')}`);
if (failed.length > 0) console.log(`\nFailed:\n  ${failed.join('\n  ')}`);
console.log(`\n${add('passed')} passed, ${add('failed')} failed, ${add('skipped')} skipped`);
process.exitCode = add('failed') === 0 && add('passed') > 0 ? 0 : 1;
