/**
 * The database made anew, so that nothing of what was removed is left on its pages: SQLite overwrites what it deletes, but
 * leaves copies behind where it splits pages. Meanwhile what is to be written waits, and nothing is refused: at once where
 * that takes a second or so, else in the night's work.
 */
import type { EngineContext } from '../context.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

/** 150 MB a second, measured. */
const mostAtOnceBytes = 192 * 1024 * 1024;

export interface Vacuuming {
  /** @returns false where it is too large for the day */
  atOnce(): Promise<boolean>;
  tonight(): void;
  /** In the night's work: where it was asked for. */
  look(): Promise<void>;
}

/** @param run makes it in a thread of its own */
export function createVacuuming(
  { writer, commit, logger, mishaps }: Pick<EngineContext, 'writer' | 'commit' | 'logger' | 'mishaps'>,
  run: () => Promise<unknown>,
): Vacuuming {
  const meta = createMetaTable(writer);
  const number = (name: string) => writer.pragma(name, { simple: true }) as number;
  const liveBytes = () => (number('page_count') - number('freelist_count')) * number('page_size');
  const now = () => commit.patiently(run);
  return {
    async atOnce() {
      if (liveBytes() > mostAtOnceBytes) return false;
      await now();
      return true;
    },
    tonight: () =>
      mishaps.own(
        'a rebuild of the database',
        commit.transact(() => meta.put(metaKey.vacuumWanted, '1')),
      ),
    async look() {
      if (meta.get(metaKey.vacuumWanted) === undefined) return;
      await now();
      await commit.transact(() => meta.drop(metaKey.vacuumWanted));
      logger.info({}, 'the database was made anew, without what was removed from it');
    },
  };
}
