/** Which page stands under which address. The address lies behind `#`: app:// and loopback serve one file. */
import { createHashRouter, type RouteObject } from 'react-router';
import { Loading } from '../components/Loading.tsx';
import { routes as bench } from '../features/bench/routes.tsx';
import { routes as deliveries } from '../features/deliveries/routes.tsx';
import { routes as endpoints } from '../features/endpoints/routes.tsx';
import { routes as events } from '../features/events/routes.tsx';
import { routes as exports } from '../features/export/routes.tsx';
import { routes as settings } from '../features/settings/routes.tsx';
import { routes as sources } from '../features/sources/routes.tsx';
import { routes as today } from '../features/today/routes.tsx';
import { routes as week } from '../features/week/routes.tsx';
import { App } from './App.tsx';
import { Crash, NotFound } from './Trouble.tsx';

/** All routes, for the router and for tests with one of their own. */
export const routes: RouteObject[] = [
  {
    path: '/',
    element: <App />,
    errorElement: <Crash />,
    children: [
      {
        errorElement: <Crash />,
        // Beside the frame, which does not wait, while the first page is fetched.
        HydrateFallback: Loading,
        children: [
          { children: today },
          { path: 'deliveries', children: deliveries },
          { path: 'endpoints', children: endpoints },
          { path: 'events', children: events },
          { path: 'sources', children: sources },
          { path: 'bench', children: bench },
          { path: 'export', children: exports },
          { path: 'settings', children: settings },
          { path: 'week', children: week },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];

export const openRouter = () => createHashRouter(routes);
