import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/week`. */
export const routes: RouteObject[] = [{ index: true, ...page(async () => (await import('./WeekPage.tsx')).WeekPage) }];
