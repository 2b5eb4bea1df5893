/**
 * What has to be done about a trouble, and by whom: one table, so that card, chip, row, page, details of a delivery
 * and doctor say the same of the same trouble. Keyed by the sentence that an outcome says, which is the most that is
 * known of it.
 */
import type { Sentence } from './domain.ts';
import { type EndpointKindName, kindNamed } from './endpoint-kinds/index.ts';
import type { Delivery, Endpoint, TestResult } from './schemas.ts';
import type { outcomesEn } from './sentences/outcomes.en.ts';
import { type SentenceKey, sentence } from './sentences/sentence.ts';

/** Whose turn it is: the manager's, the IT helper's, or nobody's: it mends itself. A receiver cannot read the screen. */
export const turns = ['manager', 'it_helper', 'nobody'] as const;
export type Turn = (typeof turns)[number];

/** What the main button does; null where nothing in this window helps. */
export type RemedyAct = 'change_address' | 'change_set_up' | 'show_deliveries' | 'try_now' | null;

interface RemedyFacts {
  readonly turn: Turn;
  readonly act: RemedyAct;
}

const remedies = {
  new_address: { turn: 'it_helper', act: 'change_address' },
  gone: { turn: 'it_helper', act: 'change_address' },
  lookup: { turn: 'it_helper', act: 'change_address' },
  spelling: { turn: 'it_helper', act: 'change_address' },
  redirect: { turn: 'it_helper', act: 'change_address' },
  test_address: { turn: 'it_helper', act: 'change_address' },
  slash: { turn: 'it_helper', act: 'change_address' },
  open_address: { turn: 'it_helper', act: 'change_address' },
  key: { turn: 'it_helper', act: 'change_set_up' },
  secret: { turn: 'it_helper', act: 'change_set_up' },
  token: { turn: 'it_helper', act: 'change_set_up' },
  user: { turn: 'it_helper', act: 'change_set_up' },
  application: { turn: 'it_helper', act: 'change_address' },
  exchange: { turn: 'it_helper', act: 'change_address' },
  credentials: { turn: 'it_helper', act: 'change_set_up' },
  chat: { turn: 'it_helper', act: 'change_set_up' },
  chat_moved: { turn: 'it_helper', act: 'change_set_up' },
  deploy: { turn: 'it_helper', act: 'try_now' },
  script: { turn: 'it_helper', act: 'try_now' },
  script_kind: { turn: 'it_helper', act: 'change_set_up' },
  destination: { turn: 'it_helper', act: 'try_now' },
  in_between: { turn: 'it_helper', act: 'try_now' },
  queue: { turn: 'it_helper', act: 'change_set_up' },
  login: { turn: 'it_helper', act: 'change_set_up' },
  mail_sender: { turn: 'it_helper', act: 'change_set_up' },
  recipients: { turn: 'it_helper', act: 'change_set_up' },
  mail_smtp: { turn: 'it_helper', act: 'change_address' },
  mail_smtps: { turn: 'it_helper', act: 'change_address' },
  mail_server: { turn: 'it_helper', act: 'change_address' },
  exempt: { turn: 'it_helper', act: 'try_now' },
  workflow: { turn: 'it_helper', act: 'try_now' },
  own_certificate: { turn: 'it_helper', act: 'change_set_up' },
  pace: { turn: 'it_helper', act: 'change_set_up' },
  event: { turn: 'it_helper', act: 'show_deliveries' },
  template: { turn: 'it_helper', act: 'change_set_up' },
  message: { turn: 'it_helper', act: 'change_set_up' },
  success_statuses: { turn: 'it_helper', act: 'change_set_up' },
  must_contain: { turn: 'it_helper', act: 'change_set_up' },
  must_not_contain: { turn: 'it_helper', act: 'change_set_up' },
  certificate: { turn: 'manager', act: 'try_now' },
  pay: { turn: 'manager', act: 'try_now' },
  legal: { turn: 'manager', act: 'try_now' },
  call_answered: { turn: 'manager', act: 'try_now' },
  call_unfinished: { turn: 'manager', act: 'try_now' },
  call_garbled: { turn: 'manager', act: 'try_now' },
  call_closed: { turn: 'manager', act: 'try_now' },
  call_insecure: { turn: 'manager', act: 'try_now' },
  call_silent: { turn: 'manager', act: 'try_now' },
  device: { turn: 'manager', act: 'try_now' },
  wait: { turn: 'nobody', act: 'try_now' },
  slow: { turn: 'nobody', act: null },
  internet: { turn: 'manager', act: null },
  silence: { turn: 'manager', act: null },
  local_network: { turn: 'manager', act: 'try_now' },
  sign_in: { turn: 'manager', act: null },
  clock: { turn: 'manager', act: null },
  interception: { turn: 'it_helper', act: null },
  proxy: { turn: 'it_helper', act: null },
  proxy_password: { turn: 'it_helper', act: null },
  proxy_away: { turn: 'it_helper', act: null },
  none: { turn: 'nobody', act: null },
} as const satisfies Readonly<Record<string, RemedyFacts>>;

