import type { UtcMs } from '../../shared/domain.ts';
import { useFormats } from '../lib/formats-context.ts';

/** A time in the property's time zone, with UTC on hover. `precise`: to the second, for logs. */
export function Time({ at, precise }: { at: UtcMs; precise?: boolean }) {
  const formats = useFormats();
  return (
    <time dateTime={new Date(at).toISOString()} title={formats.utc(at)} className="whitespace-nowrap">
      {precise ? formats.second(at) : formats.time(at)}
    </time>
  );
}
