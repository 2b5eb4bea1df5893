/** Single events out of those from before: all that are listed go, but for those that a person leaves out. */
import { useQuery } from '@tanstack/react-query';
import type { EventId } from '../../../shared/domain.ts';
import type { DeliveryRow, EventRow } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, type CallFailure, queryKey, useClient } from '../../lib/queries.ts';
import { useDescribe } from '../events/useDescribe.ts';
import type { PastFilter } from './past.ts';

/** As many as a person can look through; a filter takes no more than 500. */
const mostListed = 200;

export type ListedEvent = Pick<EventRow, 'at' | 'event' | 'summary' | 'entity'> & { readonly id: EventId };

/** The newest of what the filter asks for; of the bench's only what it took for this endpoint. */
export function useListedEvents(endpointId: DeliveryRow['endpointId'], filter: PastFilter, enabled: boolean) {
  const client = useClient();
  const { bench, from, to, eventTypes } = filter;
  const asked = {
    eventTypes,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const call = bench ? 'deliveries.list' : 'events.list';
  const page = (limit: number, cursor: string | null) => {
    const stretch = { limit, ...(cursor !== null && { cursor }) };
    return bench
      ? ask(client, 'deliveries.list', { filter: { ...asked, endpointIds: [endpointId], toBench: true }, ...stretch })
      : ask(client, 'events.list', { filter: asked, ...stretch });
  };
  return useQuery<{ readonly events: readonly ListedEvent[]; readonly more: boolean }, CallFailure>({
    // Named like the call, so that it is asked again as the call is.
    queryKey: [...queryKey(call, {}), 'past', endpointId, asked],
    enabled: enabled && eventTypes.length > 0,
    queryFn: async () => {
      const events: ListedEvent[] = [];
      for (let cursor: string | null = null; ; ) {
        const answer = await page(mostListed - events.length, cursor);
        for (const row of answer.rows) events.push({ ...row, id: 'eventId' in row ? row.eventId : row.id });
        if (answer.next === null || events.length === mostListed) return { events, more: answer.next !== null };
        cursor = answer.next;
      }
    },
  });
}

export interface PastChoiceProps {
  readonly listed: ReturnType<typeof useListedEvents>;
  /** Those that are not to be sent. */
  readonly left: ReadonlySet<EventId>;
  readonly onChange: (left: ReadonlySet<EventId>) => void;
}

export function PastChoice({ listed, left, onChange }: PastChoiceProps) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const describe = useDescribe();
  if (listed.error) return <Failed error={listed.error} again={() => void listed.refetch()} />;
  if (listed.isPending && listed.isFetching) return <Loading />;
  const { events = [], more = false } = listed.data ?? {};
  const ids = events.map(({ id }) => id);
  return (
    <div className="flex flex-col gap-2 rounded-m border border-line p-3">
      <div className="flex flex-wrap gap-2">
        <Button onPress={() => onChange(new Set())}>{t('past.all')}</Button>
        <Button onPress={() => onChange(new Set(ids))}>{t('past.none')}</Button>
      </div>
      <ul aria-label={t('past.listLabel')} className="flex max-h-96 flex-col gap-2.5 overflow-y-auto p-0.5">
        {events.map((event) => (
          <li key={event.id}>
            <Checkbox
              isSelected={!left.has(event.id)}
              onChange={(chosen) =>
                onChange(new Set(chosen ? [...left].filter((id) => id !== event.id) : [...left, event.id]))
              }
              hint={`${formats.second(event.at)} · ${describe.details(event)}`}
            >
              {describe.headline(event)}
            </Checkbox>
          </li>
        ))}
      </ul>
      {more && <p className="text-ink-soft text-s">{t('past.listMore', { number: formats.number(events.length) })}</p>}
    </div>
  );
}
