/**
 * `npm test`: every suite, one after the other, and their sum as the last line. A suite that cannot run on
 * this machine says so itself and counts as skipped; one that dies without a report counts as failed.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

interface Sum {
  passed: number;
  failed: number;
  skipped: number;
}

interface Suite {
  readonly name: string;
  readonly command: readonly string[];
  readonly read: (report: string) => Sum;
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

const suites: readonly Suite[] = [
  {
    name: 'vitest',
    command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportOf('vitest')}`],
    read: readVitest,
  },
  { name: 'ui', command: ['playwright', 'test', '-c', 'tests/ui/playwright.config.ts'], read: readPlaywright },
  { name: 'e2e', command: ['playwright', 'test', '-c', 'tests/e2e/playwright.config.ts'], read: readPlaywright },
];

function run(suite: Suite): Sum {
  const [command, ...args] = suite.command;
  console.log(`\n— ${suite.name} —`);
  const ended = spawnSync(command ?? '', args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(suite.name) },
  });
  let sum: Sum = { passed: 0, failed: 0, skipped: 0 };
  try {
    sum = suite.read(readFileSync(reportOf(suite.name), 'utf8'));
  } catch {
    console.error(`${suite.name} left no report`);
  }
  if (ended.status !== 0 && sum.failed === 0) sum.failed = 1;
  return sum;
}

/** A program whose exit code is its result. */
function runProgram(name: string, args: readonly string[]): Sum {
  console.log(`\n— ${name} —`);
  const ended = spawnSync('node', args, { stdio: 'inherit' });
  return ended.status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Ten guards broken, other ones each day; `npm run mutants` breaks them all. */
function runMutants(): Sum {
  console.log('\n— mutants —');
  const ended = spawnSync('node', ['tests/mutants/mutants.ts', '--sample', '10'], { stdio: 'inherit' });
  return ended.status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

const wanted = process.argv.slice(2);
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const sums = suites.filter((suite) => wanted.length === 0 || wanted.includes(suite.name)).map(run);
// Ten rounds of kill -9 under load; trouble from around the engine, in its short form; a week of a property's life.
for (const [name, ...args] of [
  ['chaos', 'tests/chaos/chaos.ts', '--rounds', '10'],
  ['faults', 'tests/faults/faults.ts', '--short'],
  ['soak', 'tests/soak/soak.ts', '--days', '8'],
] as const) {
  if (wanted.length === 0 || wanted.includes(name)) sums.push(runProgram(name, args));
}
if (wanted.length === 0 || wanted.includes('mutants')) sums.push(runMutants());
const add = (member: keyof Sum): number => sums.reduce((total, sum) => total + sum[member], 0);
console.log(`\n${add('passed')} passed, ${add('failed')} failed, ${add('skipped')} skipped`);
process.exitCode = add('failed') === 0 && add('passed') > 0 ? 0 : 1;
