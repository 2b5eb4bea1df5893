/** Cells of a long list. In the dense look a row has one line, and its softer words stand beside. */
import { memo, type ReactNode } from 'react';
import type { UtcMs } from '../../shared/domain.ts';
import { useFormats } from '../lib/formats-context.ts';

/** What matters, and below it in softer ink what is known besides. */
export function TwoLines({ first, second }: { first: ReactNode; second: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col [.dense_&]:flex-row [.dense_&]:items-baseline [.dense_&]:gap-2">
      {first}
      <span className="truncate text-ink-faint text-s [[aria-selected=true]_&]:text-ink-soft">{second}</span>
    </div>
  );
}

/** Of `:07`. */
const secondsLength = 3;

/** The clock first, its seconds where the list has room for them; the day, where it is not today's, below it. */
export const TimeCell = memo(function TimeCell({ row }: { row: { readonly at: UtcMs } }) {
  const formats = useFormats();
  const written = formats.second(row.at);
  const space = written.lastIndexOf(' ');
  const clock = written.slice(space + 1);
  return (
    <time
      dateTime={new Date(row.at).toISOString()}
      title={`${written} · ${formats.utc(row.at)}`}
      className="flex flex-col text-ink-soft [.dense_&]:block"
    >
      <span>
        {clock.slice(0, -secondsLength)}
        <span className="hidden @[600px]:inline">{clock.slice(-secondsLength)}</span>
      </span>
      {space > 0 && (
        <span className="truncate text-ink-faint text-xs [.dense_&]:sr-only">{written.slice(0, space)}</span>
      )}
    </time>
  );
});
