import type { DeliveryRow } from '../../../shared/schemas.ts';
import { DeliveryChip } from '../../components/Chip.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { pathToLog } from '../deliveries/address.ts';
import { isHeld, useNext } from '../deliveries/useNext.ts';

/** The deliveries of one event, a line each; a click leads to it in the log. */
export function DeliveryLines({ rows }: { rows: readonly DeliveryRow[] }) {
  const next = useNext();
  return (
    <ul className="flex flex-col gap-1.5">
      {rows.map((row) => (
        <li key={row.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <TextLink
            to={pathToLog(row.entity === null ? {} : { entity: row.entity.id }, row.id)}
            className="min-w-32 font-medium text-ink hover:underline"
          >
            {row.endpointName}
          </TextLink>
          <DeliveryChip row={row} held={isHeld(row)} />
          <span className="text-ink-faint text-s">{row.state === 'delivered' ? row.status : next.short(row)}</span>
        </li>
      ))}
    </ul>
  );
}
