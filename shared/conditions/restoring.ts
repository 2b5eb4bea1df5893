/** Words and conditions of a restore: what would be gone, what became of it, and that one waits for the next start. */
import type { Sentence } from '../domain.ts';
import type { ChosenBackup, SetUpSince, Situation } from '../schemas.ts';
import { sentence } from '../sentences/sentence.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, label, say } from './wording.ts';

/** What a restore left behind: what took the data's place, and what may be missing; then what there is to do. */
export function restoredWords(restored: Restored): readonly [Sentence, Sentence] {
  const { madeAt, holdsLog, carriedOver, carried, delivered, unsure, missing, until, keptIn: folder } = restored;
  const sinceAt = restored.missingSince ?? madeAt;
  const came = { madeAt, carried, delivered, unsure, missing };
  return [
    carriedOver
      ? say('restored', holdsLog ? 'meaning.all.carried' : 'meaning.part.carried', came)
      : restored.notCarried === undefined
        ? leftWords(restored)
        : say('restored', holdsLog ? 'meaning.all.not_carried' : 'meaning.part.not_carried', {
            ...{ madeAt, detail: restored.notCarried },
          }),
    missing > 0
      ? // A clock that was ahead can make the end the earlier one, and within a minute both read the same.
        until !== null && until - sinceAt >= 60_000
        ? say('restored', 'step.missing', { madeAt: sinceAt, untilAt: until, folder })
        : say('restored', 'step.missing.since', { madeAt: sinceAt, folder })
      : asideStep(restored),
  ];
}

type Restored = NonNullable<Situation['database']['restored']>;

/** What of after the backup is not here: how much of it, where that is known. */
function leftWords({ madeAt, holdsLog, aside }: Restored): Sentence {
  const meaning = holdsLog ? 'meaning.all.left' : 'meaning.part.left';
  if (aside === undefined) return say('restored', meaning, { madeAt });
  const { events: count, open } = aside;
  if (count === 0) return say('restored', `${meaning}.none`, { madeAt });
  return say('restored', `${meaning}.${count === 1 ? 'one' : 'many'}`, { madeAt, count, open });
}

/** What had not reached everybody is to be sent by a person; nothing is left to do where there is none of it. */
function asideStep(restored: Restored): Sentence {
  const { keptIn: folder, aside, madeAt } = restored;
  if (restored.notCarried !== undefined || needsSending(restored)) {
    const file = aside?.file ?? null;
    return file === null
      ? say('restored', 'step.aside.pms', { folder, madeAt })
      : say('restored', 'step.aside.list', { folder, madeAt, file });
  }
  return say('restored', restoredSetUpWords(restored).left === null ? 'step.none' : 'step.kept', { folder });
}

/** Events that the PMS was told are safe lie aside, and have not reached everybody. */
const needsSending = ({ aside }: Restored): boolean => aside !== undefined && aside.open > 0;

/** Something is left to do for the events themselves: some are missing, or lie aside. */
export const leavesEvents = (restored: Restored): boolean =>
  restored.missing > 0 || restored.notCarried !== undefined || needsSending(restored);

const isNone = ({ endpoints, sources, schedules = [], changed, settings }: SetUpSince): boolean =>
  [endpoints, sources, schedules, changed, settings].every((names) => names.length === 0);

/** Its names, as a sentence takes them. */
const namesOf = ({ endpoints, sources, schedules = [], changed, settings }: SetUpSince) => {
  const list = (names: readonly string[]): string => (names.length === 0 ? '–' : names.join(', '));
  return {
    ...{ endpoints: list(endpoints), sources: list(sources), schedules: list(schedules) },
    ...{ changed: list(changed), settings: list(settings) },
  };
};

/** That a restore was cut off, and what becomes of it. */
export const cutOffWords = ({ cutOff }: Pick<ChosenBackup, 'cutOff'>): readonly Sentence[] =>
  cutOff === null ? [] : [sentence(cutOff === 'this' ? 'restore.cut_off' : 'restore.cut_off.other')];

/** What a backup holds, and what would not be there any more: said before it is restored. */
export function restoreWords(chosen: ChosenBackup): readonly Sentence[] {
  const { holds, newer, carriesOver, setUp, presentDamaged } = chosen;
  const { madeAt, holdsLog, events, waiting, endpoints } = holds;
  const said: Sentence[] = [
    ...cutOffWords(chosen),
    holdsLog
      ? sentence('restore.holds.all', { madeAt, events, waiting, endpoints })
      : sentence('restore.holds.part', { madeAt, waiting, endpoints }),
    !carriesOver
      ? sentence('restore.leaves', { madeAt })
      : sentence(presentDamaged ? 'restore.carries_over' : 'restore.carries_over_again'),
  ];
  if (!isNone(setUp))
    said.push(sentence(carriesOver ? 'restore.set_up.carried' : 'restore.set_up.left', namesOf(setUp)));
  if (setUp.unreadable) said.push(sentence('restore.set_up.unreadable', { madeAt }));
  if (newer !== null) said.push(sentence('restore.newer', { madeAt: newer.holds.madeAt }));
  return said;
}

/** What became of what was set up since the backup: that it is here, or that it is gone and what to do then. */
export function restoredSetUpWords(restored: Restored): {
  readonly carried: readonly Sentence[];
  readonly left: readonly [Sentence, Sentence] | null;
} {
  const { madeAt, carriedOver, keptIn: folder, setUpCarried, setUpLeft } = restored;
  const carried =
    setUpCarried && !isNone(setUpCarried) ? [sentence('restore.set_up.was_carried', namesOf(setUpCarried))] : [];
  if (!setUpLeft || (isNone(setUpLeft) && !setUpLeft.unreadable)) return { carried, left: null };
  const names = { madeAt, ...namesOf(setUpLeft) };
  const meaning = isNone(setUpLeft)
    ? say('restored_set_up', 'meaning.unreadable', { madeAt })
    : say('restored_set_up', carriedOver ? 'meaning.damaged' : 'meaning', names);
  return { carried, left: [meaning, say('restored_set_up', 'step', { folder })] };
}

/** A restore took set-up away that was made after the backup: nobody else says why a PMS is refused. */
export const restoredSetUp: ConditionProvider = {
  kind: 'restored_set_up',
  present({ database: { restored } }) {
    const left = restored && restoredSetUpWords(restored).left;
    if (!restored || !left) return [];
    const [meaning, step] = left;
    return [
      {
        id: incident('restored_set_up', restored.at),
        kind: 'restored_set_up',
        tone: 'bad',
        since: restored.at,
        title: say('restored_set_up', 'title'),
        meaning,
        step,
        turn: 'it_helper',
        actions: [{ label: label('done'), does: { restoreDone: true } }],
        path: '/settings/storage',
        toasts: true,
        about: null,
      },
    ];
  },
};

/** A backup took the data's place in the last days: when, which, and what may be missing. */
export const restoredLately: ConditionProvider = {
  kind: 'restored',
  present({ database: { restored } }) {
    if (restored === null) return [];
    const [meaning, step] = restoredWords(restored);
    const isMissing = leavesEvents(restored);
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
        actions: [{ label: label('done'), does: { restoreDone: true } }],
        path: '/settings/storage',
        toasts: isMissing,
        about: null,
      },
    ];
  },
};

/** What can still be read of it is carried over by a restore. */
export const isBroken = (state: Situation['database']['state']): boolean =>
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
