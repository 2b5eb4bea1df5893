// biome-ignore-all lint/a11y/useSemanticElements: rows that are laid out by place cannot be rows of a <table>.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the active row (ARIA's activedescendant).
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its rows.
/** A list without an end, one row each, of which only those in sight exist. */

import { createColumnHelper, FlexRender, type Row, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import {
  type ComponentType,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import { useWords } from '../i18n/index.ts';
import type { EndlessList } from '../lib/endless.ts';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';

/** Height of a row in pixels: for the manager, and dense for the helper. */
export const rowHeights = { roomy: 52, dense: 36 } as const;

/** Chrome draws nothing beyond about 33.5 million pixels; what lies deeper is reached by choosing a time. */
const deepestPx = 30_000_000;
/** Rows drawn above and below what is in sight. */
const overscanRows = 8;
/** Rows of one step in which sight is told: finer ones would only cost renders. */
const sightStep = 20;

export interface EndlessTableHandle {
  /** Moves the mark by a number of rows and brings it into sight. */
  move(by: number): void;
  /** Opens the marked row. */
  open(): void;
  focus(): void;
  toTop(): void;
}

export interface EndlessColumn<Item> {
  readonly id: string;
  readonly header: string;
  readonly cell: ComponentType<{ readonly row: Item }>;
  /** Left out where the list is narrow. */
  readonly onlyWide?: boolean;
}

/** Picking single rows: a click on the box, Ctrl or Cmd and a click, Space; Shift picks all in between. */
export interface Picking<Item extends { readonly id: string }> {
  readonly picked: ReadonlySet<Item['id']>;
  toggle(id: Item['id']): void;
  /** All of them, beside those that were picked before. */
  add(ids: readonly Item['id'][]): void;
}

export interface EndlessTableProps<Item extends { readonly id: string }> {
  readonly list: EndlessList<Item>;
  readonly label: string;
  readonly columns: readonly EndlessColumn<Item>[];
  /** Classes that give the columns their widths. */
  readonly widths: string;
  /** The row whose details stand beside the list. */
  readonly opened?: Item['id'] | null;
  readonly dense: boolean;
  /** Rows picked for an act of their own; a list without it has nothing to be picked for. */
  readonly picking?: Picking<Item>;
  readonly onMark: (row: Item) => void;
  readonly onOpen: (row: Item) => void;
  readonly handle: RefObject<EndlessTableHandle | null>;
}

const features = tableFeatures({});
/** Room for the box at a row's beginning. */
const pickedLook = 'pl-9';
const isBox = (target: EventTarget): boolean => target instanceof Element && target.closest('[data-box]') !== null;
/** One ring: around the row that the keys speak of, and around the list only where there is none. */
const focusLook =
  '[[role=grid]:focus-visible_&]:data-[marked]:outline-2 [[role=grid]:focus-visible_&]:data-[marked]:-outline-offset-2 [[role=grid]:focus-visible_&]:data-[marked]:outline-focus';
const onlyWideLook = 'hidden @[600px]:block';

export function EndlessTable<Item extends { readonly id: string }>(props: EndlessTableProps<Item>) {
  const { list, label, columns, widths, opened = null, dense, picking, onMark, onOpen, handle } = props;
  const t = useWords('common');
  const scroller = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const rowHeight = dense ? rowHeights.dense : rowHeights.roomy;
  const deepest = Math.floor(deepestPx / rowHeight);
  const count = Math.min(list.count, deepest);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: overscanRows,
    initialOffset: list.leftAtPx,
    // Until it is measured: rows are drawn at once, and not only after a look at an empty list.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the rows' height is what makes it measure anew.
  useEffect(() => virtualizer.measure(), [rowHeight, virtualizer]);

  const items = virtualizer.getVirtualItems();
  const first = Math.floor((items[0]?.index ?? 0) / sightStep) * sightStep;
  const last = Math.ceil((items.at(-1)?.index ?? 0) / sightStep) * sightStep;
  const { see, leave } = list;
  const atTop = (virtualizer.scrollOffset ?? 0) < rowHeight / 2;
  useEffect(() => see(first, last, atTop), [see, first, last, atTop]);

  useLayoutEffect(() => () => leave(virtualizer.scrollOffset ?? 0), [leave, virtualizer]);

  const tableColumns = useMemo(() => {
    const column = createColumnHelper<typeof features, Item>();
    return column.columns(
      columns.map(({ id, header, cell: Cell }) =>
        column.display({ id, header, cell: ({ row }) => <Cell row={row.original} /> }),
      ),
    );
  }, [columns]);
  const looks = useMemo(
    () => new Map(columns.map(({ id, onlyWide }) => [id, onlyWide ? onlyWideLook : ''])),
    [columns],
  );
  const data = items.flatMap(({ index }) => list.rowAt(index) ?? []);
  const table = useTable({ features, columns: tableColumns, data, getRowId: (row) => row.id });
  const rows = new Map(table.getRowModel().rows.map((row) => [row.id, row]));

  const mark = (place: number) => {
    const target = Math.max(0, Math.min(place, count - 1));
    virtualizer.scrollToIndex(target, { align: 'auto' });
    const row = list.rowAt(target);
    if (row) onMark(row);
  };
  const place = list.placeOf(list.marked);
  const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
  const move = (by: number) => mark(place < 0 ? (items[0]?.index ?? 0) : place + by);
  const openMarked = () => {
    const row = list.rowAt(Math.max(place, 0));
    if (row) onOpen(row);
  };
  /** Where Shift picks from: the row that was last picked or marked. */
  const anchor = useRef<Item['id'] | null>(null);
  const pick = (row: Item) => {
    anchor.current = row.id;
    picking?.toggle(row.id);
  };
  const pickTo = (target: number, from = list.placeOf(anchor.current ?? list.marked)) => {
    const start = from < 0 ? target : from;
    // A page out of sight may no longer be there to be asked: then nothing is picked, and the next click tries again.
    list.idsBetween(Math.min(start, target), Math.max(start, target)).then(
      (ids) => picking?.add(ids),
      () => undefined,
    );
  };
  const onRowClick = (row: Item, event: MouseEvent, onBox: boolean) => {
    if (picking && event.shiftKey) pickTo(list.placeOf(row.id));
    else if (picking && (onBox || event.ctrlKey || event.metaKey)) pick(row);
    else onOpen(row);
  };
  const click = useRef(onRowClick);
  useEffect(() => {
    click.current = onRowClick;
  });
  const pickByKey = (event: KeyboardEvent): boolean => {
    const row = list.rowAt(place);
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === ' ' && row) pick(row);
    else if (event.shiftKey && by !== 0 && row) {
      anchor.current ??= row.id;
      const target = Math.max(0, Math.min(place + by, count - 1));
      pickTo(target, place);
      mark(target);
    } else return false;
    event.preventDefault();
    return true;
  };
  useImperativeHandle(handle, () => ({
    move,
    open: openMarked,
    focus: () => grid.current?.focus({ preventScroll: true }),
    toTop: () => virtualizer.scrollToOffset(0),
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (picking && pickByKey(event)) return;
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
      className={classes(
        '@container min-h-0 flex-1 overflow-y-auto overscroll-contain rounded-l border border-line bg-surface shadow-card',
        place < 0 && 'has-[[role=grid]:focus-visible]:outline-2 has-[[role=grid]:focus-visible]:outline-focus',
      )}
    >
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={label}
        {...(picking && { 'aria-multiselectable': true })}
        aria-rowcount={list.more ? -1 : count + 1}
        aria-activedescendant={place >= 0 ? (list.marked ?? undefined) : undefined}
        onKeyDown={onKeyDown}
        className="outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={classes(
            'sticky top-0 z-1 grid h-10 items-center gap-x-3 border-line border-b bg-surface px-3 font-semibold text-ink-soft text-s',
            widths,
            picking && pickedLook,
          )}
        >
          {table.getFlatHeaders().map((header) => (
            <div key={header.id} role="columnheader" className={classes('truncate', looks.get(header.column.id))}>
              <FlexRender header={header} />
            </div>
          ))}
        </div>
        <div role="presentation" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const shown = list.rowAt(item.index);
            const row = shown && rows.get(shown.id);
            return row ? (
              <ListRow
                key={item.key}
                row={row}
                item={row.original}
                place={item.index}
                height={item.size}
                start={item.start}
                isOpened={row.id === opened}
                isPicked={picking ? picking.picked.has(row.id) : null}
                isMarked={row.id === list.marked}
                dense={dense}
                widths={widths}
                looks={looks}
                click={click}
              />
            ) : (
              <LoadingRow key={item.key} height={item.size} start={item.start} place={item.index} />
            );
          })}
        </div>
      </div>
      <p role="status" className="px-3 py-3 text-center text-ink-faint text-s">
        {list.count > deepest ? t('list.tooDeep') : list.more ? t('list.searching') : t('list.end')}
      </p>
    </div>
  );
}

