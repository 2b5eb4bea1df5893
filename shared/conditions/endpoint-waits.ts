/** Conditions of one endpoint that mend themselves, or that a person chose: nobody is told of them by a toast. */
import { isDoingOfPage } from '../facts.ts';
import { askOf, isGone, remedyOfEndpoint, remedyOfRetried, stepOf } from '../remedies.ts';
import type { Endpoint } from '../schemas.ts';
import type { Condition, ConditionProvider } from './condition.ts';
import { endpointPath, remedyActions, troubledSince, troubleIncident, troubleLasts, waitingPath } from './endpoint.ts';
import { incident, label, quoted, say, sayCount } from './wording.ts';

const showWaiting = (id: string) => ({ label: label('show_deliveries'), does: { go: waitingPath(id) } });

/** The last request failed; whether that lasts is not known yet. */
export const endpointDegraded: ConditionProvider = {
  kind: 'endpoint_degraded',
  present: ({ endpoints, facts }) => endpoints.filter((one) => !isDoingOfPage(facts, one)).flatMap(degraded),
};

function degraded(endpoint: Endpoint): Condition[] {
  const kind = 'endpoint_degraded';
  const { id, name, switch: switchedTo, state, trouble, waiting, nextAttemptAt } = endpoint;
  if (switchedTo !== 'on' || state === 'failing' || trouble === null) return [];
  if (trouble.takesNothing || trouble.kind === 'slow_down') return [];
  const remedy = remedyOfEndpoint(endpoint);
  if (remedy === null) return [];
  const since = troubledSince(endpoint);
  // An event that was refused and needs a person is told as such.
  const isOfEvent = remedy.name === 'event' || remedy.name === 'message';
  if (isOfEvent && waiting === 0 && endpoint.needsAttention > 0) return [];
  const isTried = waiting > 0 && remedy.name === 'wait';
  const title = sayCount(kind, 'title', waiting, { name });
  const waits = nextAttemptAt === null ? stepOf({ name: 'wait' }, factsOf(endpoint)) : null;
  const step = isTried
    ? (waits ?? say(kind, 'step', { nextAt: nextAttemptAt ?? 0 }))
    : stepOf(remedy, factsOf(endpoint));
  // The title counts what waits.
  const ask = isTried || remedy.turn === 'nobody' ? step : askOf(remedy, 0);
  return [
    {
      id: incident(kind, id, since),
      kind,
      tone: 'wait',
      since,
      title,
      meaning: trouble.sentence,
      said: quoted(trouble.said),
      step,
      headline: ask ? [title, ask] : [title],
      turn: isTried ? 'nobody' : remedy.turn,
      actions: isTried ? [...remedyActions('try_now', endpoint), showWaiting(id)] : remedyActions(remedy.act, endpoint),
      path: endpointPath(id),
      toasts: false,
      about: id,
    },
  ];
}

const factsOf = (endpoint: Endpoint) => ({
  id: endpoint.id,
  name: endpoint.name,
  sinceAt: troubledSince(endpoint) ?? 0,
  status: endpoint.trouble?.status ?? 0,
});

/** It asks to be sent less: nothing is lost and nobody need do anything, but healthy it is not. */
export const endpointSlowDown: ConditionProvider = {
  kind: 'endpoint_slow_down',
  present: ({ endpoints }) => endpoints.flatMap(slowDown),
  lasts: troubleLasts,
};

function slowDown(endpoint: Endpoint): Condition[] {
  const kind = 'endpoint_slow_down';
  const { id, name, switch: switchedTo, state, trouble, waiting, heldUntil } = endpoint;
  if (switchedTo !== 'on' || state === 'failing') return [];
  if (trouble === null) return askedToWait(endpoint);
  if (trouble.kind !== 'slow_down') return [];
  const remedy = remedyOfEndpoint(endpoint);
  if (remedy === null) return [];
  const isAsked = remedy.name === 'slow' && heldUntil !== null;
  const title = say(kind, 'title', { name, sinceAt: trouble.since });
  const ask = askOf(remedy, waiting);
  return [
    {
      id: incident(kind, id, trouble.since),
      incident: troubleIncident(id, trouble.since),
      kind,
      tone: 'wait',
      since: trouble.since,
      title,
      // Its trouble began with what it took last: pace or not, since then nothing got through.
      meaning: sayCount(kind, 'meaning_nothing', waiting),
      said: quoted(trouble.said),
      step: isAsked ? say(kind, 'step', { nextAt: heldUntil, id }) : stepOf(remedy, factsOf(endpoint)),
      headline: ask ? [title, ask] : [title],
      turn: remedy.turn,
      actions: [
        // It may take events again long before the time that it once asked for.
        ...remedyActions(isAsked ? 'try_now' : remedy.act, endpoint),
        ...(waiting > 0 ? [showWaiting(id)] : []),
      ],
      path: endpointPath(id),
      // Only once it lasts: a pause of a minute is nothing that anybody need hear of.
      toasts: trouble.takesNothing,
      about: id,
    },
  ];
}

