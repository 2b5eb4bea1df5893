/** A scheduled export that cannot be written: its folder is away, full, or takes nothing; or its filter can match nothing. */
import type { Sentence } from '../domain.ts';
import type { ConditionProvider } from './condition.ts';
import { incident, label, say } from './wording.ts';

/** A share that is started anew is away for a moment, and nobody need know. */
const toldAfterMs = 600_000;
const path = '/export';

/** Nothing but a person's change ends that. */
export const isOfFilter = ({ key }: Sentence): boolean => key === 'export.filter_forgotten';

export const exportAway: ConditionProvider = {
  kind: 'export_away',
  present: ({ exportsAway, now }) =>
    exportsAway.flatMap(({ id, what, since, says }) =>
      now - since < toldAfterMs && !isOfFilter(says)
        ? []
        : [
            {
              id: incident('export_away', id, since),
              kind: 'export_away',
              tone: 'wait' as const,
              since,
              title: say('export_away', `title.${what}`),
              meaning: says,
              step: say('export_away', isOfFilter(says) ? 'step.filter' : 'step'),
              turn: isOfFilter(says) ? ('manager' as const) : ('it_helper' as const),
              actions: [{ label: label('open_exports'), does: { go: path } }],
              path,
              toasts: true,
              about: null,
            },
          ],
    ),
  over: () => say('export_away', 'over'),
};
