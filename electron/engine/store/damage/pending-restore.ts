/** A backup that was made ready takes the data's place when the database is next opened. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { type UtcMs, utcMs } from '../../../../shared/domain.ts';
import { keptPrefix, lastKept } from '../../files/backup-files.ts';
import { renameOverSync } from '../../files/rename.ts';
import { createMetaTable, metaKey, readMeta } from '../meta.ts';
import { forgetAcknowledged, lastAcknowledged } from './acknowledged.ts';
import { putAside } from './aside.ts';
import { carryExports } from './carried-exports.ts';
import { type Restored, type RestorePlan, restoredLately } from './restored.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { setUpNotIn } from './set-up.ts';
import { carryToldNotices } from './told-before.ts';
import { isPassing } from './wreck.ts';

const databaseName = 'relay.db';

/** Where a backup lies that was checked and is to be used from the next start on. */
export const readyFile = (dataFolder: string): string => join(dataFolder, 'restore-ready.db');

/** Where it lies until then, while it is checked. */
export const stagedFile = (dataFolder: string): string => `${readyFile(dataFolder)}.part`;

/**
 * Puts a backup that was made ready in the data's place. To be called before the database is opened, while the
 * folder's lock is held.
 *
 * @param nowMs names the folder in which the present data is kept
 * @param note what went wrong, for the log: what a person should know is told by what is restored
 * @returns that folder; null where nothing was ready
 * @throws what a later start may get over, as a full disk: nothing is given up for it
 */
export function applyPendingRestore(dataFolder: string, nowMs: number, note: Note = () => {}): string | null {
  const ready = readyFile(dataFolder);
  // What was cut off while it was made ready: a whole copy of somebody's data, which nobody would find again.
  for (const tail of ['', '-journal']) rmSync(stagedFile(dataFolder) + tail, { force: true });
  if (!existsSync(ready)) return null;
  const kept = unfinished(dataFolder) ?? makeKept(dataFolder, nowMs);
  // The log goes first: a database without its log is an older one, a log without its database nothing.
  for (const name of readdirSync(dataFolder).sort().reverse()) {
    if (name !== databaseName && !name.startsWith(`${databaseName}-`)) continue;
    // Whoever only looked at the database meanwhile made a log anew, with nothing in it: the one that is kept is the data's.
    if (existsSync(join(kept, name))) rmSync(join(dataFolder, name));
    else renameOverSync(join(dataFolder, name), join(kept, name));
  }
  bringAbout({ dataFolder, ready, kept, nowMs, note });
  forgetAcknowledged(dataFolder);
  renameOverSync(ready, join(dataFolder, databaseName));
  return kept;
}

/** What was carried over from the damaged data, event by event, for whoever compares with the PMS and the receivers. */
export const listFile = (kept: string): string => join(kept, 'what-came-after.json');

/** Told what went wrong and ended nothing. @param what names it in the log */
export type Note = (what: string, error: unknown) => void;

interface Doing {
  readonly dataFolder: string;
  readonly ready: string;
  readonly kept: string;
  readonly nowMs: number;
  readonly note: Note;
}

/**
 * Carries over what it is to, and writes into what is restored what was done: all of it or nothing.
 *
 * @throws what passes, a full disk, say: what is ready stays so, and the next start begins here again
 */
function bringAbout(doing: Doing): void {
  const noted = (what: string) => (error: unknown) => {
    if (isPassing(error)) throw error;
    doing.note(what, error);
    return String(error);
  };
  let notCarried: string | undefined;
  try {
    tryToBringAbout(doing, notCarried);
    return;
  } catch (error) {
    // What it was carried over into is as it was.
    notCarried = noted('what came after the backup could not be carried over')(error);
  }
  try {
    tryToBringAbout(doing, notCarried);
  } catch (error) {
    // The backup as it was made is better than no start; what was there is kept aside in any case.
    noted('a backup was restored, and nothing tells what became of what came after it')(error);
  }
}

/** @param notCarried why nothing is to be carried over although it was planned */
function tryToBringAbout(doing: Doing, notCarried: string | undefined): void {
  const { dataFolder, ready, kept, nowMs } = doing;
  const into = new BetterSqlite3(ready);
  try {
    into.pragma('synchronous = FULL');
    const meta = createMetaTable(into);
    const planned = meta.get(metaKey.restorePlan);
    // Made ready by an earlier version, or brought about already by a start that was cut off after it.
    if (planned === undefined) return;
    const plan = JSON.parse(planned) as RestorePlan;
    const last = lastAcknowledged(dataFolder);
    const from = join(kept, databaseName);
    const carry = (): Salvaged => salvage({ ...plan, into, intoFile: ready, from, acknowledgedSeq: last?.seq ?? null });
    into.transaction(() => {
      const found = plan.carryOver && notCarried === undefined ? carry() : null;
      const earlier = restoredBefore(from, nowMs);
      const aside = found === null ? putAside(from, into, plan.lastSeq, kept) : null;
      const restored: Restored = {
        ...{ at: utcMs(nowMs), file: plan.file, madeAt: plan.madeAt, holdsLog: plan.holdsLog, keptIn: kept },
        carriedOver: found !== null,
        ...(notCarried === undefined ? {} : { notCarried }),
        carried: found?.carried.length ?? 0,
        delivered: found?.delivered.length ?? 0,
        // Carried over from what was carried over: of what is told to be sent unsure, nothing has become surer.
        unsure: Math.max(found?.unsure ?? 0, (found !== null && earlier?.unsure) || 0),
        ...(aside === null ? {} : { aside }),
        ...setUpOf(found, from, into),
        ...stillMissing(
          (found?.missing ?? []).reduce((sum, [first, to]) => sum + to - first + 1, 0),
          last?.at ?? null,
          plan,
          earlier,
        ),
      };
      carryToldNotices(from, into);
      carryExports(from, into);
      meta.put(metaKey.restored, JSON.stringify(restored));
      meta.drop(metaKey.restorePlan);
      // Before it is true: where the list cannot be written now, neither is what refers to it.
      if (found !== null) writeList(kept, restored, withEarlier(found, earlier, doing.note));
      else if (earlier !== null) keepListOf(earlier, kept, doing.note);
    })();
  } finally {
    into.close();
  }
}

