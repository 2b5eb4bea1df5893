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
  /**
   * The engine runs, and there is nothing in its database that a key would open: where it is missing, nobody has to be
   * asked for a new one.
   */
  nothingSealed(): Promise<void>;
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

  const unwrapped = () => (key !== null && key.dataKey !== null ? key : null);

  function tryAgainLater() {
    cancelRetry();
    cancelRetry = parts.after(tryAgainMs, () => {
      current().catch((problem: unknown) => {
        parts.log('the data key could not be read', String(problem));
        tryAgainLater();
      });
    });
  }

  function take(next: DataKey): DataKey {
    const isFirst = key === null;
    key = next;
    if (next.dataKey === null) {
      parts.log('the data key cannot be unwrapped', next.problem ?? '');
      tryAgainLater();
      return next;
    }
    // The first one goes to the engine with its start.
    if (!isFirst) parts.unlock(next.dataKey);
    return next;
  }

  async function current(): Promise<DataKey> {
    const known = unwrapped();
    if (known) return known;
    const opened = await parts.open();
    // Meanwhile another call may have opened or replaced it, and the engine has that one.
    return unwrapped() ?? take(opened);
  }

  async function replace(): Promise<void> {
    // A retry that finds no key, because the old one is aside and the new one not yet there, would make another.
    cancelRetry();
    try {
      take(await parts.replace());
    } catch (problem) {
      tryAgainLater();
      throw problem;
    }
  }

  return {
    current,
    async nothingSealed() {
      if (key?.file === 'missing' && (await current()).file === 'missing') await replace();
    },
    async before(name, input) {
      if (key === null || !seals(name, input)) return null;
      if ((await current()).dataKey !== null) return null;
      if (!(await parts.mayReplace())) {
        return callErrorOf(new RelayError('secret_unreadable', sentence('problem.vault_locked_unchanged')));
      }
      // The keyring may have been unlocked while the person was asked.
      if ((await current()).dataKey !== null) return null;
      await replace();
      return null;
    },
  };
}
