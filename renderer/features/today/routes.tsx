import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function TodayPage() {
  const t = useWords('today');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/today`. */
export const routes: RouteObject[] = [{ index: true, element: <TodayPage /> }];
