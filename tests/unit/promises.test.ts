import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';

/** One statement, and whether somebody hears of it where the work in it fails. */
const statements: readonly [statement: string, isOwned: boolean][] = [
  ['work();', false],
  ['work().then(() => undefined);', false],
  ['void work();', false],
  ['later(() => void work());', false],
  ['void work().then(() => undefined);', false],
  ['later(async () => { await work(); });', false],
  ['list.forEach(async () => { await work(); });', false],
  ["own('the work', work());", true],
  ['work().catch(() => undefined);', true],
  ['await work();', true],
  ['void list.push(1);', true],
];

const before = `export type Own = (what: string, work: Promise<unknown>) => void;
export async function planted(own: Own, work: () => Promise<void>, later: (run: () => void) => void, list: number[]) {
`;

test('a promise that nobody owns does not pass the check of the code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'promises-'));
  try {
    copyFileSync('biome.json', join(folder, 'biome.json'));
    cpSync('.ci/lint', join(folder, '.ci/lint'), { recursive: true });
    for (const [index, [statement]] of statements.entries()) {
      const file = join(folder, 'electron', 'engine', `planted-${index}.ts`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `${before}  ${statement}\n  return { own, work, later, list };\n}\n`);
    }
    const run = spawnSync(
      resolve('node_modules/.bin/biome'),
      ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'],
      { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' },
    );
    const refused = statements.map((_, index) =>
      run.stdout.split('\n').some((line) => line.includes(`planted-${index}.ts`) && /Promises|title=plugin/.test(line)),
    );
    expect(statements.map(([statement], index) => [statement, !refused[index]])).toEqual(statements);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
