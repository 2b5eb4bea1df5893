/** What is too old for its endpoint: a person is asked whether it is sent at all. */
import type { Condition, ConditionProvider } from './condition.ts';
import { endpointPath } from './endpoint.ts';
import { incident, label, say, sayCount } from './wording.ts';

const kind = 'events_too_old';
const hourMs = 3_600_000;

export const eventsTooOld: ConditionProvider = {
  kind,
  present: ({ endpoints }) =>
    endpoints.flatMap(({ id, name, switch: switchedTo, tooOld, holdOlderThanHours }): Condition[] => {
      if (tooOld === null || switchedTo === 'removed') return [];
      const { count, oldestAt } = tooOld;
      const title = sayCount(kind, 'title', count, { name });
      const step = sayCount(kind, 'step', count);
      return [
        {
          id: incident(kind, id),
          kind,
          tone: 'bad',
          since: null,
          title,
          meaning:
            holdOlderThanHours === null
              ? say(kind, 'meaning_any', { oldestAt })
              : say(kind, 'meaning', { name, limitMs: holdOlderThanHours * hourMs, oldestAt }),
          step,
          headline: [title, step],
          turn: 'manager',
          actions: [{ label: label('show_held'), does: { go: endpointPath(id) } }],
          path: endpointPath(id),
          toasts: true,
          about: id,
          amount: count,
        },
      ];
    }),
};
