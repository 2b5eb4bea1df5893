import type { ReactNode } from 'react';
import { TwoLines } from '../../components/cells.tsx';
import type { DescribedEvent } from './describe.ts';
import { EventIcon } from './EventIcon.tsx';
import { useDescribe } from './useDescribe.ts';

export interface EventLineProps {
  readonly of: DescribedEvent;
  readonly title: string;
  /** What stands before the event's own details. */
  readonly before?: ReactNode;
}

/** What happened, in a row of a list; all of it on hover, where the row is too narrow. */
export function EventLine({ of, title, before }: EventLineProps) {
  const describe = useDescribe();
  const details = describe.details(of);
  return (
    <div className="flex min-w-0 items-center gap-2.5" title={`${title} · ${details}`}>
      <EventIcon event={of.event} className="text-ink-soft" />
      <TwoLines
        first={<span className="shrink-0 truncate font-medium [.dense_&]:max-w-[60%]">{title}</span>}
        second={
          <>
            {before}
            {details}
          </>
        }
      />
    </div>
  );
}
