/** The cells of a row of the events. */
import { memo } from 'react';
import type { EventRow } from '../../../shared/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Came } from './Came.tsx';
import { EventLine } from './EventLine.tsx';
import { useDescribe } from './useDescribe.ts';

interface CellProps {
  readonly row: EventRow;
}

export const WhatCell = memo(function WhatCell({ row }: CellProps) {
  const t = useWords('events');
  const before = row.gone === 'forgotten' ? { before: t('list.forgotten') } : {};
  return <EventLine of={row} title={useDescribe().headline(row)} {...before} />;
});

export const SourceCell = memo(function SourceCell({ row: { sourceName } }: CellProps) {
  const t = useWords('events');
  const name = sourceName ?? t('detail.fromUnknown');
  return (
    <span className="block truncate" title={name}>
      {name}
    </span>
  );
});

export const CameCell = memo(function CameCell({ row }: CellProps) {
  return <Came deliveries={row.deliveries} />;
});
