/** "Try now": a person wants to know at once whether the internet is there. */
import type { UtcMs } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { FactLedger } from './ledger.ts';
import type { Way } from './reachability.ts';

/** @param ways where the endpoints that are switched on are */
export function createTryNow(
  { clock, commit, recordAct }: Pick<EngineContext, 'clock' | 'commit' | 'recordAct'>,
  ledger: Pick<FactLedger, 'lookNow' | 'connectivity'>,
  ways: () => readonly Way[],
): Pick<EngineHandlers, 'relay.tryNow'> {
  return {
    async 'relay.tryNow'(_, actor) {
      const { state } = ledger.connectivity();
      if (ways().every(({ local }) => local)) return { says: sentence('try_now.nothing'), state, againAt: null };
      const waitMs = await ledger.lookNow();
      if (waitMs !== null) {
        // Up to the minute that is said: then it is possible.
        const againAt = (Math.ceil((wallTime(clock) + waitMs) / 60_000) * 60_000) as UtcMs;
        return { says: sentence('try_now.too_often', { againAt }), state, againAt };
      }
      await commit.transact(() => recordAct(actor, 'relay.tryNow', null));
      const { state: found } = ledger.connectivity();
      return { says: sentence(found === 'online' ? 'try_now.there' : `try_now.${found}`), state: found, againAt: null };
    },
  };
}
