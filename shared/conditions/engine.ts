/** Conditions of the program itself: the engine is not running, or its database is damaged or about to be replaced. */
import type { ConditionProvider, SurfaceFacts } from './condition.ts';
import { incident, say, saySome } from './wording.ts';

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
  over: (_was, { database }) => (database.state === 'ok' ? say('database_damaged', 'over') : null),
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

/** It was cut off while it was open: what stood behind is gone, and what comes is refused. */
export const databaseEmptied: ConditionProvider = {
  kind: 'database_emptied',
  present: ({ database }) =>
    database.state === 'emptied'
      ? [
          {
            id: 'database_emptied',
            kind: 'database_emptied',
            tone: 'bad',
            since: null,
            title: say('database_emptied', 'title'),
            meaning: say('database_emptied', 'meaning'),
            step:
              database.lastBackupAt === null
                ? say('database_emptied', 'step.no_backup')
                : say('database_emptied', 'step.backup', { backupAt: database.lastBackupAt }),
            turn: 'it_helper',
            actions: [],
            path: '/settings/storage',
            toasts: true,
            about: null,
          },
        ]
      : [],
};

/** So long a program that copies or scans the database may have it, in milliseconds, before somebody is called. */
const heldForMs = 60_000;

/** Another program has it for itself: most let go of it in seconds. */
export const databaseHeld: ConditionProvider = {
  kind: 'database_held',
  present({ database: { state, since }, now }) {
    if (state !== 'held') return [];
    const lasts = since !== null && now - since >= heldForMs;
    return [
      {
        id: incident('database_held', since),
        kind: 'database_held',
        tone: 'bad',
        since,
        title: say('database_held', 'title'),
        meaning: say('database_held', 'meaning'),
        step: say('database_held', lasts ? 'step.lasts' : 'step.wait'),
        turn: lasts ? 'it_helper' : 'nobody',
        actions: [],
        path: '/',
        toasts: lasts,
        about: null,
      },
    ];
  },
  over: (_was, { database }) => (database.state === 'ok' ? say('database_held', 'over') : null),
};

export const databaseUnreachable: ConditionProvider = {
  kind: 'database_unreachable',
  present: ({ database: { state, since } }) =>
    state === 'unreachable'
      ? [
          {
            id: incident('database_unreachable', since),
            kind: 'database_unreachable',
            tone: 'bad',
            since,
            title: say('database_unreachable', 'title'),
            meaning: say('database_unreachable', 'meaning'),
            step: say('database_unreachable', 'step'),
            turn: 'it_helper',
            actions: [],
            path: '/',
            toasts: true,
            about: null,
          },
        ]
      : [],
  over: (_was, { database }) => (database.state === 'ok' ? say('database_unreachable', 'over') : null),
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
              // Within a minute both would read the same, and a clock that was ahead makes the end the earlier one.
              lost.since === null || lost.until - lost.since < 60_000
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
