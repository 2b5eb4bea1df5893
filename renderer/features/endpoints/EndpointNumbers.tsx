import type { ReactNode } from 'react';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { pathToLog } from '../deliveries/address.ts';
import { HoursCard } from '../today/HoursCard.tsx';

/** How it did in the last 24 hours, and what waits for it. */
export function EndpointNumbers({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const statistics = useRelayQuery('endpoints.statistics', { id: endpoint.id });
  if (statistics.error) return <Failed error={statistics.error} again={() => void statistics.refetch()} />;
  if (!statistics.data) return <Loading />;
  const { p50Ms, p95Ms, delivered, failed, hours } = statistics.data;
  const none = t('detail.none');
  const took = (ms: number | null) => (ms === null ? none : formats.duration(ms));
  const leads = (count: number, state: 'waiting' | 'needs_attention') =>
    count === 0 ? (
      formats.number(0)
    ) : (
      <TextLink to={pathToLog({ endpointIds: [endpoint.id], states: [state] })}>{formats.number(count)}</TextLink>
    );
  return (
    <>
      <Card title={t('detail.numbers')}>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 min-[700px]:grid-cols-4">
          <Figure name={t('detail.delivered')}>{formats.number(delivered)}</Figure>
          <Figure name={t('detail.failed')}>{formats.number(failed)}</Figure>
          <Figure name={t('detail.rate')}>
            {endpoint.successRate === null ? none : formats.percent(endpoint.successRate)}
          </Figure>
          <Figure name={t('detail.p50')}>{took(p50Ms)}</Figure>
          <Figure name={t('detail.p95')}>{took(p95Ms)}</Figure>
          <Figure
            name={t('detail.waiting')}
            note={
              endpoint.oldestWaitingAt !== null && t('detail.oldest', { time: formats.time(endpoint.oldestWaitingAt) })
            }
          >
            {leads(endpoint.waiting, 'waiting')}
          </Figure>
          <Figure name={t('detail.needsAttention')}>{leads(endpoint.needsAttention, 'needs_attention')}</Figure>
        </dl>
      </Card>
      <HoursCard hours={hours} />
    </>
  );
}

function Figure({ name, note, children }: { name: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-soft text-s">{name}</dt>
      <dd className="font-semibold text-l">
        {children}
        {note && <span className="block font-normal text-ink-faint text-s">{note}</span>}
      </dd>
    </div>
  );
}
