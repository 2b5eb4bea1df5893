import type { RouteObject } from 'react-router';
import { ExportPage } from './ExportPage.tsx';

/** What stands under `/export`. */
export const routes: RouteObject[] = [{ index: true, element: <ExportPage /> }];
