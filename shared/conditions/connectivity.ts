/** Conditions between this PC and the internet: nobody's fault at the receiver, and nothing counts. */
import type { Sentence, UtcMs } from '../domain.ts';
import { askedFor, type ProxyFact } from '../facts.ts';
import type { Turn } from '../remedies.ts';
import type { Fact, Outage, Situation } from '../schemas.ts';
import type { Condition, ConditionAction, ConditionProvider } from './condition.ts';
import { outageOver } from './outage-over.ts';
import { incident, label, say, sayCount } from './wording.ts';

type Trouble = Exclude<Situation['connectivity']['state'], 'online'>;

const turnOf: Record<Trouble, Turn> = {
  offline: 'manager',
  silence: 'manager',
  captive_portal: 'manager',
  tls_interception: 'it_helper',
  proxy: 'it_helper',
};

/** The facts that each stands for; several can hold at once. */
const factsOf: Record<Trouble, readonly Fact['kind'][]> = {
  offline: ['no_interface', 'no_answer'],
  silence: ['silence'],
  captive_portal: ['sign_in_page'],
  tls_interception: ['interception'],
  proxy: ['proxy'],
};

/** What the proxy's own words name. */
const namedOf = (fact: ProxyFact) => ({
  proxy: fact.proxy,
  status: fact.status ?? 0,
  asksFor: askedFor(fact),
  hosts: fact.hosts.join(', '),
});

/** Why there is no internet: what is to be looked at first differs. */
const causeOf = (fact: Fact | undefined) =>
  fact?.kind === 'no_interface' ? fact.kind : fact?.kind === 'no_answer' ? fact.why : 'line';

/** It names the proxy, or where the sign-in page is, where that is known. */
function stepOf(kind: Trouble, fact: Fact | undefined): Sentence {
  if (kind === 'offline') return say('offline', `step.${causeOf(fact)}`);
  if (fact?.kind === 'proxy') {
    const { trouble, from } = fact;
    const part = trouble === 'unreachable' && from !== 'settings' ? (`${trouble}.${from}` as const) : trouble;
    return say('proxy', `step.${part}`, namedOf(fact));
  }
  if (fact?.kind === 'sign_in_page' && fact.host !== null) {
    return say('captive_portal', 'step.host', { host: fact.host });
  }
  if (fact?.kind === 'interception' && fact.product !== null) {
    return say('tls_interception', 'step.product', { product: fact.product, hosts: fact.hosts.join(', ') });
  }
  return say(kind, 'step');
}

/** What happened, by the name of the product that does it where its certificates tell. */
function titleOf(kind: Trouble, fact: Fact | undefined, since: UtcMs | null): Sentence {
  if (kind === 'silence') {
    const host = fact?.kind === 'silence' ? fact.host : '';
    return say('silence', 'title_since', { host, sinceAt: since ?? 0 });
  }
  const cause = causeOf(fact);
  if (kind === 'offline' && cause !== 'line') return say('offline', `title_since.${cause}`, { sinceAt: since ?? 0 });
  const product = fact?.kind === 'interception' ? fact.product : null;
  if (product !== null) {
    return since === null
      ? say('tls_interception', 'title.product', { product })
      : say('tls_interception', 'title_since.product', { product, sinceAt: since });
  }
  return since === null ? say(kind, 'title') : say(kind, 'title_since', { sinceAt: since });
}

/** The page to sign in at, what IT needs, and, whatever it is, a look at once. */
function actionsOf(fact: Fact | undefined, copy: Sentence | null): ConditionAction[] {
  const open = fact?.kind === 'sign_in_page' ? fact.address : null;
  return [
    ...(open === null ? [] : [{ label: label('open_sign_in_page'), does: { open } }]),
    ...(copy === null ? [] : [{ label: label('copy_for_it'), does: { copy } }]),
    { label: label('try_now'), does: { lookNow: true } },
  ];
}

/** What the IT helper is told, with the proxy's name, or who it is that intercepts; null where it is nothing of theirs. */
function forHelper(kind: Trouble, fact: Fact | undefined, known: Known): Sentence | null {
  if (turnOf[kind] !== 'it_helper') return null;
  if (fact?.kind === 'proxy') {
    // What it does now may have begun after it began to keep us.
    const sinceAt = fact.changedAt ?? known.sinceAt;
    return say('proxy', `copy.${copyPart(fact)}`, { ...known, ...namedOf(fact), sinceAt });
  }
  if (fact?.kind === 'interception' && fact.issuer !== null) {
    return say('tls_interception', 'copy.issuer', { ...known, issuer: fact.issuer, hosts: fact.hosts.join(', ') });
  }
  return say(kind === 'proxy' ? 'proxy' : 'tls_interception', 'copy', known);
}

/** Where the proxy that is wrong has to be changed depends on who names it. */
function copyPart({ trouble, from }: ProxyFact) {
  if (trouble === 'socks') return from === 'environment' ? 'socks.environment' : trouble;
  return trouble === 'unreachable' && from !== 'settings' ? (`${trouble}.${from}` as const) : trouble;
}

interface Known {
  readonly [name: string]: string | number;
  readonly sinceAt: number;
  readonly count: number;
  readonly version: string;
}

const provider = (kind: Trouble): ConditionProvider => ({
  kind,
  present({ connectivity, facts, waitingEvents, version }): readonly Condition[] {
    const fact = facts.find((one) => factsOf[kind].includes(one.kind));
    if (fact === undefined && connectivity.state !== kind) return [];
    const since = fact?.since ?? connectivity.since;
    const waiting = waitingEvents.events;
    const sinceAt = since ?? 0;
    const title = titleOf(kind, fact, since);
    const step = stepOf(kind, fact);
    const copy = forHelper(kind, fact, { sinceAt, count: waiting, version });
    const meaning = sayCount('connectivity', 'meaning', waiting);
    return [
      {
        id: incident(kind, since),
        kind,
        tone: 'away',
        since,
        title,
        meaning,
        headline: kind === 'offline' ? [title, meaning] : [title, step, meaning],
        step,
        turn: turnOf[kind],
        actions: actionsOf(fact, copy),
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
export const silence = provider('silence');
export const captivePortal = provider('captive_portal');
export const tlsInterception = provider('tls_interception');
export const proxy = provider('proxy');

/** Of what is not known to have been the internet, no story says so. */
const outageOf: Record<Exclude<Trouble, 'silence'>, Outage['kind']> = {
  offline: 'offline',
  captive_portal: 'sign_in_page',
  tls_interception: 'interception',
  proxy: 'proxy',
};

function afterwards(was: Condition, situation: Situation): Sentence | 'later' {
  if (was.kind === 'silence') return say('silence', 'over');
  return outageOver('connectivity', outageOf[was.kind as keyof typeof outageOf], was.since, situation);
}
