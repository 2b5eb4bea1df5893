// biome-ignore-all lint/a11y/useSemanticElements: rows that are laid out by place cannot be rows of a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row (ARIA's activedescendant).
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows.
/** The list of the log: one row per delivery, of which only those in sight exist. */
import { createColumnHelper, FlexRender, type Row, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, memo, type RefObject, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { DeliveryId } from '../../../shared/domain.ts';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { classes } from '../../components/classes.ts';
import { useWords } from '../../i18n/index.ts';
import { AnswerCell, EndpointCell, StateCell, TimeCell, WhatCell } from './cells.tsx';
import type { DeliveryLog } from './useDeliveryLog.ts';

/** Height of a row in pixels: for the manager, and dense for the helper. */
export const rowHeights = { roomy: 52, dense: 36 } as const;

/** Chrome draws nothing beyond about 33.5 million pixels; what lies deeper is reached by choosing a time. */
const deepestPx = 30_000_000;
/** Rows drawn above and below what is in sight. */
const overscanRows = 8;
/** Sight is told in steps of so many rows: finer ones would only cost renders. */
const sightStep = 20;

export interface LogTableHandle {
  /** Moves the mark by so many rows and brings it into sight. */
  move(by: number): void;
  /** Opens the marked row. */
  open(): void;
  focus(): void;
  toTop(): void;
}

export interface LogTableProps {
  readonly log: DeliveryLog;
  /** The row that keys act on. */
  readonly marked: DeliveryId | null;
  readonly opened: DeliveryId | null;
  readonly dense: boolean;
  readonly onMark: (row: DeliveryRow) => void;
  readonly onOpen: (row: DeliveryRow) => void;
  readonly handle: RefObject<LogTableHandle | null>;
}

const features = tableFeatures({});
const column = createColumnHelper<typeof features, DeliveryRow>();

const widths = [
  'grid-cols-[68px_minmax(0,1fr)_132px]',
  '@[600px]:grid-cols-[68px_minmax(0,1.6fr)_minmax(0,1fr)_132px_100px]',
].join(' ');
const onlyWide = 'hidden @[600px]:block';
const columnLooks: Readonly<Record<string, string>> = { endpoint: onlyWide, answer: onlyWide };

export function LogTable({ log, marked, opened, dense, onMark, onOpen, handle }: LogTableProps) {
  const t = useWords('deliveries');
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const rowHeight = dense ? rowHeights.dense : rowHeights.roomy;
  const deepest = Math.floor(deepestPx / rowHeight);
  const count = Math.min(log.count, deepest);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: overscanRows,
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the rows' height is what makes it measure anew.
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / sightStep) * sightStep;
  const last = Math.ceil((items.at(-1)?.index ?? 0) / sightStep) * sightStep;
  const { see } = log;
  useEffect(() => see(first, last), [see, first, last]);

  const columns = useMemo(
    () =>
      column.columns([
        column.display({ id: 'time', header: t('list.time'), cell: ({ row }) => <TimeCell row={row.original} /> }),
        column.display({ id: 'what', header: t('list.what'), cell: ({ row }) => <WhatCell row={row.original} /> }),
        column.display({
          id: 'endpoint',
          header: t('list.endpoint'),
          cell: ({ row }) => <EndpointCell row={row.original} />,
        }),
        column.display({ id: 'state', header: t('list.state'), cell: ({ row }) => <StateCell row={row.original} /> }),
        column.display({
          id: 'answer',
          header: t('list.answer'),
          cell: ({ row }) => <AnswerCell row={row.original} />,
        }),
      ]),
    [t],
  );
  const data = items.flatMap(({ index }) => log.rowAt(index) ?? []);
  const table = useTable({ features, columns, data, getRowId: (row) => row.id });
  const rows = new Map(table.getRowModel().rows.map((row) => [row.id, row]));

  const mark = (place: number) => {
    const target = Math.max(0, Math.min(place, count - 1));
    virtualizer.scrollToIndex(target, { align: 'auto' });
    const row = log.rowAt(target);
    if (row) onMark(row);
  };
  const place = log.placeOf(marked);
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
  const move = (by: number) => mark(place < 0 ? (items[0]?.index ?? 0) : place + by);
  const openMarked = () => {
    const row = log.rowAt(Math.max(place, 0));
    if (row) onOpen(row);
  };
  const open = useRef(onOpen);
  useEffect(() => {
    open.current = onOpen;
  });
  useImperativeHandle(handle, () => ({
    move,
    open: openMarked,
    focus: () => grid.current?.focus({ preventScroll: true }),
    toTop: () => virtualizer.scrollToOffset(0),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const acts = new Map([
      ['ArrowDown', () => move(1)],
      ['ArrowUp', () => move(-1)],
      ['PageDown', () => move(pageRows)],
      ['PageUp', () => move(-pageRows)],
      ['Home', () => mark(0)],
      ['End', () => mark(count - 1)],
      ['Enter', openMarked],
    ]);
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };

  return (
    <div
      ref={scroller}
      className="@container min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-l border border-line bg-surface shadow-card has-[[role=grid]:focus-visible]:outline-2 has-[[role=grid]:focus-visible]:outline-focus"
    >
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={t('list.label')}
        aria-rowcount={log.more ? -1 : count + 1}
        aria-activedescendant={place >= 0 && marked !== null ? marked : undefined}
        onKeyDown={onKeyDown}
        className="outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={classes(
            'sticky top-0 z-1 grid h-10 items-center gap-x-3 border-line border-b bg-surface px-3 font-semibold text-ink-soft text-s',
            widths,
          )}
        >
          {table.getFlatHeaders().map((header) => (
            <div key={header.id} role="columnheader" className={classes('truncate', columnLooks[header.column.id])}>
              <FlexRender header={header} />
            </div>
          ))}
        </div>
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const delivery = log.rowAt(item.index);
            const row = delivery && rows.get(delivery.id);
            return row ? (
              <LogRow
                key={item.key}
                row={row}
                delivery={row.original}
                place={item.index}
                height={item.size}
                start={item.start}
                isOpened={row.id === opened}
                isMarked={row.id === marked}
                dense={dense}
                open={open}
              />
            ) : (
              <LoadingRow key={item.key} height={item.size} start={item.start} place={item.index} />
            );
          })}
        </div>
      </div>
      <p role="status" className="px-3 py-3 text-center text-ink-faint text-s">
        {log.count > deepest ? t('list.tooDeep') : log.more ? t('list.searching') : t('list.end')}
      </p>
    </div>
  );
}

