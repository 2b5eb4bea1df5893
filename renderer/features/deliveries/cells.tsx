/** The cells of a row of the log. */
import { memo } from 'react';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { DeliveryChip } from '../../components/Chip.tsx';
import { TwoLines } from '../../components/cells.tsx';
import { useFormats } from '../../lib/formats-context.ts';
import { EventIcon } from '../events/EventIcon.tsx';
import { useDescribe } from '../events/useDescribe.ts';
import { isHeld, useNext } from './useNext.ts';

interface CellProps {
  readonly row: DeliveryRow;
}

export const WhatCell = memo(function WhatCell({ row }: CellProps) {
  const describe = useDescribe();
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <EventIcon event={row.event} className="text-ink-soft" />
      <TwoLines
        first={<span className="shrink-0 truncate font-medium [.dense_&]:max-w-[60%]">{describe.title(row)}</span>}
        second={
          <>
            <span className="@[600px]:hidden">{row.endpointName} · </span>
            {[row.event, describe.details(row)].filter((part) => part !== '').join(' · ')}
          </>
        }
      />
    </div>
  );
});

export const EndpointCell = memo(function EndpointCell({ row }: CellProps) {
  return (
    <span className="block truncate" title={row.endpointName}>
      {row.endpointName}
    </span>
  );
});

export const StateCell = memo(function StateCell({ row }: CellProps) {
  return <DeliveryChip state={row.state} held={isHeld(row)} />;
});

/** What the receiver said last, and how long it took or what comes next. */
export const AnswerCell = memo(function AnswerCell({ row }: CellProps) {
  const formats = useFormats();
  const next = useNext();
  return (
    <TwoLines
      first={<span className="font-semibold">{row.status ?? '–'}</span>}
      second={row.state === 'delivered' ? row.durationMs !== null && formats.duration(row.durationMs) : next.short(row)}
    />
  );
});
