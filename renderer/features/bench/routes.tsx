import type { RouteObject } from 'react-router';
import { BenchPage } from './BenchPage.tsx';

/** What stands under `/bench`. */
export const routes: RouteObject[] = [{ index: true, element: <BenchPage /> }];
