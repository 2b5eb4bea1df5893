import { Plus } from 'lucide-react';
import { endpointFace } from '../../../shared/endpoint-face.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EndpointChip } from '../../components/Chip.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { StateRow } from './StateRow.tsx';

/** Where events go, each with its state and what is next. */
export function EndpointsCard({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const t = useWords('today');
  return (
    <Card title={t('endpoints.title')}>
      {endpoints.length === 0 ? (
        <>
          <p className="mb-3 text-ink-soft">{t('endpoints.none')}</p>
          <ButtonLink to="/endpoints/new" icon={Plus}>
            {t('endpoints.add')}
          </ButtonLink>
        </>
      ) : (
        <ul>
          {endpoints.map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  const { id, name } = endpoint;
  return (
    <StateRow
      to={`/endpoints/${id}`}
      name={name}
      chip={<EndpointChip state={endpointFace(endpoint)} />}
      about={useAbout(endpoint)}
      aside={useAside(endpoint)}
    />
  );
}

function useAbout({ state, host, local, plain, pausedBy, pausedUntil, toBench }: Endpoint): string {
  const t = useWords('today');
  const { time } = useFormats();
  if (state === 'paused' && pausedBy !== null && pausedUntil !== null) {
    return t('endpoints.pausedBy', { by: pausedBy, until: time(pausedUntil) });
  }
  if (state === 'paused' && pausedUntil !== null) return t('endpoints.pausedUntil', { until: time(pausedUntil) });
  if (state === 'paused' && pausedBy !== null) return t('endpoints.pausedByOnly', { by: pausedBy });
  if (toBench !== null) return `${host} · ${t('endpoints.benchUntil', { until: time(toBench.until) })}`;
  if (plain !== null) return `${host} · ${t('endpoints.plain')}`;
  return local ? `${host} · ${t('endpoints.local')}` : host;
}

function useAside({ state, waiting, nextAttemptAt, lastAnswer, toBench, swallowed }: Endpoint): string {
  const t = useWords('today');
  const { time, duration } = useFormats();
  if (state === 'draft') return t('endpoints.notUsed');
  if (state === 'degraded' && nextAttemptAt !== null) return t('endpoints.nextTry', { at: time(nextAttemptAt) });
  if (waiting > 0) return t('endpoints.waiting', { count: waiting });
  if (toBench !== null && swallowed > 0) return t('endpoints.benchTook', { count: swallowed });
  if (lastAnswer === null) return t('endpoints.noAnswer');
  const { at, durationMs } = lastAnswer;
  return durationMs === null ? time(at) : `${time(at)} · ${duration(durationMs)}`;
}
