/**
 * Probes: plain-HTTP addresses whose answer everybody knows, asked whether the internet is there. A sign-in page answers
 * in their place, which no `https:` address lets it do. What one answer means, and what several amount to, as pure
 * functions of values.
 */
import type { UtcMs } from '../../../shared/domain.ts';
import { expectedStatus, type InternetCheck } from '../../../shared/internet-check.ts';
import { skewFromDate } from './clock-skew.ts';
import { type HeaderPairs, headerValue, type TransportFailure } from './evidence.ts';
import { nameIsUnknown } from './outcome.ts';
import { countSites } from './sites.ts';

/** What the settings say is to be asked whether the internet is there, and the way to ask it. */
export interface Probes {
  checks(): readonly InternetCheck[];
  ask(check: InternetCheck): Promise<ProbeAnswer>;
}

/** What came of asking one address. */
export interface ProbeAnswer {
  readonly status: number | null;
  readonly headers: HeaderPairs | null;
  /** The beginning of its body. */
  readonly text: string;
  readonly error: TransportFailure | null;
  /** Host and port of the proxy that it was asked through; null where it was asked directly. */
  readonly proxy: string | null;
  /** The wall clock's times. */
  readonly startedAt: UtcMs;
  readonly endedAt: UtcMs;
}

/**
 * What an answer says:
 * - `online`: what is known to be answered there
 * - `page`: somebody else's page
 * - `other`: an answer that is neither, a refused or a cut connection; somebody is there
 * - `unreachable`: nothing came back, also where a proxy says so of the address
 * - `proxy`: the proxy itself is in the way
 * - `nothing`: it was not asked to the end, so nothing is known
 */
export type ProbeWord = 'online' | 'page' | 'other' | 'unreachable' | 'proxy' | 'nothing';

/** What came of looking up a name that led nowhere: nobody said anything, or somebody said that there is none. */
export type Nameless = 'unanswered' | 'unknown';

/** The same of several: null where one of them was found, or none was looked up. */
export function namelessAll(each: readonly (Nameless | null)[]): Nameless | null {
  if (each.length === 0 || each.includes(null)) return null;
  return each.includes('unknown') ? 'unknown' : 'unanswered';
}

export interface ProbeFinding {
  readonly address: string;
  readonly host: string;
  readonly says: ProbeWord;
  readonly status: number | null;
  /** Of the error, where there was one. */
  readonly code: string | null;
  /** Where its name led to no address. */
  readonly nameless: Nameless | null;
  readonly page: SignInPage | null;
  /** By the `Date` of what was expected; nobody else's is this host's word. */
  readonly skewMs: number | null;
}

/** Where a sign-in page is. */
export interface SignInPage {
  /** The host that it sends to; null where it answered in the address's place. */
  readonly host: string | null;
  /**
   * What a browser is to open: without query, name and password, which may hold this PC's address or a session and are
   * nobody's to show. A page that is sent to with a query may want it: then it is the address that was asked, from which a
   * browser is sent there as we were, with a query of its own. Null where nothing is known that it could open.
   */
  readonly address: string | null;
}

/** `unreachable`: none of them answers anything; null: not enough evidence either way. */
export type ProbeVerdict =
  | 'online'
  | 'unreachable'
  | { readonly page: SignInPage; readonly hosts: readonly string[] }
  | null;

export function findingOf(check: InternetCheck, answer: ProbeAnswer): ProbeFinding {
  const { address } = check;
  const { hostname } = new URL(address);
  const says = wordOf(check, answer);
  return {
    address,
    host: hostname.replace(/^\[|\]$/g, ''),
    says,
    status: answer.status,
    code: answer.error?.code ?? null,
    nameless: answer.error && namelessBy(answer.error),
    page: says === 'page' ? pageOf(address, answer) : null,
    skewMs: says === 'online' ? skewOf(answer) : null,
  };
}

function wordOf(check: InternetCheck, { status, text, error, proxy }: ProbeAnswer): ProbeWord {
  if (error?.phase === 'aborted') return 'nothing';
  if (error?.phase === 'proxy' || (status === 407 && proxy !== null)) return 'proxy';
  if (status === null) return error !== null && answeredCodes.has(error.code) ? 'other' : 'unreachable';
  // A proxy that says which far side it could not reach speaks of that side.
  if (proxy !== null && status >= 502 && status <= 504) return 'unreachable';
  if (isExpected(check, status, text)) return error === null ? 'online' : 'other';
  const isPage = status === 511 || (status >= 200 && status <= 399);
  return isPage ? 'page' : 'other';
}

/** A proxy's name is one too. */
function namelessBy({ phase, code }: TransportFailure): Nameless | null {
  if (nameIsUnknown(code)) return 'unknown';
  return code === 'EAI_AGAIN' || phase === 'dns' ? 'unanswered' : null;
}

/** What was refused or cut was refused by somebody: a firewall, say. */
const answeredCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'CLOSED', 'NOT_HTTP']);

function isExpected({ expects }: InternetCheck, status: number, text: string): boolean {
  const expected = expectedStatus(expects);
  if (expected !== null) return status === expected;
  return status === 200 && oneLine(text) === oneLine(expects);
}

const oneLine = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .trim()
    .replace(/\s+/g, ' ');

/** A page that answers in the address's place comes up for whoever opens that address. */
function pageOf(asked: string, { status, headers }: ProbeAnswer): SignInPage {
  const location = status !== null && status >= 300 && status <= 399 ? headerValue(headers, 'location') : null;
  if (location === null || !URL.canParse(location, asked)) return { host: null, address: asked };
  const to = new URL(location, asked);
  if (to.protocol !== 'http:' && to.protocol !== 'https:') return { host: null, address: asked };
  const host = to.host === new URL(asked).host ? null : to.host;
  return { host, address: to.search === '' ? `${to.origin}${to.pathname}` : asked };
}

/** An answer that was kept somewhere on the way has the time at which it was kept. */
function skewOf({ headers, startedAt, endedAt }: ProbeAnswer): number | null {
  const age = Number(headerValue(headers, 'age') ?? 0);
  if (age > 0) return null;
  return skewFromDate(headerValue(headers, 'date'), startedAt, endedAt);
}

/**
 * What the answers amount to: two that agree decide (the only one where there is one alone), if the others do not
 * outnumber them. A sign-in page takes two of unrelated owners, however many were asked: one that sends elsewhere may
 * have moved (principle 5).
 */
export function verdictOf(findings: readonly ProbeFinding[]): ProbeVerdict {
  const online = findings.filter(({ says }) => says === 'online').length;
  const pages = findings.filter(({ says }) => says === 'page');
  if (online >= Math.min(2, findings.length) && online > pages.length) return 'online';
  const hosts = pages.map(({ host }) => host);
  if (countSites(hosts) >= 2 && pages.length > online) return { page: mostNamed(pages), hosts };
  const isSilent = findings.length > 0 && findings.every(({ says }) => says === 'unreachable');
  return isSilent ? 'unreachable' : null;
}

/** The place that most of them send to; one that is named before one that is not. */
function mostNamed(pages: readonly ProbeFinding[]): SignInPage {
  const places = pages.flatMap(({ page }) => (page === null ? [] : [page]));
  const votes = (host: string | null) => places.filter((place) => place.host === host).length;
  const [first] = [...places].sort(
    (one, other) => Number(other.host !== null) - Number(one.host !== null) || votes(other.host) - votes(one.host),
  );
  return first ?? { host: null, address: null };
}
