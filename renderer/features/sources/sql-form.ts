/** What is asked of a database, as it is typed. */
import type { DatabaseSystem, SqlConfig } from '../../../shared/source-kinds/sql.ts';
import type { Way } from './systems.ts';

export interface SqlAsked {
  readonly system: DatabaseSystem;
  readonly host: string;
  /** Empty: the usual one. */
  readonly port: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** `auto`: as its address has it. */
  readonly tls: SqlConfig['tls'];
  readonly ca: string;
  readonly file: string;
  readonly reads: 'outbox' | 'table';
  readonly table: string;
  readonly keyColumn: string;
  readonly changedColumn: string;
  /** QloApps: what its tables begin with. */
  readonly prefix: string;
}

/** The user that the script makes. */
export const scriptUser = 'roost_relay';

/** What a way begins with; `password` is the one that its script makes up. */
export const sqlOfWay = ({ name, database, table }: Way, password: string): SqlAsked => ({
  system: database ?? 'mysql',
  host: '127.0.0.1',
  port: '',
  database: '',
  user: name === 'outbox' ? scriptUser : '',
  password: name === 'outbox' ? password : '',
  tls: 'auto',
  ca: '',
  file: '',
  reads: name === 'table' ? 'table' : 'outbox',
  table: table?.table ?? (name === 'table' ? '' : 'roost_outbox'),
  keyColumn: table?.keyColumn ?? 'id',
  changedColumn: table?.changedColumn ?? '',
  prefix: 'qlo_',
});

/** As the engine takes it: what is no number is for the engine to refuse. An empty password is none, or the one it has. */
export function sqlConfig({ system, port, tls, password, ca, prefix: _, ...asked }: SqlAsked): Record<string, unknown> {
  const number = port.trim() === '' ? 0 : /^\d+$/.test(port.trim()) ? Number(port) : port;
  const secret = password === '' ? {} : { password };
  if (system === 'sqlite') return { ...ofTable(asked), system, file: asked.file, ...secret };
  const { host, database, user } = asked;
  return { ...ofTable(asked), system, host, port: number, database, user, ...secret, tls, ca };
}

const ofTable = ({
  reads,
  table,
  keyColumn,
  changedColumn,
}: Pick<SqlAsked, 'reads' | 'table' | 'keyColumn' | 'changedColumn'>) => ({
  reads,
  table,
  keyColumn,
  ...(reads === 'table' ? { changedColumn } : {}),
});

/** What a source has, to be changed. */
export function sqlAsked(config: Readonly<Record<string, unknown>>): SqlAsked {
  const { port, ...rest } = config as { port?: unknown };
  const usual = sqlOfWay({ name: 'outbox', preset: null }, '');
  return {
    ...usual,
    ...(rest as Partial<SqlAsked>),
    port: typeof port === 'number' && port > 0 ? String(port) : '',
    password: '',
  };
}

/** A password that nobody has to think of: the script and the form have the same one. */
export function madeUpPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const values = crypto.getRandomValues(new Uint32Array(20));
  // Policies of servers want all four kinds of character.
  return `${[...values].map((value) => letters[value % letters.length]).join('')}-7Kq`;
}
