/** The cells of a row of the log. In the dense look a row has one line, and its softer words stand beside. */
import { memo } from 'react';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { DeliveryChip } from '../../components/Chip.tsx';
import { useFormats } from '../../lib/formats-context.ts';
import { EventIcon } from '../events/EventIcon.tsx';
import { useDescribe } from '../events/useDescribe.ts';
import { isHeld, useNext } from './useNext.ts';

interface CellProps {
  readonly row: DeliveryRow;
}

const twoLines = 'flex min-w-0 flex-col [.dense_&]:flex-row [.dense_&]:items-baseline [.dense_&]:gap-2';
const soft = 'truncate text-ink-faint text-s [[aria-selected=true]_&]:text-ink-soft';

/** The clock first; the day, where it is not today's, below it. */
export const TimeCell = memo(function TimeCell({ row }: CellProps) {
  const formats = useFormats();
  const written = formats.second(row.at);
  const space = written.lastIndexOf(' ');
  return (
    <time
      dateTime={new Date(row.at).toISOString()}
      title={`${written} · ${formats.utc(row.at)}`}
      className="flex flex-col text-ink-soft [.dense_&]:block"
    >
      <span>{written.slice(space + 1)}</span>
      {space > 0 && (
        <span className="truncate text-ink-faint text-xs [.dense_&]:sr-only">{written.slice(0, space)}</span>
      )}
    </time>
  );
});

export const WhatCell = memo(function WhatCell({ row }: CellProps) {
  const describe = useDescribe();
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <EventIcon event={row.event} className="text-ink-soft" />
      <div className={twoLines}>
        <span className="shrink-0 truncate font-medium [.dense_&]:max-w-[60%]">{describe.title(row)}</span>
        <span className={soft}>
          <span className="@[600px]:hidden">{row.endpointName} · </span>
          {row.event}
          {' · '}
          {describe.details(row)}
        </span>
      </div>
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
    <div className={twoLines}>
      <span className="font-semibold">{row.status ?? '–'}</span>
      <span className={soft}>
        {row.state === 'delivered' ? row.durationMs !== null && formats.duration(row.durationMs) : next.short(row)}
      </span>
    </div>
  );
});
