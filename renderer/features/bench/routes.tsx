import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/bench`. */
export const routes: RouteObject[] = [
  { index: true, ...page(async () => (await import('./BenchPage.tsx')).BenchPage) },
];
