/** What has arrived at the test bench, newest first, each with the verdict on its signature. */

import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, CircleX, FlaskConical, Trash2 } from 'lucide-react';
import { useCallback } from 'react';
import type { CallOutput, PushPayload } from '../../../shared/api.ts';
import type { Tone } from '../../../shared/domain.ts';
import { harmless } from '../../../shared/harmless.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { JsonViewer } from '../../components/JsonViewer.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { keepPushed, queryKey, usePush, useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { newestFirst, withRequest } from './requests-order.ts';

type Bench = CallOutput<'bench.get'>;
type BenchRequest = PushPayload<'benchRequest'>;

const verdicts = {
  valid: { tone: 'fine', icon: CircleCheck },
  invalid: { tone: 'bad', icon: CircleX },
  missing: { tone: 'bad', icon: CircleX },
  unknown: { tone: 'still', icon: CircleHelp },
} as const satisfies Record<BenchRequest['signature'], { tone: Tone; icon: typeof CircleX }>;

export function Requests({ bench }: { bench: Bench }) {
  const t = useWords('bench');
  const queries = useQueryClient();
  const onRequest = useCallback(
    (request: BenchRequest) => {
      const key = queryKey('bench.get', {});
      const shown = queries.getQueryData<Bench>(key);
      if (shown) keepPushed(queries, key, { ...shown, requests: withRequest(shown.requests, request) });
    },
    [queries],
  );
  usePush('benchRequest', onRequest);
  const clear = useRelayMutation('bench.clear', {
    onError: (problem) => notify({ text: problem.message, tone: 'bad' }),
  });
  const requests = newestFirst(bench.requests);
  return (
    <Card
      title={t('requests.title')}
      aside={
        requests.length > 0 && (
          <Button kind="quiet" icon={Trash2} onPress={() => clear.mutate({})}>
            {t('requests.clear')}
          </Button>
        )
      }
    >
      {requests.length === 0 ? (
        <EmptyState icon={FlaskConical} title={t('requests.none')} text={t('requests.noneText')} />
      ) : (
        <ol aria-label={t('requests.label')} aria-live="polite" className="flex flex-col">
          {requests.map((request) => (
            <li key={request.n} className="arriving border-line border-t py-2.5 first:border-t-0">
              <Request request={request} />
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}

function Request({ request }: { request: BenchRequest }) {
  const t = useWords('bench');
  const endpoints = useRelayQuery('endpoints.list', {}).data ?? [];
  const name = endpoints.find(({ id }) => id === request.endpointId)?.name;
  const { tone, icon } = verdicts[request.signature];
  const facts = [
    name === undefined ? t('requests.unknown') : t('requests.from', { name }),
    request.attempt !== null && t('requests.attempt', { number: request.attempt }),
    request.answered === null ? t('requests.waiting') : t('requests.answered', { status: request.answered }),
  ].filter((fact) => fact !== false);
  return (
    <details className="group">
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1">
        <span className="text-ink-soft">
          <Time at={request.at} precise />
        </span>
        <span className="font-medium">{request.event === null ? t('requests.noEvent') : harmless(request.event)}</span>
        <Chip tone={tone} icon={icon}>
          {t(`signature.${request.signature}`)}
        </Chip>
        <span className="w-full text-ink-faint text-s">{facts.join(' · ')}</span>
      </summary>
      <div className="mt-2">
        <Tabs<'body' | 'headers'>
          label={t('requests.sides', { n: request.n })}
          tabs={[
            {
              id: 'body',
              label: t('requests.body'),
              content: <JsonViewer text={request.body} label={t('requests.bodyOf', { n: request.n })} />,
            },
            {
              id: 'headers',
              label: t('requests.headers'),
              content: (
                <dl className="flex flex-col gap-1 font-code text-xs">
                  {request.headers.map(([header, value], index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat, and a request's never change.
                    <div key={index}>
                      <dt className="inline text-away">{harmless(header)}: </dt>
                      <dd className="inline break-all">{harmless(value)}</dd>
                    </div>
                  ))}
                </dl>
              ),
            },
          ]}
        />
      </div>
    </details>
  );
}
