/** The test bench: a receiver inside the app that shows what arrives, and answers as it is told. */
import { FlaskConical, Power, Undo2, Webhook } from 'lucide-react';
import { useSearchParams } from 'react-router';
import type { CallOutput } from '../../../shared/api.ts';
import { benchBehaviours, type Endpoint } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { useConfirmed } from '../../components/useConfirmed.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { Requests } from './Requests.tsx';

type Bench = CallOutput<'bench.get'>;
const onError = (problem: Error) => notify({ text: problem.message, tone: 'bad' });

export function BenchPage() {
  const t = useWords('bench');
  // Requests that came while another page was shown were told to nobody.
  const bench = useRelayQuery('bench.get', {}, { refetchOnMount: 'always' });
  const start = useRelayMutation('bench.start', { onError });
  const stop = useRelayMutation('bench.stop', {
    onError,
    onSuccess: () => notify({ text: t('stopped'), tone: 'still' }),
  });
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          bench.data?.running && (
            <Button icon={Power} isPending={stop.isPending} onPress={() => stop.mutate({})}>
              {t('stop')}
            </Button>
          )
        }
      />
      {bench.error ? (
        <Failed error={bench.error} again={() => void bench.refetch()} />
      ) : !bench.data ? (
        <Loading />
      ) : bench.data.running ? (
        <Running bench={bench.data} />
      ) : (
        <EmptyState icon={FlaskConical} title={t('off.title')} text={t('off.text')}>
          <Button kind="primary" icon={Power} isPending={start.isPending} onPress={() => start.mutate({})}>
            {t('start')}
          </Button>
        </EmptyState>
      )}
    </Page>
  );
}

function Running({ bench }: { bench: Bench }) {
  const t = useWords('bench');
  const behave = useRelayMutation('bench.behave', { onError });
  return (
    <div className="grid items-start gap-4 min-[1000px]:grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)]">
      <div className="flex min-w-0 flex-col gap-4">
        <Card title={t('address.title')}>
          <div className="flex flex-col gap-4">
            {bench.address !== null && <CodeBlock code={bench.address} label={t('address.label')} />}
            <p className="text-ink-soft text-s">{t('address.text')}</p>
            <Select<(typeof benchBehaviours)[number]>
              label={t('behaviour.title')}
              value={bench.behaviour}
              onChange={(behaviour) => behave.mutate({ behaviour })}
              choices={benchBehaviours.map((value) => ({
                value,
                label: t(`behaviour.${value}`),
                hint: t(`behaviour.${value}.hint`),
              }))}
            />
          </div>
        </Card>
        <Points bench={bench} />
      </div>
      <Requests bench={bench} />
    </div>
  );
}

/** Which endpoints send here: one click there, and one back. */
function Points({ bench }: { bench: Bench }) {
  const t = useWords('bench');
  const [params] = useSearchParams();
  const endpoints = useRelayQuery('endpoints.list', {});
  if (endpoints.error) return <Failed error={endpoints.error} again={() => void endpoints.refetch()} />;
  if (!endpoints.data) return <Loading />;
  const wanted = params.get('endpoint');
  const sorted = [...endpoints.data].sort((a, b) => Number(b.id === wanted) - Number(a.id === wanted));
  return (
    <Card title={t('points.title')}>
      <p className="mb-2 text-ink-soft text-s">{t('points.text')}</p>
      {sorted.length === 0 ? (
        <div className="flex flex-wrap items-center gap-3">
          <p>{t('points.none')}</p>
          <ButtonLink to="/endpoints/new" icon={Webhook}>
            {t('points.add')}
          </ButtonLink>
        </div>
      ) : (
        <ul className="flex flex-col">
          {sorted.map((endpoint) => (
            <Point key={endpoint.id} endpoint={endpoint} here={bench.endpointIds.includes(endpoint.id)} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Point({ endpoint, here }: { endpoint: Endpoint; here: boolean }) {
  const t = useWords('bench');
  const { id, name } = endpoint;
  const confirmed = useConfirmed(t('points.askTitle', { name }), t('points.point'));
  const point = useRelayMutation('bench.point', {
    onError: (problem) => {
      if (!confirmed.asks(problem, () => point.mutate({ id, confirmed: true }))) onError(problem);
    },
    onSuccess: () => notify({ text: t('points.pointed', { name }), undo: () => release.mutate({ id }) }),
  });
  const release = useRelayMutation('bench.release', {
    onError,
    onSuccess: () => notify({ text: t('points.released', { name }) }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 border-line border-t py-2.5 first:border-t-0">
      <div className="min-w-0">
        <p className="truncate font-medium">{name}</p>
        {here ? <Chip tone="wait">{t('points.here')}</Chip> : <p className="text-ink-faint text-s">{endpoint.host}</p>}
      </div>
      <div className="flex flex-wrap gap-2">
        {here && (
          <ButtonLink
            to={`/events/test?endpoint=${id}`}
            icon={FlaskConical}
            aria-label={t('points.testName', { name })}
          >
            {t('points.test')}
          </ButtonLink>
        )}
        {here ? (
          <Button
            icon={Undo2}
            aria-label={t('points.releaseName', { name })}
            isPending={release.isPending}
            onPress={() => release.mutate({ id })}
          >
            {t('points.release')}
          </Button>
        ) : (
          <Button
            aria-label={t('points.pointName', { name })}
            isPending={point.isPending}
            onPress={() => point.mutate({ id })}
          >
            {t('points.point')}
          </Button>
        )}
        {confirmed.dialog}
      </div>
    </li>
  );
}
