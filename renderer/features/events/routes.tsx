import type { RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/events`. */
export const routes: RouteObject[] = [
  { index: true, ...page(async () => (await import('./EventList.tsx')).EventList) },
  { path: 'story', ...page(async () => (await import('./StoryPage.tsx')).StoryPage) },
  { path: 'test', ...page(async () => (await import('./TestEvent.tsx')).TestEventPage) },
  { path: ':id', ...page(async () => (await import('./EventDetail.tsx')).EventDetail) },
];
