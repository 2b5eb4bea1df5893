/**
 * Backups: settings and what is undelivered every hour, everything at night, and one a person asks for. None is
 * made without twice the space that it takes, and the oldest go.
 */
import { readdir, rm, stat, statfs } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type CallOutput, type ParsedInput, RelayError } from '../../../shared/api.ts';
import type { Actor, UtcMs } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { backupsFolder, backupsIn, lastRestore } from '../files/backup-files.ts';
import { makeFolder } from '../files/make-folder.ts';
import { claimFreeName, claimNamedFile, type NamedFile, orDiscard } from '../files/named-file.ts';
import type { Jobs } from '../jobs.ts';
import { isClosed } from '../ports.ts';
import { createAudit } from '../store/audit.ts';
import { databaseFile } from '../store/connection.ts';
import { discardReady } from '../store/damage/pending-restore.ts';
import { carriesOverAgain, type Restored, restoredLately } from '../store/damage/restored.ts';
import { createJobStore } from '../store/jobs.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';
import type { BackupWritten } from './backup-copy.ts';
import type { LookedAt } from './backup-holds.ts';
import { sealUnderPassphrase } from './backup-secrets.ts';
import { finishRestore } from './restore.ts';
import { readSealed } from './sealed-values.ts';
import { syncedMeanwhile } from './synced-meanwhile.ts';

export type BackupKind = 'hourly' | 'nightly';

/** Does the copying, in a thread of its own. */
export interface Copying {
  all(input: { readonly file: string; readonly secrets: string | null }): Promise<BackupWritten>;
  undelivered(input: { readonly file: string }): Promise<BackupWritten>;
  /** What a backup holds, or the best of the data folder's own. */
  look(input: { readonly file: string | null }): Promise<LookedAt>;
  /** Copies a backup beside the data and checks it. Resolves with the secrets that it carries. */
  stage(input: { readonly file: string }): Promise<string | null>;
}

export interface Backups {
  /** Makes the hourly or nightly one; false where there is no room for it. */
  make(kind: BackupKind): Promise<boolean>;
  start(input: ParsedInput<'backup.start'>, actor: Actor): Promise<CallOutput<'backup.start'>>;
  list(): Promise<CallOutput<'backup.list'>>;
  restore(input: ParsedInput<'backup.restore'>, actor: Actor): Promise<CallOutput<'backup.restore'>>;
  /** Gives up a restore that waits for the next start. */
  keepPresent(actor: Actor): Promise<null>;
  /** What the last restore left to do was done. @throws RelayError `not_found` where none is told of */
  restoreDone(actor: Actor): Promise<null>;
  /** The last restore while it is news, and nobody said that it is done; else null. */
  restoredNews(): Restored | null;
  /** When the latest of any kind was made, as far as this folder knows. */
  lastAt(): number | null;
  /** When the restore was asked for that waits for the next start; null where none waits. */
  restoreAskedAt(): UtcMs | null;
  /** Looks which there are. */
  look(): Promise<void>;
}

const kept: Record<BackupKind, number> = { hourly: 3, nightly: 3 };

export type FreeBytes = (folder: string) => Promise<number>;
const freeBytesOf: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

export interface BackupsMore {
  /** Tests give their own. */
  readonly freeBytes?: FreeBytes;
  /** Whether what is there now is damaged or gone: what can still be read of it is carried over by a restore. */
  readonly isDamaged?: () => boolean;
}

