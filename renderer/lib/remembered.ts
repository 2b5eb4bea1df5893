/** What a person set up or began on a screen and finds again: how wide a pane is, what was ticked. No setting of the product. */
import { useState } from 'react';
import { useLocation } from 'react-router';

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

/** So many are remembered. */
const mostBegun = 20;
/** By the history's entry, in this window's memory alone: it may say who a guest is. */
const begun = new Map<string, unknown>();

/** What was begun on a page, and changing it: whoever follows a link from it and comes back finds it as it was left. */
export function useBegun<Value>(name: string, initial: () => Value): [Value, (change: (now: Value) => Value) => void] {
  const { key, pathname, search } = useLocation();
  const place = `${name} ${key} ${pathname}${search}`;
  const [value, setValue] = useState(() => (begun.has(place) ? (begun.get(place) as Value) : initial()));
  return [
    value,
    (change) => {
      const wanted = change(begun.has(place) ? (begun.get(place) as Value) : value);
      setValue(wanted);
      begun.delete(place);
      begun.set(place, wanted);
      for (const oldest of begun.keys()) {
        if (begun.size <= mostBegun) break;
        begun.delete(oldest);
      }
    },
  ];
}
