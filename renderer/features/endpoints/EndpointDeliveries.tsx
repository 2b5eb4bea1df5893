import { useQuery } from '@tanstack/react-query';
import type { CallOutput } from '../../../shared/api.ts';
import type { DeliveryFilter, DeliveryRow, Endpoint } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { DeliveryChip } from '../../components/Chip.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { ask, type CallFailure, queryKey, useClient } from '../../lib/queries.ts';
import { pathToLog } from '../deliveries/address.ts';
import { isHeld, useNext } from '../deliveries/useNext.ts';
import { EventIcon } from '../events/EventIcon.tsx';
import { useDescribe } from '../events/useDescribe.ts';

const shown = 8;

/** Its latest deliveries; the log has the rest. */
export function EndpointDeliveries({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const describe = useDescribe();
  const next = useNext();
  const filter = { endpointIds: [endpoint.id] };
  const page = useNewest(filter);
  return (
    <Card
      title={t('detail.deliveries')}
      aside={<TextLink to={pathToLog(filter)}>{t('detail.allDeliveries')}</TextLink>}
    >
      {page.error ? (
        <Failed error={page.error} again={() => void page.refetch()} />
      ) : !page.data ? (
        <Loading />
      ) : page.data.length === 0 ? (
        <p className="text-ink-soft">{t('detail.noDeliveries')}</p>
      ) : (
        <ul className="flex flex-col">
          {page.data.map((row) => (
            <li
              key={row.id}
              className="grid grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-3 border-line border-t py-2 first:border-t-0"
            >
              <EventIcon event={row.event} className="text-ink-soft" />
              <div className="min-w-0">
                <TextLink
                  to={pathToLog(filter, row.id)}
                  className="block truncate font-medium text-ink hover:underline"
                >
                  {describe.headline(row)}
                </TextLink>
                <p className="truncate text-ink-faint text-s">
                  <Time at={row.at} precise /> · {row.event}
                </p>
              </div>
              <div className="flex flex-col items-end gap-0.5">
                <DeliveryChip row={row} held={isHeld(row)} />
                <span className="text-ink-faint text-s">
                  {row.state === 'delivered' ? row.status : next.short(row)}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** A busy machine may need more than one answer for them. */
function useNewest(filter: DeliveryFilter) {
  const client = useClient();
  return useQuery<readonly DeliveryRow[], CallFailure>({
    queryKey: queryKey('deliveries.list', { filter, limit: shown }),
    queryFn: async () => {
      const rows: DeliveryRow[] = [];
      for (let cursor: string | null = null; ; ) {
        const limit = shown - rows.length;
        const answer: CallOutput<'deliveries.list'> = await ask(client, 'deliveries.list', {
          filter,
          limit,
          ...(cursor !== null && { cursor }),
        });
        rows.push(...answer.rows);
        if (answer.next === null || rows.length === shown) return rows;
        cursor = answer.next;
      }
    },
  });
}
