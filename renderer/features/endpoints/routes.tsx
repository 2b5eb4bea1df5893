import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/endpoints`. */
export const routes: RouteObject[] = [
  { index: true, ...page(async () => (await import('./EndpointList.tsx')).EndpointList) },
  { path: 'new', ...page(async () => (await import('./NewEndpoint.tsx')).NewEndpoint) },
  { path: ':id', ...page(async () => (await import('./EndpointDetail.tsx')).EndpointDetail) },
  { path: ':id/edit', ...page(async () => (await import('./EditEndpoint.tsx')).EditEndpoint) },
  { path: ':id/past', ...page(async () => (await import('./PastPage.tsx')).PastPage) },
  { path: ':id/test', ...page(async () => (await import('./TestAndEnable.tsx')).TestPage) },
];
