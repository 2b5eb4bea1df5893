/** Sources: where events come in. Of their tokens and secret paths only SHA-256 hashes are kept (decision 22). */
import type { Sentence, SourceId, UtcMs } from '../../../shared/domain.ts';
import type { SourceFiles, SourceHealth } from '../../../shared/schemas.ts';
import type { WriteHandle } from './connection.ts';

export interface SourceRecord {
  readonly no: number;
  readonly id: SourceId;
  readonly name: string;
  readonly propertyId: string | null;
  readonly tokenHash: Uint8Array;
  readonly pathHash: Uint8Array;
  readonly createdAt: UtcMs;
  readonly revokedAt: UtcMs | null;
  readonly lastEventAt: UtcMs | null;
  /** When it last sent a test, which is stored nowhere. */
  readonly lastTestAt: UtcMs | null;
  /** How many of its events about a booking had no id to be kept in order by. */
  readonly unordered: number;
  /** Of `shared/source-kinds/`. */
  readonly kind: string;
  /** JSON: what a person chose for it, without its secrets. */
  readonly config: string;
  /** JSON of what is secret of its config, sealed; null where nothing is. */
  readonly secrets: Uint8Array | null;
  /** JSON of `shared/source-shaping.ts`. */
  readonly shaping: string;
  /** 1 while it is being set up: what comes is kept. */
  readonly draft: number;
  /** How far one that is read has been read, in its kind's own words. */
  readonly cursor: string | null;
  readonly lastSeenAt: UtcMs | null;
  readonly lastTroubleAt: UtcMs | null;
  /** JSON of a sentence. */
  readonly lastTrouble: string | null;
  readonly nextLookAt: UtcMs | null;
  readonly awaySince: UtcMs | null;
  /** JSON of a sentence. */
  readonly away: string | null;
  /** JSON of what one that reads files knows of them; null for others. */
  readonly files: string | null;
}

export type NewSource = Pick<
  SourceRecord,
  | 'id'
  | 'name'
  | 'propertyId'
  | 'tokenHash'
  | 'pathHash'
  | 'createdAt'
  | 'kind'
  | 'config'
  | 'secrets'
  | 'shaping'
  | 'draft'
>;

/** What the sealed secrets of a source are bound to. */
export const sourceSecretsContext = (id: SourceId): string => `sources.secrets:${id}`;

/** As it is kept of each source. */
export const healthOf = (row: SourceRecord): SourceHealth => ({
  lastSeenAt: row.lastSeenAt,
  lastTrouble:
    row.lastTroubleAt === null || row.lastTrouble === null
      ? null
      : { at: row.lastTroubleAt, says: JSON.parse(row.lastTrouble) as Sentence },
  away:
    row.awaySince === null || row.away === null
      ? null
      : { since: row.awaySince, says: JSON.parse(row.away) as Sentence },
  nextLookAt: row.nextLookAt,
  // Another version may not have known all of it.
  files: row.files === null ? null : { ...noFiles, ...(JSON.parse(row.files) as Partial<SourceFiles>) },
});

/** Of a folder of which nothing is known yet. */
export const noFiles: SourceFiles = { last: null, rejected: null, mounted: false, stuck: null };

/** A person has seen to what lay in `rejected`. */
export const withoutRejected = (health: SourceHealth): SourceHealth => ({
  ...health,
  away: null,
  files: { ...(health.files ?? noFiles), rejected: null, mounted: false },
});

/** What a person may change of one. */
export type ChangedSource = Pick<NewSource, 'name' | 'propertyId' | 'config' | 'secrets' | 'shaping' | 'draft'>;

/** Statements that write belong inside a transaction. */
export interface SourceTable {
  all(): SourceRecord[];
  get(id: SourceId): SourceRecord | undefined;
  add(source: NewSource): void;
  change(id: SourceId, changed: ChangedSource): void;
  replaceHashes(id: SourceId, tokenHash: Uint8Array, pathHash: Uint8Array): void;
  revoke(id: SourceId, at: UtcMs): void;
  sawEvent(no: number, at: UtcMs): void;
  /** Something came that is no event. */
  sawMessage(no: number, at: UtcMs): void;
  /** What came then became an event only now: nothing new has come. */
  tookLater(no: number, cameAt: UtcMs): void;
  sawTest(no: number, at: UtcMs): void;
  sawUnordered(no: number, events: number): void;
  sawTrouble(no: number, at: UtcMs, says: Sentence): void;
  keepHealth(no: number, health: SourceHealth): void;
  keepCursor(no: number, cursor: string): void;
}

