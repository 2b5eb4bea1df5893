import { useState } from 'react';
import { Outlet } from 'react-router';
import { Page } from '../../components/Page.tsx';
import type { FreshAccess, SourceAccess } from './fresh-access.ts';

/** What the pages of sources share: the token of one that was just made, until the area is left. */
export function SourcesLayout() {
  const [access, keep] = useState<SourceAccess | null>(null);
  return (
    <Page>
      <Outlet context={{ access, keep } satisfies FreshAccess} />
    </Page>
  );
}
