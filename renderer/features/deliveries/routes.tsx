import type { RouteObject } from 'react-router';
import { LogPage } from './LogPage.tsx';

/** What stands under `/deliveries`. */
export const routes: RouteObject[] = [{ index: true, element: <LogPage /> }];
