/**
 * `npm run mutants`: breaks one guard at a time in a copy of the code and runs the tests that hold it. A guard that can
 * be broken without a test failing is a wish: it is listed, and so is an entry whose text is not in the code any more.
 *
 *   --only NAME     one mutant, or several with commas
 *   --sample N      N of them, by chance; which ones is decided by the day
 *   --seed TEXT     another choice than the day's
 *   --list          their names
 *
 * Ends with 0 only where every mutant was killed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { Mutant } from './mutant.ts';
import { mutants } from './table.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** As many as vitest itself runs at once: see vitest.config.ts. */
const lanes = 2;
/** A test that a broken guard leaves waiting fails after this; a run that does not end even then is cut off. */
const timeouts = ['--testTimeout=10000', '--hookTimeout=5000'];
const longestRunMs = 120_000;

interface TestResult {
  readonly fullName: string;
  readonly status: string;
}

/** Everything that a test of the code reads; the rest is what was built, fetched or reported. */
const notCopied = new Set(['node_modules', 'dist', 'release', 'test-results', '.git']);

function makeCopy(parent: string, name: string): string {
  const copy = join(parent, name);
  mkdirSync(copy);
  for (const entry of readdirSync(root)) {
    if (!notCopied.has(entry)) cpSync(join(root, entry), join(copy, entry), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  return copy;
}

/** Runs tests by their names; null where no report came: a run that did not end, or code that cannot be loaded. */
async function runTests(
  copy: string,
  files: readonly string[],
  pattern: string,
  ...more: string[]
): Promise<readonly TestResult[] | null> {
  const report = join(copy, 'report.json');
  // A few tests do not wait for it to be built: see support/built-threads.ts.
  const readerThread = pathToFileURL(join(copy, 'electron', 'engine', 'reader-thread.ts')).href;
  rmSync(report, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(
    process.execPath,
    [
      ...[vitest, 'run', ...files, '--testNamePattern', pattern],
      ...['--reporter=json', `--outputFile=${report}`, ...more],
    ],
    {
      cwd: copy,
      env: { ...process.env, ROOST_RELAY_TEST_READER_THREAD: readerThread },
      stdio: 'ignore',
      detached: process.platform !== 'win32',
    },
  );
  const cut = setTimeout(() => endAll(child.pid), longestRunMs);
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(cut);
  // A test that failed has not ended what it started. Windows has no groups, and may have given the number away.
  if (process.platform !== 'win32') endAll(child.pid);
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as {
      testResults: { assertionResults: TestResult[] }[];
    };
    return testResults.flatMap(({ assertionResults }) => assertionResults);
  } catch {
    return null;
  }
}

/** With the engines that its tests have started. */
function endAll(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

const filesOf = ({ tests }: Mutant): readonly string[] => [tests[0]];
const patternOf = ({ tests }: Mutant): string => escaped(tests[1]);
const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Why it was not killed; null where it was. */
async function tryMutant(copy: string, mutant: Mutant): Promise<string | null> {
  const file = join(copy, mutant.file);
  const good = readFileSync(file, 'utf8');
  const found = good.split(mutant.find).length - 1;
  if (found !== 1) return `stale: its text is found ${found} times in ${mutant.file}`;
  writeFileSync(
    file,
    good.replace(mutant.find, () => mutant.replace),
  );
  try {
    const results = await runTests(copy, filesOf(mutant), patternOf(mutant), '--bail=1', '--maxWorkers=1', ...timeouts);
    if (results === null) return 'broken: with it the tests cannot be run at all';
    const ran = results.filter(({ status }) => status === 'passed' || status === 'failed');
    if (ran.length === 0) return `stale: ${mutant.tests[0]} has no test named "${mutant.tests[1]}" that runs here`;
    return ran.some(({ status }) => status === 'failed') ? null : `${mutant.guard} is held by no test`;
  } finally {
    writeFileSync(file, good);
  }
}

/** With the code as it is all of these tests have to pass: one that fails anyway kills nothing. */
async function failingAnyway(copy: string, chosen: readonly Mutant[]): Promise<readonly string[]> {
  const files = [...new Set(chosen.flatMap(filesOf))];
  const patterns = [...new Set(chosen.map(patternOf))];
  const results = await runTests(copy, files, patterns.join('|'));
  if (results === null) return ['the tests cannot be run at all'];
  return results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
}

/** The same choice all day, and another tomorrow. */
function sample(all: readonly Mutant[], count: number, seed: string): readonly Mutant[] {
  const rank = ({ name }: Mutant) => createHash('sha256').update(`${seed} ${name}`).digest('hex');
  return all.toSorted((one, other) => rank(one).localeCompare(rank(other))).slice(0, count);
}

function choose(): readonly Mutant[] {
  const { values } = parseArgs({
    options: {
      only: { type: 'string' },
      sample: { type: 'string' },
      seed: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      list: { type: 'boolean', default: false },
    },
  });
  if (values.list) {
    for (const { name, guard } of mutants) console.log(`${name.padEnd(28)} ${guard}`);
    return [];
  }
  if (values.only !== undefined) {
    return values.only.split(',').map((name) => {
      const mutant = mutants.find((one) => one.name === name);
      if (!mutant) throw new Error(`--only: there is no mutant named "${name}"; --list shows them`);
      return mutant;
    });
  }
  if (values.sample === undefined) return mutants;
  const count = Number(values.sample);
  if (!Number.isInteger(count) || count < 1) throw new Error(`--sample: expected a whole number, got ${values.sample}`);
  console.log(`a sample of ${count}, by the seed "${values.seed}"`);
  return sample(mutants, count, values.seed);
}

async function run(): Promise<number> {
  const chosen = choose().filter(({ name, needsRoot }) => {
    const canRun = !needsRoot || process.getuid?.() === 0;
    if (!canRun) console.log(`skipped   ${name}: its test takes the part of another user, which only root can`);
    return canRun;
  });
  if (chosen.length === 0) return 0;
  const parent = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    const copies = Array.from({ length: Math.min(lanes, chosen.length) }, (_, n) => makeCopy(parent, `lane-${n}`));
    const [first = ''] = copies;
    const failing = await failingAnyway(first, chosen);
    if (failing.length > 0) {
      console.error(`These fail without any mutant, so nothing can be learnt from them:\n  ${failing.join('\n  ')}`);
      return 1;
    }
    const waiting = [...chosen];
    let killed = 0;
    await Promise.all(
      copies.map(async (copy) => {
        for (let mutant = waiting.shift(); mutant; mutant = waiting.shift()) {
          const began = performance.now();
          const why = await tryMutant(copy, mutant);
          if (why === null) killed += 1;
          const took = `${((performance.now() - began) / 1000).toFixed(1)} s`;
          console.log(
            why === null ? `killed    ${mutant.name} (${took})` : `SURVIVED  ${mutant.name} (${took}): ${why}`,
          );
        }
      }),
    );
    console.log(`mutants ${chosen.length}, killed ${killed}, survived ${chosen.length - killed}`);
    return killed === chosen.length ? 0 : 1;
  } finally {
    rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

try {
  process.exitCode = await run();
} catch (problem) {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exitCode = 2;
}