interface ListRowProps<Item extends { readonly id: string }> {
  readonly row: Row<typeof features, Item>;
  readonly item: Item;
  readonly place: number;
  readonly height: number;
  readonly start: number;
  readonly isOpened: boolean;
  /** Null where rows of this list are not picked. */
  readonly isPicked: boolean | null;
  readonly isMarked: boolean;
  readonly dense: boolean;
  readonly widths: string;
  readonly looks: ReadonlyMap<string, string>;
  readonly click: RefObject<(row: Item, event: MouseEvent, onBox: boolean) => void>;
}

/** Drawn anew only where its item or its place has changed: the table makes its own rows anew on every scroll. */
const ListRow = memo(drawRow, (before, after) =>
  (Object.keys(after) as (keyof typeof after)[]).every((name) => name === 'row' || before[name] === after[name]),
) as typeof drawRow;

function drawRow<Item extends { readonly id: string }>(props: ListRowProps<Item>) {
  const { row, item, place, height, start, isOpened, isPicked, isMarked, dense, widths, looks, click } = props;
  return (
    <div
      id={item.id}
      role="row"
      aria-rowindex={place + 2}
      aria-selected={isOpened || isPicked === true}
      data-marked={isMarked || undefined}
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onClick={(event) => click.current(item, event, isBox(event.target))}
      style={{ height, transform: `translateY(${start}px)` }}
      className={classes(
        'absolute top-0 left-0 grid w-full cursor-pointer items-center gap-x-3 overflow-hidden border-line border-b px-3 hover:bg-ground aria-selected:bg-brand-wash',
        'aria-selected:shadow-[inset_3px_0_0_var(--brand)] [&[data-marked]:not([aria-selected=true])]:shadow-[inset_3px_0_0_var(--line-strong)]',
        focusLook,
        'forced-colors:aria-selected:outline-2 forced-colors:aria-selected:outline-[Highlight]',
        dense && 'dense',
        widths,
        isPicked !== null && pickedLook,
      )}
    >
      {isPicked !== null && (
        // Keys and screen readers pick the row itself.
        <span aria-hidden data-box className="absolute inset-y-0 left-0 grid w-9 place-items-center">
          <span
            className={classes(
              'grid size-4 place-items-center rounded-s border',
              isPicked ? 'border-brand bg-brand text-brand-ink' : 'border-line-strong bg-surface',
            )}
          >
            {isPicked && <Icon of={Check} size={12} />}
          </span>
        </span>
      )}
      {row.getAllCells().map((cell) => (
        <div key={cell.id} role="gridcell" className={classes('min-w-0', looks.get(cell.column.id))}>
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}

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
  const t = useWords('common');
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