export type RemedyName = keyof typeof remedies;

/**
 * Those who run it are called once it has lasted. What they are told is what it does: a status alone is no answer, where
 * the rest of it never came, and one that closes or talks nonsense is switched on. `call` is told apart by whether a
 * whole answer came, and by whether the receiver is a thing at the property.
 */
type Call = 'call' | Extract<RemedyName, `call_${string}`>;
const isCall = (name: RemedyName | Call): name is Call => name.startsWith('call');

const remedyOfOutcome: Readonly<Record<keyof typeof outcomesEn, RemedyName | Call>> = {
  'outcome.delivered': 'none',
  'outcome.interrupted': 'none',
  'outcome.interrupted_no_room': 'none',
  'outcome.asleep': 'none',
  'outcome.network_away': 'none',
  'outcome.network_changed': 'none',

  'outcome.offline': 'internet',
  'outcome.silence': 'silence',
  'outcome.local_network': 'local_network',
  'outcome.captive_portal': 'sign_in',
  'outcome.clock': 'clock',
  'outcome.tls_interception': 'interception',
  'outcome.tls_interception_by': 'interception',
  'outcome.proxy_password': 'proxy_password',
  'outcome.proxy_password_refused': 'proxy_password',
  'outcome.proxy_sign_in': 'proxy',
  'outcome.proxy_unreachable': 'proxy_away',
  'outcome.proxy_refused': 'proxy',
  'outcome.proxy_socks': 'proxy',

  'outcome.wrong_address': 'spelling',
  'outcome.name_not_found': 'lookup',
  'outcome.redirect': 'redirect',
  'outcome.redirect_unnamed': 'redirect',
  'outcome.address_refused': 'new_address',
  'outcome.address_unknown': 'new_address',
  'outcome.not_for_events': 'new_address',
  'outcome.gone': 'gone',
  'outcome.gone_told': 'gone',
  'outcome.key_refused': 'key',
  'outcome.token_refused': 'token',
  'outcome.user_refused': 'user',
  'outcome.application_unknown': 'application',
  'outcome.exchange_unknown': 'exchange',
  'outcome.signature_refused': 'secret',
  'outcome.credentials_wanted': 'credentials',
  'outcome.chat_unknown': 'chat',
  'outcome.chat_moved': 'chat_moved',
  'outcome.script_unconfirmed': 'none',
  'outcome.script_for_few': 'deploy',
  'outcome.script_failed': 'script',
  'outcome.script_redirect': 'script_kind',
  'outcome.known_already': 'none',
  'outcome.for_nobody': 'destination',
  'outcome.not_its_answer': 'in_between',
  'outcome.not_routed': 'queue',
  'outcome.csrf': 'exempt',
  'outcome.workflow_off': 'workflow',
  'outcome.test_address': 'test_address',
  'outcome.slash_missing': 'slash',
  'outcome.sign_in_page': 'open_address',
  'outcome.payment_required': 'pay',
  'outcome.legally_blocked': 'legal',

  'outcome.no_answer': 'call',
  'outcome.answer_unfinished': 'call_unfinished',
  'outcome.answer_broke_off': 'call_unfinished',
  'outcome.connection_refused': 'call',
  'outcome.connection_lost': 'call_closed',
  'outcome.unreachable': 'call',
  'outcome.lookup_failed': 'call',
  'outcome.no_secure_connection': 'call_insecure',
  'outcome.not_http': 'call_garbled',
  'outcome.behind_proxy_unreachable': 'call',
  'outcome.server_error': 'call',
  'outcome.unavailable': 'call',

  'outcome.certificate_expired': 'certificate',
  'outcome.certificate_not_yet_valid': 'certificate',
  'outcome.certificate_bad': 'certificate',
  'outcome.certificate_wrong_host': 'spelling',
  'outcome.certificate_self_signed': 'own_certificate',
  'outcome.certificate_unknown_issuer': 'own_certificate',
  'outcome.certificate_unknown_issuer_unnamed': 'own_certificate',

  'outcome.throttled': 'slow',
  'outcome.busy': 'slow',
  'outcome.throttled_too_long': 'pace',

  'outcome.mail_login_refused': 'login',
  'outcome.mail_login_wanted': 'login',
  'outcome.mail_sender_refused': 'mail_sender',
  'outcome.mail_recipient_refused': 'recipients',
  'outcome.mail_partly': 'none',
  'outcome.mail_not_from_here': 'mail_server',
  'outcome.mail_no_encryption': 'mail_server',
  'outcome.mail_plain_first': 'mail_smtp',
  'outcome.mail_no_greeting': 'mail_smtps',
  'outcome.not_smtp': 'mail_server',
  'outcome.mail_later': 'wait',
  'outcome.mail_login_later': 'wait',
  'outcome.mail_later_for': 'wait',
  'outcome.mail_later_too_long': 'mail_server',
  'outcome.mail_refused': 'event',

  'outcome.event_too_large': 'event',
  'outcome.event_too_large_limit': 'event',
  'outcome.event_refused': 'event',
  'outcome.refused_within': 'event',
  'outcome.not_a_success': 'success_statuses',
  'outcome.answer_says': 'must_not_contain',
  'outcome.answer_lacks': 'must_contain',
  'outcome.shape_failed': 'template',
  'outcome.message_unfit': 'message',
  'outcome.event_blocked': 'event',
};

