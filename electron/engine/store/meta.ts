/** What is kept once for the whole database: one row of text for each name (table `meta`). */
import type { Database } from 'better-sqlite3';
import type { ReadHandle, WriteHandle } from './connection.ts';

/** Names of the rows. What stands in older data folders and backups keeps its name. */
export const metaKey = {
  /** There while the database is open: found at a start, the last stop was an unclean one. */
  open: 'open',
  /** JSON, engine time's offset and its latest (`engine-time.ts`). */
  engineTime: 'engine_time',
  /** JSON, what the last start found half sent: when, which boot, how many. */
  interrupted: 'interrupted',
  /** UTC milliseconds until which a person paused all deliveries; not there: they go. */
  relayPausedUntil: 'relay_paused_until',
  /** The password in the proxy's address, sealed, in hexadecimal digits. */
  proxyPassword: 'sealed.proxy_password',
  /** Of a backup: the secrets under its passphrase. */
  backupSecrets: 'backup.secrets',
  /** JSON, the certificate of the property network's listener, its key sealed. */
  lanCertificate: 'lan_certificate',
  /** JSON, acknowledged events that a damaged log cut off (`acknowledged.ts`). */
  eventsLost: 'events_lost',
  /** There while the database is known to be damaged (`upkeep/integrity.ts`). */
  damaged: 'damaged',
  /** Wall clock's milliseconds of the last night's work. */
  upkeepNight: 'upkeep.night',
  /** Wall clock's milliseconds of the last hourly backup. */
  upkeepHour: 'upkeep.hour',
  /** JSON, what counted as now when something old was let go last. */
  upkeepOld: 'upkeep.old',
  /** JSON, what is done by the clock and could not be done the last time (`upkeep/undone.ts`). */
  upkeepUndone: 'upkeep.undone',
  /** JSON, of a backup: when it was made, what it holds, and the last event of then. */
  backupMade: 'backup.made',
  /** JSON, of a backup that was made ready: what is to be done when it takes the data's place (`restored.ts`). */
  restorePlan: 'restore.plan',
  /** JSON, what was done when a backup last took the data's place (`restored.ts`). */
  restored: 'restored',
  /** Wall clock's milliseconds: when the restore took place of which a person said that nothing is left to do. */
  restoreDone: 'restore.done',
  /** JSON, when this PC slept while events waited (`pc-book.ts`). */
  pcSleeps: 'pc.sleeps',
  /** JSON, when the engine started long after this PC. */
  pcLateStarts: 'pc.late_starts',
  /** JSON, wall clock and uptime at the engine's last start. */
  pcLastStart: 'pc.last_start',
  /** JSON, what was learnt of this PC's networks (`network-memory.ts`). */
  networks: 'networks',
  /** The attempt up to which old answers are gone. */
  answersGone: 'retention.answers',
  /** There while the database is to be made anew at night (`upkeep/vacuum.ts`). */
  vacuumWanted: 'vacuum.wanted',
  /** Wall clock's milliseconds of the last write that tried whether anything can be written. */
  storeTried: 'store.tried',
  /** The Monday, in milliseconds, up to which the week's page was told or was not wanted. */
  weekTold: 'week.told',
  /** Which PIN there was at the last start: one whose file was taken away is noted. */
  pinSeen: 'pin.seen',
} as const;

/** A named row, or a setting (`store/settings.ts`): one row each, so that a new one needs no migration. */
export type MetaKey = (typeof metaKey)[keyof typeof metaKey] | `${typeof settingPrefix}${string}`;

/** Before a setting's name. */
export const settingPrefix = 'setting.';

export interface MetaReader {
  /** The row's text; undefined where there is none. */
  get(key: MetaKey): string | undefined;
  /** All settings, by their names without the prefix. */
  settings(): { readonly name: string; readonly value: string }[];
}

/** Statements that write belong inside a transaction. */
export interface MetaTable extends MetaReader {
  /** Writes the row, in the place of an earlier one. */
  put(key: MetaKey, value: string): void;
  /** Writes where there is such a row, and only there. */
  replace(key: MetaKey, value: string): void;
  drop(key: MetaKey): void;
}

/** Every one by the primary key. */
export const metaStatements = {
  get: 'SELECT value FROM meta WHERE key = ?',
  settings: `SELECT substr(key, ${settingPrefix.length + 1}) AS name, value FROM meta
    WHERE key >= '${settingPrefix}' AND key < 'setting/'`,
  put: 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  replace: 'UPDATE meta SET value = ? WHERE key = ?',
  drop: 'DELETE FROM meta WHERE key = ?',
} as const;

export function readMeta(reader: Pick<ReadHandle, 'prepare'>): MetaReader {
  const get = reader.prepare<[string], string>(metaStatements.get).pluck();
  const settings = reader.prepare<[], { name: string; value: string }>(metaStatements.settings);
  return { get: (key) => get.get(key), settings: () => settings.all() };
}

export function createMetaTable(writer: WriteHandle | Database): MetaTable {
  const put = writer.prepare(metaStatements.put);
  const replace = writer.prepare(metaStatements.replace);
  const drop = writer.prepare(metaStatements.drop);
  return {
    ...readMeta(writer),
    put: (key, value) => void put.run(key, value),
    replace: (key, value) => void replace.run(value, key),
    drop: (key) => void drop.run(key),
  };
}
