/** Conditions between this PC and the internet: nobody's fault at the receiver, and nothing counts. */
import type { Sentence } from '../domain.ts';
import type { Turn } from '../remedies.ts';
import type { Situation } from '../schemas.ts';
import type { Condition, ConditionProvider } from './condition.ts';
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
  present({ connectivity, waitingEvents, version }): readonly Condition[] {
    if (connectivity.state !== kind) return [];
    const waiting = waitingEvents.events;
    const sinceAt = connectivity.since ?? 0;
    const title = connectivity.since === null ? say(kind, 'title') : say(kind, 'title_since', { sinceAt });
    const meaning = sayCount('connectivity', 'meaning', waiting);
    return [
      {
        id: incident(kind, connectivity.since),
        kind,
        tone: 'away',
        since: connectivity.since,
        title,
        meaning,
        headline: kind === 'offline' ? [title, meaning] : [title, say(kind, 'step'), meaning],
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
  over: (was, situation) => (situation.connectivity.state === 'online' ? afterwards(was, situation) : null),
});

export const offline = provider('offline');
export const captivePortal = provider('captive_portal');
export const tlsInterception = provider('tls_interception');
export const proxy = provider('proxy');

const outageOf: Record<Trouble, Situation['outages'][number]['kind']> = {
  offline: 'offline',
  captive_portal: 'sign_in_page',
  tls_interception: 'interception',
  proxy: 'proxy',
};

/** So long what waited may take to go out before it is told how much has; in milliseconds. */
const tellWithinMs = 120_000;

/** Counts what really went. What has only begun to go out is not told yet. */
function afterwards(was: Condition, { outages, now }: Situation): Sentence | 'later' {
  const outage = outages.find(({ kind, until }) => kind === outageOf[was.kind as Trouble] && until !== null);
  if (!outage || outage.until === null || outage.events === 0) return say('connectivity', 'over');
  if (outage.left === 0) return sayCount('connectivity', 'over_all', outage.events);
  if (now - outage.until < tellWithinMs) return 'later';
  return sayCount('connectivity', 'over_left', outage.events, { left: outage.left });
}
