/**
 * A list without an end: pages are asked as they come into sight and forgotten when they have left it. What
 * arrives appears on top while the top is in sight; further down it is counted only, so that nothing moves under a
 * reader's eyes; and who comes back to the list finds it where it was left.
 */
import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import type { CallOutput } from '../../shared/api.ts';
import {
  emptyDirectory,
  hasMore,
  knownRows,
  type PageAnswer,
  type PageDirectory,
  type PageToAsk,
  pageOfRow,
  pagesInSight,
  withPage,
} from './pages.ts';
import { askAgain, type CallFailure, type Topic, usePush } from './queries.ts';

const pageLimit = 100;
/** Most rows of a page that is asked again and has gained some; beyond them it ends at an earlier row than before. */
const mostRows = 5 * pageLimit;
/** A page is asked this many rows before it comes into sight. */
const aheadRows = 60;
/** How long a page out of sight stays in memory, in milliseconds. */
const forgetAfterMs = 10_000;
/** What is in sight is asked again at most this often, in milliseconds. */
const refreshEveryMs = 1000;
/** How long what has come waits for more of it before it is shown, in milliseconds. */
const liveAfterMs = 300;
/** So many places of the window's history are remembered. */
const mostPlaces = 30;

interface Identified {
  readonly id: string;
}

/** What is listed, and how it is asked. */
export interface Listed<Row extends Identified> {
  /** The area: its changes are what the list is asked again for. */
  readonly area: Extract<Topic, 'deliveries' | 'events'>;
  readonly filter: object;
  page(request: { cursor?: string; downTo?: string; limit: number }): Promise<Answer<Row>>;
  /** One row by itself; null where it is gone or has left the filter. */
  one(id: Row['id']): Promise<Row | null>;
  /** How many of the filter are newer than a page's `newest`. */
  newer(than: string): Promise<Newer>;
}

interface Answer<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
  readonly newest: string | null;
}
type Newer = CallOutput<'deliveries.newer'>;

export interface EndlessList<Row extends Identified> {
  /** Changes when another filter, or the newest, is to be shown; not by what arrives on top. */
  readonly identity: string;
  /** `loading` until the first page has come; `failed` where it could not. */
  readonly state: 'loading' | 'failed' | 'ready';
  readonly failure: CallFailure | null;
  /** Number of rows whose place is known, and whether older ones may follow. */
  readonly count: number;
  readonly more: boolean;
  /** The row at a place, where its page is at hand. */
  rowAt(index: number): Row | undefined;
  /** Where a row stands among those at hand; -1 where it is not. */
  placeOf(id: string | null): number;
  /** The row that keys act on. */
  readonly marked: Row['id'] | null;
  mark(id: Row['id']): void;
  /** How many have come that are not shown: none while the top is in sight, where they appear. */
  readonly newer: Newer;
  /** Begins again with the newest. */
  showNewest(): void;
  /** Asks again for what is in sight. */
  again(): void;
  /** Tells which rows can be seen, and whether the list stands at its very top. */
  see(first: number, last: number, atTop: boolean): void;
  /** The ids of all rows from one place to another, both included; those out of sight are asked for. */
  idsBetween(from: number, to: number): Promise<Row['id'][]>;
  /** How far the list was scrolled when it was left, in pixels; and telling it. */
  readonly leftAtPx: number;
  leave(scrolledPx: number): void;
}

interface Page<Row> extends PageAnswer {
  readonly rows: readonly Row[];
  /** Of the first page: the row that it began with when the list was opened, and the cursor that names the newest of then. */
  readonly top: Top | null;
}

interface Top {
  readonly id: string;
  readonly cursor: string;
}

interface Opened {
  readonly identity: string;
  /** The same for as long as it is one list to a person. */
  readonly shownAs: string;
  readonly directory: PageDirectory;
  readonly top: Top | null;
}

/** A list as it was left: a cursor for each page, not its rows. */
interface Place extends Opened {
  readonly filterText: string;
  readonly marked: string | null;
  readonly scrolledPx: number;
}

/** By the history's entry: Back and Forward lead to what was seen there. */
const places = new Map<string, Place>();
let openings = 0;

function opening(filterText: string): Opened {
  openings += 1;
  const identity = `${openings} ${filterText}`;
  return { identity, shownAs: identity, directory: emptyDirectory, top: null };
}

