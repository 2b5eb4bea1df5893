/** What takes seconds on a large database, each in a thread of its own: see the role `long`. */
import { join } from 'node:path';
import type { RetentionLook, Settings } from '../../../shared/schemas.ts';
import { processedFolder, rejectedFolder } from '../files/moved-aside.ts';
import type { ForgottenBy } from '../privacy/forget/blank.ts';
import type { Asked, ForgetPlan, Found } from '../privacy/forget/find.ts';
import { findGuest } from '../privacy/forget/find.ts';
import {
  type Cleaned,
  cleanFiles,
  databasesIn,
  databasesThatName,
  type Elsewhere,
  type FileFound,
  filesThatName,
  forgetInDatabase,
  type ScheduledFile,
  tracesIn,
} from '../privacy/forget/places.ts';
import { openCheckpointer, openReader } from '../store/connection.ts';
import { wholeFiles } from '../store/export-schedules.ts';
import { rebuildAtNight, type Shrinking } from '../store/shrinking.ts';
import { type BackupWritten, copyDatabase, copyUndelivered } from './backup-copy.ts';
import { type LookedAt, lookAtBackup } from './backup-holds.ts';
import { stageRestore } from './restore.ts';
import { lookAtRetention } from './retention-look.ts';

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
  /** Makes the database anew: nothing can be written meanwhile. */
  'store.vacuum': { readonly input: null; readonly output: null };
  'retention.look': {
    readonly input: { readonly days: Pick<Settings, 'retentionDays' | 'keep'>; readonly wallMs: number };
    readonly output: RetentionLook;
  };
  'forget.find': {
    readonly input: { readonly asked: Asked; readonly before: ForgetPlan | null };
    readonly output: Found;
  };
  'forget.files': { readonly input: ForgetPlan; readonly output: readonly FileFound[] };
  'forget.clean': { readonly input: ForgetPlan; readonly output: Cleaned };
  'forget.databases': { readonly input: null; readonly output: readonly string[] };
  'forget.naming': { readonly input: Asked; readonly output: readonly FileFound[] };
  'forget.inDatabase': {
    readonly input: {
      readonly file: string;
      readonly plan: ForgetPlan;
      readonly by: ForgottenBy;
    };
    readonly output: boolean;
  };
  /** `handle`: of the database, open in this process. */
  'forget.traces': {
    readonly input: { readonly plan: ForgetPlan; readonly handle: number | null };
    readonly output: boolean;
  };
  /** Settings, endpoints and sources, and what has not been delivered. */
  'backup.undelivered': { readonly input: { readonly file: string }; readonly output: BackupWritten };
};

type LongWork = {
  [Name in keyof LongCalls]: (
    input: LongCalls[Name]['input'],
  ) => LongCalls[Name]['output'] | Promise<LongCalls[Name]['output']>;
};

/** So many faults tell enough. */
const mostFaults = 20;
/** Longest wait of a rebuild for the writer before it begins, in milliseconds. */
const rebuildBusyMs = 1_000;

/** Files that scheduled exports wrote, and those of folder sources that were read, wherever they lie. */
function elsewhereOf(dataFolder: string): Elsewhere {
  const { connection } = openReader(dataFolder);
  try {
    const folders = connection
      .prepare<[], string | null>("SELECT DISTINCT config ->> '$.folder' FROM sources WHERE kind = 'folder'")
      .pluck()
      .all();
    return {
      scheduled: connection.prepare<[], ScheduledFile>(wholeFiles).all(),
      sourceFolders: folders.flatMap((folder) =>
        folder === null ? [] : [processedFolder, rejectedFolder].map((name) => join(folder, name)),
      ),
    };
  } finally {
    connection.close();
  }
}

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
    'store.vacuum': () => {
      const connection = openCheckpointer(dataFolder, rebuildBusyMs);
      try {
        connection.pragma('temp_store = FILE');
        connection.exec('VACUUM');
        return null;
      } finally {
        connection.close();
      }
    },
    'retention.look': async ({ days, wallMs }) => {
      const { connection } = openReader(dataFolder);
      try {
        return await lookAtRetention(connection, dataFolder, days, wallMs);
      } finally {
        connection.close();
      }
    },
    'forget.find': ({ asked, before }) => {
      const { connection } = openReader(dataFolder);
      try {
        return findGuest(connection, asked, before);
      } finally {
        connection.close();
      }
    },
    'forget.files': (plan) => filesThatName(dataFolder, plan, elsewhereOf(dataFolder)),
    'forget.clean': (plan) => cleanFiles(dataFolder, plan, elsewhereOf(dataFolder)),
    'forget.databases': () => databasesIn(dataFolder),
    'forget.naming': (asked) => databasesThatName(dataFolder, asked),
    'forget.inDatabase': forgetInDatabase,
    'forget.traces': ({ plan, handle }) => tracesIn(dataFolder, plan.identifiers, handle),
    'backup.all': ({ file, secrets }) => copyDatabase(dataFolder, file, secrets),
    'restore.stage': ({ file }) => stageRestore(dataFolder, file),
    'restore.look': ({ file }) => lookAtBackup(dataFolder, file),
    'backup.undelivered': ({ file }) => copyUndelivered(dataFolder, file),
  };
}
