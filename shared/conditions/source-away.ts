/** A source whose folder or database cannot be read, or files in it not moved: nothing comes from it meanwhile. */
import type { Sentence } from '../domain.ts';
import type { Source } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, label, say, sayCount } from './wording.ts';

/** A database that is started anew is away for a moment, or a program holds a file, and nobody need know. */
const toldAfterMs = 120_000;

/** What is to be connected again; whatever else keeps it from being read is told with what to do. */
export const isOutOfReach = ({ key }: Sentence): boolean => outOfReach.has(key);
const outOfReach = new Set<string>([
  'source.database_away',
  'source.folder_away',
  'source.folder_unreadable',
  'problem.fias_away',
  'problem.fias_ended',
]);

/** It is read: what was found there is not believed. Of anything else nothing has come since the first trouble, whatever it was. */
export const isHeldBack = (says: Sentence): boolean => says.key === 'source.database_gone_at_once' || isKeptBack(says);
/** A person has said so: nobody need do anything. */
export const isKeptBack = ({ key }: Sentence): boolean => key === 'source.database_gone_kept';

function stepOf(says: Sentence): 'step' | 'step.said' | 'step.held' {
  if (isOutOfReach(says)) return 'step';
  return isHeldBack(says) ? 'step.held' : 'step.said';
}

export const sourceAway: ConditionProvider = {
  kind: 'source_away',
  present: ({ sources, now }) =>
    sources.flatMap(({ id, name, health: { away }, revokedAt }) =>
      away === null || isKeptBack(away.says) || revokedAt !== null || now - away.since < toldAfterMs
        ? []
        : [
            {
              id: incident('source_away', id, away.since),
              kind: 'source_away',
              tone: 'bad' as const,
              since: away.since,
              title: say('source_away', isHeldBack(away.says) ? 'title.held' : 'title', { name }),
              meaning: away.says,
              step: say('source_away', stepOf(away.says), { name }),
              turn: 'it_helper' as const,
              actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
              path: `/sources/${id}`,
              toasts: true,
              about: id,
            },
          ],
    ),
  over: (was) => say('source_away', 'over', { name: was.title.params.name ?? '' }),
};

type Holding = Pick<Source, 'name' | 'revokedAt'> & { readonly health: Pick<Source['health'], 'files' | 'away'> };

/** What is said of files that a source cannot open or move; null where there are none. */
export function stuckWords({ name, revokedAt, health: { files, away } }: Holding, now: number) {
  const stuck = files?.stuck ?? null;
  if (stuck === null || away !== null || revokedAt !== null || now - stuck.since < toldAfterMs) return null;
  const { count, names, says, why } = stuck;
  const more = count - names.length;
  const shown = names.join(', ');
  return {
    title: sayCount('files_stuck', 'title', count, { name }),
    meaning: says,
    step:
      more > 0
        ? say('files_stuck', `step.${why}.more`, { files: shown, more })
        : say('files_stuck', `step.${why}`, { files: shown }),
  };
}

/** Files that cannot be taken out of the way: the disk is full, or somebody else holds them. */
export const filesStuck: ConditionProvider = {
  kind: 'files_stuck',
  present: ({ sources, now }) =>
    sources.flatMap((source) => {
      const words = stuckWords(source, now);
      const stuck = source.health.files?.stuck;
      if (words === null || !stuck) return [];
      const { id } = source;
      return [
        {
          id: incident('files_stuck', id, stuck.since),
          kind: 'files_stuck',
          tone: 'bad' as const,
          since: stuck.since,
          ...words,
          turn: 'it_helper' as const,
          actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
          path: `/sources/${id}`,
          toasts: true,
          about: id,
        },
      ];
    }),
  over: (was) => say('files_stuck', 'over', { name: was.title.params.name ?? '' }),
};
