/** Conditions of the program itself: the engine is not running, or its database is damaged. */
import type { ConditionProvider, SurfaceFacts } from './condition.ts';
import { say } from './wording.ts';

/** Works without a situation, since none is to be had before the engine's first start. */
export const engineConditions = ({ engine, engineProblem }: SurfaceFacts) =>
  engine === 'running'
    ? []
    : [
        {
          id: `engine_${engine}`,
          kind: engine === 'restarting' ? 'engine_restarting' : 'engine_stopped',
          tone: engine === 'restarting' ? ('wait' as const) : ('bad' as const),
          since: null,
          title: say(`engine_${engine}`, 'title'),
          meaning: say(`engine_${engine}`, 'meaning'),
          step: engineProblem,
          turn: engine === 'restarting' ? ('nobody' as const) : ('it_helper' as const),
          actions: [],
          path: '/',
          toasts: engine === 'stopped',
          about: null,
        },
      ];

export const engineRunning: ConditionProvider = {
  kind: 'engine',
  present: (_situation, surface) => engineConditions(surface),
};

export const databaseDamaged: ConditionProvider = {
  kind: 'database_damaged',
  present: ({ database }) =>
    database.state === 'damaged'
      ? [
          {
            id: 'database_damaged',
            kind: 'database_damaged',
            tone: 'bad',
            since: null,
            title: say('database_damaged', 'title'),
            meaning:
              database.lastBackupAt === null
                ? say('database_damaged', 'meaning.no_backup')
                : say('database_damaged', 'meaning.backup', { backupAt: database.lastBackupAt }),
            step: say('database_damaged', 'step'),
            turn: 'it_helper',
            actions: [],
            path: '/settings',
            toasts: true,
            about: null,
          },
        ]
      : [],
};
