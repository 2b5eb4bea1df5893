/**
 * A data key that could not be unwrapped: it is tried again while deliveries wait, since the keyring may only
 * be locked. When a person enters a secret anew all the same, they are asked first, and only then does a new
 * key take the old one's place (which is kept aside).
 */
import { type CallError, type CallName, callErrorOf, RelayError } from '../../shared/api.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { DataKey } from './data-key.ts';

export interface LockedSecretsParts {
  readonly open: () => Promise<DataKey>;
  readonly replace: () => Promise<DataKey>;
  /** Asks the person whether the old key may be given up. */
  readonly mayReplace: () => Promise<boolean>;
  readonly unlock: (dataKey: string) => void;
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly log: (message: string, detail: string) => void;
}

export interface DataKeyKeeper {
  /** For every start of the engine: the key as it can be unwrapped then. */
  current(): Promise<DataKey>;
  /** Before a call goes to the engine: null where it may, else why not. @param input as parsed by the router */
  before(name: CallName, input: unknown): Promise<CallError | null>;
}

const tryAgainMs = 30_000;

const sealing: ReadonlySet<CallName> = new Set<CallName>(['endpoints.enterAgain', 'endpoints.add', 'endpoints.rotate']);

/** Whether a call seals something new, and so needs a key: a secret, an address (it can hold one), a header's value. */
function seals(name: CallName, input: unknown): boolean {
  if (name !== 'endpoints.change') return sealing.has(name);
  const { change } = input as { readonly change: { readonly url?: unknown; readonly headers?: unknown } };
  return change.url !== undefined || change.headers !== undefined;
}

export function keepDataKey(parts: LockedSecretsParts): DataKeyKeeper {
  let key: DataKey | null = null;
  let cancelRetry = () => {};

  function tryAgainLater() {
    cancelRetry();
    cancelRetry = parts.after(tryAgainMs, async () => {
      if (key === null || key.dataKey !== null) return;
      take(await parts.open());
    });
  }

  function take(opened: DataKey) {
    const wasLocked = key !== null && key.dataKey === null;
    key = opened;
    if (opened.dataKey === null) {
      parts.log('the data key cannot be unwrapped', opened.problem ?? '');
      tryAgainLater();
    } else if (wasLocked) parts.unlock(opened.dataKey);
  }

  return {
    async current() {
      if (key === null || key.dataKey === null) take(await parts.open());
      return key ?? parts.open();
    },
    async before(name, input) {
      if (key === null || key.dataKey !== null || !seals(name, input)) return null;
      take(await parts.open());
      if (key.dataKey !== null) return null;
      if (!(await parts.mayReplace())) {
        return callErrorOf(new RelayError('secret_unreadable', sentence('problem.vault_locked_unchanged')));
      }
      take(await parts.replace());
      return null;
    },
  };
}
