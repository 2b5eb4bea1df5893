/** What is asked of any database: reading, within bounds, and never writing. */
import type { DatabaseSystem, SqlConfig } from '../../../../shared/source-kinds/sql.ts';

/**
 * A row: each column's value as JSON text, as the database writes it, digit for digit; null for NULL. Bytes are a text in
 * base64, whichever database they come from.
 */
export interface DatabaseRow extends ReadonlyMap<string, string | null> {
  /** Its columns that hold bytes. */
  readonly bytes: ReadonlySet<string>;
}

/** A value that a statement is given. Some databases compare a number with a text, or with bytes, as what it is not. */
export type DatabaseValue = string | bigint | number | Uint8Array | null;

export interface Database {
  /** Rejects where it cannot be reached, or does not answer in time. */
  rows(statement: string, values: readonly DatabaseValue[]): Promise<readonly DatabaseRow[]>;
  /** Absent where a moment's text says which moment it is. */
  readonly moments?: Moments;
  close(): Promise<void>;
}

/**
 * A type that keeps moments and shows them as a clock does, which in autumn shows one hour twice: MySQL's TIMESTAMP. In UTC
 * no two of them look alike.
 */
export interface Moments {
  /** Whether a column is of that type. @param schema null: the one in use */
  isOne(schema: string | null, table: string, column: string): Promise<boolean>;
  /** As `rows` of the database, with such columns read and compared in UTC. */
  rows(statement: string, values: readonly DatabaseValue[]): Promise<readonly DatabaseRow[]>;
}

/** @param columns each with its value as JSON text, or its bytes */
export function rowOf(columns: Iterable<readonly [name: string, value: string | Uint8Array | null]>): DatabaseRow {
  const row = new Map<string, string | null>();
  const bytes = new Set<string>();
  for (const [name, value] of columns) {
    const isText = typeof value === 'string' || value === null;
    if (!isText) bytes.add(name);
    row.set(name, isText ? value : JSON.stringify(Buffer.from(value).toString('base64')));
  }
  return Object.assign(row, { bytes });
}

/** Longest time for one statement, in milliseconds, and for connecting. */
export const statementMs = 10_000;
export const connectMs = 8_000;

/** A value of a column whose type says that it is a number, as JSON: itself, where JSON can write it so. */
export const numberJson = (text: string): string =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? text : JSON.stringify(text);

/** A value as it lies in a cursor: {@link givenBack} gives it back to the database as what it was. Null for NULL. */
export function markOf(row: DatabaseRow | undefined, column: string): string | null {
  const json = row?.get(column) ?? null;
  return json !== null && row?.bytes.has(column) === true ? `${bytesMark}${json}}` : json;
}

const bytesMark = '{"bytes":';
/** As long as a whole number of 64 bits is written. */
const wholeNumber = /^-?\d{1,20}$/;

/** @param mark of {@link markOf}; what else it says is a text */
export function givenBack(mark: string): DatabaseValue {
  if (mark.startsWith('"')) return JSON.parse(mark) as string;
  if (mark.startsWith(bytesMark)) return Buffer.from((JSON.parse(mark) as { bytes: string }).bytes, 'base64');
  if (wholeNumber.test(mark)) return BigInt(mark);
  return JSON.stringify(Number(mark)) === mark ? Number(mark) : mark;
}

/** A value as it is shown to a person. */
export const plain = (json: string | null): string | null =>
  json === null ? null : json.startsWith('"') ? (JSON.parse(json) as string) : json;

export const textJson = (text: string): string => JSON.stringify(text.toWellFormed());

/** A value that says that it is JSON; what is none is a text. */
export function jsonJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return textJson(text);
  }
}

const usualPorts: Readonly<Record<DatabaseSystem, number>> = { mysql: 3306, postgres: 5432, mssql: 1433, sqlite: 0 };
export const portOf = ({ port, system }: SqlConfig): number => (port === 0 ? usualPorts[system] : port);
