import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** File, what it imports, and whether that is allowed. */
const imports: readonly [path: string, imported: string, allowed: boolean][] = [
  ['shared/planted.ts', '../electron/engine/engine.ts', false],
  ['shared/planted.ts', 'electron', false],
  ['shared/planted.ts', './domain.ts', true],
  ['shared/planted.ts', 'zod', true],
  ['renderer/features/today/planted.tsx', '../../../electron/engine/engine.ts', false],
  ['renderer/features/today/planted.tsx', 'node:fs', false],
  ['renderer/features/today/planted.tsx', '../../../shared/api.ts', true],
  ['electron/engine/queue/planted.ts', 'electron', false],
  ['electron/engine/queue/planted.ts', '../../shell/tray.ts', false],
  ['electron/engine/queue/planted.ts', '../../main.ts', false],
  ['electron/engine/queue/planted.ts', '../../../renderer/lib/format.ts', false],
  ['electron/engine/queue/planted.ts', '../store/settings.ts', true],
  ['electron/engine/queue/planted.ts', '../../../shared/domain.ts', true],
  ['electron/shell/planted.ts', '../engine/store/connection.ts', false],
  ['electron/shell/planted.ts', '../../renderer/lib/format.ts', false],
  ['electron/shell/planted.ts', '../engine/engine.ts', true],
  ['electron/shell/planted.ts', 'electron', true],
  ['electron/ipc/planted.ts', '../headless.ts', false],
];

/** Lints a tree that holds nothing but these imports, by the project's own rules; returns the refused files. */
function refusedFiles(): Set<string> {
  const folder = mkdtempSync(join(tmpdir(), 'boundaries-'));
  try {
    copyFileSync('biome.json', join(folder, 'biome.json'));
    cpSync('.ci/lint', join(folder, '.ci/lint'), { recursive: true });
    for (const [index, [path, imported]] of imports.entries()) {
      const file = join(folder, planted(path, index));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, `import { planted } from '${imported}';\n\nexport default planted;\n`);
    }
    const biome = resolve('node_modules/.bin/biome');
    const run = spawnSync(biome, ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github', '.'], {
      cwd: folder,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const refusals = run.stdout.split('\n').filter((line) => line.includes('noRestrictedImports'));
    return new Set(refusals.map((line) => /planted-\d+/.exec(line)?.[0] ?? line));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const planted = (path: string, index: number): string => path.replace('planted', `planted-${index}`);

describe('who may import whom', () => {
  const refused = refusedFiles();
  test.each(imports.map((row, index) => [...row, index] as const))(
    '%s importing %s is allowed: %s',
    (_path, _imported, allowed, index) => {
      expect(refused.has(`planted-${index}`)).toBe(!allowed);
    },
  );
});
