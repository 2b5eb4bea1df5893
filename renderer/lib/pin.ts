/**
 * What asks for the PIN is refused by the engine; here the refusal becomes a question, and the same call is made again
 * after it. So no screen knows which of its acts ask for it.
 */
import { useSyncExternalStore } from 'react';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  type RelayClient,
  type Result,
  recordedActs,
} from '../../shared/api.ts';

/** The question that is open: true once the PIN was entered, false where the person gave up. */
type Answer = (entered: boolean) => void;

let answers: readonly Answer[] = [];
const listeners = new Set<() => void>();
function become(next: readonly Answer[]): void {
  answers = next;
  for (const listener of listeners) listener();
}

/** Whether the PIN is asked for now. */
export const usePinAsked = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => answers.length > 0,
  );

/** Ends the question: all who wait for it go on. */
export function answerPin(entered: boolean): void {
  const waiting = answers;
  become([]);
  for (const answer of waiting) answer(entered);
}

/** Asks the person. @returns false where they gave up */
export const askForPin = (): Promise<boolean> => new Promise((answer) => become([...answers, answer]));

let askedBehindLock: readonly (() => void)[] = [];

/** The window is not locked: what was asked meanwhile is asked now. */
export function tellUnlocked(): void {
  const waiting = askedBehindLock;
  askedBehindLock = [];
  for (const goOn of waiting) goOn();
}

/**
 * The same client, whose calls wait for the PIN where it is asked for. What a locked window asks is answered once it is
 * unlocked: a refusal would take the place of the page that asked, with all that was typed into it. An act is refused, and
 * made again by whoever wants it then.
 * @param locked hears that the engine has locked this window
 */
export function withPin(client: RelayClient, locked: () => void): RelayClient {
  async function call<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>> {
    const result = await client.call(name, input);
    if (result.ok) return result;
    if (result.error.code === 'locked') {
      locked();
      if (recordedActs.includes(name)) return result;
      await new Promise<void>((goOn) => {
        askedBehindLock = [...askedBehindLock, goOn];
      });
      return call(name, input);
    }
    if (result.error.code !== 'pin_needed') return result;
    return (await askForPin()) ? client.call(name, input) : result;
  }
  return { call, onPush: client.onPush };
}
