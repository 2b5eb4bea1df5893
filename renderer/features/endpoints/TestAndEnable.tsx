/** A test send with the answer shown, and then the switch that lets events out. */
import { FlaskConical, Power } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { unverifiedBecause } from '../../../shared/endpoint-kinds/index.ts';
import type { EventType } from '../../../shared/events.ts';
import { remedyOfTest } from '../../../shared/remedies.ts';
import type { Endpoint, TestResult } from '../../../shared/schemas.ts';
import { takenInPart, testSaid } from '../../../shared/told.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { CodeBlock } from '../../components/CodeBlock.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { NextStep } from '../../components/NextStep.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { Answer } from '../deliveries/Attempts.tsx';
import { Phases } from '../deliveries/Phases.tsx';
import { Snippets } from './Snippets.tsx';
import { Steps } from './Steps.tsx';
import { sayProblem } from './useEndpointActs.ts';
import { WithEndpoint } from './WithEndpoint.tsx';

/** The last step of adding: the secret to hand over, a test, enabling. Also of an endpoint that stands already. */
export function TestPage() {
  const state: unknown = useLocation().state;
  const secret = typeof state === 'object' && state !== null && 'secret' in state ? String(state.secret) : null;
  return <WithEndpoint>{(endpoint) => <TestSteps endpoint={endpoint} secret={secret} />}</WithEndpoint>;
}

function TestSteps({ endpoint, secret }: { endpoint: Endpoint; secret: string | null }) {
  const t = useWords('endpoints');
  const say = useSay();
  const navigate = useNavigate();
  const unverified = unverifiedBecause(endpoint.kind);
  return (
    <>
      <PageHeader title={t('test.title', { name: endpoint.name })} />
      <div className="flex max-w-3xl flex-col gap-4">
        {endpoint.switch === 'draft' && <Steps current={3} />}
        {secret !== null && unverified !== null && (
          <Card title={t('detail.secret')}>
            <p className="text-ink-soft">{say({ key: unverified, params: {} })}</p>
          </Card>
        )}
        {secret !== null && unverified === null && (
          <Card title={t('secret.once.title')}>
            <p className="mb-3 text-ink-soft">{t('secret.once.text')}</p>
            <CodeBlock code={secret} label={t('secret.label', { name: endpoint.name })} />
            <details className="mt-3">
              <summary className="cursor-pointer font-medium text-s">{t('detail.snippets')}</summary>
              <div className="mt-2">
                <Snippets />
              </div>
            </details>
          </Card>
        )}
        <Card title={t('detail.test')}>
          <TestAndEnable endpoint={endpoint} onEnabled={() => void navigate(`/endpoints/${endpoint.id}`)} />
          <div className="mt-4 border-line border-t pt-4">
            <Button onPress={() => void navigate(`/endpoints/${endpoint.id}`)}>
              {t(endpoint.switch === 'draft' ? 'test.later' : 'common:act.close')}
            </Button>
          </div>
        </Card>
      </div>
    </>
  );
}

/** Sends a test and shows its answer; a draft can be enabled when it has succeeded, or anyway. */
export function TestAndEnable({ endpoint, onEnabled }: { endpoint: Endpoint; onEnabled: () => void }) {
  const t = useWords('endpoints');
  const [event, setEvent] = useState<EventType>(endpoint.events[0] ?? 'booking.created');
  const [result, setResult] = useState<TestResult | null>(null);
  const test = useRelayMutation('endpoints.test', { onSuccess: setResult, onError: sayProblem });
  const isDraft = endpoint.switch === 'draft';
  const tested = result?.ok === true || endpoint.testedAt !== null;
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">{t('test.intro', { host: endpoint.host })}</p>
      <div className="flex flex-wrap items-end gap-2">
        <Select
          label={t('test.event')}
          choices={endpoint.events.map((value) => ({ value, label: t(`common:event.${value}`), hint: value }))}
          value={event}
          onChange={setEvent}
          className="min-w-64"
        />
        <Button
          icon={FlaskConical}
          kind={tested ? 'plain' : 'primary'}
          isPending={test.isPending}
          onPress={() => test.mutate({ id: endpoint.id, event })}
        >
          {t(result === null ? 'test.send' : 'test.again')}
        </Button>
        {isDraft && <Enable endpoint={endpoint} tested={tested} onEnabled={onEnabled} />}
      </div>
      {result && <TestAnswer result={result} endpoint={endpoint} />}
    </div>
  );
}

/** What a test send brought: a sentence, where the time went, and the answer itself. */
export function TestAnswer({
  result,
  endpoint: { id, name, kind },
}: {
  result: TestResult;
  endpoint: Pick<Endpoint, 'id' | 'name' | 'kind'>;
}) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const say = useSay();
  const { attempt, ok } = result;
  const inPart = takenInPart(result);
  const duration = attempt.timings === null ? '' : formats.duration(attempt.timings.totalMs);
  return (
    <div className="flex flex-col gap-3">
      <Banner tone={inPart ? 'wait' : ok ? 'fine' : 'bad'}>
        {inPart
          ? say(inPart)
          : ok
            ? t('test.ok', { name, status: attempt.status ?? '', duration })
            : say(testSaid(result, name))}
      </Banner>
      <NextStep
        remedy={remedyOfTest(result, kind)}
        facts={{ id, name, sinceAt: attempt.startedAt, status: attempt.status ?? 0 }}
      />
      {attempt.timings && <Phases timings={attempt.timings} />}
      <section>
        <h3 className="mb-1.5 font-semibold text-ink-soft text-s">{t('test.answered')}</h3>
        <Answer attempt={attempt} />
      </section>
    </div>
  );
}

function Enable({ endpoint, tested, onEnabled }: { endpoint: Endpoint; tested: boolean; onEnabled: () => void }) {
  const t = useWords('endpoints');
  const [asking, setAsking] = useState(false);
  const { name } = endpoint;
  const enable = useRelayMutation('endpoints.enable', {
    onError: sayProblem,
    onSuccess: () => {
      notify({ text: t('test.enabled', { name }) });
      onEnabled();
    },
  });
  if (tested)
    return (
      <Button
        kind="primary"
        icon={Power}
        isPending={enable.isPending}
        onPress={() => enable.mutate({ id: endpoint.id })}
      >
        {t('test.enable')}
      </Button>
    );
  return (
    <>
      <Button kind="quiet" icon={Power} onPress={() => setAsking(true)}>
        {t('test.enableAnyway')}
      </Button>
      <Confirm
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t('test.enableAnyway')}
        verb={t('test.enableAnyway')}
        isPending={enable.isPending}
        onConfirm={() => enable.mutate({ id: endpoint.id, override: true })}
      >
        <p>{t('test.enableAnywayText', { name })}</p>
      </Confirm>
    </>
  );
}
