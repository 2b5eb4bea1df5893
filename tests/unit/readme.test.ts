import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../electron/cli/run.ts';
import { catalogue, eventTypes } from '../../shared/events.ts';
import { snippets } from '../../shared/snippets.ts';
import { silentIo } from '../support/command-line.ts';

const readme = readFileSync('README.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

describe('the README', () => {
  test.each(Object.values(snippets))('quotes the $label receiver as the tests run it', ({ text }) => {
    expect(readme).toContain(text);
  });

  test.each(eventTypes)('says when %s is sent, in the words of the catalogue', (type) => {
    expect(readme).toContain(`| \`${type}\` | ${catalogue[type].when} |`);
  });

  test('names only scripts that there are', () => {
    const named = [...readme.matchAll(/npm run (?:-s )?([\w:]+)/g)].map(([, name]) => name ?? '');
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(5);
  });

  test('names every command, and none that there is not', () => {
    const { program } = createProgram(silentIo(), false);
    const names = program.commands.map((command) => command.name());
    const operating = /## Operating it\n(.*?)\n## /s.exec(readme)?.[1] ?? '';
    const named = [...operating.matchAll(/^\| [^|]+ \| (.+) \|$/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([\w-]+)`/g)].map(([, name = '']) => name),
    );
    expect([...named].sort()).toEqual(names.filter((name) => name !== 'help').sort());
    for (const [, words = ''] of readme.matchAll(/npm run -s relay -- ([a-z][\w -]*)/g)) {
      const [first = '', second = ''] = words.split(' ');
      const command = program.commands.find((one) => one.name() === first);
      expect(command?.name(), words).toBe(first);
      const isGroup = (command?.commands.length ?? 0) > 0;
      if (isGroup) expect(command?.commands.map((one) => one.name())).toContain(second);
    }
  });

  test('maps only folders that there are, and shows a picture that there is', () => {
    const folders = [...readme.matchAll(/`((?:[\w-]+\/)+)`/g)].map(([, folder]) => folder ?? '');
    const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, file]) => file ?? '');
    expect([...folders, ...pictures].filter((path) => !existsSync(path))).toEqual([]);
    expect(pictures).toHaveLength(1);
  });
});
