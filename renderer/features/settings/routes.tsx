import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function SettingsPage() {
  const t = useWords('settings');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/settings`. */
export const routes: RouteObject[] = [{ index: true, element: <SettingsPage /> }];
