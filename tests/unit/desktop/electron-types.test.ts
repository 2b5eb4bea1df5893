/**
 * What we call of Electron is held against its own types, by `tsc`, which sees all but what a cast hides from it: so in
 * files that speak to Electron there is none.
 */
import { globSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

const files = globSync('electron/**/*.ts').filter((file) =>
  /from 'electron'|\bElectron\.[A-Z]|parentPort \} = process/.test(readFileSync(file, 'utf8')),
);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly typeAnnotation?: { readonly typeName?: { readonly name?: string } };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const hides = (node: Node): boolean =>
  node.type === 'TSTypeAssertion' ||
  node.type === 'TSNonNullExpression' ||
  node.type === 'TSAnyKeyword' ||
  (node.type === 'TSAsExpression' && node.typeAnnotation?.typeName?.name !== 'const');

/** Each cast as its line; comments that switch the compiler off too. */
function castsIn(name: string, text: string): string[] {
  const { program, errors } = parseSync(name, text);
  expect(errors).toEqual([]);
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isNode(value) && hides(value)) found.push(lineAt(text, value.start));
    for (const child of Object.values(value)) walk(child);
  };
  walk(program.body);
  return [...found, ...[...text.matchAll(/@ts-\w+/g)].map(({ index }) => lineAt(text, index))];
}

const lineAt = (text: string, at: number): string =>
  text.slice(text.lastIndexOf('\n', at - 1) + 1, (text.indexOf('\n', at) + 1 || text.length + 1) - 1).trim();

describe('Electron’s own types', () => {
  test('are those of the version that is shipped', () => {
    const { version } = JSON.parse(readFileSync('node_modules/electron/package.json', 'utf8')) as { version: string };
    const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      devDependencies: { electron: string };
    };
    expect(devDependencies.electron).toBe(version);
    expect(readFileSync('node_modules/electron/electron.d.ts', 'utf8').slice(0, 200)).toContain(
      `Type definitions for Electron ${version}`,
    );
  });

  test('are hidden by no cast, in any file that speaks to it', () => {
    expect(files).toEqual(expect.arrayContaining(['electron/main.ts', 'electron/engine-process.ts']));
    expect(files.length).toBeGreaterThan(8);
    expect(
      files.flatMap((file) => castsIn(file, readFileSync(file, 'utf8')).map((line) => `${file}: ${line}`)),
    ).toEqual([]);
  });

  // Planted: each hides a type of Electron's in another way, the `any` below among them.
  test.each([
    'app.on("ready" as never, start);',
    'const window = BrowserWindow.getFocusedWindow()!;',
    'const hidden = <Hidden>app;',
    'let settings: any = app.getLoginItemSettings();',
    '// @ts-expect-error not in the types yet\napp.setNew();',
  ])('%j would be seen', (line) => {
    expect(castsIn('planted.ts', `import { app } from 'electron';\n${line}\n`)).toHaveLength(1);
    expect(castsIn('planted.ts', `const sizes = [1, 2] as const;\n`)).toEqual([]);
  });
});
