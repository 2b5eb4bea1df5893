/** What is done by the clock and fails: nobody waits for it, so that nobody would know until it is needed. */
import type { Situation } from '../schemas.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, label, say } from './wording.ts';

const path = '/settings/storage';

type Undone = Situation['upkeepUndone'][number];

/** An hour later it may have been a scanner that held a file; what is done once a day has nothing that comes sooner. */
const isTold = ({ work, times }: Undone): boolean => work !== 'hourly' || times > 1;

export const upkeepUndone: ConditionProvider = {
  kind: 'upkeep_undone',
  present: ({ upkeepUndone: undone }) =>
    undone.filter(isTold).map(({ work, since, says }) => ({
      id: incident('upkeep_undone', work, since),
      kind: 'upkeep_undone',
      tone: 'wait',
      since,
      title: say('upkeep_undone', `title.${work}`),
      meaning: says,
      step: say('upkeep_undone', work === 'retention' ? 'step.retention' : 'step.backup'),
      turn: 'it_helper',
      actions: [{ label: label('open_settings'), does: { go: path } }],
      path,
      toasts: true,
      about: null,
    })),
  over: ({ id }) => say('upkeep_undone', id.startsWith('upkeep_undone:retention') ? 'over.retention' : 'over.backup'),
};