interface LogRowProps {
  readonly row: Row<typeof features, DeliveryRow>;
  readonly delivery: DeliveryRow;
  readonly place: number;
  readonly height: number;
  readonly start: number;
  readonly isOpened: boolean;
  readonly isMarked: boolean;
  readonly dense: boolean;
  readonly open: RefObject<(row: DeliveryRow) => void>;
}

/** Drawn anew only where its delivery or its place has changed: the table makes its own rows anew on every scroll. */
const LogRow = memo(
  function LogRow({ row, delivery, place, height, start, isOpened, isMarked, dense, open }: LogRowProps) {
    return (
      <div
        id={delivery.id}
        role="row"
        aria-rowindex={place + 2}
        aria-selected={isOpened}
        data-marked={isMarked || undefined}
        onClick={() => open.current(delivery)}
        style={{ height, transform: `translateY(${start}px)` }}
        className={classes(
          'absolute top-0 left-0 grid w-full cursor-pointer items-center gap-x-3 overflow-hidden border-line border-b px-3 hover:bg-ground aria-selected:bg-brand-wash',
          'aria-selected:shadow-[inset_3px_0_0_var(--brand)] data-[marked]:outline-2 data-[marked]:-outline-offset-2 data-[marked]:outline-line-strong',
          'forced-colors:aria-selected:outline-2 forced-colors:aria-selected:outline-[Highlight]',
          dense && 'dense',
          widths,
        )}
      >
        {row.getAllCells().map((cell) => (
          <div key={cell.id} role="gridcell" className={classes('min-w-0', columnLooks[cell.column.id])}>
            <FlexRender cell={cell} />
          </div>
        ))}
      </div>
    );
  },
  (before, after) =>
    (Object.keys(after) as (keyof LogRowProps)[]).every((name) => name === 'row' || before[name] === after[name]),
);

/** A row whose page is still on its way. */
const LoadingRow = memo(function LoadingRow({
  height,
  start,
  place,
}: {
  height: number;
  start: number;
  place: number;
}) {
  const t = useWords('deliveries');
  return (
    <div
      role="row"
      aria-rowindex={place + 2}
      style={{ height, transform: `translateY(${start}px)` }}
      className="absolute top-0 left-0 flex w-full items-center border-line border-b px-3"
    >
      <div role="gridcell">
        <span className="sr-only">{t('list.loadingRow')}</span>
        <span className="block h-3 w-40 rounded-full bg-sunken" />
      </div>
    </div>
  );
});
