/** Conditions of the program itself: the engine is not running, or its database is damaged or about to be replaced. */
import type { Sentence } from '../domain.ts';
import type { Situation } from '../schemas.ts';
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

/** What a restore left behind: what took the data's place, and what may be missing; then what there is to do. */
export function restoredWords(restored: NonNullable<Situation['database']['restored']>): readonly [Sentence, Sentence] {
  const { madeAt, holdsLog, carriedOver, carried, delivered, unsure, missing, until, keptIn: folder } = restored;
  const sinceAt = restored.missingSince ?? madeAt;
  const came = { madeAt, carried, delivered, unsure, missing };
  const left = say('restored', holdsLog ? 'meaning.all.left' : 'meaning.part.left', { madeAt });
  return [
    carriedOver ? say('restored', holdsLog ? 'meaning.all.carried' : 'meaning.part.carried', came) : left,
    missing > 0
      ? say('restored', 'step.missing', { madeAt: sinceAt, untilAt: until ?? madeAt, folder })
      : say('restored', 'step.none', { folder }),
  ];
}

/** A backup took the data's place in the last days: when, which, and what may be missing. */
export const restoredLately: ConditionProvider = {
  kind: 'restored',
  present({ database: { restored } }) {
    if (restored === null) return [];
    const [meaning, step] = restoredWords(restored);
    const isMissing = restored.missing > 0;
    return [
      {
        id: incident('restored', restored.at),
        kind: 'restored',
        tone: isMissing ? 'bad' : 'still',
        since: restored.at,
        title: say('restored', 'title', { restoredAt: restored.at }),
        meaning,
        step,
        turn: isMissing ? 'it_helper' : 'nobody',
        actions: [],
        path: '/settings/storage',
        toasts: isMissing,
        about: null,
      },
    ];
  },
};

/** What can still be read of it is carried over by a restore. */
const isBroken = (state: Situation['database']['state']): boolean =>
  state === 'damaged' || state === 'gone' || state === 'emptied';

/** A backup waits for the next start, which may come weeks later and by itself. */
export const restorePending: ConditionProvider = {
  kind: 'restore_pending',
  present: ({ database: { restoreAskedAt, state } }) =>
    restoreAskedAt === null
      ? []
      : [
          {
            id: incident('restore_pending', restoreAskedAt),
            kind: 'restore_pending',
            tone: 'wait',
            since: restoreAskedAt,
            title: say('restore_pending', 'title'),
            meaning: say('restore_pending', isBroken(state) ? 'meaning.damaged' : 'meaning', {
              sinceAt: restoreAskedAt,
            }),
            step: say('restore_pending', 'step'),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings/storage' } }],
            path: '/settings/storage',
            toasts: true,
            about: null,
          },
        ],
};
