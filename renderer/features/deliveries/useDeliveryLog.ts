/**
 * The log as one long list: pages are asked as they come into sight and forgotten when they have left it.
 * What arrives meanwhile is counted, not put on top, so that nothing moves under a reader's eyes.
 */
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RelayClient } from '../../../shared/api.ts';
import type { DeliveryId } from '../../../shared/domain.ts';
import type { DeliveryFilter, DeliveryRow } from '../../../shared/schemas.ts';
import { ask, type CallFailure, type Topic, useClient, usePush, useRelayQuery } from '../../lib/queries.ts';
import {
  emptyDirectory,
  hasMore,
  knownRows,
  type PageAnswer,
  type PageDirectory,
  pageOfRow,
  pagesInSight,
  withPage,
} from './pages.ts';

const pageLimit = 100;
/** A page is asked this many rows before it comes into sight. */
const aheadRows = 60;
/** How long a page out of sight stays in memory, in milliseconds. */
const forgetAfterMs = 10_000;
/** What is in sight is asked again at most this often, in milliseconds. */
const refreshEveryMs = 1000;

interface LogPage extends PageAnswer {
  readonly rows: readonly DeliveryRow[];
  /** Of the first page: the row that it began with when the list was opened, and the cursor that names it. */
  readonly top: Top | null;
}

interface Top {
  readonly id: DeliveryId;
  readonly cursor: string;
  /** Whether the rows after the cursor come without it; null until that was asked. */
  readonly apart: boolean | null;
}

export interface DeliveryLog {
  /** `loading` until the first page has come; `failed` where it could not. */
  readonly state: 'loading' | 'failed' | 'ready';
  readonly failure: CallFailure | null;
  /** Number of rows whose place is known, and whether older ones may follow. */
  readonly count: number;
  readonly more: boolean;
  /** The row at a place, where its page is at hand. */
  rowAt(index: number): DeliveryRow | undefined;
  /** Where a delivery stands among the rows at hand; -1 where it is not. */
  placeOf(id: string | null): number;
  /** How many have come since the list was opened. */
  readonly newer: { readonly count: number; readonly more: boolean };
  /** Begins again with the newest. */
  showNewest(): void;
  /** Asks again for what is in sight. */
  again(): void;
  /** Tells which rows can be seen. */
  see(first: number, last: number): void;
}

interface Opened {
  /** Changes when another filter, or the newest, is to be shown. */
  readonly identity: string;
  readonly directory: PageDirectory;
  readonly top: Top | null;
}

const opening = (identity: string): Opened => ({ identity, directory: emptyDirectory, top: null });

export function useDeliveryLog(filter: DeliveryFilter): DeliveryLog {
  const client = useClient();
  const queries = useQueryClient();
  const [turn, setTurn] = useState(0);
  const identity = `${turn} ${JSON.stringify(filter)}`;
  const [kept, setOpened] = useState(() => opening(identity));
  const [sight, setSight] = useState({ first: 0, last: 0 });
  if (kept.identity !== identity) {
    setOpened(opening(identity));
    setSight({ first: 0, last: 0 });
  }
  const { directory, top } = kept.identity === identity ? kept : opening(identity);

  const asked = pagesInSight(directory, sight.first, sight.last, aheadRows);
  const answers = useQueries({
    queries: asked.map(({ page, cursor }) => ({
      queryKey: ['log', identity, page, cursor],
      queryFn: () => askPage(client, filter, cursor, page === 0 ? top : null),
      gcTime: forgetAfterMs,
      staleTime: Number.POSITIVE_INFINITY,
    })),
  });

  // After every render on purpose: it comes to rest as soon as every page at hand has its place.
  useEffect(() => {
    setOpened((old) => {
      if (old.identity !== identity) return old;
      let next = old;
      asked.forEach(({ page, cursor }, index) => {
        const answer = answers[index]?.data;
        const { cursors } = next.directory;
        if (!answer || (page < cursors.length ? cursors[page] : next.directory.next) !== cursor) return;
        const withIt = withPage(next.directory, page, answer);
        const begins = next.top?.apart == null ? (answer.top ?? next.top) : next.top;
        if (withIt !== next.directory || begins !== next.top) next = { identity, directory: withIt, top: begins };
      });
      return next;
    });
  });

  useRefresh(() => void queries.invalidateQueries({ queryKey: ['log', identity] }, { cancelRefetch: false }));

  const newer = useRelayQuery(
    'deliveries.newer',
    { filter, than: top?.cursor ?? '' },
    { enabled: top !== null, gcTime: forgetAfterMs },
  );

  const rowsOf = new Map(asked.map(({ page }, index) => [page, answers[index]?.data?.rows]));
  const failure = (answers.find((answer) => answer.error !== null)?.error ?? null) as CallFailure | null;
  return {
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
    newer: newer.data ?? { count: 0, more: false },
    showNewest: useCallback(() => setTurn((value) => value + 1), []),
    again: () => void queries.refetchQueries({ queryKey: ['log', identity] }),
    see: useCallback((first: number, last: number) => {
      setSight((old) => (old.first === first && old.last === last ? old : { first, last }));
    }, []),
  };
}

/**
 * A page of the list as it was opened. The first page is asked again from where it began then, without what has
 * arrived above it since. The cursor names the newest delivery of all: where the first row is that one, it is
 * asked by itself.
 */
async function askPage(
  client: RelayClient,
  filter: DeliveryFilter,
  cursor: string | null,
  top: Top | null,
): Promise<LogPage> {
  const from = (after: string | null, limit: number) =>
    ask(client, 'deliveries.list', { filter, ...(after !== null && { cursor: after }), limit });
  if (top === null) {
    const { rows, next, newest } = await from(cursor, pageLimit);
    const [first] = rows;
    const begins = cursor === null && first !== undefined && newest !== null;
    return { rows, next, top: begins ? { id: first.id, cursor: newest, apart: null } : null };
  }
  const apart = top.apart ?? !(await from(top.cursor, 1)).rows.some(({ id }) => id === top.id);
  const rest = await from(top.cursor, apart ? pageLimit - 1 : pageLimit);
  // Retention may have removed it meanwhile.
  const first = apart ? await client.call('deliveries.get', { id: top.id }) : null;
  const rows = first?.ok && stillMatches(first.value, filter) ? [first.value, ...rest.rows] : rest.rows;
  return { rows, next: rest.next, top: { ...top, apart } };
}

/** False where a delivery has left the filter since it was listed: of what is filtered by, its state alone changes. */
function stillMatches(row: DeliveryRow, filter: DeliveryFilter): boolean {
  return filter.states === undefined || filter.states.includes(row.state);
}

/** Calls back when deliveries have changed, at most once in `refreshEveryMs`. */
function useRefresh(refresh: () => void): void {
  const latest = useRef(refresh);
  useEffect(() => {
    latest.current = refresh;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onChanged = useCallback(({ topics }: { topics: readonly Topic[] }) => {
    if (!topics.includes('deliveries') || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      latest.current();
    }, refreshEveryMs);
  }, []);
  usePush('changed', onChanged);
}
