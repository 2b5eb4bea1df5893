import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function DeliveriesPage() {
  const t = useWords('deliveries');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/deliveries`. */
export const routes: RouteObject[] = [{ index: true, element: <DeliveriesPage /> }];
