/** Conditions of the test bench: an endpoint that points there now, and what it took and was never sent on. */
import type { ConditionProvider } from './condition.ts';
import { incident, say, sayCount, saySome } from './wording.ts';

/** Stands for as long as it lasts: what comes meanwhile does not reach its receiver. */
export const endpointAtBench: ConditionProvider = {
  kind: 'endpoint_at_bench',
  present: ({ endpoints }) =>
    endpoints.flatMap(({ id, name, toBench, swallowed, switch: on }) => {
      if (toBench === null) return [];
      const isIdle = on !== 'on' && swallowed === 0;
      const { since, until } = toBench;
      const path = `/bench?endpoint=${id}`;
      return {
        id: incident('endpoint_at_bench', id, since),
        kind: 'endpoint_at_bench',
        tone: 'wait',
        since,
        title: say('endpoint_at_bench', 'title', { name }),
        // A draft, and a paused one that the bench has taken nothing of: no events go anywhere.
        meaning: isIdle
          ? say('endpoint_at_bench', 'idle', { name, untilAt: until })
          : sayCount('endpoint_at_bench', 'meaning', swallowed, { name, sinceAt: since, untilAt: until }),
        step: say('endpoint_at_bench', 'step', { name }),
        turn: 'it_helper',
        actions: [{ label: say('endpoint_at_bench', 'open'), does: { go: path } }],
        path,
        // Whoever pointed it there knows.
        toasts: false,
        about: id,
      };
    }),
};

/** Afterwards: nobody else would miss what the bench took. */
export const benchSwallowed: ConditionProvider = {
  kind: 'bench_swallowed',
  present: ({ endpoints }) =>
    endpoints.flatMap(({ id, name, toBench, swallowed, benchCutOff }) => {
      if (toBench !== null || swallowed === 0) return [];
      const path = `/endpoints/${id}/past?bench=1`;
      return {
        id: incident('bench_swallowed', id),
        kind: 'bench_swallowed',
        tone: 'wait',
        since: null,
        title: saySome('bench_swallowed', 'title', swallowed, { name }),
        meaning:
          benchCutOff === null
            ? say('bench_swallowed', 'meaning', { name })
            : say('bench_swallowed', 'cut_off', { name, endedAt: benchCutOff.at, untilAt: benchCutOff.until }),
        step: say('bench_swallowed', 'step'),
        turn: 'it_helper',
        actions: [{ label: say('bench_swallowed', 'open'), does: { go: path } }],
        path,
        toasts: true,
        about: id,
        amount: swallowed,
      };
    }),
};

/** Whoever tests believes that events go to the bench until the hour that was promised: they reach the receiver now. */
export const benchCutOff: ConditionProvider = {
  kind: 'bench_cut_off',
  present: ({ endpoints, now }) =>
    endpoints.flatMap(({ id, name, toBench, swallowed, benchCutOff: cutOff }) => {
      if (toBench !== null || cutOff === null || swallowed > 0 || cutOff.until <= now) return [];
      const path = `/bench?endpoint=${id}`;
      return {
        id: incident('bench_cut_off', id, cutOff.at),
        kind: 'bench_cut_off',
        tone: 'still',
        since: cutOff.at,
        title: say('bench_cut_off', 'title', { name }),
        meaning: say('bench_cut_off', 'meaning', { name, endedAt: cutOff.at, untilAt: cutOff.until }),
        step: null,
        turn: 'it_helper',
        actions: [{ label: say('endpoint_at_bench', 'open'), does: { go: path } }],
        path,
        toasts: false,
        about: id,
      };
    }),
};
