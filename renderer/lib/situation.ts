/** What the window knows without asking a page's own question: the snapshot, the surface, and what is wrong now. */
import { useQuery } from '@tanstack/react-query';
import type { PushPayload } from '../../shared/api.ts';
import { type Condition, conditionsOf } from '../../shared/conditions/index.ts';
import type { Situation } from '../../shared/schemas.ts';
import { useRelayQuery } from './queries.ts';

/** Kept by `keepCurrent` from the surface's pushes. */
export const engineKey = ['engine'] as const;

export type EngineState = PushPayload<'engine'>;

const running: EngineState = { state: 'running', problem: null };

/** Whether the engine's process is up, as the surface last said. */
export function useEngineState(): EngineState {
  return useQuery({ queryKey: engineKey, queryFn: () => running, enabled: false, initialData: running }).data;
}

/** The snapshot; pages are shown only once there is one. */
export function useSituation(): Situation {
  const { data } = useRelayQuery('situation.get', {});
  if (!data) throw new Error('a page before the first snapshot');
  return data;
}

/** Everything that a person should know now, most urgent first. */
export function useConditions(): readonly Condition[] {
  const situation = useSituation();
  const { state, problem } = useEngineState();
  const surface = useRelayQuery('surface.info', {}).data;
  const preferences = useRelayQuery('preferences.get', {}).data;
  return conditionsOf(situation, {
    engine: state,
    engineProblem: problem,
    loginItemWorks: surface?.loginItemWorks ?? null,
    keepAwake: surface?.surface === 'desktop' ? (preferences?.keepAwake ?? null) : null,
  });
}
