/** Conditions between this PC and the internet: nobody's fault at the receiver, and nothing counts. */
import type { Situation } from '../schemas.ts';
import type { Condition, ConditionProvider, Turn } from './condition.ts';
import { incident, label, say, sayCount } from './wording.ts';

type Trouble = Exclude<Situation['connectivity']['state'], 'online'>;

const turnOf: Record<Trouble, Turn> = {
  offline: 'manager',
  captive_portal: 'manager',
  tls_interception: 'it_helper',
  proxy: 'it_helper',
};

const provider = (kind: Trouble): ConditionProvider => ({
  kind,
  present({ connectivity, waiting, version }): readonly Condition[] {
    if (connectivity.state !== kind) return [];
    const sinceAt = connectivity.since ?? 0;
    return [
      {
        id: incident(kind, connectivity.since),
        kind,
        tone: 'away',
        since: connectivity.since,
        title: connectivity.since === null ? say(kind, 'title') : say(kind, 'title_since', { sinceAt }),
        meaning: sayCount('connectivity', 'meaning', waiting),
        step: say(kind, 'step'),
        turn: turnOf[kind],
        actions:
          turnOf[kind] === 'it_helper'
            ? [{ label: label('copy_for_it'), does: { copy: say(kind, 'copy', { sinceAt, count: waiting, version }) } }]
            : [],
        path: '/',
        toasts: true,
        about: null,
      },
    ];
  },
  /** One kind giving way to another is no return: only being online again is. */
  over: (_was, { connectivity, waiting }) =>
    connectivity.state === 'online' ? sayCount('connectivity', 'over', waiting) : null,
});

export const offline = provider('offline');
export const captivePortal = provider('captive_portal');
export const tlsInterception = provider('tls_interception');
export const proxy = provider('proxy');
