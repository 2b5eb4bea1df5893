/** A damaged database, read as far as it can be: a page that cannot be read costs the rows on it and no others. */
import { closeSync, copyFileSync, existsSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';

/** Rows asked for at once, while all can be read. */
export const rowsAtOnce = 256;
/** So many ranges that cannot be read are enough: what is behind them is not looked at. */
const mostFailures = 20_000;

export type Row = Readonly<Record<string, unknown>>;

/** Null where it is empty, or not even a new header makes it one. */
export function openWreck(file: string, pattern: string): { readonly wreck: Database; close(): void } | null {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const whole = opened(file);
  if (whole !== null) {
    return {
      wreck: whole,
      close() {
        whole.close();
      },
    };
  }
  // Its first hundred bytes tell how all of it is to be read, and are the same in every database of ours.
  const mended = `${file}.mended`;
  const discard = (): void => {
    for (const tail of ['', '-wal', '-shm']) rmSync(mended + tail, { force: true });
  };
  try {
    copyFileSync(file, mended);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${mended}-wal`);
    writeHeader(mended, pattern);
    const wreck = opened(mended);
    if (wreck !== null) {
      return {
        wreck,
        close() {
          wreck.close();
          discard();
        },
      };
    }
  } catch (error) {
    discard();
    // No room for a copy: it is read once there is.
    if (isPassing(error)) throw error;
    // It cannot be copied as it cannot be read: it is kept as it is.
    return null;
  }
  discard();
  return null;
}

function opened(file: string): Database | null {
  let wreck: Database | null = null;
  try {
    wreck = new BetterSqlite3(file, { readonly: true });
    wreck.prepare('SELECT COUNT(*) FROM sqlite_master').get();
    return wreck;
  } catch {
    wreck?.close();
    return null;
  }
}

/** sqlite.org/fileformat2.html, 1.3 */
function writeHeader(file: string, pattern: string): void {
  const header = Buffer.alloc(100);
  const from = openSync(pattern, 'r');
  try {
    readSync(from, header, 0, header.length, 0);
  } finally {
    closeSync(from);
  }
  const written = header.readUInt16BE(16);
  const pageBytes = written === 1 ? 65_536 : written;
  // Read with its log; as many pages as there are; no page is free.
  header.fill(2, 18, 20);
  header.writeUInt32BE(1, 24);
  header.writeUInt32BE(Math.floor(statSync(file).size / pageBytes), 28);
  header.fill(0, 32, 40);
  header.writeUInt32BE(1, 92);
  const to = openSync(file, 'r+');
  try {
    writeSync(to, header, 0, header.length, 0);
  } finally {
    closeSync(to);
  }
}

export interface WreckTable {
  /** By their numbers, from the one to the other; what cannot be read is left out. */
  rows(from: number, to: number): Generator<Row>;
  row(seq: number): Row | null;
  /** False where it is there already, or is not what a row has to be. */
  insert(row: Row): boolean;
  replace(row: Row): boolean;
  /** Places that could not be read. */
  holes(): number;
}

/** The columns that both have: the wreck may be of a version before. */
export function commonColumns(wreck: Database, into: Database, table: string): readonly string[] {
  const columnsOf = (of: Database): string[] =>
    (unlessDamaged(() => of.pragma(`table_info(${table})`) as { name: string }[]) ?? []).map(({ name }) => name);
  const known = new Set(columnsOf(wreck));
  return columnsOf(into).filter((name) => known.has(name));
}

export function tableOf(wreck: Database, into: Database, table: string): WreckTable {
  const columns = commonColumns(wreck, into, table);
  let holes = 0;
  if (columns.length === 0) {
    return { *rows() {}, row: () => null, insert: () => false, replace: () => false, holes: () => 1 };
  }
  const list = columns.join(', ');
  // By the primary key alone: an index may be damaged where the table is not.
  const between = wreck.prepare<[number, number], Row>(
    `SELECT ${list} FROM ${table} NOT INDEXED WHERE seq BETWEEN ? AND ? ORDER BY seq`,
  );
  const values = columns.map((name) => `@${name}`).join(', ');
  const add = into.prepare(`INSERT OR IGNORE INTO ${table} (${list}) VALUES (${values})`);
  const same = columns.includes('id') ? 'seq = @seq AND id = @id' : 'seq = @seq';
  const put = into.prepare(
    `UPDATE ${table} SET ${columns.map((name) => `${name} = @${name}`).join(', ')} WHERE ${same}`,
  );
  const changes = (write: () => { changes: number }): boolean => (unlessDamaged(write)?.changes ?? 0) > 0;
  return {
    *rows(from, to) {
      const open: [number, number][] = [];
      for (let at = from; at <= to; at += rowsAtOnce) open.push([at, Math.min(to, at + rowsAtOnce - 1)]);
      open.reverse();
      for (let range = open.pop(); range !== undefined && holes < mostFailures; range = open.pop()) {
        const [first, last] = range;
        const page = unlessDamaged(() => between.all(first, last));
        if (page !== null) yield* page;
        else if (first === last) holes += 1;
        else {
          const middle = Math.floor((first + last) / 2);
          open.push([middle + 1, last], [first, middle]);
        }
      }
    },
    row: (seq) => unlessDamaged(() => between.get(seq, seq) ?? null),
    insert: (row) => changes(() => add.run(row)),
    replace: (row) => changes(() => put.run(row)),
    holes: () => holes,
  };
}

/** The largest number of a table; null where its end cannot be read. */
export const highest = (of: Database, table: string, column = 'seq'): number | null =>
  unlessDamaged(() => of.prepare<[], number | null>(`SELECT MAX(${column}) FROM ${table}`).pluck().get() ?? 0);

/**
 * Null where SQLite says that it cannot be read, or will not be written as it is.
 *
 * @throws what is no damage: a full disk, say, which has undone what was written before it
 */
export function unlessDamaged<Value>(work: () => Value): Value | null {
  try {
    return work();
  } catch (error) {
    if (isPassing(error)) throw error;
    if (error instanceof BetterSqlite3.SqliteError || error instanceof RangeError) return null;
    throw error;
  }
}

const passingCodes = ['ENOSPC', 'EDQUOT', 'EROFS', 'EACCES', 'EPERM'];

/** Whether an error says that it cannot be done now, and can once somebody has made room or given rights. */
export function isPassing(error: unknown): boolean {
  if (error instanceof BetterSqlite3.SqliteError) return /^SQLITE_(FULL|READONLY|BUSY|LOCKED)/.test(error.code);
  return error instanceof Error && passingCodes.includes((error as NodeJS.ErrnoException).code ?? '');
}
