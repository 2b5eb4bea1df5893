import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/deliveries`. */
export const routes: RouteObject[] = [{ index: true, ...page(async () => (await import('./LogPage.tsx')).LogPage) }];
