/** Reads a keyset-paged list as its callers do: page after page, and a page again. */

interface Answer {
  readonly rows: readonly { readonly id: string }[];
  readonly next: string | null;
  readonly complete: boolean;
}
type List = (request: { cursor?: string; downTo?: string }) => Answer;

/** A page as it was read. */
interface ReadPage {
  readonly cursor: string | null;
  readonly ids: readonly string[];
  readonly next: string | null;
  readonly complete: boolean;
}

/** All pages, one after the other. */
export function readPages(list: List): ReadPage[] {
  const pages: ReadPage[] = [];
  for (let cursor: string | null = null; ; ) {
    const { rows, next, complete } = list(cursor === null ? {} : { cursor });
    pages.push({ cursor, ids: rows.map(({ id }) => id), next, complete });
    if (next === null) return pages;
    cursor = next;
  }
}

/** Ids of all rows of a list. */
export const readAll = (list: List): string[] => readPages(list).flatMap(({ ids }) => ids);

/** Ids of the rows between a page's beginning and its end, in however many answers they come. */
export function readAgain(list: List, page: ReadPage): string[] {
  const ids: string[] = [];
  const end = page.next === null ? {} : { downTo: page.next };
  for (let from = page.cursor; ; ) {
    const { rows, next } = list({ ...(from !== null && { cursor: from }), ...end });
    ids.push(...rows.map(({ id }) => id));
    if (next === page.next) return ids;
    if (next === null) throw new Error('The list went on after the page, and now it is told to end with it.');
    from = next;
  }
}

/** A clock that goes on by so many milliseconds at every look. */
export function tickingClock(byMs: number): () => number {
  let now = 0;
  return () => {
    now += byMs;
    return now;
  };
}