/** What was on its way went through, and yet nothing goes out until then. */
function askedToWait(endpoint: Endpoint): Condition[] {
  const { id, name, waiting, heldUntil } = endpoint;
  const kind = 'endpoint_slow_down';
  if (heldUntil === null || waiting === 0) return [];
  const title = say(kind, 'title_until', { name, untilAt: heldUntil });
  return [
    {
      id: incident(kind, id),
      kind,
      tone: 'wait',
      since: null,
      title,
      meaning: sayCount(kind, 'meaning', waiting),
      step: say(kind, 'step', { nextAt: heldUntil, id }),
      headline: [title],
      turn: 'nobody',
      actions: [...remedyActions('try_now', endpoint), showWaiting(id)],
      path: endpointPath(id),
      toasts: false,
      about: id,
    },
  ];
}

/** Some events did not get through although the last one did. */
export const eventsRetrying: ConditionProvider = {
  kind: 'events_retrying',
  present: ({ endpoints }) =>
    endpoints
      .filter(
        ({ switch: on, state, trouble, waiting, retrying }) =>
          on === 'on' && state !== 'failing' && !trouble && waiting > 0 && retrying > 0,
      )
      .map((endpoint) => {
        const { id, name, retrying, retried, nextAttemptAt } = endpoint;
        const kind = 'events_retrying';
        const remedy = remedyOfRetried(endpoint);
        const next = nextAttemptAt === null ? null : say('endpoint_degraded', 'step', { nextAt: nextAttemptAt });
        const title = sayCount(kind, 'title', retrying, { name });
        const ask = remedy && askOf(remedy, 0);
        return {
          id: incident(kind, id),
          kind,
          tone: 'wait',
          since: null,
          title,
          meaning: say(kind, 'meaning', { name }),
          said: quoted(retried?.said ?? null),
          step: remedy ? stepOf(remedy, factsOf(endpoint)) : next,
          ...(ask && { headline: [title, ask] }),
          turn: remedy?.turn ?? 'nobody',
          actions: [showWaiting(id)],
          path: waitingPath(id),
          toasts: false,
          about: id,
        };
      }),
};

/** A person paused it, and events queue for it meanwhile: unless it ends by itself, it is a person's turn to end it. */
export const endpointPaused: ConditionProvider = {
  kind: 'endpoint_paused',
  present: ({ endpoints }) =>
    endpoints
      .filter((one) => one.switch === 'paused' && one.waiting > 0 && !isGone(one) && !isStoppedPlain(one))
      .map(({ id, name, waiting, pausedUntil, trouble }) => {
        const kind = 'endpoint_paused';
        return {
          id: incident(kind, id),
          kind,
          tone: 'still',
          since: null,
          title: sayCount(kind, 'title', waiting, { name }),
          meaning: pausedUntil === null ? say(kind, 'meaning') : say(kind, 'meaning_until', { untilAt: pausedUntil }),
          // A receiver that took nothing when it was paused is none that the resuming mends.
          said: trouble === null ? null : say(kind, 'trouble', { sinceAt: trouble.since }),
          step: pausedUntil === null ? say(kind, 'step', { name }) : null,
          turn: pausedUntil === null ? 'manager' : 'nobody',
          actions: [{ label: label('open_endpoint'), does: { go: endpointPath(id) } }],
          path: endpointPath(id),
          toasts: false,
          about: id,
        };
      }),
};

/** A program on this very PC over plain HTTP that the settings do not allow any more: it was stopped, and says why. */
export const endpointPlainOff: ConditionProvider = {
  kind: 'endpoint_plain_off',
  present: ({ endpoints }) =>
    endpoints.filter(isStoppedPlain).map(({ id, name, waiting }): Condition => {
      const kind = 'endpoint_plain_off';
      const title = sayCount(kind, 'title', waiting, { name });
      const step = say(kind, 'step', { name });
      return {
        id: incident(kind, id),
        kind,
        tone: 'wait',
        since: null,
        title,
        meaning: say(kind, 'meaning'),
        step,
        headline: [title, step],
        turn: 'it_helper',
        actions: [
          { label: label('open_settings'), does: { go: '/settings/network' } },
          { label: label('open_endpoint'), does: { go: endpointPath(id) } },
        ],
        path: endpointPath(id),
        // A person has just switched it off, and knows.
        toasts: false,
        about: id,
      };
    }),
};

const isStoppedPlain = ({ plain, state }: Endpoint): boolean => plain === 'off' && state === 'paused';
