// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, renderHook, waitFor } from '@testing-library/react';
import { type ReactNode, StrictMode } from 'react';
import { MemoryRouter } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Listed, useEndless } from '../../../renderer/lib/endless.ts';
import { ClientProvider } from '../../../renderer/lib/queries.ts';
import { createDouble } from '../../ui/support/double.ts';

interface Row {
  readonly id: string;
}

/** A log of numbered rows, the newest first, that answers as the engine does: as far as its time suffices. */
function createLog(count: number) {
  const log = {
    rows: Array.from({ length: count }, (_, index) => count - index),
    /** So many rows are found before the time for one answer is over. */
    inTime: Number.POSITIVE_INFINITY,
    listed: {} as Listed<Row>,
  };
  const idOf = (row: number) => `row_${row}`;
  log.listed = {
    area: 'events',
    filter: { of: count },
    page: async ({ cursor, downTo, limit }) => {
      const stretch = log.rows.filter((row) => row < Number(cursor ?? Infinity) && row >= Number(downTo ?? 0));
      const found = stretch.slice(0, Math.min(limit, log.inTime));
      const next = stretch.length > found.length ? String(found.at(-1)) : (downTo ?? null);
      return { rows: found.map((row) => ({ id: idOf(row) })), next, newest: String(log.rows[0]) };
    },
    one: async (id) => (log.rows.some((row) => idOf(row) === id) ? { id } : null),
    newer: async (than) => ({ count: log.rows.filter((row) => row > Number(than)).length, more: false }),
  };
  return log;
}

function open(log: ReturnType<typeof createLog>, client = createDouble()) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <StrictMode>
      <ClientProvider value={client}>
        <QueryClientProvider client={queries}>
          <MemoryRouter>{children}</MemoryRouter>
        </QueryClientProvider>
      </ClientProvider>
    </StrictMode>
  );
  const counts: number[] = [];
  const { result } = renderHook(
    () => {
      const list = useEndless(log.listed);
      counts.push(list.count);
      return list;
    },
    { wrapper },
  );
  return {
    /** Every number of rows that was shown: a list that is shorter for a moment is scrolled to another place. */
    counts,
    get list() {
      return result.current;
    },
    ids: (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => result.current.rowAt(from + index)?.id),
    see: (first: number, last: number) => act(() => result.current.see(first, last, first === 0)),
    /** Asks again for what is in sight, and waits until the answers are shown. */
    async again() {
      await act(async () => {
        await queries.refetchQueries({ queryKey: ['list'] });
        // Components hear of answers in a turn of their own.
        await new Promise((resolve) => setTimeout(resolve, 50));
      });
    },
  };
}

const numbers = (from: number, to: number) => Array.from({ length: from - to }, (_, n) => `row_${from - n}`);

async function openAtTheEnd(log: ReturnType<typeof createLog>) {
  const opened = open(log);
  await waitFor(() => expect(opened.list.state).toBe('ready'));
  for (let known = 0; opened.list.more; known = opened.list.count) {
    opened.see(opened.list.count - 12, opened.list.count);
    await waitFor(() => expect(opened.list.count > known || !opened.list.more).toBe(true));
  }
  return opened;
}

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('a list without an end', () => {
  it('keeps its place where a busy machine has less time for each answer than before', async () => {
    const log = createLog(260);
    const opened = await openAtTheEnd(log);
    expect(opened.list.count).toBe(260);
    opened.see(180, 210);
    const shown = opened.counts.length;
    log.inTime = 7;
    await opened.again();
    expect(new Set([260, ...opened.counts.slice(shown)])).toEqual(new Set([260]));
    expect(opened.list.more).toBe(false);
    expect(opened.ids(180, 210)).toEqual(numbers(80, 50));
  });

  it('keeps its place where there is more time for each answer than before', async () => {
    const log = createLog(60);
    log.inTime = 20;
    const opened = await openAtTheEnd(log);
    opened.see(30, 50);
    const shown = opened.counts.length;
    log.inTime = Number.POSITIVE_INFINITY;
    await opened.again();
    expect(new Set([60, ...opened.counts.slice(shown)])).toEqual(new Set([60]));
    expect(opened.ids(30, 50)).toEqual(numbers(30, 10));
  });

  it('begins where it began: what has come since is counted, and the newest of then is neither lost nor doubled', async () => {
    const log = createLog(150);
    const opened = await openAtTheEnd(log);
    opened.see(0, 20);
    log.rows = [152, 151, ...log.rows];
    log.inTime = 5;
    await opened.again();
    expect(opened.ids(0, 100)).toEqual(numbers(150, 50));
    expect(opened.list.count).toBe(150);
  });

  it('closes up where rows have gone, without forgetting what follows', async () => {
    const log = createLog(260);
    const opened = await openAtTheEnd(log);
    opened.see(120, 140);
    log.rows = log.rows.filter((row) => row !== 150 && row !== 151);
    await opened.again();
    expect(opened.list.count).toBe(258);
    expect(opened.ids(105, 115)).toEqual(['row_155', 'row_154', 'row_153', 'row_152', ...numbers(149, 143)]);
  });

  it('makes room for rows that have come in between', async () => {
    const log = createLog(100);
    log.rows = log.rows.filter((row) => row % 2 === 0);
    log.inTime = 20;
    const opened = await openAtTheEnd(log);
    expect(opened.list.count).toBe(50);
    opened.see(0, 50);
    log.rows = Array.from({ length: 100 }, (_, n) => 100 - n);
    await opened.again();
    expect(opened.list.count).toBe(100);
    expect(opened.ids(0, 40)).toEqual(numbers(100, 60));
  });

  it('shows a change that was told while its rows were already being asked for', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const client = createDouble();
    const log = createLog(3);
    const gate = Promise.withResolvers<void>();
    let asked = 0;
    const { page } = log.listed;
    log.listed = {
      ...log.listed,
      page: async (request) => {
        asked += 1;
        const answer = await page(request);
        await gate.promise;
        return answer;
      },
    };
    const opened = open(log, client);
    await waitFor(() => expect(asked).toBe(1));
    log.rows = [3, 1];
    act(() => client.push({ name: 'changed', payload: { topics: ['events'] } }));
    // Changes are gathered for a second before they are asked for: the answer of before takes longer.
    await act(() => vi.advanceTimersByTimeAsync(1500));
    gate.resolve();
    await waitFor(() => expect(opened.ids(0, opened.list.count)).toEqual(['row_3', 'row_1']));
  });
});
