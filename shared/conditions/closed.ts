/** What of its own Roost Relay may not read or write any more: nobody would know until the next start, or a restore. */
import type { Situation } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, say } from './wording.ts';

type Closed = Situation['closed'][number];

export const closedWords = ({ what, path }: Closed) => ({
  title: say('closed', 'title', { path }),
  meaning: say('closed', `meaning.${what}`),
  step: say('closed', 'step', { path }),
});

export const closed: ConditionProvider = {
  kind: 'closed',
  present: ({ closed: found, disk }) =>
    found
      // While nothing can be stored that says it all.
      .filter(({ what }) => what !== 'data' || disk.state !== 'no_rights')
      .map((one) => ({
        id: incident('closed', one.path, one.since),
        kind: 'closed',
        tone: one.what === 'logs' ? ('wait' as const) : ('bad' as const),
        since: one.since,
        ...closedWords(one),
        turn: 'it_helper' as const,
        actions: [],
        path: '/',
        toasts: true,
        about: null,
      })),
  over: (was) => say('closed', 'over', { path: was.title.params.path ?? '' }),
};
