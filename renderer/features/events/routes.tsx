import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function EventsPage() {
  const t = useWords('events');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/events`. */
export const routes: RouteObject[] = [{ index: true, element: <EventsPage /> }];
