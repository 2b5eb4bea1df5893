/** A source whose folder or database cannot be read: nothing comes from it meanwhile. */
import type { ConditionProvider } from './condition.ts';
import { incident, label, say } from './wording.ts';

/** A database that is started anew is away for a moment, and nobody need know. */
const toldAfterMs = 120_000;

export const sourceAway: ConditionProvider = {
  kind: 'source_away',
  present: ({ sources, now }) =>
    sources.flatMap(({ id, name, health: { away }, revokedAt }) =>
      away === null || revokedAt !== null || now - away.since < toldAfterMs
        ? []
        : [
            {
              id: incident('source_away', id, away.since),
              kind: 'source_away',
              tone: 'bad' as const,
              since: away.since,
              title: say('source_away', 'title', { name }),
              meaning: away.says,
              step: say('source_away', 'step', { name }),
              turn: 'it_helper' as const,
              actions: [{ label: label('open_source'), does: { go: `/sources/${id}` } }],
              path: `/sources/${id}`,
              toasts: true,
              about: id,
            },
          ],
    ),
  over: (was) => say('source_away', 'over', { name: was.title.params.name ?? '' }),
};
