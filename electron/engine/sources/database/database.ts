/** What is asked of any database: reading, within bounds, and never writing. */
import type { DatabaseSystem, SqlConfig } from '../../../../shared/source-kinds/sql.ts';

/** A row: each column's value as JSON text, as the database writes it, digit for digit; null for NULL. */
export type DatabaseRow = ReadonlyMap<string, string | null>;

export interface Database {
  /** Rejects where it cannot be reached, or does not answer in time. */
  rows(statement: string, values: readonly (string | null)[]): Promise<readonly DatabaseRow[]>;
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
  rows(statement: string, values: readonly (string | null)[]): Promise<readonly DatabaseRow[]>;
}

/** Longest time for one statement, in milliseconds, and for connecting. */
export const statementMs = 10_000;
export const connectMs = 8_000;

/** A value of a column whose type says that it is a number, as JSON: itself, where JSON can write it so. */
export const numberJson = (text: string): string =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text) ? text : JSON.stringify(text);

/** A value as it is given back to the database. */
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
