import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const scripts = Object.keys((JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts);
const workflows = readdirSync('.github/workflows').map((name) => `.github/workflows/${name}`);

test.each([
  ...workflows,
  '.ci/run',
  'README.md',
  'ARCHITECTURE.md',
  '.github/CONTRIBUTING.md',
  'build/windows-check.md',
])('every npm script that %s names is there', (file) => {
  const named = [...readFileSync(file, 'utf8').matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name]) => name);
  if (file !== '.ci/run' && !file.includes('windows-check')) expect(named.length).toBeGreaterThan(0);
  expect(named.filter((name) => !scripts.includes(name ?? ''))).toEqual([]);
});

test('the change log has a section for the version of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(readFileSync('CHANGELOG.md', 'utf8')).toMatch(new RegExp(`^## ${version.replaceAll('.', '\\.')}\\b`, 'm'));
});

test('every file here has a name that Windows and every terminal take', () => {
  const notWritten = new Set(['node_modules', 'dist', 'release', 'test-results', '.git']);
  const within = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (notWritten.has(entry.name)) return [];
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? [path, ...within(path)] : [path];
    });
  const paths = within('.');
  const isPortable = (name: string) =>
    /^[\w .@()+,=-]+$/.test(name) && !/[. ]$/.test(name) && !/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name);
  expect(paths.filter((path) => !isPortable(basename(path)))).toEqual([]);
  // Two names that differ in their case alone are one file there.
  expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
});
