/** PostgreSQL. Everything comes as the text that the server sends. */
import pg from 'pg';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { connectMs, type Database, jsonJson, numberJson, portOf, rowOf, statementMs, textJson } from './database.ts';
import { tlsOf } from './encryption.ts';

/** int8, int2, int4, float4, float8, numeric. */
const numbers = new Set([20, 21, 23, 700, 701, 1700]);
const json = new Set([114, 3802]);
const boolean = 16;
const bytea = 17;

function shownValue(text: string, type: number): string | Uint8Array {
  if (type === bytea) return Buffer.from(text.slice(2), 'hex');
  if (numbers.has(type)) return numberJson(text);
  if (type === boolean) return text === 't' ? 'true' : 'false';
  return json.has(type) ? jsonJson(text) : textJson(text);
}

export async function connect(config: SqlConfig): Promise<Database> {
  const tls = tlsOf(config);
  const client = new pg.Client({
    host: config.socket === '' ? config.host : config.socket,
    port: portOf(config),
    ssl: tls === null ? false : { ...tls, rejectUnauthorized: true },
    user: config.user,
    password: config.password ?? '',
    database: config.database,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs + 2_000,
    application_name: 'Roost Relay',
    options: `-c default_transaction_read_only=on -c statement_timeout=${statementMs} -c bytea_output=hex`,
    types: { getTypeParser: () => (text: string) => text },
  });
  // It is told by the next statement, which fails.
  client.on('error', () => {});
  await client.connect();
  return {
    async rows(statement, values) {
      const { rows, fields } = await client.query<(string | null)[]>({
        text: statement,
        // A text alone is taken for whatever it is compared with.
        values: values.map((value) => (typeof value === 'bigint' || typeof value === 'number' ? `${value}` : value)),
        rowMode: 'array',
      });
      return rows.map((row) =>
        rowOf(
          fields.map(({ name, dataTypeID }, i) => {
            const text = row[i] ?? null;
            return [name, text === null ? null : shownValue(text, dataTypeID)] as const;
          }),
        ),
      );
    },
    close: () => client.end(),
  };
}