export interface Remedy extends RemedyFacts {
  readonly name: RemedyName;
  /** At a service on the internet, whose makers nobody calls: its words are others. */
  readonly atService?: true;
  /** What the receiver itself named: it has to be entered. */
  readonly named?: { readonly chatId: string };
}

/** Of what is done at a service on the internet: a hook is made there, and whether it works is seen elsewhere too. */
const wordsAtService: Partial<Record<RemedyName, 'new_hook' | 'gone_hook' | 'service'>> = {
  new_address: 'new_hook',
  gone: 'gone_hook',
  call_answered: 'service',
  call_unfinished: 'service',
  call_garbled: 'service',
  call_closed: 'service',
  call_insecure: 'service',
  call_silent: 'service',
};

export interface RemedyInput {
  /** What the outcome said; null, or one of a newer version, is told as trouble of the receiver's own. */
  readonly says: Sentence | null;
  /** The status that was answered; null where none was. */
  readonly status: number | null;
  /** The receiver stands at the property. */
  readonly local: boolean;
  /** It has lasted long enough that a person is told; before that, what may pass by itself is waited for. */
  readonly lasting: boolean;
}

export function remedyOf({ says, status, local, lasting }: RemedyInput): Remedy {
  const table: Readonly<Record<string, RemedyName | Call>> = remedyOfOutcome;
  const found = table[says?.key ?? ''] ?? 'call';
  const chatId = says?.params.chatId;
  if (found === 'chat_moved' && chatId !== undefined) return { ...remedy(found), named: { chatId: String(chatId) } };
  if (isCall(found) && !lasting) return remedy('wait');
  if (found !== 'call') return remedy(found);
  return remedy(status !== null ? 'call_answered' : local ? 'device' : 'call_silent');
}

const remedy = (name: RemedyName): Remedy => ({ name, ...remedies[name] });

