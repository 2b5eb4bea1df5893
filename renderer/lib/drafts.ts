/**
 * What is typed into the fields of a form and not saved yet, for when a locked window is loaded anew: told to whoever hides
 * it, and put back once the same field of the same page is there again.
 */
import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';

/** By field, as `page field`. */
const typed = new Map<string, string>();
const offered = new Map<string, string>();
const waiting = new Set<() => void>();
/** The page of a form that is offered its drafts is there by then, in milliseconds. */
const offeredForMs = 30_000;

export type Drafts = Readonly<Record<string, string>>;

/** What is typed now. */
export const draftsNow = (): Drafts => Object.fromEntries(typed);

/** Gives what was typed back to the fields that are there, or come within a moment. */
export function offerDrafts(drafts: Drafts): void {
  for (const [field, text] of Object.entries(drafts)) offered.set(field, text);
  for (const take of [...waiting]) take();
  setTimeout(() => offered.clear(), offeredForMs);
}

/** @param text null where nothing was typed, or it is a secret */
export function useDraft(name: string, text: string | null, putBack: (text: string) => void): void {
  const field = `${useLocation().pathname} ${name}`;
  const put = useRef(putBack);
  useEffect(() => {
    put.current = putBack;
    if (text !== null) typed.set(field, text);
    return () => void typed.delete(field);
  });
  useEffect(() => {
    const take = () => {
      const draft = offered.get(field);
      if (draft === undefined) return;
      offered.delete(field);
      put.current(draft);
    };
    waiting.add(take);
    take();
    return () => void waiting.delete(take);
  }, [field]);
}
