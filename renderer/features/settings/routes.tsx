import { Navigate, type RouteObject } from 'react-router';
import { page } from '../../lib/pages-ahead.ts';

/** What stands under `/settings`. */
export const routes: RouteObject[] = [
  { index: true, element: <Navigate to="/settings/general" replace /> },
  { path: 'forget', ...page(async () => (await import('./ForgetPage.tsx')).ForgetPage) },
  { path: ':section', ...page(async () => (await import('./SettingsPage.tsx')).SettingsPage) },
];
