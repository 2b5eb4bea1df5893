/** Everything in a database that the vault sealed: read out with one vault, written back with another. */
import { existsSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { EndpointId, SourceId } from '../../../shared/domain.ts';
import type { Vault } from '../ports.ts';
import { databaseFile, type ReadHandle } from '../store/connection.ts';
import { headersContext, kindSecretsContext, urlContext } from '../store/endpoints.ts';
import { createMetaTable, metaKey, readMeta } from '../store/meta.ts';
import { proxyPasswordContext } from '../store/proxy-password.ts';
import { secretContext } from '../store/secrets.ts';
import { sourceSecretsContext } from '../store/sources.ts';
import type { CarriedSecret } from './backup-secrets.ts';

interface SealedPlace {
  readonly place: string;
  /** Gives `id`, `sealed`, and the row's key as `key0` and `key1`. */
  readonly read: string;
  /** Takes the sealed value and the row's key. */
  readonly write: string;
  readonly context: (id: EndpointId) => string;
}

const ofEndpoint = (column: string, context: (id: EndpointId) => string): SealedPlace => ({
  place: `endpoints.${column}`,
  read: `SELECT id, ${column} AS sealed, no AS key0, id AS key1 FROM endpoints WHERE ${column} IS NOT NULL`,
  write: `UPDATE endpoints SET ${column} = ? WHERE no = ? AND id = ?`,
  context,
});

const places: readonly SealedPlace[] = [
  ofEndpoint('url', urlContext),
  ofEndpoint('bench_url', urlContext),
  ofEndpoint('headers', headersContext),
  ofEndpoint('kind_secrets', kindSecretsContext),
  {
    place: 'endpoint_secrets.sealed',
    read: `SELECT p.id, s.sealed, s.endpoint_no AS key0, s.role AS key1
      FROM endpoint_secrets s JOIN endpoints p ON p.no = s.endpoint_no`,
    write: 'UPDATE endpoint_secrets SET sealed = ? WHERE endpoint_no = ? AND role = ?',
    context: secretContext,
  },
];

/** The one that belongs to no endpoint: the proxy's password, a row of text. */
const proxyPlace = 'meta.proxy_password';

interface SealedRow {
  readonly id: EndpointId;
  readonly sealed: Uint8Array;
  readonly key0: string | number;
  readonly key1: string | number;
}

/** What this vault can open. What it cannot is left out: it has to be entered again anyway. */
export function readSealed(reader: ReadHandle, vault: Vault): CarriedSecret[] {
  return [...readProxyPassword(reader, vault), ...readEndpoints(reader, vault), ...readSources(reader, vault)];
}

/** Of each source the one column; its row is known by its id. */
const sourcePlace = 'sources.secrets';

function readSources(reader: ReadHandle, vault: Vault): CarriedSecret[] {
  return reader
    .prepare<[], { id: SourceId; sealed: Uint8Array }>(
      'SELECT id, secrets AS sealed FROM sources WHERE secrets IS NOT NULL',
    )
    .all()
    .flatMap(({ id, sealed }) => {
      const text = vault.open(sealed, sourceSecretsContext(id));
      return text === null ? [] : [{ place: sourcePlace, key: [id], text }];
    });
}

function readProxyPassword(reader: ReadHandle, vault: Vault): CarriedSecret[] {
  const sealed = readMeta(reader).get(metaKey.proxyPassword);
  const text = sealed === undefined ? null : vault.open(Buffer.from(sealed, 'hex'), proxyPasswordContext);
  return text === null ? [] : [{ place: proxyPlace, key: [], text }];
}

function readEndpoints(reader: ReadHandle, vault: Vault): CarriedSecret[] {
  return places.flatMap(({ place, read, context }) =>
    reader
      .prepare<[], SealedRow>(read)
      .all()
      .flatMap(({ id, sealed, key0, key1 }) => {
        const text = vault.open(sealed, context(id));
        return text === null ? [] : [{ place, key: [key0, key1], text }];
      }),
  );
}

/**
 * Whether a data folder's database holds anything that only its key opens. To be asked before an engine opens it.
 *
 * @throws SqliteError where it cannot be read
 */
export function holdsSealed(dataFolder: string): boolean {
  if (!existsSync(databaseFile(dataFolder))) return false;
  const database = new BetterSqlite3(databaseFile(dataFolder), { readonly: true });
  try {
    const isMade = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'endpoints'").get() !== undefined;
    if (!isMade) return false;
    const hasOne = ({ read }: SealedPlace): boolean => {
      try {
        return database.prepare(`${read} LIMIT 1`).get() !== undefined;
      } catch (error) {
        // Of an earlier version, which knew no such place.
        if (/no such column/.test(String(error))) return false;
        throw error;
      }
    };
    return places.some(hasOne) || readMeta(database as unknown as ReadHandle).get(metaKey.proxyPassword) !== undefined;
  } finally {
    database.close();
  }
}

/** Seals `secrets` with this vault and writes them where they belong. */
export function writeSealed(database: Database, vault: Vault, secrets: readonly CarriedSecret[]): void {
  const idOf = database.prepare<[string | number], EndpointId>('SELECT id FROM endpoints WHERE no = ?').pluck();
  const meta = createMetaTable(database);
  const setSource = database.prepare('UPDATE sources SET secrets = ? WHERE id = ?');
  for (const { place, key, text } of secrets) {
    if (place === proxyPlace) {
      meta.replace(metaKey.proxyPassword, Buffer.from(vault.seal(text, proxyPasswordContext)).toString('hex'));
      continue;
    }
    if (place === sourcePlace) {
      const id = String(key[0]) as SourceId;
      setSource.run(vault.seal(text, sourceSecretsContext(id)), id);
      continue;
    }
    const at = places.find((one) => one.place === place);
    const [no, rest] = key;
    const id = no === undefined ? undefined : idOf.get(no);
    if (at && id !== undefined) database.prepare(at.write).run(vault.seal(text, at.context(id)), no, rest);
  }
}
