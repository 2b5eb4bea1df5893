import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';
import { SourcesLayout } from './SourcesLayout.tsx';

/** What stands under `/sources`. */
export const routes: RouteObject[] = [
  {
    element: <SourcesLayout />,
    children: [
      { index: true, ...page(async () => (await import('./SourceList.tsx')).SourceList) },
      { path: 'new', ...page(async () => (await import('./NewSource.tsx')).NewSource) },
      { path: ':id/paste', ...page(async () => (await import('./PastePage.tsx')).PastePage) },
      { path: ':id', ...page(async () => (await import('./SourceDetail.tsx')).SourceDetail) },
    ],
  },
];
