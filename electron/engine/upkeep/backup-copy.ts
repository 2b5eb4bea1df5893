/**
 * Writes a backup's file and checks it. Whoever asks for it gives a name aside, and gives it its own at the end.
 *
 * Both copies are made from one snapshot in a thread of their own. `VACUUM INTO` reads a snapshot, so it ends
 * while writing goes on (the online backup interface from a second connection never does, measured), and unlike
 * that interface on the writer's connection it costs the delivering thread nothing.
 */
import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import { databaseFile } from '../store/connection.ts';
import { statusDigits } from '../store/deliveries.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';
import { migrate } from '../store/migrate.ts';
import { makeShrinkable } from '../store/shrinking.ts';

export interface BackupWritten {
  readonly file: string;
  readonly sizeBytes: number;
}

/** What a backup says of itself. */
export interface BackupMade {
  /** UTC milliseconds. */
  readonly at: number;
  readonly holdsLog: boolean;
  /** The last event of then. */
  readonly lastSeq: number;
}

const pageOfRows = 500;
const keysOfMs = 7 * 86_400_000;

/**
 * @param file not there, or empty: a person's own is made for its owner alone before
 * @param secrets what `backup-secrets.ts` made of them, to be kept inside; null for none
 */
export function copyDatabase(dataFolder: string, file: string, secrets: string | null): BackupWritten {
  return written(file, () => {
    const source = new BetterSqlite3(databaseFile(dataFolder), { readonly: true });
    try {
      makeShrinkable(source);
      source.pragma('temp_store = FILE');
      source.prepare('VACUUM INTO ?').run(file);
    } finally {
      source.close();
    }
    const copy = new BetterSqlite3(file);
    try {
      if (secrets !== null) createMetaTable(copy).put(metaKey.backupSecrets, secrets);
      settle(copy, { holdsLog: true, lastSeq: lastSeqOf(copy, 'main') });
    } finally {
      copy.close();
    }
  });
}

/**
 * Whole tables that a property has little of; of deliveries, their events and attempts, those that are not delivered; what is
 * kept; and by what an event that a PMS sends again is known.
 */
export function copyUndelivered(dataFolder: string, file: string): BackupWritten {
  return written(file, () => {
    const copy = new BetterSqlite3(file);
    try {
      // A new file that counts only once it is whole: `written` syncs it before it gets its name.
      makeShrinkable(copy);
      copy.pragma('journal_mode = OFF');
      copy.pragma('synchronous = OFF');
      copy.pragma('foreign_keys = OFF');
      migrate(copy);
      copy.prepare('ATTACH ? AS source').run(databaseFile(dataFolder));
      copy.exec('BEGIN');
      for (const table of setUpTables) {
        copy.exec(`INSERT OR REPLACE INTO main.${table} SELECT * FROM source.${table}`);
      }
      for (const state of ['waiting', 'needs_attention']) copyDeliveries(copy, state);
      copyKept(copy);
      copyKeys(copy);
      copy.exec('COMMIT');
      const lastSeq = lastSeqOf(copy, 'source');
      copy.exec('DETACH source');
      settle(copy, { holdsLog: false, lastSeq });
    } finally {
      copy.close();
    }
  });
}

/** What people set up, and what it needs to go on: without what a source has shown, all of it would be new. */
const setUpTables = [
  ...['meta', 'sources', 'endpoints', 'endpoint_secrets', 'recoveries', 'export_schedules', 'exported_files'],
  ...['source_files', 'source_rows'],
];

function copyDeliveries(copy: Database, state: string): void {
  const endpoints = copy.prepare<[], number>('SELECT no FROM source.endpoints').pluck();
  const page = copy
    .prepare<[number, string, number, number], number>(
      `SELECT seq FROM source.deliveries INDEXED BY deliveries_by_state
       WHERE endpoint_no = ? AND state = ? AND status_class = ? AND seq > ? ORDER BY seq LIMIT ${pageOfRows}`,
    )
    .pluck();
  const addEvent = copy.prepare(`INSERT OR IGNORE INTO main.events SELECT * FROM source.events
    WHERE seq = (SELECT event_seq FROM source.deliveries WHERE seq = ?)`);
  const addDelivery = copy.prepare('INSERT INTO main.deliveries SELECT * FROM source.deliveries WHERE seq = ?');
  const addAttempts = copy.prepare(`INSERT INTO main.attempts SELECT * FROM source.attempts
    INDEXED BY attempts_by_delivery WHERE delivery_seq = ?`);
  for (const endpoint of endpoints.all()) {
    for (const statusClass of statusDigits) {
      for (let after = 0; ; ) {
        const seqs = page.all(endpoint, state, statusClass, after);
        for (const seq of seqs) {
          addEvent.run(seq);
          addDelivery.run(seq);
          addAttempts.run(seq);
        }
        after = seqs.at(-1) ?? 0;
        if (seqs.length < pageOfRows) break;
      }
    }
  }
}

/** Messages that wait for a person; of each source there is a limit of them. */
function copyKept(copy: Database): void {
  const add = copy.prepare(`INSERT INTO main.messages SELECT * FROM source.messages INDEXED BY messages_by_state
    WHERE source_no = ? AND state = 'kept' AND seq > ? ORDER BY seq LIMIT ${pageOfRows}`);
  const last = copy.prepare<[number], number>('SELECT MAX(seq) FROM main.messages WHERE source_no = ?').pluck();
  for (const source of copy.prepare<[], number>('SELECT no FROM source.sources').pluck().all()) {
    while (add.run(source, last.get(source) ?? 0).changes === pageOfRows);
  }
}

/**
 * Of the last days alone, in which a PMS may still try again: all of them are kept for ever. They have no index by time: of a
 * million it takes 0.1 s in this thread, all of them 0.8 s and 117 MB (measured).
 */
function copyKeys(copy: Database): void {
  const newest = copy
    .prepare<[], number>('SELECT received_at FROM source.events ORDER BY seq DESC LIMIT 1')
    .pluck()
    .get();
  if (newest === undefined) return;
  copy.prepare('INSERT INTO main.event_keys SELECT * FROM source.event_keys WHERE at >= ?').run(newest - keysOfMs);
}

const lastSeqOf = (copy: Database, of: 'main' | 'source'): number =>
  copy.prepare<[], number>(`SELECT seq FROM ${of}.sqlite_sequence WHERE name = 'events'`).pluck().get() ?? 0;

/** A backup was never open, has no log beside it, and is on the disk when its name appears. */
function settle(copy: Database, made: Omit<BackupMade, 'at'>): void {
  copy.pragma('synchronous = FULL');
  copy.pragma('journal_mode = DELETE');
  const meta = createMetaTable(copy);
  meta.drop(metaKey.open);
  meta.drop(metaKey.restored);
  meta.put(metaKey.backupMade, JSON.stringify({ ...made, at: Date.now() } satisfies BackupMade));
  copy.exec('DELETE FROM leases; DELETE FROM jobs; DELETE FROM job_items; DELETE FROM job_failures;');
  const [check] = copy.pragma('quick_check(1)') as { quick_check: string }[];
  if (check?.quick_check !== 'ok') throw new Error(`the copy is damaged: ${check?.quick_check}`);
}

function written(file: string, write: () => void): BackupWritten {
  write();
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  return { file, sizeBytes: statSync(file).size };
}