export function createBackups(
  context: EngineContext,
  jobs: Jobs,
  copying: Copying,
  { freeBytes = freeBytesOf, isDamaged = () => false }: BackupsMore = {},
): Backups {
  const { dataFolder, clock, ids, writer, reader, commit, vault, logger, mishaps, changes, recordAct } = context;
  const folder = backupsFolder(dataFolder);
  const store = createJobStore(writer);
  const meta = createMetaTable(writer);
  let lastAt: number | null = null;
  // What an earlier process was asked for took place when this one opened the database.
  let restoreAskedAt: UtcMs | null = null;

  const nameFor = (kind: string) =>
    `${kind} ${new Date(clock.wallMs()).toISOString().slice(0, 19).replaceAll(':', '-')}`;

  async function hasRoom(target: string): Promise<boolean> {
    const sizes = await Promise.all(['', '-wal'].map((tail) => sizeOf(databaseFile(dataFolder) + tail)));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    return (await freeBytes(target)) >= 2 * size;
  }

  async function removeOldest(kind: BackupKind): Promise<void> {
    const all = (await readdir(folder)).filter((name) => name.startsWith(`${kind} `) && name.endsWith('.db')).sort();
    // One whose time lies ahead was made while the clock was wrong, before those that were made since.
    const present = nameFor(kind);
    const isAhead = (name: string) => name.slice(0, present.length) > present;
    const names = [...all.filter(isAhead), ...all.filter((name) => !isAhead(name))];
    for (const name of names.slice(0, -kept[kind])) {
      // Somebody holds it: there is one backup more until the next time, and the new one is there all the same.
      await rm(join(folder, name), { force: true }).catch((error: unknown) =>
        logger.warn({ name, error: String(error) }, 'an old backup could not be removed'),
      );
    }
  }

  function restoredNews(): Restored | null {
    const news = restoredLately(meta.get(metaKey.restored), clock.wallMs());
    return news !== null && meta.get(metaKey.restoreDone) === String(news.at) ? null : news;
  }

  function made(): void {
    lastAt = Math.round(clock.wallMs());
    changes.touch('situation');
  }

  function restoreIsAsked(at: UtcMs | null): void {
    restoreAskedAt = at;
    changes.touch('situation');
  }

  async function secretsFor(passphrase: string | undefined): Promise<string | null> {
    if (passphrase === undefined) return null;
    if (isClosed(vault)) {
      throw new RelayError('secret_unreadable', sentence('problem.backup_lacks_secrets'));
    }
    return sealUnderPassphrase(readSealed(reader, vault), passphrase);
  }

  const copyAll = (file: string, secrets: string | null) =>
    syncedMeanwhile({ clock, mishaps }, file, copying.all({ file, secrets }));

  async function writeFor(id: string, file: NamedFile, secrets: string | null): Promise<void> {
    try {
      await copyAll(file.aside, secrets);
      const { sizeBytes } = await file.finish();
      made();
      await jobs.end(id, 'done', { file: file.path, sizeBytes });
    } catch (error) {
      await file.discard().catch(() => undefined);
      logger.error({ job: id, error: String(error) }, 'a backup failed');
      const problem =
        error instanceof RelayError ? error.says : sentence('problem.backup_failed', { detail: String(error) });
      await jobs.fail(id, problem);
    }
  }

  return {
    async make(kind) {
      await makeFolder(folder);
      if (!(await hasRoom(folder))) {
        logger.warn({ kind }, 'no backup was made: it needs twice its size of free space');
        return false;
      }
      const file = await claimFreeName(folder, nameFor(kind), '.db', dataFolder);
      await orDiscard(file, async () => {
        await (kind === 'hourly' ? copying.undelivered({ file: file.aside }) : copyAll(file.aside, null));
        await file.finish();
      });
      made();
      await removeOldest(kind);
      return true;
    },

    async start({ file, replace = false, passphrase }, actor) {
      if (file === null) await makeFolder(folder);
      const claimed = await (file === null
        ? claimFreeName(folder, nameFor('asked for'), '.db', dataFolder)
        : claimNamedFile(file, { dataFolder, replace }));
      const { path } = claimed;
      const id = ids.job(clock.wallMs());
      const secrets = await orDiscard(claimed, async () => {
        if (!(await hasRoom(dirname(path)))) throw new RelayError('not_possible', sentence('problem.backup_no_room'));
        const carried = await secretsFor(passphrase);
        await commit.transact(() => {
          store.insert({ id, kind: 'backup', request: '{}', total: null, startedAt: wallTime(clock), file: path });
          recordAct(actor, 'backup.start', id, { file: path, secrets: carried !== null });
        });
        return carried;
      });
      mishaps.own('a backup', writeFor(id, claimed, secrets));
      return jobs.view(id);
    },

    async restore({ file, passphrase, look }, actor) {
      const best = await copying.look({ file });
      const presentDamaged = isDamaged();
      const carryOver =
        presentDamaged || carriesOverAgain(meta.get(metaKey.restored), best.holds.madeAt, clock.wallMs());
      const chosen = { ...best, carriesOver: carryOver, presentDamaged, cutOff: null, restored: null };
      if (look) return chosen;
      if (isClosed(vault)) {
        throw new RelayError('secret_unreadable', sentence('problem.restore_locked'));
      }
      const carried = await copying.stage({ file: best.file });
      const { madeAt, holdsLog, lastSeq } = best.holds;
      const plan = { file: best.file, madeAt, holdsLog, lastSeq, carryOver };
      // In what is restored as well: what is here now will not be there to tell.
      await finishRestore(dataFolder, vault, { carried, passphrase, plan }, (restored) =>
        createAudit(restored, clock)(actor, 'backup.restore', null, { file: best.file }),
      );
      restoreIsAsked(wallTime(clock));
      try {
        await commit.transact(() => recordAct(actor, 'backup.restore', null, { file: best.file }));
      } catch (error) {
        // It is what cannot be written any more; the backup waits all the same, and has the act in it.
        if (!carryOver) throw error;
        logger.warn({ error: String(error) }, 'a restore is not in the damaged database');
      }
      return chosen;
    },

    async keepPresent(actor) {
      if (restoreAskedAt === null) throw new RelayError('not_found', sentence('problem.no_restore_waits'));
      discardReady(dataFolder);
      restoreIsAsked(null);
      await commit.transact(() => recordAct(actor, 'backup.keepPresent', null));
      return null;
    },

    async restoreDone(actor) {
      const news = restoredNews();
      if (news === null) throw new RelayError('not_found', sentence('problem.no_restore_told'));
      await commit.transact(() => {
        meta.put(metaKey.restoreDone, String(news.at));
        recordAct(actor, 'backup.restoreDone', null, { file: news.file, keptIn: news.keptIn });
      });
      changes.touch('situation');
      return null;
    },

    restoredNews,

    async list() {
      return {
        backups: backupsIn(dataFolder).map((one) => ({ ...one, file: basename(one.file) })),
        pending: restoreAskedAt !== null,
        lastRestore: lastRestore(dataFolder),
      };
    },

    lastAt: () => lastAt,
    restoreAskedAt: () => restoreAskedAt,

    async look() {
      const names = await readdir(folder).catch(() => []);
      for (const name of names.filter((one) => one.endsWith('.db'))) {
        const { mtimeMs } = await stat(join(folder, name));
        // What lies ahead was made while the clock was wrong: when is not known.
        if (mtimeMs <= clock.wallMs()) lastAt = Math.max(lastAt ?? 0, Math.round(mtimeMs));
      }
    },
  };
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
