import type { RouteObject } from 'react-router';
import { EditEndpoint } from './EditEndpoint.tsx';
import { EndpointDetail } from './EndpointDetail.tsx';
import { EndpointList } from './EndpointList.tsx';
import { NewEndpoint } from './NewEndpoint.tsx';
import { TestPage } from './TestAndEnable.tsx';

/** What stands under `/endpoints`. */
export const routes: RouteObject[] = [
  { index: true, element: <EndpointList /> },
  { path: 'new', element: <NewEndpoint /> },
  { path: ':id', element: <EndpointDetail /> },
  { path: ':id/edit', element: <EditEndpoint /> },
  { path: ':id/test', element: <TestPage /> },
];