/** @param marked the row that keys act on at first */
export function useEndless<Row extends Identified>(
  listed: Listed<Row>,
  marked: Row['id'] | null = null,
): EndlessList<Row> {
  const { area } = listed;
  const queries = useQueryClient();
  const filterText = JSON.stringify([area, listed.filter]);
  const { key: entry } = useLocation();
  const [kept, setKept] = useState(() => ({ filterText, ...recalled(entry, filterText, marked) }));
  const [sight, setSight] = useState({ first: 0, last: 0, atTop: true });
  let now = kept;
  if (kept.filterText !== filterText) {
    now = { filterText, ...recalled(entry, filterText, kept.marked) };
    setKept(now);
    setSight({ first: 0, last: 0, atTop: true });
  }
  const { opened, leftAtPx } = now;
  const { identity, shownAs, directory, top } = opened;

  const asked = pagesInSight(directory, sight.first, sight.last, aheadRows);
  const question = ({ page, cursor, end }: PageToAsk) => ({
    queryKey: ['list', identity, page, cursor],
    queryFn: () => askPage(listed, { cursor, end }, page === 0 ? top : null),
    gcTime: forgetAfterMs,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const questions = asked.map(question);
  // The first page is asked for before the rest of the screen is drawn, not after.
  const [first] = questions;
  if (!directory.begun && first && !queries.getQueryState(first.queryKey)) void queries.prefetchQuery(first);
  const answers = useQueries({ queries: questions });

  // While rendering, so that an answer's rows are drawn with it; it comes to rest when every page has its place.
  const placed = asked.reduce(
    (at, { page, cursor }, index) => withAnswer(at, page, cursor, answers[index]?.data),
    opened,
  );
  if (placed !== opened) setKept({ ...now, opened: placed });

  const refresh = useCallback(
    () => void askAgain(queries, ({ queryKey: [name, of] }) => name === 'list' && of === identity, { mayFinish: true }),
    [queries, identity],
  );
  useRefresh(area, refresh);
  // Found again after a while, its rows may have changed unheard.
  useEffect(
    () => void queries.invalidateQueries({ queryKey: ['list', identity] }, { cancelRefetch: false }),
    [queries, identity],
  );

  const newer = useQuery({
    // Named like the call, so that it is asked again when its area changes.
    queryKey: [`${area}.newer`, { filter: listed.filter, than: top?.cursor }],
    queryFn: () => listed.newer(top?.cursor ?? ''),
    enabled: top !== null,
    gcTime: forgetAfterMs,
  });

  const latest = useRef({ entry, now, atTop: sight.atTop });
  useEffect(() => {
    latest.current = { entry, now, atTop: sight.atTop };
  });
  const come = newer.data ?? { count: 0, more: false };
  useLive(come.count > 0 && sight.atTop, identity, async () => {
    const fresh = { ...opening(filterText), shownAs };
    const answer = await queries.fetchQuery({
      queryKey: ['list', fresh.identity, 0, null],
      queryFn: () => askPage(listed, { cursor: null, end: undefined }, null),
      gcTime: forgetAfterMs,
      staleTime: Number.POSITIVE_INFINITY,
    });
    // Whoever has scrolled on meanwhile, or filters by something else, is left where they are.
    setKept((old) =>
      old.opened.identity === identity && latest.current.atTop
        ? { ...old, opened: withAnswer(fresh, 0, null, answer), leftAtPx: 0 }
        : old,
    );
  });

  const rowsOf = new Map(asked.map(({ page }, index) => [page, answers[index]?.data?.rows]));
  const failure = (answers.find((answer) => answer.error !== null)?.error ?? null) as CallFailure | null;
  return {
    identity: shownAs,
    state: directory.begun ? 'ready' : failure ? 'failed' : 'loading',
    failure,
    count: knownRows(directory),
    more: hasMore(directory),
    rowAt: (index) => {
      const page = pageOfRow(directory, index);
      return rowsOf.get(page)?.[index - (directory.starts[page] ?? 0)];
    },
    placeOf: (id) => {
      for (const [page, rows] of rowsOf) {
        const place = rows?.findIndex((row) => row.id === id) ?? -1;
        if (place >= 0) return (directory.starts[page] ?? 0) + place;
      }
      return -1;
    },
    marked: now.marked,
    mark: useCallback((id: Row['id']) => setKept((old) => (old.marked === id ? old : { ...old, marked: id })), []),
    newer: sight.atTop ? { count: 0, more: false } : come,
    showNewest: useCallback(() => setKept((old) => ({ ...old, opened: opening(old.filterText), leftAtPx: 0 })), []),
    again: () => void queries.refetchQueries({ queryKey: ['list', identity] }),
    see: useCallback((first: number, last: number, atTop: boolean) => {
      setSight((old) =>
        old.first === first && old.last === last && old.atTop === atTop ? old : { first, last, atTop },
      );
    }, []),
    idsBetween: async (from, to) => {
      const pages = pagesInSight(directory, from, to, 0);
      const answered = await Promise.all(pages.map((page) => queries.fetchQuery(question(page))));
      return answered.flatMap(({ rows }, index) => {
        const start = directory.starts[pages[index]?.page ?? 0] ?? 0;
        return rows.slice(Math.max(0, from - start), Math.max(0, to - start + 1)).map(({ id }) => id);
      });
    },
    leftAtPx,
    leave: useCallback((scrolledPx: number) => remember(latest.current.entry, latest.current.now, scrolledPx), []),
  };
}

/** What is known of the list once a page was answered; the same where the answer says nothing new, or is out of date. */
function withAnswer(opened: Opened, page: number, cursor: string | null, answer: Page<unknown> | undefined): Opened {
  const { directory, top } = opened;
  const expected = page < directory.cursors.length ? directory.cursors[page] : directory.next;
  if (!answer || expected !== cursor) return opened;
  const withIt = withPage(directory, page, answer);
  const begins = top ?? answer.top;
  return withIt === directory && begins === top ? opened : { ...opened, directory: withIt, top: begins };
}

/** The list as it was left at this entry of the history; else as it is opened for the first time. */
function recalled<Id extends string>(entry: string, filterText: string, marked: Id | null) {
  const place = places.get(entry);
  if (place?.filterText !== filterText) return { opened: opening(filterText), marked, leftAtPx: 0 };
  const { identity, shownAs, directory, top, scrolledPx } = place;
  return {
    opened: { identity, shownAs, directory, top },
    marked: marked ?? (place.marked as Id | null),
    leftAtPx: scrolledPx,
  };
}

function remember(
  entry: string,
  { opened, filterText, marked }: { opened: Opened; filterText: string; marked: string | null },
  scrolledPx: number,
): void {
  places.delete(entry);
  places.set(entry, { ...opened, filterText, marked, scrolledPx });
  for (const oldest of places.keys()) {
    if (places.size <= mostPlaces) break;
    places.delete(oldest);
  }
}

/**
 * A page of the list as it was opened. The first page is asked again from where it began then, without what has
 * arrived above it since. The cursor gives what lies below the newest row of all: where the first row is that
 * one, it is asked by itself.
 */
async function askPage<Row extends Identified>(
  listed: Listed<Row>,
  { cursor, end }: Stretch,
  top: Top | null,
): Promise<Page<Row>> {
  if (top === null) {
    const { rows, next, newest } = await askStretch(listed, { cursor, end });
    const [first] = rows;
    const begins = cursor === null && first !== undefined && newest !== null;
    return { rows, next, top: begins ? { id: first.id, cursor: newest } : null };
  }
  const { rows, next } = await askStretch(listed, { cursor: top.cursor, end });
  // Retention may have removed it meanwhile.
  const first = rows.some(({ id }) => id === top.id) ? null : await listed.one(top.id);
  return { rows: first ? [first, ...rows] : rows, next, top };
}

/** From one cursor to another; to wherever a page ends where that is undefined. */
type Stretch = Pick<PageToAsk, 'cursor' | 'end'>;

/**
 * The rows of a stretch. A page that was answered before is asked on until it ends where it did: the engine gives
 * each answer only so much time, and a list that is read must not lose its place because a machine is busy.
 */
async function askStretch<Row extends Identified>(listed: Listed<Row>, { cursor, end }: Stretch): Promise<Answer<Row>> {
  const from = (after: string | null) =>
    listed.page({ ...(after !== null && { cursor: after }), ...(end != null && { downTo: end }), limit: pageLimit });
  let answer = await from(cursor);
  const { newest } = answer;
  const rows = [...answer.rows];
  while (end !== undefined && answer.next !== null && answer.next !== end && rows.length < mostRows) {
    answer = await from(answer.next);
    rows.push(...answer.rows);
  }
  return { rows, next: answer.next, newest };
}

/** Takes in what has come, at most once in `refreshEveryMs`, for as long as `wanted`. */
function useLive(wanted: boolean, identity: string, takeIn: () => Promise<void>): void {
  const latest = useRef(takeIn);
  const lastAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    latest.current = takeIn;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each list that was taken in waits anew.
  useEffect(() => {
    if (!wanted) return;
    // The first at once, as far as a person can tell; a flood is taken in by the second.
    let timer: ReturnType<typeof setTimeout>;
    const go = () => {
      timer = setTimeout(go, refreshEveryMs);
      lastAt.current = performance.now();
      // What could not be asked is asked again.
      latest.current().catch(() => undefined);
    };
    timer = setTimeout(go, Math.max(liveAfterMs, lastAt.current + refreshEveryMs - performance.now()));
    return () => clearTimeout(timer);
  }, [wanted, identity]);
}

/** Calls back when the area has changed, at most once in `refreshEveryMs`. */
function useRefresh(area: Topic, refresh: () => void): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onChanged = useCallback(
    ({ topics }: { topics: readonly Topic[] }) => {
      // What became of an event changes with its deliveries.
      if (!(topics.includes(area) || topics.includes('deliveries')) || timer.current !== undefined) return;
      timer.current = setTimeout(() => {
        timer.current = undefined;
        latest.current();
      }, refreshEveryMs);
    },
    [area],
  );
  usePush('changed', onChanged);
}
