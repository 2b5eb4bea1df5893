import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function EndpointsPage() {
  const t = useWords('endpoints');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/endpoints`. */
export const routes: RouteObject[] = [{ index: true, element: <EndpointsPage /> }];
