import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function SourcesPage() {
  const t = useWords('sources');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/sources`. */
export const routes: RouteObject[] = [{ index: true, element: <SourcesPage /> }];
