/** A test event to one chosen endpoint, with its data to be changed before. */
import { FlaskConical, RotateCcw, Webhook } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import { remedyOfTest } from '../../../shared/remedies.ts';
import type { Endpoint, TestResult } from '../../../shared/schemas.ts';
import { takenInPart, testSaid } from '../../../shared/told.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { JsonViewer } from '../../components/JsonViewer.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NextStep } from '../../components/NextStep.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { Answer } from '../deliveries/Attempts.tsx';
import { Phases } from '../deliveries/Phases.tsx';
import { readData, sampleText } from './sample-text.ts';

export function TestEventPage() {
  const t = useWords('events');
  const endpoints = useRelayQuery('endpoints.list', {});
  return (
    <Page>
      <PageHeader title={t('test.title')} />
      {endpoints.error ? (
        <Failed error={endpoints.error} again={() => void endpoints.refetch()} />
      ) : !endpoints.data ? (
        <Loading />
      ) : endpoints.data.length === 0 ? (
        <EmptyState icon={Webhook} title={t('test.noEndpoints')} text={t('test.noEndpointsText')}>
          <ButtonLink to="/endpoints/new" kind="primary">
            {t('test.addEndpoint')}
          </ButtonLink>
        </EmptyState>
      ) : (
        <TestForm endpoints={endpoints.data} />
      )}
    </Page>
  );
}

function TestForm({ endpoints }: { endpoints: readonly Endpoint[] }) {
  const t = useWords('events');
  const [params] = useSearchParams();
  const [endpointId, setEndpointId] = useState<string | null>(params.get('endpoint'));
  const endpoint = endpoints.find(({ id }) => id === endpointId) ?? (endpoints.length === 1 ? endpoints[0] : undefined);
  const [event, setEvent] = useState<EventType>('booking.created');
  const [text, setText] = useState(sampleText('booking.created'));
  const [sent, setSent] = useState<{ endpoint: Endpoint; result: TestResult } | null>(null);
  const test = useRelayMutation('endpoints.test', {
    onError: (problem) => notify({ text: problem.message, tone: 'bad' }),
  });
  const read = readData(text);
  const problem = read.ok
    ? undefined
    : read.problem === 'notObject'
      ? t('test.notObject')
      : t('test.notJson', { problem: read.detail });
  const choose = (chosen: EventType) => {
    // What was changed by hand is not thrown away for the sake of another type.
    if (text === sampleText(event)) setText(sampleText(chosen));
    setEvent(chosen);
  };
  return (
    <div className="grid items-start gap-4 min-[1100px]:grid-cols-2">
      <Card>
        <form
          className="flex flex-col gap-4"
          onSubmit={(submitted) => {
            submitted.preventDefault();
            if (!endpoint || !read.ok) return;
            const { id } = endpoint;
            test.mutate({ id, event, dataText: text }, { onSuccess: (result) => setSent({ endpoint, result }) });
          }}
        >
          <p className="text-ink-soft">{t('test.intro')}</p>
          <Select<string>
            label={t('test.endpoint')}
            placeholder={t('test.chooseEndpoint')}
            value={endpoint?.id ?? null}
            onChange={setEndpointId}
            choices={endpoints.map(({ id, name, host }) => ({ value: id, label: name, hint: host }))}
          />
          <Select<EventType>
            label={t('test.event')}
            value={event}
            onChange={choose}
            choices={eventTypes.map((value) => ({ value, label: t(`common:event.${value}`), hint: value }))}
          />
          {endpoint && !endpoint.events.includes(event) && (
            <Banner tone="wait">{t('test.unsubscribed', { endpoint: endpoint.name, event })}</Banner>
          )}
          <TextField
            code
            rows={14}
            label={t('test.data')}
            hint={t('test.dataHint')}
            value={text}
            onChange={setText}
            error={problem}
          />
          <div className="flex flex-wrap gap-2">
            <Button
              type="submit"
              kind="primary"
              icon={FlaskConical}
              isPending={test.isPending}
              isDisabled={!endpoint || !read.ok}
            >
              {endpoint ? t('test.send', { endpoint: endpoint.name }) : t('test.sendNowhere')}
            </Button>
            {text !== sampleText(event) && (
              <Button icon={RotateCcw} onPress={() => setText(sampleText(event))}>
                {t('test.reset')}
              </Button>
            )}
          </div>
        </form>
      </Card>
      {sent && <Result endpoint={sent.endpoint} result={sent.result} />}
    </div>
  );
}

function Result({ endpoint: { id, name, kind }, result }: { endpoint: Endpoint; result: TestResult }) {
  const t = useWords('events');
  const formats = useFormats();
  const say = useSay();
  const { attempt, ok } = result;
  const inPart = takenInPart(result);
  const duration = attempt.timings === null ? '' : formats.duration(attempt.timings.totalMs);
  return (
    <Card title={t('test.result', { endpoint: name })}>
      <div className="flex flex-col gap-3">
        <Banner tone={inPart ? 'wait' : ok ? 'fine' : 'bad'}>
          {inPart
            ? say(inPart)
            : ok
              ? t('test.ok', { endpoint: name, status: attempt.status ?? '', duration })
              : say(testSaid(result, name))}
        </Banner>
        <NextStep
          remedy={remedyOfTest(result, kind)}
          facts={{ id, name, sinceAt: attempt.startedAt, status: attempt.status ?? 0 }}
        />
        {attempt.timings && <Phases timings={attempt.timings} />}
        <Answer attempt={attempt} />
        <details>
          <summary className="cursor-pointer font-medium text-s">{t('detail.body')}</summary>
          <div className="mt-2">
            <JsonViewer text={result.body} label={t('detail.bodyText')} />
          </div>
        </details>
      </div>
    </Card>
  );
}
