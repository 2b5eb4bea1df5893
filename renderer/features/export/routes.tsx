import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/export`. */
export const routes: RouteObject[] = [
  { index: true, ...page(async () => (await import('./ExportPage.tsx')).ExportPage) },
];
