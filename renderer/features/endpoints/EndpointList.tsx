/** All endpoints: state, success rate and last answer. */
import { Plus, Trash2, Undo2, Webhook } from 'lucide-react';
import { useState } from 'react';
import { endpointFace } from '../../../shared/endpoint-face.ts';
import { harmless } from '../../../shared/harmless.ts';
import { remedyNow } from '../../../shared/remedies.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip, EndpointChip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NextStep } from '../../components/NextStep.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Switch } from '../../components/Switch.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { pathToLog } from '../deliveries/address.ts';
import { useEndpointActs } from './useEndpointActs.ts';

export function EndpointList() {
  const t = useWords('endpoints');
  const [removed, setRemoved] = useState(false);
  const endpoints = useRelayQuery('endpoints.list', { removed });
  // Then the page itself has the one button.
  const isEmpty = endpoints.data?.length === 0 && !removed;
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          !isEmpty && (
            <ButtonLink to="/endpoints/new" kind="primary" icon={Plus}>
              {t('add')}
            </ButtonLink>
          )
        }
      />
      {endpoints.error ? (
        <Failed error={endpoints.error} again={() => void endpoints.refetch()} />
      ) : !endpoints.data ? (
        <Loading />
      ) : isEmpty ? (
        <EmptyState icon={Webhook} title={t('empty.title')} text={t('empty.text')}>
          <ButtonLink to="/endpoints/new" kind="primary" icon={Plus}>
            {t('add')}
          </ButtonLink>
        </EmptyState>
      ) : (
        <Card>
          <EndpointTable endpoints={endpoints.data} />
        </Card>
      )}
      <div className="mt-4 max-w-80">
        <Switch isSelected={removed} onChange={setRemoved}>
          {t('list.showRemoved')}
        </Switch>
      </div>
    </Page>
  );
}

function EndpointTable({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const t = useWords('endpoints');
  return (
    <Table label={t('list.label')}>
      <thead>
        <tr>
          <Th>{t('list.name')}</Th>
          <Th>{t('list.state')}</Th>
          <Th>{t('list.last')}</Th>
          <Th number>{t('list.rate')}</Th>
          <Th number>{t('list.waiting')}</Th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} />
        ))}
      </tbody>
    </Table>
  );
}

function EndpointRow({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const acts = useEndpointActs();
  const isRemoved = endpoint.switch === 'removed';
  return (
    <tr>
      <Td>
        <TextLink to={`/endpoints/${endpoint.id}`} className="font-medium text-ink hover:underline">
          {endpoint.name}
        </TextLink>
        <p className="text-ink-faint text-s">
          {endpoint.host}
          {endpoint.toBench === null
            ? endpoint.local && ` · ${t('list.local')}`
            : ` · ${t('list.benchUntil', { time: formats.time(endpoint.toBench.until) })}`}
        </p>
      </Td>
      <Td>
        {isRemoved ? (
          <div className="flex flex-wrap items-center gap-2">
            <Chip tone="still" icon={Trash2}>
              {t('list.removed')}
            </Chip>
            <Button kind="quiet" icon={Undo2} onPress={() => acts.restore(endpoint)}>
              {t('detail.restore')}
            </Button>
            {acts.dialog}
          </div>
        ) : (
          <>
            <EndpointChip state={endpointFace(endpoint)} />
            <Since endpoint={endpoint} />
          </>
        )}
      </Td>
      <Td className="w-[45%]">
        <LastAnswer endpoint={endpoint} />
      </Td>
      <Td number>{endpoint.successRate === null ? t('detail.none') : formats.percent(endpoint.successRate)}</Td>
      <Td number>
        {endpoint.waiting === 0 ? (
          formats.number(0)
        ) : (
          <TextLink to={pathToLog({ endpointIds: [endpoint.id], states: ['waiting'] })}>
            {formats.number(endpoint.waiting)}
          </TextLink>
        )}
      </Td>
    </tr>
  );
}

/** Since when it has been in trouble: the first failure after the last success. */
function Since({ endpoint: { trouble, failingSince, state } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const since = trouble?.since ?? failingSince;
  if (since === null || state === 'paused' || state === 'draft') return null;
  return <p className="mt-0.5 text-ink-faint text-s">{t('detail.since', { time: formats.time(since) })}</p>;
}

/** What the receiver said last, when, how long it took, and while it is in trouble what is to be done. */
function LastAnswer({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const say = useSay();
  const { lastAnswer, trouble } = endpoint;
  if (lastAnswer === null) return <span className="text-ink-faint">{t('list.never')}</span>;
  const facts = [lastAnswer.status, lastAnswer.durationMs === null ? null : formats.duration(lastAnswer.durationMs)];
  const now = remedyNow(endpoint);
  return (
    <>
      <p>{say(lastAnswer.sentence)}</p>
      {trouble?.said && <p className="break-words font-medium">“{harmless(trouble.said)}”</p>}
      {now && <NextStep {...now} />}
      <p className="text-ink-faint text-s">
        <Time at={lastAnswer.at} /> {facts.filter((fact) => fact !== null).map((fact) => `· ${fact} `)}
      </p>
    </>
  );
}
