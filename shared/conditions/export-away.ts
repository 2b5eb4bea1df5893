/** A scheduled export that cannot be written: its folder is away, full, or takes nothing. */
import type { ConditionProvider } from './condition.ts';
import { incident, label, say } from './wording.ts';

/** A share that is started anew is away for a moment, and nobody need know. */
const toldAfterMs = 600_000;
const path = '/export';

export const exportAway: ConditionProvider = {
  kind: 'export_away',
  present: ({ exportsAway, now }) =>
    exportsAway.flatMap(({ id, what, since, says }) =>
      now - since < toldAfterMs
        ? []
        : [
            {
              id: incident('export_away', id, since),
              kind: 'export_away',
              tone: 'wait' as const,
              since,
              title: say('export_away', `title.${what}`),
              meaning: says,
              step: say('export_away', 'step'),
              turn: 'it_helper' as const,
              actions: [{ label: label('open_exports'), does: { go: path } }],
              path,
              toasts: true,
              about: null,
            },
          ],
    ),
  over: () => say('export_away', 'over'),
};