/** @param kind of the endpoint; unknown, it is told as anybody's */
const forKind = (own: Remedy, kind: EndpointKindName | undefined): Remedy =>
  kind !== undefined && kindNamed(kind).hasOwnHosts === true ? { ...own, atService: true } : own;

/** What a trouble of an endpoint is known by: its record, or the last answer where there is none. */
type InTrouble = Pick<Endpoint, 'trouble' | 'lastAnswer' | 'local' | 'state'> & Partial<Pick<Endpoint, 'kind'>>;

const isLasting = ({ state, trouble }: Pick<InTrouble, 'state' | 'trouble'>): boolean =>
  state === 'failing' || (trouble?.takesNothing ?? false);

/** It takes what it is sent: the address and the key are in order. */
const takesOthers = ({ state, trouble }: Pick<InTrouble, 'state' | 'trouble'>): boolean =>
  state !== 'failing' && (trouble === null || trouble.othersGotThrough);

/** The remedy of an endpoint's present trouble; null while it is in none. */
export function remedyOfEndpoint(endpoint: InTrouble): Remedy | null {
  const { trouble, lastAnswer, local, state } = endpoint;
  if (trouble === null && state !== 'failing') return null;
  const says = trouble?.sentence ?? lastAnswer?.sentence ?? null;
  const status = trouble ? trouble.status : (lastAnswer?.status ?? null);
  const own = remedyOf({ says, status, local, lasting: isLasting(endpoint) });
  const isEvents = takesOthers(endpoint) && needsSetUp(own) && !isOfTemplate(own);
  return isEvents ? remedy('event') : forKind(own, endpoint.kind);
}

/**
 * The remedy of what an endpoint that takes others refused, while it is tried again by itself; null where waiting is
 * all there is to do.
 */
export function remedyOfRetried(
  endpoint: InTrouble & Pick<Endpoint, 'switch' | 'waiting' | 'retrying' | 'retried'>,
): Remedy | null {
  const { switch: on, state, trouble, waiting, retrying, retried, local } = endpoint;
  if (on !== 'on' || state === 'failing' || trouble !== null || waiting === 0 || retrying === 0) return null;
  if (!retried?.sentence) return null;
  const own = remedyOf({ says: retried.sentence, status: null, local, lasting: false });
  if (isOfTemplate(own)) return own;
  return own.name === 'event' || needsSetUp(own) ? remedy('event') : null;
}

/** Its receiver was never asked: the endpoint's own template does not fit the event. */
export const isUnshaped = (says: Sentence | null): boolean => says?.key === 'outcome.shape_failed';

/** What its own template makes of the event has to be another, whatever else it takes. */
const isOfTemplate = ({ name }: Remedy): boolean => name === 'template' || name === 'message';

/** Its address or its set-up would have to be another. */
const needsSetUp = ({ act }: Remedy): boolean => act === 'change_address' || act === 'change_set_up';

/**
 * The remedy of a delivery that did not arrive. While its endpoint is in trouble, what its last answer says; once the
 * endpoint takes others again, the address and the key are in order, and what is left is to send it again.
 */
export function remedyOfDelivery(
  { state, sentence, status }: Pick<Delivery, 'state' | 'sentence' | 'status'>,
  endpoint: InTrouble | null,
): Remedy | null {
  if ((state !== 'waiting' && state !== 'needs_attention') || sentence === null) return null;
  const lasting = endpoint !== null && isLasting(endpoint);
  const own = remedyOf({ says: sentence, status, local: endpoint?.local ?? false, lasting });
  if (own.name === 'none') return null;
  if (endpoint !== null && takesOthers(endpoint)) {
    if (isOfTemplate(own)) return own;
    if (needsSetUp(own)) return remedy('event');
    // What was the receiver's is over; what it waits for is its turn.
    const isOver = endpoint.trouble === null;
    if (isOver && own.act === 'try_now') return remedy(state === 'needs_attention' ? 'event' : 'wait');
  }
  return state === 'needs_attention' && own.name === 'wait' ? remedy('event') : forKind(own, endpoint?.kind);
}

