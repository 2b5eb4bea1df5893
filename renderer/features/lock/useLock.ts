/**
 * Whether this window is locked. What is open stays as it is behind the lock, out of sight and out of reach: whoever unlocks
 * it finds the form with what was typed into it.
 */
import { type QueryClient, QueryObserver, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { createPath, useLocation, useNavigate } from 'react-router';
import type { LockState } from '../../../shared/schemas.ts';
import { type Drafts, draftsNow, offerDrafts } from '../../lib/drafts.ts';
import { hide, unhide } from '../../lib/keepsake.ts';
import { answerPin, tellUnlocked } from '../../lib/pin.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useIdle } from './useIdle.ts';

/** Of a locked window. */
interface Hidden {
  /** With what a list is narrowed to. */
  readonly path: string;
  readonly drafts: Drafts;
}

/** How often the engine is asked unless something says that it is another now, in milliseconds. */
const askAgainMs = 60_000;

/** @returns `unlocked` is to be called once the PIN was right */
export function useLock() {
  const queries = useQueryClient();
  const { data: lock, dataUpdatedAt, refetch } = useRelayQuery('lock.get', {}, { refetchInterval: askAgainMs });
  const look = useCallback(() => void refetch(), [refetch]);
  useIdle(lock?.pin && !lock.locked ? lock.lockAfterMinutes : null, look);
  const isLocked = lock?.locked === true;
  // Before the pages, which are hidden in the same step, end their own asking: what they asked for is told by that.
  useLayoutEffect(() => {
    if (!isLocked) return;
    const last = document.activeElement;
    answerPin(false);
    const release = keepForPages(queries);
    return () => {
      release();
      // Once the pages are there again.
      requestAnimationFrame(() => last instanceof HTMLElement && last.focus({ preventScroll: true }));
    };
  }, [isLocked, queries]);
  useHiddenFilters(lock);
  useEffect(() => {
    if (dataUpdatedAt > 0 && !isLocked) tellUnlocked();
  }, [dataUpdatedAt, isLocked]);
  return { lock, unlocked: () => void queries.invalidateQueries() };
}

/**
 * A browser shows the address above the lock, and what a list is narrowed to may name a guest: it is put back once the window
 * is unlocked. What is behind the lock goes by the router, which keeps it whole; a page that is loaded anew finds it sealed.
 */
function useHiddenFilters(lock: LockState | undefined): void {
  const location = useLocation();
  const navigate = useNavigate();
  const isLocked = lock?.locked === true;
  const isHidden = useRef(false);
  const present = lock?.hidingKey ?? null;
  /** The last that was told: a locked window is told none. */
  const key = useRef(present);
  const at = useRef(location);
  useLayoutEffect(() => {
    if (present !== null) key.current = present;
    at.current = location;
  }, [present, location]);
  useLayoutEffect(() => {
    if (!isLocked && !isHidden.current) return;
    isHidden.current = isLocked;
    // The entry of the history stays the router's own.
    history.replaceState(history.state, '', `#${isLocked ? location.pathname : createPath(location)}`);
    if (isLocked && key.current !== null) {
      const hidden: Hidden = { path: createPath(location), drafts: draftsNow() };
      void hide(key.current, JSON.stringify(hidden));
    }
  }, [isLocked, location]);
  // A page that is loaded anew behind the lock is told its key once it is unlocked.
  useEffect(() => {
    if (present === null) return;
    void unhide(present).then((text) => {
      if (text === null) return;
      const { path, drafts } = JSON.parse(text) as Hidden;
      const { pathname, search } = at.current;
      if (path.startsWith(`${pathname}?`) && search === '') void navigate(path, { replace: true });
      offerDrafts(drafts);
    });
  }, [present, navigate]);
}

/** What a locked window may go on knowing though no page shows it: nothing of guests. */
const mayStay: ReadonlySet<string> = new Set(['lock.get', 'preferences.get', 'surface.info', 'engine']);

/**
 * Keeps the answers that open pages were made with, since a page without its answer would begin anew, and lets go of all
 * others.
 * @returns ends the keeping
 */
function keepForPages(queries: QueryClient): () => void {
  const shown = queries.getQueryCache().findAll({ predicate: (query) => query.getObserversCount() > 0 });
  const endings = shown.map(({ options, queryKey }) =>
    new QueryObserver(queries, { ...options, queryKey, enabled: false }).subscribe(() => {}),
  );
  queries.removeQueries({
    predicate: (query) => query.getObserversCount() === 0 && !mayStay.has(String(query.queryKey[0])),
  });
  return () => {
    for (const end of endings) end();
  };
}
