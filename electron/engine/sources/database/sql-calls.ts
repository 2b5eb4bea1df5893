/** What the thread that reads a database can be asked. It keeps one connection, and makes another where that is gone. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { utcOfSource } from '../../source-time.ts';
import { changeOf } from '../kinds/snapshot.ts';
import { outboxRaw } from '../reading/outbox-payload.ts';
import { connectTo } from './connect.ts';
import { type Database, type DatabaseRow, plain } from './database.ts';
import { type Dialect, dialects, quotedTable, tableParts } from './dialect.ts';
import { advanced, type OutboxCursor } from './outbox-cursor.ts';
import { momentsIn, objectOf, readTablePage, type TableCursor, type TablePage } from './table-page.ts';
import { DatabaseTrouble, troubleOf } from './trouble.ts';

export interface SqlMessage {
  readonly raw: string;
  readonly origin: string;
  readonly key: string;
}

export interface OutboxPage {
  readonly messages: readonly SqlMessage[];
  readonly cursor: OutboxCursor;
  readonly more: boolean;
}

const outboxRows = 1_000;
const askedAtOnce = 500;

export function sqlCalls() {
  let open: { readonly by: string; readonly database: Database; readonly columns: readonly string[] } | null = null;

  async function close(): Promise<void> {
    const ending = open;
    open = null;
    await ending?.database.close().catch(() => {});
  }

  /** Its columns are looked up first: what is asked for is known to be there. */
  async function connected(config: SqlConfig) {
    const by = `${JSON.stringify(config)} ${await fileOf(config)}`;
    if (open?.by === by) return open;
    await close();
    const database = await connectTo(config);
    open = { by, database, columns: [] };
    const columns = await columnsOf(database, dialects[config.system], config.table);
    if (columns.length === 0) {
      const key = config.reads === 'outbox' ? 'source.database_no_table' : 'source.database_no_watched';
      throw new DatabaseTrouble(sentence(key, { table: config.table }), null);
    }
    const wanted =
      config.reads === 'outbox'
        ? [config.keyColumn, config.eventColumn, config.payloadColumn]
        : [config.keyColumn, ...(config.changedColumn === '' ? [] : [config.changedColumn])];
    const absent = wanted.find((name) => !columns.includes(name));
    if (absent !== undefined) {
      const found = columns.slice(0, 40).join(', ');
      const isOutbox = config.reads === 'outbox' && absent !== config.keyColumn;
      const key = isOutbox ? 'source.database_no_outbox' : 'source.database_no_column';
      throw new DatabaseTrouble(sentence(key, { table: config.table, column: absent, found }), null);
    }
    open = { by, database, columns };
    return open;
  }

  async function asked<Value>(
    config: SqlConfig,
    work: (open: NonNullable<Awaited<ReturnType<typeof connected>>>) => Promise<Value>,
  ) {
    try {
      return await work(await connected(config));
    } catch (error) {
      // Whatever it was, the next look begins with a connection that works.
      await close();
      throw error instanceof DatabaseTrouble ? error : new DatabaseTrouble(troubleOf(config, error), error);
    }
  }

  return {
    outbox: ({
      config,
      cursor,
      nowMs,
    }: {
      config: SqlConfig;
      cursor: OutboxCursor;
      nowMs: number;
    }): Promise<OutboxPage> =>
      asked(config, async ({ database, columns }) => {
        const dialect = dialects[config.system];
        const key = dialect.quoted(config.keyColumn);
        const names = [config.keyColumn, config.eventColumn, config.payloadColumn];
        const hasCreated = columns.includes(config.createdColumn);
        if (hasCreated) names.push(config.createdColumn);
        const inUtc = hasCreated ? await momentsIn(database, config, config.createdColumn) : null;
        const read: Database['rows'] = (statement, values) => (inUtc ?? database).rows(statement, values);
        const list = names.map(dialect.quoted).join(', ');
        const from = `FROM ${quotedTable(dialect, config.table)}`;
        let at = cursor;
        const late: DatabaseRow[] = [];
        const numbers = cursor.missing.map(([number]) => digits(number));
        for (let i = 0; i < numbers.length; i += askedAtOnce) {
          const some = numbers.slice(i, i + askedAtOnce).join(', ');
          late.push(...(await read(dialect.first(askedAtOnce, list, `${from} WHERE ${key} IN (${some})`), [])));
        }
        const above = (last: string | null) =>
          dialect.first(
            outboxRows,
            list,
            `${from}${last === null ? '' : ` WHERE ${key} > ${digits(last)}`} ORDER BY ${key}`,
          );
        let fresh = await read(above(at.last), []);
        if (fresh.length === 0 && late.length === 0 && at.last !== null) {
          // A table that was emptied and begins anew: what comes again is known by its key.
          const [newest] = await database.rows(`SELECT MAX(${key}) AS newest ${from}`, []);
          const most = newest?.get('newest') ?? null;
          if (most !== null && BigInt(numberIn(config, most)) < BigInt(at.last)) {
            at = { last: null, missing: [] };
            fresh = await read(above(null), []);
          }
        }
        const rows = [...late, ...fresh];
        const found = rows.map((row) => numberIn(config, row.get(config.keyColumn) ?? ''));
        return {
          messages: rows.map((row, i) => outboxMessage(config, row, found[i] ?? '', inUtc !== null)),
          cursor: advanced(at, found, nowMs),
          more: fresh.length === outboxRows,
        };
      }),

    table: ({ config, cursor, nowMs }: { config: SqlConfig; cursor: TableCursor; nowMs: number }): Promise<TablePage> =>
      asked(config, ({ database }) => readTablePage(database, config, cursor, nowMs)),

    /** Whether it answers, which columns are there, and the first rows, for whoever sets it up. */
    sample: ({ config }: { config: SqlConfig }) =>
      asked(config, async ({ database, columns }) => {
        const dialect = dialects[config.system];
        const rest = `FROM ${quotedTable(dialect, config.table)}`;
        const inUtc = config.reads === 'outbox' && (await momentsIn(database, config, config.createdColumn));
        const rows = await (inUtc || database).rows(dialect.first(3, '*', rest), []);
        return {
          columns,
          rows: rows.map((row) => {
            const number = plain(row.get(config.keyColumn) ?? null) ?? '';
            if (config.reads === 'outbox') return outboxMessage(config, row, number, Boolean(inUtc));
            const raw = changeOf('added', objectOf(row), null);
            return { raw, origin: `${config.table} ${config.keyColumn} ${number}`, key: number };
          }),
        };
      }),

    close,
  };
}

