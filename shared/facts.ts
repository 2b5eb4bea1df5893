/** What the facts mean for one endpoint, and for those who show a single state: pure functions of the facts. */
import type { Endpoint, Fact, Situation } from './schemas.ts';

/** A host as facts name it: without its port and without the brackets of an IPv6 address. */
export function hostOf(hostAndPort: string): string {
  const name = hostAndPort.toLowerCase();
  const bracketed = /^\[(.*)\](?::\d+)?$/.exec(name)?.[1];
  if (bracketed !== undefined) return bracketed;
  return name.split(':').length > 2 ? name : name.replace(/:\d+$/, '');
}

/** The facts that keep requests from an endpoint now, the gravest first. On the local network that alone does. */
export function holdingUp(
  facts: readonly Fact[],
  endpoint: { readonly host: string; readonly local: boolean },
): Fact[] {
  const host = hostOf(endpoint.host);
  if (endpoint.local) return facts.filter((fact) => fact.kind === 'local_network' && fact.hosts.includes(host));
  return wayStates.flatMap(([kind]) => facts.filter((fact) => fact.kind === kind && concerns(fact, host)));
}

function concerns(fact: Fact, host: string): boolean {
  if (fact.kind === 'interception') return fact.hosts.includes(host);
  if (fact.kind === 'proxy') return fact.hosts.length === 0 || fact.hosts.includes(host);
  return true;
}

/**
 * Whether the last failure of an endpoint was the doing of a sign-in page: it was sent there before anybody could know that
 * others are too. One that a person was told of is its own.
 */
export function isDoingOfPage(facts: readonly Fact[], { host, local, state, trouble }: Endpoint): boolean {
  if (local || trouble === null || trouble.takesNothing || state === 'failing') return false;
  const status = trouble.status ?? 0;
  if (status < 300 || status > 399) return false;
  return facts.some((fact) => fact.kind === 'sign_in_page' && fact.hosts.includes(hostOf(host)));
}

type WayState = Situation['connectivity']['state'];

/** The graver first: what keeps everything hides what keeps some. */
const wayStates: readonly [kind: Fact['kind'], state: WayState][] = [
  ['no_interface', 'offline'],
  ['no_answer', 'offline'],
  ['silence', 'silence'],
  ['sign_in_page', 'captive_portal'],
  ['interception', 'tls_interception'],
  ['proxy', 'proxy'],
];

/** The one thing that holds up the way out, for those who show a single state. */
export function wayOut(facts: readonly Fact[]): Situation['connectivity'] {
  for (const [kind, state] of wayStates) {
    const found = facts.find((fact) => fact.kind === kind);
    if (found) return { state, since: found.since };
  }
  return { state: 'online', since: null };
}

export type ProxyFact = Extract<Fact, { kind: 'proxy' }>;

/** What a proxy asks for, as sentences take it: behind the status of one that wants a password, else by itself. */
export const askedFor = ({ trouble, asksFor }: ProxyFact): string =>
  (trouble === 'password' || trouble === 'password_refused') && asksFor !== '' ? `: ${asksFor}` : asksFor;
