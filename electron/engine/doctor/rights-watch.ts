/**
 * Whether this account may still read and write what the data folder holds. What is open goes on working without the right:
 * that it is gone would only be met at the next start, or when a backup is needed.
 */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UtcMs } from '../../../shared/domain.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { spoolFolder } from '../intake/spool-file.ts';
import { databaseFile } from '../store/connection.ts';

export type Closed = Situation['closed'][number];

/** Between two looks, in milliseconds. On Windows a look writes. */
const lookEveryMs = process.platform === 'win32' ? 60_000 : 10_000;

interface Looked {
  readonly what: Closed['what'];
  readonly path: string;
  readonly isFolder: boolean;
}

export interface RightsWatch {
  /** What it may not use now, as of the last look. */
  current(): readonly Closed[];
  look(): Promise<void>;
  stop(): void;
}

export function watchRights({
  dataFolder,
  clock,
  changes,
  mishaps,
  logger,
}: Pick<EngineContext, 'dataFolder' | 'clock' | 'changes' | 'mishaps' | 'logger'>): RightsWatch {
  const looked = placesIn(dataFolder);
  let closed: readonly Closed[] = [];
  let cancel: (() => void) | null = null;
  let stopped = false;

  async function look(): Promise<void> {
    const found: Closed[] = [];
    for (const { what, path, isFolder } of looked) {
      if (await mayUse(path, isFolder)) continue;
      const since: UtcMs = closed.find((one) => one.path === path)?.since ?? wallTime(clock);
      found.push({ what, path, since });
      // What lies in it cannot be told.
      if (what === 'data') break;
    }
    if (JSON.stringify(found) === JSON.stringify(closed)) return;
    closed = found;
    logger.info({ paths: found.map(({ path }) => path) }, 'what this account may not read or write is another');
    changes.touch('situation');
  }

  function lookNowAndThen(): void {
    const looking = look().finally(() => {
      if (!stopped) cancel = clock.after(lookEveryMs, lookNowAndThen);
    });
    mishaps.own('a look at what this account may write', looking);
  }

  lookNowAndThen();
  return {
    current: () => closed,
    look,
    stop() {
      stopped = true;
      cancel?.();
    },
  };
}

const placesIn = (dataFolder: string): readonly Looked[] => [
  { what: 'data', path: dataFolder, isFolder: true },
  { what: 'database', path: databaseFile(dataFolder), isFolder: false },
  { what: 'database', path: `${databaseFile(dataFolder)}-wal`, isFolder: false },
  { what: 'spool', path: spoolFolder(dataFolder), isFolder: true },
  { what: 'backups', path: join(dataFolder, 'backups'), isFolder: true },
  { what: 'logs', path: join(dataFolder, 'logs'), isFolder: true },
];

const refusals = new Set(['EACCES', 'EPERM']);

/** True of what is not there, and of what fails for any other reason: those are told elsewhere. */
async function mayUse(path: string, isFolder: boolean, platform: NodeJS.Platform = process.platform): Promise<boolean> {
  const { R_OK, W_OK, X_OK } = constants;
  try {
    await access(path, isFolder ? R_OK | W_OK | X_OK : R_OK | W_OK);
    // There it knows the attribute alone, and nothing of permissions or of an antivirus that guards the folder.
    if (platform === 'win32') await (isFolder ? writeInto(path) : open(path, 'r+').then((file) => file.close()));
    return true;
  } catch (error) {
    return !refusals.has((error as NodeJS.ErrnoException).code ?? '');
  }
}

async function writeInto(folder: string): Promise<void> {
  const tried = join(folder, `.tried-${randomUUID()}`);
  await writeFile(tried, '');
  await rm(tried, { force: true });
}
