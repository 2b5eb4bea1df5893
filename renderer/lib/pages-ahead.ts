/** Pages of which each is a file of its own: fetched when it is first gone to, or before, once the window is idle. */
import type { ComponentType } from 'react';

type Load = () => Promise<ComponentType>;

const known = new Set<Load>();

/**
 * What a route needs to show a page that is loaded on demand. Until it is there the page of before stays, so
 * that nothing flashes.
 * @param load imports the page and picks its component
 */
export function page(load: Load): { readonly lazy: () => Promise<{ readonly Component: ComponentType }> } {
  known.add(load);
  return { lazy: async () => ({ Component: await load() }) };
}

/** Browsers without `requestIdleCallback` wait this long instead, in milliseconds. */
const calmAfterMs = 500;

/**
 * Fetches every page, one after the other and only while the window has nothing else to do. Returns the function
 * that ends it. A page that cannot be fetched says so when it is gone to.
 */
export function fetchPagesAhead(): () => void {
  const waiting = [...known];
  let ended = false;
  const next = () => {
    const load = waiting.shift();
    if (ended || !load) return;
    const goOn = () => whenIdle(next);
    load().then(goOn, goOn);
  };
  whenIdle(next);
  return () => {
    ended = true;
  };
}

function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(act);
  else setTimeout(act, calmAfterMs);
}
