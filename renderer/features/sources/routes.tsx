import { useState } from 'react';
import { Outlet, type RouteObject } from 'react-router';
import { Page } from '../../components/Page.tsx';
import type { FreshAccess, SourceAccess } from './fresh-access.ts';
import { NewSource } from './NewSource.tsx';
import { SourceDetail } from './SourceDetail.tsx';
import { SourceList } from './SourceList.tsx';

function SourcesLayout() {
  const [access, keep] = useState<SourceAccess | null>(null);
  return (
    <Page>
      <Outlet context={{ access, keep } satisfies FreshAccess} />
    </Page>
  );
}

/** What stands under `/sources`. */
export const routes: RouteObject[] = [
  {
    element: <SourcesLayout />,
    children: [
      { index: true, element: <SourceList /> },
      { path: 'new', element: <NewSource /> },
      { path: ':id', element: <SourceDetail /> },
    ],
  },
];
