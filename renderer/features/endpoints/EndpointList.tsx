/** All endpoints: state, success rate and last answer. */
import { Plus, Trash2, Undo2, Webhook } from 'lucide-react';
import { useState } from 'react';
import { endpointFace } from '../../../shared/endpoint-face.ts';
import { kindNamed } from '../../../shared/endpoint-kinds/index.ts';
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
      <Td className="w-[28%] max-w-0">
        <div title={endpoint.name}>
          <TextLink to={`/endpoints/${endpoint.id}`} className="block truncate font-medium text-ink hover:underline">
            {endpoint.name}
          </TextLink>
        </div>
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
          <EndpointChip state={endpointFace(endpoint)} />
        )}
        <SinceAndWhere endpoint={endpoint} />
      </Td>
      <Td>
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

const kindSaid = (kind: Endpoint['kind'], say: ReturnType<typeof useSay>): string =>
  say({ key: kindNamed(kind).words.name, params: {} });

/** Since when it has been in trouble: the first failure after the last success; of what kind it is, and where it sends to. */
function SinceAndWhere({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const say = useSay();
  const { kind, trouble, failingSince, state, host, local, plain, toBench } = endpoint;
  const since = state === 'paused' || state === 'draft' ? null : (trouble?.since ?? failingSince);
  const note =
    toBench === null
      ? (plain !== null && t('list.plain')) || (local && t('list.local'))
      : t('list.benchUntil', { time: formats.time(toBench.until) });
  const said = [since !== null && t('detail.since', { time: formats.time(since) }), kindSaid(kind, say), host, note];
  const line = said.filter((part) => part).join(' · ');
  return (
    <p className="truncate text-ink-faint text-s" title={line}>
      {line}
    </p>
  );
}

/** What the receiver said last, when, how long it took; and what is to be done, of which deliveries where not of that answer. */
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
      <p>
        {say(lastAnswer.sentence)}{' '}
        {trouble?.said && <span className="break-words font-medium">“{harmless(trouble.said)}” </span>}
        <span className="whitespace-nowrap text-ink-faint text-s">
          <Time at={lastAnswer.at} /> {facts.filter((fact) => fact !== null).map((fact) => `· ${fact} `)}
        </span>
      </p>
      {now && lastAnswer.outcome === 'delivered' && <OfOthers endpoint={endpoint} />}
      {now && <NextStep {...now} />}
    </>
  );
}

/** Its last answer was a success: what is to be done is about others. */
function OfOthers({ endpoint: { id, needsAttention, retrying } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  if (needsAttention + retrying === 0) return null;
  return (
    <p className="text-s">
      <TextLink to={pathToLog({ endpointIds: [id], states: [needsAttention > 0 ? 'needs_attention' : 'waiting'] })}>
        {needsAttention > 0 ? t('list.attention', { count: needsAttention }) : t('list.retrying', { count: retrying })}
      </TextLink>
    </p>
  );
}
