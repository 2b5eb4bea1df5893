/** The window's calls on their way to the engine: what seals something asks for a data key first. */
import type { CallInput, CallOutput, EngineCallName, Result } from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import type { EngineSupervisor } from '../engine-link/engine-supervisor.ts';
import type { DataKeyKeeper } from './locked-secrets.ts';

export function callsToEngine(engine: Pick<EngineSupervisor, 'call'>, dataKey: DataKeyKeeper) {
  return async <Name extends EngineCallName>(
    name: Name,
    input: CallInput<Name>,
    by: Actor,
  ): Promise<Result<CallOutput<Name>>> => {
    const refusal = await dataKey.before(name, input);
    if (refusal) return { ok: false, error: refusal };
    return engine.call(name, input, by);
  };
}