/** What was set up since the backup: what became of it, where it could be read. */
function setUpOf(
  found: Salvaged | null,
  from: string,
  into: BetterSqlite3.Database,
): Pick<Restored, 'setUpCarried' | 'setUpLeft'> {
  if (found?.setUp) return { setUpCarried: found.setUp.carried, setUpLeft: found.setUp.left };
  const setUpLeft = setUpNotIn(from, into);
  return { setUpLeft: found === null ? setUpLeft : { ...setUpLeft, unreadable: true } };
}

/** What the data that is put aside says of the restore that it came from, while that is news; null else. */
function restoredBefore(from: string, nowMs: number): Restored | null {
  if (!existsSync(from)) return null;
  let before: BetterSqlite3.Database | null = null;
  try {
    before = new BetterSqlite3(from, { readonly: true });
    return restoredLately(readMeta(before as never).get(metaKey.restored), nowMs);
  } catch (error) {
    if (isPassing(error)) throw error;
    // Too damaged to say anything.
    return null;
  } finally {
    before?.close();
  }
}

/** What was lost is not found again by another restore: it stays told until somebody had the time to see to it. */
function stillMissing(
  missing: number,
  until: UtcMs | null,
  plan: RestorePlan,
  earlier: Restored | null,
): Pick<Restored, 'missing' | 'until' | 'missingSince'> {
  if (earlier === null || earlier.missing === 0) return { missing, until };
  const madeAt = earlier.missingSince ?? earlier.madeAt;
  return {
    // A backup of before that restore lacks the same events: they are not counted twice.
    missing: plan.madeAt >= earlier.at ? missing + earlier.missing : Math.max(missing, earlier.missing),
    until: utcMs(Math.max(until ?? 0, earlier.until ?? earlier.at)),
    missingSince: utcMs(Math.min(plan.madeAt, madeAt)),
  };
}

/** The list of the restore before goes along: it is looked for where the last one keeps what was there. */
function keepListOf(earlier: Restored, kept: string, note: Note): void {
  try {
    copyFileSync(listFile(earlier.keptIn), listFile(kept));
  } catch (error) {
    refuseUnlessGone(error, note);
  }
}

/** What could be read nowhere the last time cannot be this time. */
function withEarlier(found: Salvaged, earlier: Restored | null, note: Note): Salvaged {
  if (earlier === null || earlier.missing === 0) return found;
  try {
    const list = JSON.parse(readFileSync(listFile(earlier.keptIn), 'utf8')) as Pick<Salvaged, 'missing'>;
    return { ...found, missing: [...list.missing, ...found.missing] };
  } catch (error) {
    refuseUnlessGone(error, note);
    return found;
  }
}

/** It had none, or its folder was cleared away; a list that is there and cannot be read is worth a line in the log. */
function refuseUnlessGone(error: unknown, note: Note): void {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
  if (isPassing(error)) throw error;
  note('the list of an earlier restore could not be kept', error);
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

/** The backup that waits is not restored after all. What was being written into it would spoil the next one of its name. */
export function discardReady(dataFolder: string): void {
  for (const tail of ['', '-journal']) rmSync(readyFile(dataFolder) + tail, { force: true });
}

/** A restore that has begun to put the data aside, and has not come to its end. */
export interface CutOff {
  /** The backup that takes the data's place; null where it does not say. */
  readonly file: string | null;
  /** What can be read of what came after it is carried over. */
  readonly carriesOver: boolean;
}

/** Null where none was cut off. To be asked while the folder's lock is held, before anybody opens the database. */
export function cutOffRestore(dataFolder: string): CutOff | null {
  const ready = readyFile(dataFolder);
  if (!existsSync(ready)) return null;
  if (unfinished(dataFolder) === null && existsSync(join(dataFolder, databaseName))) return null;
  let database: BetterSqlite3.Database | null = null;
  try {
    // It may have to be brought back to what it was before the cut.
    database = new BetterSqlite3(ready);
    const meta = readMeta(database as never);
    const planned = meta.get(metaKey.restorePlan);
    if (planned !== undefined) {
      const { file, carryOver } = JSON.parse(planned) as RestorePlan;
      return { file, carriesOver: carryOver };
    }
    const { file = null, carriedOver = false } = JSON.parse(meta.get(metaKey.restored) ?? '{}') as Partial<Restored>;
    return { file, carriesOver: carriedOver };
  } catch (error) {
    if (isPassing(error)) throw error;
    return { file: null, carriesOver: false };
  } finally {
    database?.close();
  }
}
