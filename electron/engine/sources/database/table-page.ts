/**
 * A table that is watched, some rows at a time. Without a column of changes all of it is gone through, round after round.
 * With one, a round reads what was changed since, and what was read again is known by its key; but such a column tells not
 * all: a clock is set back, a row is written with a time of its own or with none, a row is gone. So the whole table is
 * compared now and then, the more seldom the longer it takes.
 */
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import type { HeldGone } from '../kinds/sql/gone-at-once.ts';
import {
  type Database,
  type DatabaseRow,
  type DatabaseValue,
  givenBack,
  type Moments,
  markOf,
  plain,
} from './database.ts';
import { dialects, quotedTable, tableParts } from './dialect.ts';
import { hasNoKey, refuseTwice } from './row-keys.ts';

/** How far a table that is watched was gone through. */
export interface TableCursor {
  /** Number of this round. */
  readonly round: number;
  /** The row from which it goes on, by marks of its values; null: from the first. */
  readonly after: { readonly key: string; readonly changed: string | null } | null;
  /** With a column of changes: since when which time was the newest, newest last; what was changed since is read again. */
  readonly points: readonly (readonly [atMs: number, changed: string])[];
  /** With a column of changes whose times are moments: they stand here in UTC. */
  readonly utc?: true;
  /** With a column of changes: the last round through the whole table; `endedMs` is null while it goes on. */
  readonly whole?: { readonly startedMs: number; readonly endedMs: number | null };
  /** Rows that went all at once, and are not told yet. */
  readonly held?: HeldGone;
}

export const tableStart: TableCursor = { round: 1, after: null, points: [] };

export interface TablePage {
  readonly rows: readonly { readonly key: string; readonly raw: string; readonly origin: string }[];
  readonly cursor: TableCursor;
  /** This round is over. */
  readonly ended: boolean;
  /** It goes through the whole table: what it does not show is gone. */
  readonly isWhole: boolean;
  /** As this round began, a row had nothing in its key's column: it is none of these. */
  readonly hasNoKey: boolean;
}

interface FoundPage extends Omit<TablePage, 'rows' | 'hasNoKey'> {
  readonly found: readonly DatabaseRow[];
}

const pageRows = 200;
/** What was changed so long before the last look is read again: it may have been committed since. */
const overlapMs = 60_000;
/** With a column of changes the whole table is compared so often, and never more than a twentieth of the time. */
const wholeEveryMs = 600_000;
const wholeShare = 20;

/** @param nowMs this PC's clock; the database's times are compared with one another alone, by the database */
export async function readTablePage(
  database: Database,
  config: SqlConfig,
  cursor: TableCursor,
  nowMs: number,
): Promise<TablePage> {
  const { found, ...rest } = await readPage(database, config, cursor, nowMs);
  await refuseTwice(database, config, found);
  const noKey = cursor.after === null && (await hasNoKey(database, config));
  return { ...rest, rows: found.map((row) => shownRow(config, row)), hasNoKey: noKey };
}

async function readPage(database: Database, config: SqlConfig, cursor: TableCursor, nowMs: number): Promise<FoundPage> {
  if (config.changedColumn === '') {
    const { rows, last, ended } = await readByKey(database, config, cursor.after?.key ?? null);
    const after = ended ? null : { key: keyOf(last, config), changed: null };
    return page(rows, { ...cursor, round: ended ? 2 : cursor.round, after }, true);
  }
  const moments = await momentsIn(database, config, config.changedColumn);
  const at = sameClock(cursor, moments !== null);
  return isWholeRound(at, nowMs)
    ? readWhole(database, config, at, nowMs, moments)
    : readChanged(database, config, at, nowMs, moments);
}

/** Null where the times of a column are not moments that a clock shows twice. */
export async function momentsIn({ moments }: Database, { table }: SqlConfig, column: string): Promise<Moments | null> {
  const { schema, name } = tableParts(table);
  return moments !== undefined && (await moments.isOne(schema, name, column)) ? moments : null;
}

/** What was kept by another clock, before the column had another type, tells nothing: the whole is gone through once. */
function sameClock(cursor: TableCursor, inUtc: boolean): TableCursor {
  if (inUtc === (cursor.utc === true)) return cursor;
  return { round: cursor.round, after: null, points: [], ...(inUtc ? { utc: true } : {}) };
}

function isWholeRound({ after, whole }: TableCursor, nowMs: number): boolean {
  if (whole?.endedMs === null) return true;
  if (after !== null) return false;
  if (whole === undefined) return true;
  const agoMs = nowMs - whole.endedMs;
  // A clock that was set back: when it was is not known.
  return agoMs < 0 || agoMs >= Math.max(wholeEveryMs, wholeShare * (whole.endedMs - whole.startedMs));
}

async function readWhole(
  database: Database,
  config: SqlConfig,
  cursor: TableCursor,
  nowMs: number,
  moments: Moments | null,
) {
  let { points, whole } = cursor;
  if (whole?.endedMs !== null || cursor.after === null) {
    whole = { startedMs: nowMs, endedMs: null };
    const dialect = dialects[config.system];
    const [newest] = await (moments ?? database).rows(
      `SELECT MAX(${dialect.quoted(config.changedColumn)}) AS newest FROM ${quotedTable(dialect, config.table)}`,
      [],
    );
    points = withPoint(points, markOf(newest, 'newest'), nowMs);
  }
  const { rows, last, ended } = await readByKey(database, config, cursor.after?.key ?? null);
  const next: TableCursor = {
    ...cursor,
    round: ended ? 2 : cursor.round,
    after: ended ? null : { key: keyOf(last, config), changed: null },
    points,
    whole: ended ? { ...whole, endedMs: nowMs } : whole,
  };
  return page(rows, next, true);
}

