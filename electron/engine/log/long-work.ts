/** What takes seconds on a large database, each in a thread of its own: see the role `long`. */
import { openReader } from '../store/connection.ts';
import { type BackupWritten, copyDatabase, copyUndelivered } from './backup-copy.ts';
import { stageRestore } from './restore.ts';

export type LongCalls = {
  /** `PRAGMA integrity_check`: what is wrong, nothing where nothing is. */
  'integrity.check': { readonly input: null; readonly output: readonly string[] };
  /** Everything, as it is at this moment. */
  'backup.all': {
    readonly input: { readonly file: string; readonly secrets: string | null };
    readonly output: BackupWritten;
  };
  /** Copies a backup beside the data and checks it: the secrets that it carries. */
  'restore.stage': { readonly input: { readonly file: string }; readonly output: string | null };
  /** Settings, endpoints and sources, and what has not been delivered. */
  'backup.undelivered': { readonly input: { readonly file: string }; readonly output: BackupWritten };
};

type LongWork = { [Name in keyof LongCalls]: (input: LongCalls[Name]['input']) => LongCalls[Name]['output'] };

/** So many faults tell enough. */
const mostFaults = 20;

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
    'backup.all': ({ file, secrets }) => copyDatabase(dataFolder, file, secrets),
    'restore.stage': ({ file }) => stageRestore(dataFolder, file),
    'backup.undelivered': ({ file }) => copyUndelivered(dataFolder, file),
  };
}
