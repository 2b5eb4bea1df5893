/** How each system writes what we ask. Names are quoted here and nowhere else; values are never part of a statement. */
import type { DatabaseSystem } from '../../../../shared/source-kinds/sql.ts';

export interface Dialect {
  /** One name, quoted; whatever is in it, it is a name. */
  quoted(name: string): string;
  /** The value of that number, from 1. */
  value(number: number): string;
  /** `SELECT columns rest`, at most so many rows. */
  first(most: number, columns: string, rest: string): string;
  /** Columns of a table, in their order: `name`; values: the table, and its schema where `hasSchema`. */
  columnsOf(hasSchema: boolean): string;
}

const doubled = (open: string, close: string) => (name: string) =>
  `${open}${name.replaceAll(close, close + close)}${close}`;
const limited = (most: number, columns: string, rest: string) => `SELECT ${columns} ${rest} LIMIT ${most}`;

const catalogue = (dialect: Pick<Dialect, 'value'>, here: string) => (hasSchema: boolean) =>
  `SELECT column_name AS name FROM information_schema.columns WHERE table_name = ${dialect.value(1)} AND table_schema = ${
    hasSchema ? dialect.value(2) : here
  } ORDER BY ordinal_position`;

const mysqlValue = { value: () => '?' };
const postgresValue = { value: (number: number) => `$${number}` };
const mssqlValue = { value: (number: number) => `@p${number}` };

export const dialects: Readonly<Record<DatabaseSystem, Dialect>> = {
  mysql: { ...mysqlValue, quoted: doubled('`', '`'), first: limited, columnsOf: catalogue(mysqlValue, 'DATABASE()') },
  postgres: {
    ...postgresValue,
    quoted: doubled('"', '"'),
    first: limited,
    columnsOf: catalogue(postgresValue, 'current_schema()'),
  },
  mssql: {
    ...mssqlValue,
    quoted: doubled('[', ']'),
    first: (most, columns, rest) => `SELECT TOP (${most}) ${columns} ${rest}`,
    columnsOf: catalogue(mssqlValue, 'SCHEMA_NAME()'),
  },
  sqlite: {
    ...mysqlValue,
    quoted: doubled('"', '"'),
    first: limited,
    columnsOf: (hasSchema) => `SELECT name FROM pragma_table_info(?)${hasSchema ? ' WHERE ? IS NOT NULL' : ''}`,
  },
};

/** `hotel.bookings` is a table in a schema. */
export function tableParts(table: string): { readonly schema: string | null; readonly name: string } {
  const dot = table.indexOf('.');
  return dot < 1 ? { schema: null, name: table } : { schema: table.slice(0, dot), name: table.slice(dot + 1) };
}

export function quotedTable(dialect: Dialect, table: string): string {
  const { schema, name } = tableParts(table);
  return schema === null ? dialect.quoted(name) : `${dialect.quoted(schema)}.${dialect.quoted(name)}`;
}
