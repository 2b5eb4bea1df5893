/** A number that a comment cites leads somewhere: to a principle or a decision of ARCHITECTURE.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const folders = ['electron', 'renderer', 'shared', 'tests'];

/** Numbers of the entries under one heading, such as `## Decisions`. */
function numbersUnder(heading: string): Set<number> {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return new Set([...section.matchAll(/^(\d+)\. /gm)].map(([, number]) => Number(number)));
}

const known = { principle: numbersUnder('Principles'), decision: numbersUnder('Decisions') };
const citation = /\b(principle|decision)s? (\d+(?:(?:, | and )\d+)*)/gi;

/** `FILE: decision 99` for each that leads nowhere. */
function leadingNowhere(file: string, text: string): string[] {
  return [...text.matchAll(citation)].flatMap(([, kind = '', numbers = '']) =>
    numbers
      .split(/, | and /)
      .filter((number) => !known[kind.toLowerCase() as keyof typeof known].has(Number(number)))
      .map((number) => `${file}: ${kind} ${number}`),
  );
}

describe('what comments cite', () => {
  test('each principle and decision that is cited is there', () => {
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|tsx)$/.test(name) && !name.endsWith('citations.test.ts'))
        .map((name) => join(folder, name)),
    );
    const cited = files.flatMap((file) => [...readFileSync(join(root, file), 'utf8').matchAll(citation)]);
    expect(cited.length).toBeGreaterThan(40);
    expect(files.flatMap((file) => leadingNowhere(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test('one that leads nowhere is found', () => {
    expect(leadingNowhere('a.ts', '// As decisions 6 and 99 say, and principle 13.')).toEqual([
      'a.ts: decision 99',
      'a.ts: principle 13',
    ]);
  });
});
