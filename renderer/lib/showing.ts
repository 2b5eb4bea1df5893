/** Tells the surface which conditions the window shows now, so that none of them is raised as a toast as well. */
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useClient } from './queries.ts';
import { useConditions } from './situation.ts';

/** The page that shows all conditions as cards. */
const pathOfConditions = '/';

export function useTellWhatIsShown(): void {
  const client = useClient();
  const { pathname, search } = useLocation();
  const conditions = useConditions();
  const path = pathname + search;
  const ids = pathname === pathOfConditions ? conditions.map(({ id }) => id).join('\n') : '';
  useEffect(() => {
    const tell = () => {
      const visible = document.visibilityState === 'visible' && ids !== '';
      void client.call('surface.showing', { conditions: visible ? ids.split('\n') : [], path });
    };
    tell();
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, [client, ids, path]);
}
