/** The property's own network cannot be reached from this PC: nobody's fault at a receiver, and nothing counts. */
import type { Fact } from '../schemas.ts';
import type { Condition, ConditionProvider } from './condition.ts';
import { outageOver } from './outage-over.ts';
import { incident, say } from './wording.ts';

const kind = 'local_network';
const everywhere: ReadonlySet<Fact['kind']> = new Set(['no_interface', 'no_answer', 'silence']);

export const localNetwork: ConditionProvider = {
  kind,
  present({ facts }): readonly Condition[] {
    // Where nothing answers anywhere, that is told, and is the same trouble.
    if (facts.some((fact) => everywhere.has(fact.kind))) return [];
    const fact = facts.find((one) => one.kind === kind);
    if (fact === undefined) return [];
    const hosts = fact.hosts.join(', ');
    const title = say(kind, 'title_since', { sinceAt: fact.since });
    const meaning = say(kind, 'meaning', { hosts });
    const step = say(kind, `step.${fact.why}`, { hosts });
    return [
      {
        id: incident(kind, fact.since),
        kind,
        tone: 'away',
        since: fact.since,
        title,
        meaning,
        headline: [title, step, meaning],
        step,
        turn: 'manager',
        actions: [],
        path: '/',
        toasts: true,
        about: null,
      },
    ];
  },
  over: (was, situation) =>
    situation.facts.some((fact) => fact.kind === kind) ? null : outageOver(kind, kind, was.since, situation),
};
