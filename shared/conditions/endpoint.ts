/** Conditions of one endpoint that a person is told of: it takes nothing, is gone for good, refused events, is back. */
import type { UtcMs } from '../domain.ts';
import {
  askOf,
  goneOf,
  isGone,
  isUnshaped,
  type Remedy,
  type RemedyAct,
  remedyOfAttention,
  remedyOfEndpoint,
  type StepFacts,
  stepOf,
} from '../remedies.ts';
import type { Endpoint, Situation } from '../schemas.ts';
import type { Condition, ConditionAction, ConditionProvider } from './condition.ts';
import { incident, label, quoted, say, sayCount, saySome } from './wording.ts';

export const endpointPath = (id: string): string => `/endpoints/${id}`;
export const waitingPath = (id: string): string => `/deliveries?endpoint=${id}&state=waiting`;
const attentionPath = (id: string): string => `/deliveries?endpoint=${id}&state=needs_attention`;

/** The buttons of a remedy, the main one first. */
export function remedyActions(act: RemedyAct, { id, waiting, needsAttention }: Endpoint): ConditionAction[] {
  const edit = `${endpointPath(id)}/edit`;
  const tryNow: ConditionAction[] =
    waiting + needsAttention > 0 ? [{ label: label('try_now'), does: { tryNow: id } }] : [];
  switch (act) {
    case 'change_address':
      return [{ label: label('change_address'), does: { go: edit } }, ...tryNow];
    case 'change_set_up':
      return [{ label: label('change_set_up'), does: { go: edit } }, ...tryNow];
    case 'show_deliveries':
      // What was refused is tried on by itself for a while, and can be looked at meanwhile.
      return [
        { label: label('show_deliveries'), does: { go: needsAttention > 0 ? attentionPath(id) : waitingPath(id) } },
      ];
    case 'try_now':
      return tryNow;
    case null:
      return [];
  }
}

/** Failing, or nothing taken for long enough that a person is told; one that only asks to slow down is told apart. */
const takesNothing = ({ switch: switchedTo, state, trouble }: Endpoint): boolean =>
  switchedTo === 'on' && (state === 'failing' || (trouble?.takesNothing === true && trouble.kind !== 'slow_down'));

/** Since when it takes nothing: the first failure after the last success. */
export const troubledSince = ({ trouble, failingSince }: Endpoint): UtcMs | null => trouble?.since ?? failingSince;

/**
 * Its trouble goes on, though nothing is said of it: its set-up was changed and has not been tried yet, or it is paused.
 */
export const troubleLasts: NonNullable<ConditionProvider['lasts']> = (was, { endpoints }) =>
  endpoints.some(
    (endpoint) => endpoint.id === was.about && was.since !== null && troubledSince(endpoint) === was.since,
  );

/** What all that is said of one trouble is about, until it is over: refused, silent or asked to wait, it is one. */
export const troubleIncident = (id: Endpoint['id'], since: UtcMs | null): string =>
  incident('endpoint_failing', id, since);

const callTitles = {
  call_unfinished: 'unfinished',
  call_garbled: 'garbled',
  call_closed: 'closed',
  call_insecure: 'insecure',
} as const;

/** What of its last answer the IT helper is told. */
function copyOf(remedy: Remedy, status: number) {
  if (remedy.name in callTitles) return callTitles[remedy.name as keyof typeof callTitles];
  return status === 0 ? 'silent' : 'answered';
}

