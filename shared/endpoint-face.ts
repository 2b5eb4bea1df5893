/** How an endpoint is told: by its name, and its state (or the trouble that says more than the state) in a word and a colour. */
import { type EndpointState, endpointTone, type Tone } from './domain.ts';
import type { Endpoint } from './schemas.ts';

export const endpointFaces = ['takes_nothing', 'slow_down', 'test_bench'] as const;
export type EndpointFace = EndpointState | (typeof endpointFaces)[number];

/**
 * One that asks to slow down is not active, and one that takes nothing is more than degraded. What goes to the test bench
 * reaches no receiver, however well the bench takes it.
 */
export function endpointFace({
  state,
  trouble,
  toBench,
}: Pick<Endpoint, 'state' | 'trouble' | 'toBench'>): EndpointFace {
  if (toBench !== null && state !== 'draft' && state !== 'paused') return 'test_bench';
  if (trouble === null || (state !== 'active' && state !== 'degraded')) return state;
  if (trouble.kind === 'slow_down') return 'slow_down';
  if (trouble.takesNothing) return 'takes_nothing';
  return state === 'active' ? 'degraded' : state;
}

const troubleTone = { takes_nothing: 'bad', slow_down: 'wait', test_bench: 'wait' } as const;

/** The look's colour of it; the same in window, tray and export. */
export const faceTone: Readonly<Record<EndpointFace, Tone>> = { ...endpointTone, ...troubleTone };

/** What a person calls an endpoint: its description, or the host where it has none. */
export const endpointName = ({ description, host }: { readonly description: string; readonly host: string }): string =>
  description === '' ? host : description;
