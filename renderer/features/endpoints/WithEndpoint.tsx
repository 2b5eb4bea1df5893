import { Webhook } from 'lucide-react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { EndpointId } from '../../../shared/domain.ts';
import { type Endpoint, endpointId } from '../../../shared/schemas.ts';
import { ButtonLink } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';

/** A page of the endpoint that the address names, and of what else may come of asking for it. */
export function WithEndpoint({ children }: { children: (endpoint: Endpoint) => ReactNode }) {
  const id = endpointId.safeParse(useParams().id);
  return <Page>{id.success ? <Asked id={id.data}>{children}</Asked> : <NoSuchEndpoint />}</Page>;
}

function Asked({ id, children }: { id: EndpointId; children: (endpoint: Endpoint) => ReactNode }) {
  const endpoint = useRelayQuery('endpoints.get', { id });
  if (endpoint.data) return children(endpoint.data);
  if (endpoint.error?.error.code === 'not_found') return <NoSuchEndpoint />;
  if (endpoint.error) return <Failed error={endpoint.error} again={() => void endpoint.refetch()} />;
  return <Loading />;
}

function NoSuchEndpoint() {
  const t = useWords('endpoints');
  return (
    <EmptyState isPage icon={Webhook} title={t('common:notFound.title')} text={t('common:notFound.text')}>
      <ButtonLink to="/endpoints">{t('detail.back')}</ButtonLink>
    </EmptyState>
  );
}
