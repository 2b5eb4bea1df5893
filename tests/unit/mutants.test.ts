/** Whether the table still fits the code: `npm run mutants` itself takes minutes, and a sample of it not every row. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mutants } from '../mutants/table.ts';

test.each(mutants)(
  '$name: its text stands once in $file, and is broken by what replaces it',
  ({ file, find, replace }) => {
    // Where this fails the guard was rewritten: its row gets the text that holds it now.
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  },
);

test('each has a name of its own', () => {
  expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
});
