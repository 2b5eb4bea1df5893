/**
 * What a person set up after a backup was made: endpoints with their secrets, sources, scheduled exports, settings. It is
 * told before the backup is restored; out of a damaged database it is carried over.
 */
import { existsSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { SetUpSince } from '../../../../shared/schemas.ts';
import { metaKey, settingPrefix } from '../meta.ts';
import { carrySchedules, schedulesSince } from './carried-exports.ts';
import { commonColumns, highest, openWreck, type Row, unlessDamaged } from './wreck.ts';

export type { SetUpSince } from '../../../../shared/schemas.ts';

/** A property has a handful: numbers are looked at one by one so far where their end cannot be read. */
const mostNumbers = 1_000;

/** Columns that a person's acts write; the others say how it goes. */
const ofEndpoints = [
  ...['description', 'url', 'host', 'events', 'headers', 'kind', 'options', 'kind_secrets', 'switch'],
];
const ofSources = [
  ...['name', 'property_id', 'token_hash', 'path_hash', 'revoked_at', 'kind', 'config', 'secrets', 'shaping', 'draft'],
];

/** What is here now and is not, or is otherwise, in the backup. Nothing is written into either. */
export function setUpSince(present: Database, backup: Database): SetUpSince {
  const endpoints = changesOf('endpoints', ofEndpoints, present, backup);
  const sources = changesOf('sources', ofSources, present, backup);
  const schedules = schedulesSince(present, backup);
  const settings = changedSettings(present, backup);
  const nameOf = (row: Row): string => String(row.description || row.host || row.name);
  const added = (rows: readonly Changed[]) => rows.filter(({ isNew, isGone }) => isNew && !isGone);
  const changed = [...endpoints.rows, ...sources.rows].filter(({ isNew }) => !isNew);
  return {
    endpoints: added(endpoints.rows).map(({ row }) => nameOf(row)),
    sources: added(sources.rows).map(({ row }) => nameOf(row)),
    schedules: [...schedules.added],
    changed: [...changed.map(({ row }) => nameOf(row)), ...schedules.changed],
    settings: (settings ?? []).map(({ name }) => name),
    unreadable: endpoints.unreadable || sources.unreadable || schedules.unreadable || settings === null,
  };
}

/**
 * Same, of the database in that file. What cannot be opened at all is told as not readable; one that is not there has
 * nothing that could be gone.
 */
export function setUpNotIn(file: string, backup: Database): SetUpSince {
  const none = { endpoints: [], sources: [], schedules: [], changed: [], settings: [], unreadable: false };
  if (!existsSync(file)) return none;
  const opened = openWreck(file, backup.name);
  if (opened === null) return { ...none, unreadable: true };
  try {
    return setUpSince(opened.wreck, backup);
  } finally {
    opened.close();
  }
}

/** Writes what can be read of it into the backup; inside a transaction of the caller's. */
export function carrySetUp(wreck: Database, into: Database): void {
  for (const { row } of changesOf('endpoints', ofEndpoints, wreck, into).rows) {
    if (isEndpoint(row) && put('endpoints', row, wreck, into)) carrySecrets(Number(row.no), wreck, into);
  }
  for (const { row } of changesOf('sources', ofSources, wreck, into).rows) {
    if (isSource(row)) put('sources', row, wreck, into);
  }
  carrySchedules(wreck, into);
  const set = into.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  for (const { key, value } of changedSettings(wreck, into) ?? []) set.run(key, value);
}

/** What of the one the other does not have. */
export function without(all: SetUpSince, left: SetUpSince): SetUpSince {
  const minus = (names: readonly string[], others: readonly string[]) => names.filter((name) => !others.includes(name));
  return {
    endpoints: minus(all.endpoints, left.endpoints),
    sources: minus(all.sources, left.sources),
    schedules: minus(all.schedules ?? [], left.schedules ?? []),
    changed: minus(all.changed, left.changed),
    settings: minus(all.settings, left.settings),
    unreadable: false,
  };
}

interface Changed {
  readonly row: Row;
  readonly isNew: boolean;
  /** It was removed again: nobody misses it. */
  readonly isGone: boolean;
}

type Table = 'endpoints' | 'sources';

function changesOf(
  table: Table,
  persons: readonly string[],
  present: Database,
  backup: Database,
): { readonly rows: readonly Changed[]; readonly unreadable: boolean } {
  const columns = commonColumns(present, backup, table);
  const select = (of: Database) =>
    unlessDamaged(() =>
      of.prepare<[number], Row>(`SELECT ${columns.join(', ')} FROM ${table} NOT INDEXED WHERE no = ?`),
    );
  const [here, there] = [columns.length === 0 ? null : select(present), columns.length === 0 ? null : select(backup)];
  if (here === null || there === null) return { rows: [], unreadable: true };
  const compared = persons.filter((name) => columns.includes(name));
  const secretsOf = table === 'endpoints' ? secretsIn : () => [];
  const last = highest(present, table, 'no');
  const rows: Changed[] = [];
  let unreadable = last === null;
  for (let no = 1; no <= (last ?? mostNumbers); no += 1) {
    const found = unlessDamaged(() => ({ row: here.get(no) }));
    if (found === null) unreadable = true;
    if (found?.row === undefined) continue;
    const { row } = found;
    const before = unlessDamaged(() => there.get(no)) ?? undefined;
    const isSame =
      before !== undefined &&
      [...compared, 'id'].every((name) => isEqual(row[name], before[name])) &&
      isEqual(secretsOf(present, no), secretsOf(backup, no));
    const isGone = table === 'endpoints' ? row.switch === 'removed' : row.revoked_at !== null;
    if (!isSame) rows.push({ row, isNew: before?.id !== row.id, isGone });
  }
  return { rows, unreadable };
}

/** Bytes by what they are; lists by what they hold. */
const isEqual = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Those of an endpoint, by their role; null where they cannot be read. */
const secretsIn = (of: Database, no: number): readonly Row[] | null =>
  unlessDamaged(() =>
    of.prepare<[number], Row>('SELECT role, sealed FROM endpoint_secrets WHERE endpoint_no = ? ORDER BY role').all(no),
  );

/** False where its number is another one's there, or it is not what a row has to be. */
function put(table: Table, row: Row, wreck: Database, into: Database): boolean {
  const columns = commonColumns(wreck, into, table);
  const values = columns.map((name) => `@${name}`).join(', ');
  const sets = columns.map((name) => `${name} = @${name}`).join(', ');
  const add = `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${values})`;
  const change = `UPDATE ${table} SET ${sets} WHERE no = @no AND id = @id`;
  return unlessDamaged(() => into.prepare(change).run(row).changes + into.prepare(add).run(row).changes > 0) ?? false;
}

function carrySecrets(no: number, wreck: Database, into: Database): void {
  const columns = commonColumns(wreck, into, 'endpoint_secrets');
  const list = columns.join(', ');
  const found = unlessDamaged(() =>
    wreck.prepare<[number], Row>(`SELECT ${list} FROM endpoint_secrets WHERE endpoint_no = ?`).all(no),
  );
  if (found === null || found.length === 0) return;
  into.prepare('DELETE FROM endpoint_secrets WHERE endpoint_no = ?').run(no);
  const add = into.prepare(
    `INSERT INTO endpoint_secrets (${list}) VALUES (${columns.map((name) => `@${name}`).join(', ')})`,
  );
  for (const row of found) add.run(row);
}

interface ChangedSetting {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** The proxy's password stands beside the proxy. Null where they cannot be read. */
function changedSettings(present: Database, backup: Database): readonly ChangedSetting[] | null {
  const read = (of: Database) =>
    unlessDamaged(() =>
      of
        .prepare<[string, string], { key: string; value: string }>(
          "SELECT key, value FROM meta WHERE key LIKE ? || '%' OR key = ? ORDER BY key",
        )
        .all(settingPrefix, metaKey.proxyPassword),
    );
  const here = read(present);
  if (here === null) return null;
  const there = new Map((read(backup) ?? []).map(({ key, value }) => [key, value]));
  return here
    .filter(({ key, value }) => there.get(key) !== value && (key === metaKey.proxyPassword || isJson(value)))
    .map(({ key, value }) => ({
      ...{ key, value },
      name: key === metaKey.proxyPassword ? 'proxy password' : key.slice(settingPrefix.length),
    }));
}

/** What was damaged and still parses is not taken for an endpoint. */
const isEndpoint = (row: Row): boolean =>
  hasId(row) &&
  row.url instanceof Uint8Array &&
  row.url.length > 0 &&
  isJson(row.events) &&
  typeof row.host === 'string';

const isSource = (row: Row): boolean =>
  hasId(row) && typeof row.name === 'string' && row.token_hash instanceof Uint8Array && row.token_hash.length === 32;

const hasId = ({ id, no }: Row): boolean => typeof id === 'string' && /^[a-z]+_\w{26}$/.test(id) && Number(no) > 0;

function isJson(text: unknown): boolean {
  try {
    return typeof text === 'string' && JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}
