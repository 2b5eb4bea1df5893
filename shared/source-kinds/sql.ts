/** A table in a system's own database that is read, and never written: an outbox, or a table that is watched. */
import { z } from 'zod';
import type { Sentence } from '../domain.ts';
import { sentence } from '../sentences/sentence.ts';
import { ofForm } from '../text-form.ts';
import type { SourceKind } from './source-kind.ts';

export const databaseSystems = ['mysql', 'postgres', 'mssql', 'sqlite'] as const;
export type DatabaseSystem = (typeof databaseSystems)[number];

/** As databases let tables and columns be called; a table may have its schema before it, with a dot. */
const name = ofForm(
  z.string().trim().min(1).max(128),
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is refused
  /^[^\u0000-\u001f\u007f]+$/,
  'problem.database_name',
);

const config = z.strictObject({
  /** MySQL and MariaDB are one. */
  system: z.enum(databaseSystems),
  host: z.string().trim().max(253).default('127.0.0.1'),
  /** 0: the system's usual one. */
  port: z.number().int().min(0).max(65_535).default(0),
  /** MySQL, PostgreSQL on this PC: the socket (PostgreSQL: its folder) instead of host and port. */
  socket: z.string().trim().max(500).default(''),
  database: z.string().trim().max(128).default(''),
  user: z.string().trim().max(128).default(''),
  password: z.string().max(500).optional(),
  /**
   * `verify`: encrypted, and the server's certificate checked. `off`: not encrypted, which is for this PC and the property's
   * network alone. `auto`: `off` on this PC, `verify` elsewhere.
   */
  tls: z.enum(['auto', 'off', 'verify']).default('auto'),
  /** PEM: what is trusted beside this PC's authorities. */
  ca: z.string().max(20_000).default(''),
  /** SQLite: whole path. */
  file: z.string().trim().max(1000).default(''),
  /** `outbox`: each row is a message, in the order of its number. `table`: rows that are new, other or gone are told. */
  reads: z.enum(['outbox', 'table']).default('outbox'),
  table: name.default('roost_outbox'),
  /** Outbox: its number that grows. Table: what tells its rows apart. */
  keyColumn: name.default('id'),
  eventColumn: name.default('event'),
  payloadColumn: name.default('payload'),
  createdColumn: name.default('created_at'),
  /** Table: when a row was changed last; without it the whole table is gone through again and again. */
  changedColumn: z.union([name, z.literal('')]).default(''),
  /** Table: whether what is there at first is only remembered, or all of it is new. */
  firstLook: z.enum(['remembered', 'taken']).default('remembered'),
});

const ofServers = ['host', 'port', 'socket', 'database', 'user', 'tls', 'ca'];
const ofOutboxes = ['eventColumn', 'payloadColumn', 'createdColumn'];
const ofTables = ['changedColumn', 'firstLook'];
const unusedBy = (because: string, members: readonly string[]) => members.map((member) => ({ member, because }));

export const sql: SourceKind = {
  name: 'sql',
  isAdded: true,
  isPosted: false,
  config,
  secrets: ['password'],
  unused: ({ system, reads }) => [
    ...unusedBy(`system=${system}`, system === 'sqlite' ? ofServers : ['file']),
    ...unusedBy(`reads=${reads}`, reads === 'table' ? ofOutboxes : ofTables),
  ],
  words: { name: 'source_kind.sql' },
};

export type SqlConfig = z.output<typeof config>;

const thisPc: readonly string[] = ['', 'localhost', '127.0.0.1', '::1'];

/** What is sent there does not leave this PC. */
export const isOnThisPc = ({ host, socket }: Pick<SqlConfig, 'host' | 'socket'>): boolean =>
  socket !== '' || thisPc.includes(host.toLowerCase());

/** Null: there is no connection that could be, a file is read. */
export function isEncrypted(config: Pick<SqlConfig, 'system' | 'host' | 'socket' | 'tls'>): boolean | null {
  if (config.system === 'sqlite') return null;
  return config.tls === 'auto' ? !isOnThisPc(config) : config.tls === 'verify';
}

/** How it is said; null where a file is read. */
export function encryptionSaid(config: Parameters<typeof isEncrypted>[0]): Sentence | null {
  const encrypted = isEncrypted(config);
  if (encrypted === null) return null;
  if (encrypted) return sentence('source.database_encrypted');
  return sentence(isOnThisPc(config) ? 'source.database_plain_here' : 'source.database_plain');
}
