/** Conditions of one endpoint: failing, gone for good, its events refused, and recovered. */
import type { OutcomeClass } from '../domain.ts';
import type { Endpoint } from '../schemas.ts';
import type { Condition, ConditionProvider, Turn } from './condition.ts';
import { incident, label, say, sayCount } from './wording.ts';

export const endpointPath = (id: string): string => `/endpoints/${id}`;

type Trouble = 'setup' | 'address' | 'certificate' | 'errors' | 'silent';

/** Which trouble the last answer shows; decides the words and whose turn it is. */
function troubleOf(outcome: OutcomeClass | undefined, status: number | null | undefined): Trouble {
  if (outcome === 'setup' || outcome === 'gone') return 'setup';
  if (outcome === 'wrong_address') return 'address';
  if (outcome === 'certificate') return 'certificate';
  return typeof status === 'number' ? 'errors' : 'silent';
}

const turnOf: Record<Trouble, Turn> = {
  setup: 'it_helper',
  address: 'it_helper',
  certificate: 'receiver',
  errors: 'receiver',
  silent: 'receiver',
};

function failing(endpoint: Endpoint, version: string): Condition {
  const kind = 'endpoint_failing';
  const { id, name, failingSince: since, lastAnswer, waiting, nextTrialAt } = endpoint;
  const trouble = troubleOf(lastAnswer?.outcome, lastAnswer?.status);
  const status = lastAnswer?.status ?? 0;
  const changeAddress = { label: label('change_address'), does: { go: `${endpointPath(id)}/edit` } };
  const tryNow = { label: label('try_now'), does: { tryNow: id } };
  const needsNewAddress = trouble === 'setup' || trouble === 'address';
  return {
    id: incident(kind, id, since),
    kind,
    tone: 'bad',
    since,
    title: say(kind, `title.${trouble}`, { name, status }),
    meaning: sayCount(kind, 'meaning', waiting, { name, sinceAt: since ?? 0 }),
    step:
      nextTrialAt === null || needsNewAddress
        ? say(kind, `step.${trouble}`, { name })
        : say(kind, `step.${trouble}_trial`, { name, nextAt: nextTrialAt }),
    turn: turnOf[trouble],
    actions: [
      ...(needsNewAddress ? [changeAddress, tryNow] : [tryNow]),
      {
        label: label('copy_for_it'),
        does: {
          copy: say(kind, status === 0 ? 'copy.silent' : 'copy.answered', {
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
    endpoints.filter((endpoint) => endpoint.state === 'failing').map((endpoint) => failing(endpoint, version)),
};

/** A receiver that answered 410 had its endpoint paused by the engine: nobody else would notice. */
export const endpointGone: ConditionProvider = {
  kind: 'endpoint_gone',
  present: ({ endpoints }) =>
    endpoints
      .filter(({ switch: switchedTo, lastAnswer }) => switchedTo === 'paused' && lastAnswer?.outcome === 'gone')
      .map(({ id, name, waiting, lastAnswer }) => ({
        id: incident('endpoint_gone', id, lastAnswer?.at ?? null),
        kind: 'endpoint_gone',
        tone: 'bad',
        since: lastAnswer?.at ?? null,
        title: say('endpoint_gone', 'title', { name }),
        meaning: sayCount('endpoint_gone', 'meaning', waiting, { name }),
        step: say('endpoint_gone', 'step', { name }),
        turn: 'it_helper',
        actions: [{ label: label('change_address'), does: { go: `${endpointPath(id)}/edit` } }],
        path: endpointPath(id),
        toasts: true,
        about: id,
      })),
};

/** Some events' own trouble while the endpoint takes others; a failing endpoint speaks for its own. */
export const deliveryNeedsAttention: ConditionProvider = {
  kind: 'delivery_needs_attention',
  present: ({ endpoints }) =>
    endpoints
      .filter(({ state, needsAttention }) => state !== 'failing' && needsAttention > 0)
      .map(({ id, name, state, needsAttention }) => {
        const isPaused = state === 'paused';
        const path = `/deliveries?endpoint=${id}&state=needs_attention`;
        return {
          id: incident('delivery_needs_attention', id),
          kind: 'delivery_needs_attention',
          tone: 'bad',
          since: null,
          title: sayCount('delivery_needs_attention', 'title', needsAttention, { name }),
          meaning: say('delivery_needs_attention', isPaused ? 'meaning.paused' : 'meaning.active', { name }),
          step: say('delivery_needs_attention', 'step', { name }),
          turn: 'it_helper',
          actions: [{ label: label('show_deliveries'), does: { go: path } }],
          path,
          // A person has just paused it, and knows.
          toasts: !isPaused,
          about: id,
          amount: needsAttention,
        };
      }),
};

/** Good news for a day: since when it failed, until when, and how many waited. */
export const endpointRecovered: ConditionProvider = {
  kind: 'endpoint_recovered',
  present: ({ recoveries, endpoints }) =>
    recoveries
      .filter(({ endpointId }) => endpoints.some(({ id, state }) => id === endpointId && state !== 'failing'))
      .map(({ endpointId, name, since, until, waited }) => ({
        id: incident('endpoint_recovered', endpointId, until),
        kind: 'endpoint_recovered',
        tone: 'fine',
        since: until,
        title: say('endpoint_recovered', 'title', { name }),
        meaning: sayCount('endpoint_recovered', 'meaning', waited, { name, sinceAt: since, untilAt: until }),
        step: null,
        turn: 'nobody',
        actions: [],
        path: endpointPath(endpointId),
        toasts: true,
        about: endpointId,
      })),
};
