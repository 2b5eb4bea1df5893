import { readdirSync, readFileSync } from 'node:fs';
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