async function readByKey(database: Database, config: SqlConfig, after: string | null) {
  const dialect = dialects[config.system];
  const key = dialect.quoted(config.keyColumn);
  const where = after === null ? `${key} IS NOT NULL` : `${key} > ${dialect.value(1)}`;
  const rest = `FROM ${quotedTable(dialect, config.table)} WHERE ${where} ORDER BY ${key}`;
  const rows = await database.rows(dialect.first(pageRows, '*', rest), after === null ? [] : [givenBack(after)]);
  return { rows, last: rows.at(-1), ended: rows.length < pageRows };
}

async function readChanged(
  database: Database,
  config: SqlConfig,
  cursor: TableCursor,
  nowMs: number,
  moments: Moments | null,
) {
  const dialect = dialects[config.system];
  const [key, changed] = [dialect.quoted(config.keyColumn), dialect.quoted(config.changedColumn)];
  const from = `FROM ${quotedTable(dialect, config.table)}`;
  const { after, points } = cursor;
  // Rows that have no time yet are in no range of times: the newest of them by key.
  const without =
    after === null
      ? await database.rows(
          dialect.first(pageRows, '*', `${from} WHERE ${changed} IS NULL AND ${key} IS NOT NULL ORDER BY ${key} DESC`),
          [],
        )
      : [];
  let where = `${changed} IS NOT NULL`;
  let values: DatabaseValue[] = [];
  const since = basePoint(points, nowMs);
  if (after !== null && after.changed !== null) {
    where = `(${changed} > ${dialect.value(1)} OR (${changed} = ${dialect.value(2)} AND ${key} > ${dialect.value(3)}))`;
    values = [after.changed, after.changed, after.key].map(givenBack);
  } else if (since !== undefined) {
    where = `${changed} >= ${dialect.value(1)}`;
    values = [givenBack(since[1])];
  }
  const rest = `${from} WHERE ${where} AND ${key} IS NOT NULL ORDER BY ${changed}, ${key}`;
  const found = await (moments ?? database).rows(
    dialect.first(pageRows, moments === null ? '*' : `${key}, ${changed}`, rest),
    values,
  );
  const timed = moments === null ? found : await wholeRows(database, config, found);
  const last = found.at(-1);
  const lastChanged = markOf(last, config.changedColumn);
  const goesOnAt = { key: keyOf(last, config), changed: lastChanged };
  // A time that comes back other than it is kept shows the same rows again: they are no further ones.
  const stays = after !== null && after.key === goesOnAt.key && after.changed === goesOnAt.changed;
  const ended = found.length < pageRows || stays;
  const next: TableCursor = {
    ...cursor,
    after: ended ? null : goesOnAt,
    points: ended ? withPoint(points, lastChanged, nowMs) : points,
  };
  return page([...without, ...timed], next, false);
}

/** The same rows with all of their columns; one that has gone meanwhile is left out. */
async function wholeRows(database: Database, config: SqlConfig, found: readonly DatabaseRow[]) {
  if (found.length === 0) return [];
  const dialect = dialects[config.system];
  const keys = found.map((row) => keyOf(row, config));
  const list = keys.map((_, i) => dialect.value(i + 1)).join(', ');
  const from = `FROM ${quotedTable(dialect, config.table)}`;
  const rows = await database.rows(
    `SELECT * ${from} WHERE ${dialect.quoted(config.keyColumn)} IN (${list})`,
    keys.map(givenBack),
  );
  const byKey = new Map(rows.map((row) => [keyOf(row, config), row]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}

/** The newest that is old enough for all that was stamped before it to have been committed. */
const basePoint = (points: TableCursor['points'], nowMs: number) =>
  points.findLast(([atMs]) => nowMs - atMs >= overlapMs) ?? points[0];

/** One that says what the last one said is none: a look that finds nothing leaves the cursor as it is. */
function withPoint(points: TableCursor['points'], changed: string | null, nowMs: number): TableCursor['points'] {
  if (changed === null || changed === points.at(-1)?.[1]) return points;
  const base = basePoint(points, nowMs);
  const others = points.filter((point) => point !== base && nowMs - point[0] < overlapMs);
  return [...(base === undefined ? [] : [base]), ...others, [nowMs, changed]];
}

const page = (found: readonly DatabaseRow[], cursor: TableCursor, isWhole: boolean): FoundPage => ({
  ...{ found, cursor, isWhole },
  ended: cursor.after === null,
});

function shownRow(config: SqlConfig, row: DatabaseRow): TablePage['rows'][number] {
  const value = row.get(config.keyColumn) ?? 'null';
  return { key: value, raw: objectOf(row), origin: `${config.table} ${config.keyColumn} ${plain(value)}` };
}

/** @returns '' where there is no such row */
const keyOf = (row: DatabaseRow | undefined, config: SqlConfig): string => markOf(row, config.keyColumn) ?? '';

export const objectOf = (row: DatabaseRow): string =>
  `{${[...row].map(([name, json]) => `${JSON.stringify(name)}:${json ?? 'null'}`).join(',')}}`;
