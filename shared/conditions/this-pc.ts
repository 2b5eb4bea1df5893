/** Conditions of this PC itself: its clock, its disk, and whether it starts the app at login. */
import type { Situation } from '../schemas.ts';
import type { Condition, ConditionProvider, SurfaceFacts } from './condition.ts';
import { incident, label, say, sayCount, saySome } from './wording.ts';

export const clockWrong: ConditionProvider = {
  kind: 'clock_wrong',
  present: ({ clock, waitingEvents: { events } }) =>
    clock.wrong
      ? [
          {
            id: incident('clock_wrong', clock.since),
            kind: 'clock_wrong',
            tone: 'away',
            since: clock.since,
            title: say('clock_wrong', 'title'),
            headline: [
              say('clock_wrong', 'title'),
              say('clock_wrong', 'step'),
              ...(events > 0 ? [sayCount('connectivity', 'meaning', events)] : []),
            ],
            meaning: say('clock_wrong', clock.skewMs < 0 ? 'meaning.behind' : 'meaning.ahead', {
              skewMs: clock.skewMs,
            }),
            step: say('clock_wrong', 'step'),
            turn: 'manager',
            actions: [],
            path: '/',
            toasts: true,
            about: null,
          },
        ]
      : [],
  over: () => say('clock_wrong', 'over'),
};

type DiskTrouble = Exclude<Situation['disk']['state'], 'ok'>;

const disk = (state: DiskTrouble, kind: `disk_${DiskTrouble}`): ConditionProvider => ({
  kind,
  present(situation): readonly Condition[] {
    if (situation.disk.state !== state) return [];
    return [
      {
        id: kind,
        kind,
        tone: state === 'low' ? 'wait' : 'bad',
        since: null,
        title: say(kind, 'title'),
        meaning: say(kind, 'meaning', { freeBytes: situation.disk.freeBytes, folder: situation.dataFolder }),
        step: say(kind, 'step', { folder: situation.dataFolder }),
        turn: state === 'low' || state === 'full' ? 'manager' : 'it_helper',
        actions: [],
        path: '/',
        toasts: true,
        about: null,
      },
    ];
  },
  over: (_was, now) =>
    now.disk.state === 'ok' ? say('disk', state === 'low' || state === 'full' ? 'over' : 'over.written') : null,
});

export const diskLow = disk('low', 'disk_low');
export const diskFull = disk('full', 'disk_full');
export const diskReadOnly = disk('read_only', 'disk_read_only');
export const diskNoRights = disk('no_rights', 'disk_no_rights');

/** Who asks from elsewhere, as the command line does, hears what the desktop told the engine. */
const startsWithPc = ({ pc }: Situation, { loginItemWorks }: SurfaceFacts): boolean | null =>
  loginItemWorks === undefined ? pc.loginItemWorks : loginItemWorks;

/** The system or a tidy-up tool has switched the app's start at login off. */
export const autostartOff: ConditionProvider = {
  kind: 'autostart_off',
  present: (situation, surface) =>
    startsWithPc(situation, surface) === false
      ? [
          {
            id: 'autostart_off',
            kind: 'autostart_off',
            tone: 'wait',
            since: null,
            title: say('autostart_off', 'title'),
            meaning: say('autostart_off', 'meaning'),
            step: say('autostart_off', 'step'),
            turn: 'manager',
            actions: [{ label: label('open_settings'), does: { go: '/settings' } }],
            path: '/settings',
            toasts: true,
            about: null,
          },
        ]
      : [],
};

/** It sleeps at night with events that could go out. Asked until it is answered; nothing is wrong meanwhile. */
export const sleepsAtNight: ConditionProvider = {
  kind: 'sleeps_at_night',
  present: ({ pc: { slept } }, { keepAwake }) =>
    slept !== null && keepAwake === 'ask'
      ? [
          {
            id: 'sleeps_at_night',
            kind: 'sleeps_at_night',
            tone: 'still',
            since: null,
            title: say('sleeps_at_night', 'title'),
            meaning: saySome('sleeps_at_night', 'meaning', slept.events, {
              fromAt: slept.from,
              untilAt: slept.until,
              nights: slept.nights,
            }),
            step: say('sleeps_at_night', 'step'),
            turn: 'manager',
            actions: [
              { label: label('keep_awake'), does: { prefer: { keepAwake: 'on' } } },
              { label: label('no_thanks'), does: { prefer: { keepAwake: 'off' } } },
            ],
            path: '/',
            toasts: false,
            about: null,
          },
        ]
      : [],
};

/** The PC starts by itself, as after an update at night, and the app only once somebody signs in. */
export const lateStart: ConditionProvider = {
  kind: 'late_start',
  // Where it does not start at the sign-in either, the start says nothing of when that was.
  present(situation, surface) {
    const { lateStarts } = situation.pc;
    return lateStarts !== null && startsWithPc(situation, surface) === true
      ? [
          {
            id: incident('late_start', lateStarts.pcAt),
            kind: 'late_start',
            tone: 'wait',
            since: lateStarts.pcAt,
            title: say('late_start', 'title', lateStarts),
            meaning: say('late_start', 'meaning', { count: lateStarts.count }),
            step: say('late_start', 'step'),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings' } }],
            path: '/settings',
            toasts: true,
            about: null,
          },
        ]
      : [];
  },
};