/** Which file it is: one that was put in the place of another is not the one that is open. */
async function fileOf({ system, file }: SqlConfig): Promise<string> {
  if (system !== 'sqlite') return '';
  const { dev, ino } = await stat(file, { bigint: true });
  return `${dev} ${ino}`;
}

async function columnsOf(database: Database, dialect: Dialect, table: string): Promise<string[]> {
  const { schema, name } = tableParts(table);
  const rows = await database.rows(dialect.columnsOf(schema !== null), schema === null ? [name] : [name, schema]);
  return rows.map((row) => plain(row.get('name') ?? null) ?? '');
}

function outboxMessage(config: SqlConfig, row: DatabaseRow, number: string, inUtc: boolean): SqlMessage {
  const created = row.get(config.createdColumn) ?? null;
  const [event, payload] = [config.eventColumn, config.payloadColumn].map((name) => row.get(name) ?? 'null');
  const raw = outboxRaw(event ?? 'null', payload ?? 'null', created && momentJson(created, inUtc));
  // A table that begins its numbers anew has other rows under them.
  const hash = createHash('sha256').update(raw).digest('base64url').slice(0, 16);
  return { raw, origin: `${config.table} ${number}`, key: `${number}:${hash}` };
}

/** In UTC where it says which moment it is; else as it came: whoever reads it knows whose clocks it shows. */
function momentJson(created: string, inUtc: boolean): string {
  const text = plain(created) ?? '';
  const utc = utcOfSource(text, inUtc ? 'UTC' : null);
  return utc === null ? created : JSON.stringify(utc);
}

/**
 * Numbers that are kept as texts are in another order: `100` before `99`, behind which it would never be found. SQL Server's
 * own largest numbers come as texts.
 *
 * @throws DatabaseTrouble where it is no whole number
 */
function numberIn({ system }: SqlConfig, json: string): string {
  const text = plain(json) ?? '';
  if (/^\d{1,20}$/.test(text) && (system === 'mssql' || text === json)) return text;
  throw new DatabaseTrouble(sentence('source.database_no_number'), null);
}

/** The one value that stands in a statement itself: nothing but digits. */
function digits(number: string): string {
  if (!/^\d{1,20}$/.test(number)) throw new Error('no number');
  return number;
}
