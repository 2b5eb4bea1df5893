/** Conditions of where events come in: a listener that could not be opened. */
import type { Sentence } from '../domain.ts';
import type { MissedPort } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { label, say } from './wording.ts';

export const intakeElsewhere: ConditionProvider = {
  kind: 'intake_elsewhere',
  present: ({ intake: { address, missed } }) =>
    missed === null
      ? []
      : [
          {
            id: `intake_elsewhere ${missed.port}`,
            kind: 'intake_elsewhere',
            tone: 'bad',
            since: null,
            title: say('intake_elsewhere', 'title', { port: missed.port }),
            meaning: missedMeaning(missed, address),
            step: missedStep(missed, address),
            turn: 'it_helper',
            actions: [{ label: label('open_settings'), does: { go: '/settings/network' } }],
            path: '/settings/network',
            toasts: true,
            about: null,
          },
        ],
};

/** Who has the PMS's port, or why nobody may, and where events are taken meanwhile. */
export function missedMeaning({ port, why, program, account }: MissedPort, address: string): Sentence {
  if (why === 'relay') {
    return account === null
      ? say('intake_elsewhere', 'meaning.relay', { port, address })
      : say('intake_elsewhere', 'meaning.relay_of', { port, address, account });
  }
  if (why !== 'taken') return say('intake_elsewhere', `meaning.${why}`, { port, address });
  if (program !== null) {
    return account === null
      ? say('intake_elsewhere', 'meaning.taken_by', { port, address, program })
      : say('intake_elsewhere', 'meaning.taken_by_both', { port, address, program, account });
  }
  return account === null
    ? say('intake_elsewhere', 'meaning.taken', { port, address })
    : say('intake_elsewhere', 'meaning.taken_by_account', { port, address, account });
}

/** What to do about it; the free port is the one that events are taken at. */
export function missedStep({ port, why }: MissedPort, address: string): Sentence {
  return say('intake_elsewhere', `step.${why}`, { port, free: new URL(address).port });
}

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
