/** All endpoints: state, success rate and last answer. */
import { Plus, Trash2, Undo2, Webhook } from 'lucide-react';
import { useState } from 'react';
import type { Endpoint } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip, EndpointChip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
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
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          <ButtonLink to="/endpoints/new" kind="primary" icon={Plus}>
            {t('add')}
          </ButtonLink>
        }
      />
      {endpoints.error ? (
        <Failed error={endpoints.error} again={() => void endpoints.refetch()} />
      ) : !endpoints.data ? (
        <Loading />
      ) : endpoints.data.length === 0 && !removed ? (
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
          {endpoint.local && ` · ${t('list.local')}`}
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
          </div>
        ) : (
          <>
            <EndpointChip state={endpoint.state} />
            {endpoint.failingSince !== null && (
              <p className="mt-0.5 text-ink-faint text-s">
                {t('detail.failingSince', { time: formats.time(endpoint.failingSince) })}
              </p>
            )}
          </>
        )}
      </Td>
      <Td className="max-w-80">
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

/** What the receiver said last, when, and how long it took. */
function LastAnswer({ endpoint: { lastAnswer } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const say = useSay();
  if (lastAnswer === null) return <span className="text-ink-faint">{t('list.never')}</span>;
  const facts = [lastAnswer.status, lastAnswer.durationMs === null ? null : formats.duration(lastAnswer.durationMs)];
  return (
    <>
      <p className="line-clamp-2">{say(lastAnswer.sentence)}</p>
      <p className="text-ink-faint text-s">
        <Time at={lastAnswer.at} /> {facts.filter((fact) => fact !== null).map((fact) => `· ${fact} `)}
      </p>
    </>
  );
}
