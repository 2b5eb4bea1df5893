/** The cells of a row of the log. */
import { memo } from 'react';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { DeliveryChip } from '../../components/Chip.tsx';
import { TwoLines } from '../../components/cells.tsx';
import { useFormats } from '../../lib/formats-context.ts';
import { EventLine } from '../events/EventLine.tsx';
import { useDescribe } from '../events/useDescribe.ts';
import { isHeld, useNext } from './useNext.ts';

interface CellProps {
  readonly row: DeliveryRow;
}

export const WhatCell = memo(function WhatCell({ row }: CellProps) {
  return (
    <EventLine
      of={row}
      title={useDescribe().title(row)}
      before={<span className="@[600px]:hidden">{row.endpointName} · </span>}
    />
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
  return <DeliveryChip row={row} held={isHeld(row)} />;
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