const columns = `no, id, name, property_id AS propertyId, token_hash AS tokenHash, path_hash AS pathHash,
  created_at AS createdAt, revoked_at AS revokedAt, last_event_at AS lastEventAt,
  last_test_at AS lastTestAt, unordered, kind, config, secrets, shaping, draft, cursor, last_seen_at AS lastSeenAt,
  last_trouble_at AS lastTroubleAt, last_trouble AS lastTrouble, next_look_at AS nextLookAt,
  away_since AS awaySince, away, files`;

export function createSourceTable(writer: WriteHandle): SourceTable {
  // A full scan: a property has a handful of sources.
  const all = writer.prepare<[], SourceRecord>(`SELECT ${columns} FROM sources ORDER BY no`);
  // By the unique index on id.
  const get = writer.prepare<[string], SourceRecord>(`SELECT ${columns} FROM sources WHERE id = ?`);
  const add = writer.prepare(
    `INSERT INTO sources (id, name, property_id, token_hash, path_hash, created_at, kind, config, secrets, shaping,
       draft)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const change = writer.prepare(
    'UPDATE sources SET name = ?, property_id = ?, config = ?, secrets = ?, shaping = ?, draft = ? WHERE id = ?',
  );
  const replaceHashes = writer.prepare('UPDATE sources SET token_hash = ?, path_hash = ? WHERE id = ?');
  const revoke = writer.prepare('UPDATE sources SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL');
  const sawEvent = writer.prepare('UPDATE sources SET last_event_at = ?, last_seen_at = ? WHERE no = ?');
  const sawMessage = writer.prepare('UPDATE sources SET last_seen_at = ? WHERE no = ?');
  const tookLater = writer.prepare(
    'UPDATE sources SET last_event_at = MAX(COALESCE(last_event_at, 0), ?) WHERE no = ?',
  );
  const sawTest = writer.prepare('UPDATE sources SET last_test_at = ?, last_seen_at = ? WHERE no = ?');
  const sawUnordered = writer.prepare('UPDATE sources SET unordered = unordered + ? WHERE no = ?');
  const sawTrouble = writer.prepare('UPDATE sources SET last_trouble_at = ?, last_trouble = ? WHERE no = ?');
  // What was taken says itself when it came: a kind that does not count it must not take that back.
  const keepHealth = writer.prepare(
    `UPDATE sources SET last_seen_at = NULLIF(MAX(COALESCE(last_seen_at, 0), COALESCE(?, 0)), 0), last_trouble_at = ?, last_trouble = ?, next_look_at = ?,
     away_since = ?, away = ?, files = ? WHERE no = ?`,
  );
  const keepCursor = writer.prepare('UPDATE sources SET cursor = ? WHERE no = ?');
  return {
    all: () => all.all(),
    get: (id) => get.get(id),
    add: (source) =>
      void add.run(
        ...[source.id, source.name, source.propertyId, source.tokenHash, source.pathHash, source.createdAt],
        ...[source.kind, source.config, source.secrets, source.shaping, source.draft],
      ),
    change: (id, { name, propertyId, config, secrets, shaping, draft }) =>
      void change.run(name, propertyId, config, secrets, shaping, draft, id),
    replaceHashes: (id, tokenHash, pathHash) => void replaceHashes.run(tokenHash, pathHash, id),
    revoke: (id, at) => void revoke.run(at, id),
    sawEvent: (no, at) => void sawEvent.run(at, at, no),
    sawMessage: (no, at) => void sawMessage.run(at, no),
    tookLater: (no, cameAt) => void tookLater.run(cameAt, no),
    sawTest: (no, at) => void sawTest.run(at, at, no),
    sawUnordered: (no, events) => void sawUnordered.run(events, no),
    sawTrouble: (no, at, says) => void sawTrouble.run(at, JSON.stringify(says), no),
    keepHealth: (no, { lastSeenAt, lastTrouble, nextLookAt, away, files }) =>
      void keepHealth.run(
        ...[lastSeenAt, lastTrouble?.at ?? null, lastTrouble && JSON.stringify(lastTrouble.says), nextLookAt],
        ...[away?.since ?? null, away && JSON.stringify(away.says), files && JSON.stringify(files), no],
      ),
    keepCursor: (no, cursor) => void keepCursor.run(cursor, no),
  };
}
