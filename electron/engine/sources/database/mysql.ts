/** MySQL and MariaDB. Everything comes as the text that the server sends. */
import { connect as openSocket, type Socket } from 'node:net';
import mysql2 from 'mysql2';
import { createConnection } from 'mysql2/promise';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import {
  connectMs,
  type Database,
  type DatabaseRow,
  jsonJson,
  type Moments,
  numberJson,
  plain,
  portOf,
  rowOf,
  statementMs,
  textJson,
} from './database.ts';
import { tlsOf } from './encryption.ts';

const { Types } = mysql2;
const numbers: ReadonlySet<number> = new Set([
  Types.TINY,
  Types.SHORT,
  Types.LONG,
  Types.LONGLONG,
  Types.INT24,
  Types.FLOAT,
  Types.DOUBLE,
  Types.DECIMAL,
  Types.NEWDECIMAL,
  Types.YEAR,
]);
const texts: ReadonlySet<number> = new Set([
  Types.VARCHAR,
  Types.VAR_STRING,
  Types.STRING,
  Types.TINY_BLOB,
  Types.MEDIUM_BLOB,
  Types.LONG_BLOB,
  Types.BLOB,
  Types.GEOMETRY,
]);

/** The server ends a statement before that, in milliseconds. */
const answersWithinMs = statementMs + 2_000;

/** The collation number of `binary`: then what is said to be a text is bytes. */
const binary = 63;

interface Column {
  readonly name: string;
  readonly columnType: number;
  readonly characterSet: number;
  /** MariaDB's own types (`uuid`, `inet6`), which it sends as texts. */
  readonly extendedTypeName?: string;
}

function shownValue(bytes: Buffer, { columnType, characterSet, extendedTypeName }: Column): string | Uint8Array {
  // What flags are kept in: up to 64 of them.
  if (columnType === Types.BIT) return BigInt(`0x${bytes.toString('hex') || '0'}`).toString();
  if (texts.has(columnType) && characterSet === binary && extendedTypeName === undefined) return bytes;
  const text = bytes.toString('utf8');
  if (numbers.has(columnType)) return numberJson(text);
  return columnType === Types.JSON ? jsonJson(text) : textJson(text);
}

export async function connect(config: SqlConfig): Promise<Database> {
  const tls = tlsOf(config);
  const connection = await createConnection({
    ...(config.socket === ''
      ? { host: config.host, port: portOf(config), stream: () => socketTo(config) }
      : { socketPath: config.socket }),
    // Without `verifyIdentity` any name would do.
    ...(tls === null ? {} : { ssl: { ...tls, rejectUnauthorized: true, verifyIdentity: true } }),
    user: config.user,
    password: config.password ?? '',
    database: config.database,
    connectTimeout: connectMs,
    multipleStatements: false,
    charset: 'utf8mb4',
    rowsAsArray: true,
    typeCast: false,
  });
  // It is told by the next statement, which fails.
  connection.on('error', () => {});
  await connection.query('SET SESSION TRANSACTION READ ONLY');
  // MariaDB counts seconds, MySQL milliseconds; each knows the one alone.
  await connection
    .query(`SET SESSION max_statement_time = ${statementMs / 1000}`)
    .catch(() => connection.query(`SET SESSION max_execution_time = ${statementMs}`));
  const rows: Database['rows'] = async (statement, values) => {
    const [found, fields] = await connection.query({ sql: statement, timeout: answersWithinMs }, [...values]);
    const columns = fields as unknown as readonly Column[];
    return (found as (Buffer | null)[][]).map((row) =>
      rowOf(
        columns.map((column, i) => {
          const bytes = row[i] ?? null;
          return [column.name, bytes === null ? null : shownValue(bytes, column)] as const;
        }),
      ),
    );
  };
  return {
    rows,
    moments: momentsBy(rows, (zone) =>
      connection.query({ sql: 'SET SESSION time_zone = ?', timeout: answersWithinMs }, [zone]),
    ),
    async close() {
      connection.destroy();
    },
  };
}

/** What was asked of the types is kept: a table that is made anew has a connection of its own. */
function momentsBy(rows: Database['rows'], setZone: (zone: string) => Promise<unknown>): Moments {
  const known = new Map<string, boolean>();
  let ownZone: string | null = null;
  const valueIn = ([row]: readonly DatabaseRow[], name: string) => plain(row?.get(name) ?? null);
  return {
    async isOne(schema, table, column) {
      const key = JSON.stringify([schema, table, column]);
      const before = known.get(key);
      if (before !== undefined) return before;
      const found = await rows(
        `SELECT data_type AS type FROM information_schema.columns
         WHERE table_schema = COALESCE(?, DATABASE()) AND table_name = ? AND column_name = ?`,
        [schema, table, column],
      );
      const isOne = valueIn(found, 'type') === 'timestamp';
      known.set(key, isOne);
      return isOne;
    },
    async rows(statement, values) {
      // The rows themselves are read as they always were: only what they are found by is in UTC.
      ownZone ??= valueIn(await rows('SELECT @@SESSION.time_zone AS zone', []), 'zone') ?? 'SYSTEM';
      await setZone('+00:00');
      const found = await rows(statement, values);
      await setZone(ownZone);
      return found;
    },
  };
}

/**
 * mysql2 names an address to Node as no server name, as TLS wants it, and nowhere else: then Node would take a certificate
 * for "localhost". `_host` is what it compares with where there is no server name.
 */
function socketTo(config: SqlConfig): Socket {
  const socket = openSocket({ host: config.host, port: portOf(config), noDelay: true, keepAlive: true });
  return Object.assign(socket, { _host: config.host });
}
