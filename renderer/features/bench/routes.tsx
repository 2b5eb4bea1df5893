import type { RouteObject } from 'react-router';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';

function BenchPage() {
  const t = useWords('bench');
  return <PageHeader title={t('title')} />;
}

/** What stands under `/bench`. */
export const routes: RouteObject[] = [{ index: true, element: <BenchPage /> }];
