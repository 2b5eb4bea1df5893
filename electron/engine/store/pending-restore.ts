/** A backup that was made ready takes the data's place when the database is next opened. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { utcMs } from '../../../shared/domain.ts';
import { keptPrefix, lastKept } from '../files/backup-files.ts';
import { renameOverSync } from '../files/rename.ts';
import { forgetAcknowledged, lastAcknowledged } from './acknowledged.ts';
import { createMetaTable, metaKey } from './meta.ts';
import type { Restored, RestorePlan } from './restored.ts';
import { type Salvaged, salvage } from './salvage.ts';

const databaseName = 'relay.db';

/** Where a backup lies that was checked and is to be used from the next start on. */
export const readyFile = (dataFolder: string): string => join(dataFolder, 'restore-ready.db');

/**
 * Puts a backup that was made ready in the data's place. To be called before the database is opened, while the
 * folder's lock is held.
 *
 * @param nowMs names the folder in which the present data is kept
 * @returns that folder; null where nothing was ready
 */
export function applyPendingRestore(dataFolder: string, nowMs: number): string | null {
  const ready = readyFile(dataFolder);
  if (!existsSync(ready)) return null;
  const kept = unfinished(dataFolder) ?? makeKept(dataFolder, nowMs);
  // The log goes first: a database without its log is an older one, a log without its database nothing.
  for (const name of readdirSync(dataFolder).sort().reverse()) {
    if (name === databaseName || name.startsWith(`${databaseName}-`))
      renameOverSync(join(dataFolder, name), join(kept, name));
  }
  bringAbout(dataFolder, ready, kept, nowMs);
  forgetAcknowledged(dataFolder);
  renameOverSync(ready, join(dataFolder, databaseName));
  return kept;
}

/** What was carried over from the damaged data, event by event, for whoever compares with the PMS and the receivers. */
export const listFile = (kept: string): string => join(kept, 'what-came-after.json');

/** Carries over what it is to, and writes into what is restored what was done: all of it or nothing. */
function bringAbout(dataFolder: string, ready: string, kept: string, nowMs: number): void {
  try {
    if (tryToBringAbout(dataFolder, ready, kept, nowMs, true)) return;
  } catch {
    // What it was carried over into is as it was.
  }
  try {
    tryToBringAbout(dataFolder, ready, kept, nowMs, false);
  } catch {
    // The backup as it was made is better than no start; what was there is kept aside in any case.
  }
}

/** @returns true where nothing is left to do */
function tryToBringAbout(dataFolder: string, ready: string, kept: string, nowMs: number, carries: boolean): boolean {
  const into = new BetterSqlite3(ready);
  try {
    into.pragma('synchronous = FULL');
    const meta = createMetaTable(into);
    const planned = meta.get(metaKey.restorePlan);
    // Made ready by an earlier version, or brought about already by a start that was cut off after it.
    if (planned === undefined) return true;
    const plan = JSON.parse(planned) as RestorePlan;
    const last = lastAcknowledged(dataFolder);
    const from = join(kept, databaseName);
    const carry = (): Salvaged => salvage({ ...plan, into, intoFile: ready, from, acknowledgedSeq: last?.seq ?? null });
    const done = into.transaction(() => {
      const found = plan.carryOver && carries ? carry() : null;
      const restored: Restored = {
        ...{ at: utcMs(nowMs), file: plan.file, madeAt: plan.madeAt, holdsLog: plan.holdsLog, keptIn: kept },
        carriedOver: found !== null,
        carried: found?.carried.length ?? 0,
        delivered: found?.delivered.length ?? 0,
        unsure: found?.unsure ?? 0,
        missing: (found?.missing ?? []).reduce((sum, [first, to]) => sum + to - first + 1, 0),
        until: last?.at ?? null,
      };
      meta.put(metaKey.restored, JSON.stringify(restored));
      meta.drop(metaKey.restorePlan);
      return { restored, found };
    })();
    if (done.found !== null) writeList(kept, done.restored, done.found);
    return true;
  } finally {
    into.close();
  }
}

function writeList(kept: string, restored: Restored, { carried, delivered, missing }: Salvaged): void {
  writeFileSync(listFile(kept), `${JSON.stringify({ restored, carried, delivered, missing }, null, 1)}\n`, {
    mode: 0o600,
  });
}

/** More than this in one second are no restores of a person's. */
const mostOfOneSecond = 1_000;

/** A folder that is new: what an earlier restore of the same second keeps is somebody's only copy. */
function makeKept(dataFolder: string, nowMs: number): string {
  const name = join(dataFolder, `${keptPrefix}${stampOf(nowMs)}`);
  for (let n = 1; ; n += 1) {
    const kept = n === 1 ? name : `${name}-${n}`;
    try {
      mkdirSync(kept, { mode: 0o700 });
      return kept;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || n === mostOfOneSecond) throw error;
    }
  }
}

const stampOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '-');

/**
 * The folder of a restore that was cut off: the database's own file goes into it last, and the backup takes its place
 * after that. What is still here belongs with what went there: a log and its database stay together.
 */
function unfinished(dataFolder: string): string | null {
  const last = lastKept(dataFolder);
  if (last === undefined) return null;
  const folder = join(dataFolder, last);
  const there = readdirSync(folder);
  const isCutOff = there.includes(databaseName) ? !existsSync(join(dataFolder, databaseName)) : there.length > 0;
  return isCutOff ? folder : null;
}

/** The backup that waits is not restored after all. */
export const discardReady = (dataFolder: string): void => rmSync(readyFile(dataFolder), { force: true });
