import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function ExportPage() {
  const t = useWords('export');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/export`. */
export const routes: RouteObject[] = [{ index: true, element: <ExportPage /> }];
