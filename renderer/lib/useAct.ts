import { useState } from 'react';
import { CallFailure } from './queries.ts';
import { notify } from './toasts.ts';

/** For an act of several calls: whether one is under way, and what begins one. How it fails is said in a toast. */
export function useAct(): readonly [isPending: boolean, begin: (act: () => Promise<void>) => void] {
  const [isPending, setPending] = useState(false);
  async function run(act: () => Promise<void>): Promise<void> {
    setPending(true);
    try {
      await act();
    } catch (problem) {
      if (!(problem instanceof CallFailure)) throw problem;
      notify({ text: problem.message, tone: 'bad' });
    } finally {
      setPending(false);
    }
  }
  return [isPending, (act) => void run(act)];
}