function titleOf(endpoint: Endpoint, remedy: Remedy) {
  const { trouble, lastAnswer } = endpoint;
  const status = trouble ? trouble.status : (lastAnswer?.status ?? null);
  // It says no in the text of an answer whose status says yes: that status tells a reader nothing.
  const isWithin = status !== null && status >= 200 && status <= 299;
  if (trouble?.kind === 'certificate' || (trouble === null && lastAnswer?.outcome === 'certificate'))
    return 'certificate';
  switch (remedy.name) {
    case 'new_address':
    case 'gone':
    case 'test_address':
    case 'application':
    case 'exchange':
      return 'setup';
    case 'spelling':
      return 'address';
    case 'key':
    case 'redirect':
    case 'pay':
    case 'legal':
      return remedy.name;
    case 'secret':
      return 'signature';
    case 'credentials':
    case 'exempt':
    case 'token':
    case 'user':
      return 'key';
    case 'slash':
    case 'open_address':
    case 'deploy':
    case 'script_kind':
      return 'redirect';
    case 'in_between':
      return 'another';
    case 'destination':
    case 'queue':
      return 'nobody';
    case 'success_statuses':
    case 'must_contain':
    case 'must_not_contain':
      return 'rule';
    case 'event':
    case 'message':
      return isWithin ? 'refused_within' : 'refused';
    case 'mail_smtp':
      return 'insecure';
    case 'call_unfinished':
    case 'call_garbled':
    case 'call_closed':
    case 'call_insecure':
      return callTitles[remedy.name];
    default:
      return status === null ? 'silent' : isWithin ? 'errors_within' : 'errors';
  }
}

function failing(endpoint: Endpoint, remedy: Remedy, version: string): Condition {
  const kind = 'endpoint_failing';
  const { id, name, lastAnswer, waiting, trouble } = endpoint;
  const since = troubledSince(endpoint);
  const status = (trouble ? trouble.status : lastAnswer?.status) ?? 0;
  const said = trouble?.said ?? null;
  const facts: StepFacts = { id, name, sinceAt: since ?? 0, status };
  const ask = askOf(remedy, waiting);
  return {
    id: troubleIncident(id, since),
    kind,
    tone: 'bad',
    since,
    title: say(kind, `title.${titleOf(endpoint, remedy)}`, { name, status }),
    meaning: sayCount(kind, 'meaning', waiting, { name, sinceAt: since ?? 0 }),
    brief: sayCount(kind, 'brief', waiting, { sinceAt: since ?? 0 }),
    said: quoted(said),
    step: stepOf(remedy, facts),
    headline: [
      said === null
        ? say(kind, 'headline', { name, sinceAt: since ?? 0 })
        : say(kind, 'headline_said', { name, sinceAt: since ?? 0, said }),
      ...(ask ? [ask] : []),
    ],
    turn: remedy.turn,
    actions: [
      ...remedyActions(remedy.act, endpoint),
      {
        label: label('copy_for_it'),
        does: {
          copy: say(kind, `copy.${copyOf(remedy, status)}`, {
            name,
            address: endpoint.address,
            sinceAt: since ?? 0,
            status,
            count: waiting,
            version,
          }),
        },
      },
    ],
    path: endpointPath(id),
    toasts: true,
    about: id,
  };
}

export const endpointFailing: ConditionProvider = {
  kind: 'endpoint_failing',
  present: ({ endpoints, version }) =>
    endpoints.filter(takesNothing).flatMap((endpoint) => {
      const remedy = remedyOfEndpoint(endpoint);
      return remedy ? [failing(endpoint, remedy, version)] : [];
    }),
  lasts: troubleLasts,
};

/** A receiver that answered 410 had its endpoint paused by the engine: nobody else would notice. */
export const endpointGone: ConditionProvider = {
  kind: 'endpoint_gone',
  present: ({ endpoints }) => endpoints.filter(isGone).map(gone),
};

function gone(endpoint: Endpoint): Condition {
  const { id, name, waiting, lastAnswer } = endpoint;
  const remedy = goneOf(endpoint);
  const ask = askOf(remedy, waiting);
  const title = say('endpoint_gone', 'title', { name });
  const since = troubledSince(endpoint);
  return {
    id: incident('endpoint_gone', id, lastAnswer?.at ?? null),
    ...(since === null ? {} : { incident: troubleIncident(id, since) }),
    kind: 'endpoint_gone',
    tone: 'bad',
    since: lastAnswer?.at ?? null,
    title,
    meaning: sayCount('endpoint_gone', 'meaning', waiting, { name }),
    step: stepOf(remedy, { id, name, sinceAt: lastAnswer?.at ?? 0, status: lastAnswer?.status ?? 0 }),
    headline: ask ? [title, ask] : [title],
    turn: 'it_helper',
    actions: [{ label: label('change_address'), does: { go: `${endpointPath(id)}/edit` } }],
    path: endpointPath(id),
    toasts: true,
    about: id,
  };
}

