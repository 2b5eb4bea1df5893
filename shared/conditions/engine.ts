/** Conditions of the program itself: the engine is not running, or its database is damaged or about to be replaced. */
import type { ConditionProvider, SurfaceFacts } from './condition.ts';
import { incident, label, say, saySome } from './wording.ts';

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

/** Its file was deleted, moved or replaced while it was open. What comes is refused, so that nothing is taken and lost. */
export const databaseGone: ConditionProvider = {
  kind: 'database_gone',
  present: ({ database }) =>
    database.state === 'gone'
      ? [
          {
            id: 'database_gone',
            kind: 'database_gone',
            tone: 'bad',
            since: null,
            title: say('database_gone', 'title'),
            meaning: say('database_gone', 'meaning'),
            step:
              database.lastBackupAt === null
                ? say('database_gone', 'step.no_backup')
                : say('database_gone', 'step.backup', { backupAt: database.lastBackupAt }),
            turn: 'it_helper',
            actions: [],
            path: '/settings/storage',
            toasts: true,
            about: null,
          },
        ]
      : [],
  over: () => say('database_gone', 'over'),
};

/** A damaged place in its log cut off what was acknowledged: only the PMS can say it again. */
export const eventsLost: ConditionProvider = {
  kind: 'events_lost',
  present: ({ database: { lost } }) =>
    lost === null
      ? []
      : [
          {
            id: incident('events_lost', lost.found),
            kind: 'events_lost',
            tone: 'bad',
            since: lost.until,
            title: say('events_lost', 'title'),
            meaning: saySome('events_lost', 'meaning', lost.count, { untilAt: lost.until }),
            step:
              lost.since === null
                ? say('events_lost', 'step.all', { untilAt: lost.until })
                : say('events_lost', 'step.since', { sinceAt: lost.since, untilAt: lost.until }),
            turn: 'it_helper',
            actions: [],
            path: '/events',
            toasts: true,
            about: null,
          },
        ],
};

/** A backup waits for the next start, which may come weeks later and by itself. */
export const restorePending: ConditionProvider = {
  kind: 'restore_pending',
  present: ({ database: { restoreAskedAt } }) =>
    restoreAskedAt === null
      ? []
      : [
          {
            id: incident('restore_pending', restoreAskedAt),
            kind: 'restore_pending',
            tone: 'wait',
            since: restoreAskedAt,
            title: say('restore_pending', 'title'),
            meaning: say('restore_pending', 'meaning', { sinceAt: restoreAskedAt }),
            step: say('restore_pending', 'step'),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings/storage' } }],
            path: '/settings/storage',
            toasts: true,
            about: null,
          },
        ],
};
