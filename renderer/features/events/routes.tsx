import type { RouteObject } from 'react-router';
import { EventDetail } from './EventDetail.tsx';
import { EventList } from './EventList.tsx';
import { StoryPage } from './StoryPage.tsx';
import { TestEventPage } from './TestEvent.tsx';

/** What stands under `/events`. */
export const routes: RouteObject[] = [
  { index: true, element: <EventList /> },
  { path: 'story', element: <StoryPage /> },
  { path: 'test', element: <TestEventPage /> },
  { path: ':id', element: <EventDetail /> },
];
