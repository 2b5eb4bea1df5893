/**
 * The endpoints' health as the transaction under way sees it: outcomes that share a commit build on each
 * other, each endpoint is written once at its end, and memory follows only what was committed.
 */
import type { EndpointStore, HealthState } from '../store/endpoints.ts';
import type { GroupCommit } from '../store/group-commit.ts';

export interface HealthLedger {
  /** With what the present transaction changed. @throws where the endpoint is not known */
  get(endpointNo: number): HealthState;
  /** Inside a transaction, as the last thing of its work. */
  put(endpointNo: number, state: HealthState): void;
  /** An endpoint as it was read from the store. */
  load(endpointNo: number, state: HealthState): void;
}

export function createHealthLedger(commit: GroupCommit, store: EndpointStore): HealthLedger {
  const known = new Map<number, HealthState>();
  const changed = new Map<number, HealthState>();
  commit.takePart({
    write: () => {
      for (const [no, state] of changed) store.putHealth(no, state);
    },
    committed: () => {
      for (const [no, state] of changed) known.set(no, state);
      changed.clear();
    },
    undone: () => changed.clear(),
  });
  return {
    get(endpointNo) {
      const state = changed.get(endpointNo) ?? known.get(endpointNo);
      if (!state) throw new Error(`The health of endpoint ${endpointNo} was never loaded.`);
      return state;
    },
    put: (endpointNo, state) => void changed.set(endpointNo, state),
    load: (endpointNo, state) => void known.set(endpointNo, state),
  };
}