/** The remedy of the deliveries of an endpoint that need a person; null where none does. */
export function remedyOfAttention(endpoint: InTrouble & Pick<Endpoint, 'needsAttention' | 'attention'>): Remedy | null {
  const { needsAttention, attention } = endpoint;
  if (needsAttention === 0) return null;
  const event = remedy('event');
  if (attention === null) return event;
  const { sentence, status, othersGetThrough } = attention;
  const own = remedyOfDelivery({ state: 'needs_attention', sentence, status }, endpoint) ?? event;
  return othersGetThrough && !isOfTemplate(own) ? event : own;
}

/** Paused by the engine, since its receiver said that it is gone for good. */
export const isGone = ({ switch: switchedTo, lastAnswer }: Pick<Endpoint, 'switch' | 'lastAnswer'>): boolean =>
  switchedTo === 'paused' && lastAnswer?.outcome === 'gone';

/** What is to be done about one that {@link isGone}. */
export const goneOf = ({ kind }: Pick<Endpoint, 'kind'>): Remedy => forKind(remedy('gone'), kind);

/** What is to be done about an endpoint, worst first, with what its step names; null while there is nothing. */
export function remedyNow(endpoint: Endpoint): { readonly remedy: Remedy; readonly facts: StepFacts } | null {
  const { id, name, trouble, failingSince, lastAnswer, attention } = endpoint;
  const facts = {
    id,
    name,
    sinceAt: trouble?.since ?? failingSince ?? 0,
    status: (trouble ? trouble.status : lastAnswer?.status) ?? 0,
  };
  if (isGone(endpoint)) return { remedy: goneOf(endpoint), facts };
  const own = endpoint.switch === 'on' ? remedyOfEndpoint(endpoint) : null;
  if (own) return { remedy: own, facts };
  const ofSome = endpoint.switch === 'removed' ? null : remedyOfAttention(endpoint);
  if (ofSome) {
    return { remedy: ofSome, facts: { id, name, sinceAt: attention?.since ?? 0, status: attention?.status ?? 0 } };
  }
  const retried = remedyOfRetried(endpoint);
  return retried && { remedy: retried, facts };
}

/**
 * The remedy of a test send that was not taken; null where there is none but to read what was answered: a test is not
 * tried again by itself, and is no delivery to send again or to cancel.
 */
export function remedyOfTest(
  { ok, attempt }: Pick<TestResult, 'ok' | 'attempt'>,
  kind?: Endpoint['kind'],
): Remedy | null {
  // Of some of those whom a mail is for, its server has nobody.
  if (ok) return attempt.sentence?.key === 'outcome.mail_partly' ? remedy('recipients') : null;
  // Whether the receiver stands at the property matters only once it lasts.
  const own = remedyOf({ says: attempt.sentence, status: attempt.status, local: false, lasting: false });
  return own.turn === 'nobody' || own.name === 'event' ? null : forKind(own, kind);
}

/** What such a step names. */
export interface StepFacts {
  /** The endpoint's, for a command about it. */
  readonly id: string;
  readonly name: string;
  readonly sinceAt: number;
  readonly status: number;
}

type Named = Pick<Remedy, 'name' | 'atService' | 'named'>;

/** The name of its words; null where there is nothing to do. */
const wordsOf = ({ name, atService }: Named) =>
  name === 'none' ? null : ((atService && wordsAtService[name]) ?? name);

/** The next step in a sentence, for whoever's turn it is; null where there is none. */
export function stepOf(remedy: Named, facts: StepFacts): Sentence | null {
  const words = wordsOf(remedy);
  if (words === 'chat_moved') {
    const { named } = remedy;
    return named
      ? sentence('remedy.chat_moved.step', { ...facts, ...named })
      : sentence('remedy.chat.step', { ...facts });
  }
  return words && sentence(`remedy.${words}.step`, { ...facts });
}

/** The same for a headline: whose turn it is, what they must do, and that what waits is safe. */
export function askOf(remedy: Named, waiting: number): Sentence | null {
  const words = wordsOf(remedy);
  if (words === null) return null;
  const key: SentenceKey = `remedy.${words}.ask.${waiting === 0 ? 'none' : waiting === 1 ? 'one' : 'many'}`;
  return { key, params: { count: waiting } };
}
