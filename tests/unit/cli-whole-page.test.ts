import { expect, test } from 'vitest';
import { wholePage } from '../../electron/cli/list-options.ts';

/** An engine whose time for one answer ends each search after two of what it looks at; only threes match. */
const slow =
  (rows: readonly number[]) =>
  async ({ limit, cursor }: { limit: number; cursor?: string }) => {
    const from = Number(cursor ?? 0);
    const to = Math.min(from + 2, rows.length);
    const found = rows.slice(from, to).filter((row) => row % 3 === 0);
    const isAll = to === rows.length;
    return { rows: found.slice(0, limit), next: isAll ? null : String(to), newest: `of ${from}`, complete: isAll };
  };

const upTo = (n: number) => Array.from({ length: n }, (_, at) => at + 1);

test('a search that ended before all was looked at is asked on, until it is whole', async () => {
  expect(await wholePage({}, slow(upTo(10)))).toEqual({
    rows: [3, 6, 9],
    next: null,
    newest: 'of 0',
    complete: true,
  });
});

test('a page that is full is not asked on', async () => {
  expect(await wholePage({ limit: '2' }, slow(upTo(30)))).toMatchObject({ rows: [3, 6], next: '6' });
});

test('a page begins where it is told to', async () => {
  expect(await wholePage({ cursor: '6' }, slow(upTo(10)))).toMatchObject({ rows: [9], next: null });
});