/** Some events' own trouble while the endpoint takes others; one that takes nothing speaks for its own. */
export const deliveryNeedsAttention: ConditionProvider = {
  kind: 'delivery_needs_attention',
  present: ({ endpoints }) => endpoints.filter((one) => !takesNothing(one)).flatMap(needsAttention),
};

function needsAttention(endpoint: Endpoint): Condition[] {
  const kind = 'delivery_needs_attention';
  const { id, name, state, needsAttention: count, attention } = endpoint;
  const isPaused = state === 'paused';
  const said = attention?.said ?? null;
  const meaning = isPaused ? 'paused' : attention?.othersGetThrough ? 'active' : 'kept';
  const title = isUnshaped(attention?.sentence ?? null)
    ? sayCount(kind, 'unshaped', count, { name })
    : sayCount(kind, 'title', count, { name });
  const remedy = remedyOfAttention(endpoint);
  if (remedy === null) return [];
  const ask = askOf(remedy, 0);
  return [
    {
      id: incident(kind, id),
      kind,
      tone: 'bad',
      since: attention?.since ?? null,
      title,
      meaning: say(kind, `meaning.${meaning}`, { name }),
      said: quoted(said),
      step: stepOf(remedy, { id, name, sinceAt: attention?.since ?? 0, status: attention?.status ?? 0 }),
      headline: [said === null ? title : sayCount(kind, 'headline_said', count, { name, said }), ...(ask ? [ask] : [])],
      turn: remedy.turn,
      actions: [
        ...(remedy.name === 'event' ? [] : remedyActions(remedy.act, endpoint).slice(0, 1)),
        { label: label('show_deliveries'), does: { go: attentionPath(id) } },
      ],
      path: attentionPath(id),
      // A person has just paused it, and knows.
      toasts: !isPaused,
      about: id,
      amount: count,
    },
  ];
}

/** Good news for a day: since when it failed, until when, how many waited, and what became of them. */
export const endpointRecovered: ConditionProvider = {
  kind: 'endpoint_recovered',
  present: (situation) =>
    situation.recoveries
      .filter(({ endpointId }) =>
        situation.endpoints.some((one) => one.id === endpointId && one.state !== 'failing' && !takesNothing(one)),
      )
      .map((recovery) => {
        const { endpointId, name, since, until } = recovery;
        return {
          id: incident('endpoint_recovered', endpointId, until),
          incident: troubleIncident(endpointId, since),
          isEnd: true,
          kind: 'endpoint_recovered',
          tone: 'fine',
          since: until,
          title: say('endpoint_recovered', 'title', { name }),
          meaning: afterwards(recovery, situation),
          step: null,
          turn: 'nobody',
          actions: [],
          path: endpointPath(endpointId),
          toasts: true,
          about: endpointId,
        };
      }),
};

/**
 * In the numbers of the outage's own record wherever it is here, so that a notice and the list of outages say the same.
 * Counts what really went: what still waits is not said to be on its way.
 */
function afterwards(
  { endpointId, name, since, until, waited }: Situation['recoveries'][number],
  { outages, endpoints }: Situation,
) {
  const kind = 'endpoint_recovered';
  const params = { name, sinceAt: since, untilAt: until };
  const outage = outages.find((one) => one.endpointId === endpointId && one.until === until);
  const events = outage?.events ?? waited;
  const left = outage?.left ?? endpoints.find(({ id }) => id === endpointId)?.waiting ?? 0;
  const skipped = outage?.skipped ?? 0;
  if (events > 0 && left > 0) return saySome(kind, 'meaning_left', events, { ...params, left: Math.min(left, events) });
  if (events > 0 && skipped > 0) return saySome(kind, 'meaning_skipped', events, { ...params, skipped });
  return sayCount(kind, 'meaning', events, params);
}
