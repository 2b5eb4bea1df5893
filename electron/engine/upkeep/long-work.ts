/** What takes seconds on a large database, each in a thread of its own: see the role `long`. */
import { openCheckpointer, openReader } from '../store/connection.ts';
import { rebuildAtNight, type Shrinking } from '../store/shrinking.ts';
import { type BackupWritten, copyDatabase, copyUndelivered } from './backup-copy.ts';
import { type LookedAt, lookAtBackup } from './backup-holds.ts';
import { stageRestore } from './restore.ts';

export type LongCalls = {
  /** `PRAGMA integrity_check`: what is wrong, nothing where nothing is. */
  'integrity.check': { readonly input: null; readonly output: readonly string[] };
  /** Makes an older database one that gives room back; nothing can be written meanwhile. */
  'store.rebuild': { readonly input: null; readonly output: Shrinking };
  /** Everything, as it is at this moment. */
  'backup.all': {
    readonly input: { readonly file: string; readonly secrets: string | null };
    readonly output: BackupWritten;
  };
  /** Copies a backup beside the data and checks it: the secrets that it carries. */
  'restore.stage': { readonly input: { readonly file: string }; readonly output: string | null };
  /** What a backup holds, or the best of the data folder's own (null). */
  'restore.look': { readonly input: { readonly file: string | null }; readonly output: LookedAt };
  /** Settings, endpoints and sources, and what has not been delivered. */
  'backup.undelivered': { readonly input: { readonly file: string }; readonly output: BackupWritten };
};

type LongWork = { [Name in keyof LongCalls]: (input: LongCalls[Name]['input']) => LongCalls[Name]['output'] };

/** So many faults tell enough. */
const mostFaults = 20;
/** Longest wait of a rebuild for the writer before it begins, in milliseconds. */
const rebuildBusyMs = 1_000;

export function createLongWork(dataFolder: string): LongWork {
  return {
    'integrity.check': () => {
      const { connection } = openReader(dataFolder);
      try {
        const rows = connection.pragma(`integrity_check(${mostFaults})`) as { integrity_check: string }[];
        return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
      } finally {
        connection.close();
      }
    },
    'store.rebuild': () => {
      const connection = openCheckpointer(dataFolder, rebuildBusyMs);
      try {
        return rebuildAtNight(connection, dataFolder);
      } finally {
        connection.close();
      }
    },
    'backup.all': ({ file, secrets }) => copyDatabase(dataFolder, file, secrets),
    'restore.stage': ({ file }) => stageRestore(dataFolder, file),
    'restore.look': ({ file }) => lookAtBackup(dataFolder, file),
    'backup.undelivered': ({ file }) => copyUndelivered(dataFolder, file),
  };
}
