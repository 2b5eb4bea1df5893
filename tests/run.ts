/**
 * `npm test`: every suite, and their sum as the last line. On four cores or more, browser and desktop run beside the
 * others, and what they print comes when each of them has ended; fewer would only make all of them wait for each other.
 * A suite that cannot run on this machine says so itself and counts as skipped; one that dies without a report counts as
 * failed.
 *
 *   node tests/run.ts [NAME …]   those suites alone: vitest, chaos, faults, soak, mutants, ui, e2e
 */
import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

interface Sum {
  passed: number;
  failed: number;
  skipped: number;
}

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  /** What its report says; absent for a program whose exit code is its result. */
  readonly read?: (report: string) => Sum;
}

const reports = join('test-results', 'reports');
const reportOf = (name: string): string => join(reports, `${name}.json`);

function readVitest(text: string): Sum {
  const report = JSON.parse(text) as {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    numFailedTestSuites: number;
  };
  return {
    passed: report.numPassedTests,
    // A file that cannot even be loaded has no failed test, and still has failed.
    failed: report.numFailedTests || Math.min(report.numFailedTestSuites, 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function readPlaywright(text: string): Sum {
  const { stats } = JSON.parse(text) as {
    stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}

/** One after the other. */
const calculating: readonly Suite[] = [
  {
    name: 'vitest',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportOf('vitest')}`],
    read: readVitest,
  },
  // Ten rounds of kill -9 under load; trouble from around the engine, in its short form; a week of a property's life.
  { name: 'chaos', command: ['node', 'tests/chaos/chaos.ts', '--rounds', '10'] },
  { name: 'faults', command: ['node', 'tests/faults/faults.ts', '--short'] },
  { name: 'soak', command: ['node', 'tests/soak/soak.ts', '--days', '8'] },
  // Ten guards broken, other ones each day; `npm run mutants` breaks them all.
  { name: 'mutants', command: ['node', 'tests/mutants/mutants.ts', '--sample', '10'] },
];

/** One after the other: a desktop has one screen, and its tests build what the browser's are served. */
const waiting: readonly Suite[] = [
  { name: 'ui', command: ['playwright', 'test', '-c', 'tests/ui/playwright.config.ts'], read: readPlaywright },
  { name: 'e2e', command: ['playwright', 'test', '-c', 'tests/e2e/playwright.config.ts'], read: readPlaywright },
];

const nothing = (): Sum => ({ passed: 0, failed: 0, skipped: 0 });

function sumOf({ name, read }: Suite, status: number | null): Sum {
  if (read === undefined) return status === 0 ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1 };
  let sum = nothing();
  try {
    sum = read(readFileSync(reportOf(name), 'utf8'));
  } catch {
    console.error(`${name} left no report`);
  }
  return status !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum;
}

/** @param isShown what it prints appears at once; else all of it when it has ended */
async function run(suite: Suite, isShown: boolean): Promise<Sum> {
  const [command = '', ...args] = suite.command;
  const startedMs = performance.now();
  if (isShown) console.log(`\n— ${suite.name} —`);
  const options: SpawnOptions = {
    stdio: isShown ? 'inherit' : ['inherit', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: { ...process.env, WINDOW_IS_BUILT: '1', PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(suite.name) },
  };
  const child = spawn(command, args, options);
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      printed.push(Buffer.from(`${error.message}\n`));
      resolve(null);
    });
    child.once('close', resolve);
  });
  if (!isShown) process.stdout.write(`\n— ${suite.name} —\n${Buffer.concat(printed)}`);
  const sum = sumOf(suite, status);
  const took = Math.round((performance.now() - startedMs) / 1000);
  console.log(`— ${suite.name}: ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped, ${took} s —`);
  return sum;
}

async function inTurn(suites: readonly Suite[], isShown: boolean): Promise<Sum[]> {
  const sums: Sum[] = [];
  for (const suite of suites) sums.push(await run(suite, isShown));
  return sums;
}

const names = process.argv.slice(2);
const all = [...calculating, ...waiting];
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

const [first, then] = [calculating.filter(isWanted), waiting.filter(isWanted)];
const sums =
  availableParallelism() >= 4 && first.length > 0
    ? await Promise.all([inTurn(first, true), inTurn(then, false)])
    : [await inTurn([...first, ...then], true)];
const add = (member: keyof Sum): number => sums.flat().reduce((total, sum) => total + sum[member], 0);
console.log(`\n${add('passed')} passed, ${add('failed')} failed, ${add('skipped')} skipped`);
process.exitCode = add('failed') === 0 && add('passed') > 0 ? 0 : 1;
