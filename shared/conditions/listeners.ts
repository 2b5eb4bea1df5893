/** Conditions of where events come in: a listener that could not be opened. */
import type { ConditionProvider } from './condition.ts';
import { label, say } from './wording.ts';

export const intakeElsewhere: ConditionProvider = {
  kind: 'intake_elsewhere',
  present: ({ intake: { address, missedPort } }) =>
    missedPort === null
      ? []
      : [
          {
            id: `intake_elsewhere ${missedPort}`,
            kind: 'intake_elsewhere',
            tone: 'bad',
            since: null,
            title: say('intake_elsewhere', 'title', { port: missedPort }),
            meaning: say('intake_elsewhere', 'meaning', { address }),
            step: say('intake_elsewhere', 'step', { port: missedPort, free: new URL(address).port }),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings' } }],
            path: '/settings',
            toasts: true,
            about: null,
          },
        ],
};

export const lanMissing: ConditionProvider = {
  kind: 'lan_missing',
  present: ({ intake: { lanProblem } }) =>
    lanProblem === null
      ? []
      : [
          {
            id: 'lan_missing',
            kind: 'lan_missing',
            tone: 'bad',
            since: null,
            title: say('lan_missing', 'title'),
            meaning: lanProblem,
            step: say('lan_missing', 'step'),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings' } }],
            path: '/settings',
            toasts: true,
            about: null,
          },
        ],
};
