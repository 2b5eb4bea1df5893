/**
 * Where each page of a keyset-paged list begins. Rows live in the query cache and leave it once they are out
 * of sight; what stays of a million rows is one cursor per page, enough to ask for it again.
 */

/** What a page's answer tells about its place. */
export interface PageAnswer {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

export interface PageDirectory {
  /** The cursor that each page is asked with; null for the first. */
  readonly cursors: readonly (string | null)[];
  /** Index of each page's first row, and after them the number of all rows known. */
  readonly starts: readonly number[];
  /** The cursor after the last known page; null at the end of the list. */
  readonly next: string | null;
  /** True once the first page has been answered. */
  readonly begun: boolean;
}

export const emptyDirectory: PageDirectory = { cursors: [], starts: [0], next: null, begun: false };

/** Number of rows whose place is known. */
export const knownRows = (directory: PageDirectory): number => directory.starts.at(-1) ?? 0;

/** True where older rows may follow. */
export const hasMore = (directory: PageDirectory): boolean => !directory.begun || directory.next !== null;

/**
 * The directory after a page was answered. A page that is asked again ends where it did, though it may have lost
 * or gained rows (a delivery leaves "waiting" when it is delivered). Where it has gained more rows than a page
 * holds, and so ends elsewhere, the pages after it are forgotten rather than shown with rows twice or missing.
 */
export function withPage(directory: PageDirectory, page: number, answer: PageAnswer): PageDirectory {
  if (page > directory.cursors.length) return directory;
  const start = directory.starts[page] ?? 0;
  const end = start + answer.rows.length;
  const isKnown = page < directory.cursors.length;
  if (isKnown && endOf(directory, page) === answer.next) {
    const shift = end - (directory.starts[page + 1] ?? end);
    if (shift === 0) return directory;
    return { ...directory, starts: directory.starts.map((at, index) => (index > page ? at + shift : at)) };
  }
  const cursor = isKnown ? (directory.cursors[page] ?? null) : directory.next;
  return {
    cursors: [...directory.cursors.slice(0, page), cursor],
    starts: [...directory.starts.slice(0, page + 1), end],
    next: answer.next,
    begun: true,
  };
}

/** The cursor after a known page; null at the end of the list. */
function endOf({ cursors, next }: PageDirectory, page: number): string | null {
  return page < cursors.length - 1 ? (cursors[page + 1] ?? null) : next;
}

/** The page that holds a row, or the one to be asked next where the row lies beyond what is known. */
export function pageOfRow(directory: PageDirectory, row: number): number {
  let low = 0;
  let high = directory.cursors.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((directory.starts[middle + 1] ?? Number.POSITIVE_INFINITY) <= row) low = middle + 1;
    else high = middle;
  }
  return low;
}

export interface PageToAsk {
  readonly page: number;
  readonly cursor: string | null;
  /** The `next` of a page that was answered before; undefined for one that was not. */
  readonly end: string | null | undefined;
}

/**
 * The pages to have at hand for rows `first` to `last` in sight: theirs, and the next one where the end of what
 * is known is within `ahead` rows.
 */
export function pagesInSight(directory: PageDirectory, first: number, last: number, ahead: number): PageToAsk[] {
  if (!directory.begun) return [{ page: 0, cursor: null, end: undefined }];
  const known = directory.cursors.length;
  const pages: PageToAsk[] = [];
  const from = pageOfRow(directory, Math.max(0, first - ahead / 2));
  const to = Math.min(pageOfRow(directory, last + ahead / 2), known - 1);
  for (let page = from; page <= to; page++)
    pages.push({ page, cursor: directory.cursors[page] ?? null, end: endOf(directory, page) });
  if (directory.next !== null && last + ahead >= knownRows(directory))
    pages.push({ page: known, cursor: directory.next, end: undefined });
  return pages;
}
