import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyDirectory,
  hasMore,
  knownRows,
  type PageDirectory,
  pageOfRow,
  pagesInSight,
  withPage,
} from '../../../renderer/lib/pages.ts';

/** A list of numbers, newest first, asked in keyset pages: the cursor is the last number of a page. */
function listOf(rows: readonly number[], limit: number) {
  return (cursor: string | null) => {
    const rest = cursor === null ? rows : rows.filter((row) => row < Number(cursor));
    const page = rest.slice(0, limit);
    return { rows: page, next: rest.length > limit ? String(page.at(-1)) : null };
  };
}

const descending = (count: number) => Array.from({ length: count }, (_, index) => count - index);

function readAll(ask: ReturnType<typeof listOf>): PageDirectory {
  let directory = withPage(emptyDirectory, 0, ask(null));
  while (directory.next !== null) directory = withPage(directory, directory.cursors.length, ask(directory.next));
  return directory;
}

describe('the directory of pages', () => {
  it('leads to every row of a list by the page and place that it stands in', () => {
    // biome-ignore lint/nursery/noFloatingPromises: this property is a synchronous one
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 60 }), (count, limit) => {
        const rows = descending(count);
        const ask = listOf(rows, limit);
        const directory = readAll(ask);
        expect(knownRows(directory)).toBe(count);
        expect(hasMore(directory)).toBe(false);
        for (let row = 0; row < count; row += 7) {
          const page = pageOfRow(directory, row);
          const answer = ask(directory.cursors[page] ?? null);
          expect(answer.rows[row - (directory.starts[page] ?? 0)]).toBe(rows[row]);
        }
      }),
    );
  });

  it('stays the very same where a page is asked again and nothing has moved', () => {
    const ask = listOf(descending(30), 10);
    const directory = readAll(ask);
    expect(withPage(directory, 1, ask(directory.cursors[1] ?? null))).toBe(directory);
  });

  it('forgets the pages after one whose end has moved, so that no row is shown twice or left out', () => {
    const rows = descending(40);
    const directory = readAll(listOf(rows, 10));
    const left = listOf(
      rows.filter((row) => row !== 25),
      10,
    );
    const after = withPage(directory, 1, left(directory.cursors[1] ?? null));
    expect(after.cursors).toHaveLength(2);
    let again = after;
    while (again.next !== null) again = withPage(again, again.cursors.length, left(again.next));
    expect(knownRows(again)).toBe(39);
  });

  it('takes up the rows that a last page has gained', () => {
    const directory = readAll(listOf(descending(15), 10));
    const gained = withPage(directory, 1, { rows: [5, 4, 3, 2, 1, 0], next: null });
    expect(knownRows(gained)).toBe(16);
    expect(gained.starts).toEqual([0, 10, 16]);
  });

  it('passes over a page without rows, where the search has only got so far', () => {
    const first = withPage(emptyDirectory, 0, { rows: [], next: '500' });
    const second = withPage(first, 1, { rows: [7, 6], next: null });
    expect(knownRows(second)).toBe(2);
    expect(pageOfRow(second, 0)).toBe(1);
  });
});

describe('the pages in sight', () => {
  const directory = readAll(listOf(descending(1000), 100));

  it('are those of the rows in sight, and no others', () => {
    expect(pagesInSight(directory, 520, 540, 30).map(({ page }) => page)).toEqual([5]);
    expect(pagesInSight(directory, 590, 610, 30).map(({ page }) => page)).toEqual([5, 6]);
  });

  it('are the first one before anything is known', () => {
    expect(pagesInSight(emptyDirectory, 0, 0, 30)).toEqual([{ page: 0, cursor: null }]);
  });

  it('include the next one before the end of what is known is reached', () => {
    const begun = withPage(emptyDirectory, 0, listOf(descending(1000), 100)(null));
    expect(pagesInSight(begun, 0, 12, 30).map(({ page }) => page)).toEqual([0]);
    expect(pagesInSight(begun, 60, 75, 30).map(({ page }) => page)).toEqual([0, 1]);
  });

  it('keep one cursor per page of a million rows, and nothing else', () => {
    let long = emptyDirectory;
    for (let page = 0; page < 100; page++)
      long = withPage(long, page, { rows: { length: 10_000 } as unknown as readonly unknown[], next: String(page) });
    expect(knownRows(long)).toBe(1_000_000);
    expect(pagesInSight(long, 765_432, 765_450, 30)).toEqual([{ page: 76, cursor: '75', end: '76' }]);
  });
});
