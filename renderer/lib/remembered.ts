/** What a person set up on a screen of this PC and finds again: how wide a pane is. No setting of the product. */
import { useState } from 'react';

/** A number within bounds; `initial` until one was set here. */
export function useRememberedNumber(
  name: string,
  { initial, min, max }: { readonly initial: number; readonly min: number; readonly max: number },
): [number, (value: number) => void] {
  const within = (value: number) => Math.min(max, Math.max(min, value));
  const [value, setValue] = useState(() => {
    const kept = Number.parseFloat(localStorage.getItem(name) ?? '');
    return Number.isFinite(kept) ? within(kept) : initial;
  });
  return [
    value,
    (wanted) => {
      setValue(within(wanted));
      localStorage.setItem(name, String(within(wanted)));
    },
  ];
}
