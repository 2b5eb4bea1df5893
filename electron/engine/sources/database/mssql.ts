/** SQL Server, by tedious. There was no server to try it with: its statements are tested, its answers are not. */
import { Connection, type ConnectionConfiguration, Request, TYPES } from 'tedious';
import type { SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { connectMs, type Database, type DatabaseRow, portOf, rowOf, statementMs, textJson } from './database.ts';
import { tlsOf } from './encryption.ts';

/** @param type as the server calls it */
export function shownValue(value: unknown, type: string): string | Uint8Array | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return value;
  if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  if (value instanceof Date) return textJson(`${timeText(value)}${type === 'DateTimeOffset' ? 'Z' : ''}`);
  return textJson(String(value));
}

/** Its times have no offset but for those of `datetimeoffset`, which come in UTC: they are the server's own. What is finer than a millisecond is beside the Date, in seconds. */
export function timeText(value: Date & { readonly nanosecondsDelta?: number | undefined }): string {
  const finer = Math.round((value.nanosecondsDelta ?? 0) * 1e7);
  const text = value.toISOString().replace('Z', '');
  // `datetime` takes three digits and no more.
  return finer === 0 ? text : `${text}${String(finer).padStart(4, '0')}`;
}

/** What tedious is told. */
export function connectionOf(config: SqlConfig): ConnectionConfiguration {
  const tls = tlsOf(config);
  return {
    server: config.host,
    authentication: { type: 'default', options: { userName: config.user, password: config.password ?? '' } },
    options: {
      port: portOf(config),
      database: config.database,
      connectTimeout: connectMs,
      requestTimeout: statementMs,
      readOnlyIntent: true,
      useUTC: true,
      encrypt: tls !== null,
      trustServerCertificate: false,
      ...(tls === null ? {} : { cryptoCredentialsDetails: { ...tls } }),
      appName: 'Roost Relay',
    },
  };
}

export async function connect(config: SqlConfig): Promise<Database> {
  const connection = new Connection(connectionOf(config));
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  // It is told by the next statement, which fails.
  connection.on('error', () => {});
  return {
    rows: (statement, values) =>
      new Promise((resolve, reject) => {
        const rows: DatabaseRow[] = [];
        const request = new Request(statement, (error) => (error ? reject(error) : resolve(rows)));
        for (const [i, value] of values.entries()) {
          if (value instanceof Uint8Array) request.addParameter(`p${i + 1}`, TYPES.VarBinary, value);
          else request.addParameter(`p${i + 1}`, TYPES.NVarChar, value === null ? null : `${value}`);
        }
        request.on('row', (columns: { metadata: { colName: string; type: { name: string } }; value: unknown }[]) => {
          rows.push(
            rowOf(columns.map(({ metadata, value }) => [metadata.colName, shownValue(value, metadata.type.name)])),
          );
        });
        connection.execSql(request);
      }),
    async close() {
      connection.close();
    },
  };
}
