/** The cells of a row of the events. */
import { memo } from 'react';
import type { EventRow } from '../../../shared/schemas.ts';
import { TwoLines } from '../../components/cells.tsx';
import { useWords } from '../../i18n/index.ts';
import { Came } from './Came.tsx';
import { EventIcon } from './EventIcon.tsx';
import { useDescribe } from './useDescribe.ts';

interface CellProps {
  readonly row: EventRow;
}

export const WhatCell = memo(function WhatCell({ row }: CellProps) {
  const describe = useDescribe();
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <EventIcon event={row.event} className="text-ink-soft" />
      <TwoLines
        first={<span className="shrink-0 truncate font-medium [.dense_&]:max-w-[60%]">{describe.headline(row)}</span>}
        second={[row.event, describe.details(row)].filter((part) => part !== '').join(' · ')}
      />
    </div>
  );
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
