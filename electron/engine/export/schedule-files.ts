/** A schedule's own files: the name that the next one gets, and the old ones that go. Nobody else's are touched. */
import { realpath, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { asideOf, claimNamedFile, type NamedFile } from '../files/named-file.ts';
import type { Period } from './periods.ts';
import { scheduledName, whatLiesAt } from './schedule-folder.ts';
import type { Schedule, ScheduleRows, ScheduleStore } from './schedule-rows.ts';

/** More files of one name are no accident. */
const mostOfOneName = 100;
const dayMs = 86_400_000;

/** The first name of its period that nothing of anybody else's has. */
export async function claimScheduled(
  { row, draft }: Schedule,
  period: Period,
  { store, folderOf }: ScheduleRows,
  { settings, dataFolder }: Pick<EngineContext, 'settings' | 'dataFolder'>,
): Promise<NamedFile> {
  const folder = await realpath(folderOf(draft));
  const { propertyName, propertyId } = settings.current();
  const stem = scheduledName(propertyName === '' ? (propertyId ?? '') : propertyName, draft.what, period.name);
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${stem}${number === 1 ? '' : ` (${number})`}.${draft.format}`);
    const own = store.filesAt(path).filter(({ scheduleId }) => scheduleId === row.id);
    // Nobody else begins a file of this name here: a kill cut it off.
    if (own.length > 0) await removeAside(path);
    const lies = await whatLiesAt(path, own);
    const isTaken = lies === 'foreign' || (await whatLiesAt(asideOf(path), [])) !== 'nothing';
    if (isTaken && number < mostOfOneName) continue;
    const isOwn = lies === 'own';
    const named = await claimNamedFile(path, { dataFolder, replace: isOwn, isOwn });
    if (!isOwn) return named;
    return {
      ...named,
      async finish() {
        // Whoever changed it meanwhile has made it a file of their own.
        if ((await whatLiesAt(path, own)) === 'foreign') {
          throw new RelayError('not_possible', sentence('problem.file_exists', { path }));
        }
        return named.finish();
      },
    };
  }
}

/** The half-written file of a name, where it is a plain one. */
async function removeAside(path: string): Promise<void> {
  const aside = asideOf(path);
  if ((await whatLiesAt(aside, [])) === 'nothing') return;
  await rm(aside, { force: true }).catch(() => undefined);
}

interface Tidying {
  readonly store: ScheduleStore;
  readonly commit: EngineContext['commit'];
  readonly troubleOf: (folder: string) => Promise<Sentence | null>;
  readonly isStopped: () => boolean;
}

/**
 * Removes the files of one schedule that are older than it keeps them.
 * @param wallMs what counts as now
 * @returns the names of those that are gone
 */
export async function tidySchedule(
  { row, draft }: Schedule,
  wallMs: number,
  { store, commit, troubleOf, isStopped }: Tidying,
): Promise<readonly string[]> {
  const { keepDays } = draft;
  if (keepDays === null) return [];
  const removed: string[] = [];
  // A schedule may have had other folders before.
  const reachable = new Map<string, boolean>();
  for (const file of store.filesMadeBefore(row.id, wallMs - keepDays * dayMs)) {
    if (isStopped()) break;
    const folder = dirname(file.path);
    const isThere = reachable.get(folder) ?? (await troubleOf(folder)) === null;
    reachable.set(folder, isThere);
    if (!isThere) continue;
    // Where it cannot be read now it is looked at again the next night.
    const lies = await whatLiesAt(file.path, [file]).catch(() => null);
    if (lies === null) continue;
    if (lies === 'own') {
      const gone = await rm(file.path).then(
        () => true,
        () => false,
      );
      if (!gone) continue;
      removed.push(basename(file.path));
    }
    await commit.transact(() => store.dropFile(file.seq));
  }
  return removed;
}
