/** Events from before sent to an endpoint that has not had them: counted first, then a job that can be stopped. */
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Endpoint, PastCount } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Failed } from '../../components/Failed.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { type ChosenTime, TimeFilter } from '../../components/TimeFilter.tsx';
import { useWords } from '../../i18n/index.ts';
import { filterAt } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { sayProblem } from './useEndpointActs.ts';
import { WithEndpoint } from './WithEndpoint.tsx';

export function PastPage() {
  return <WithEndpoint>{(endpoint) => <Past key={endpoint.id} endpoint={endpoint} />}</WithEndpoint>;
}

function Past({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const { id, name, events } = endpoint;
  const [params] = useSearchParams();
  const bench = params.get('bench') === '1';
  const { now } = useSituation();
  const [time, setTime] = useState<ChosenTime>({ span: null });
  const [eventTypes, setEventTypes] = useState(events);
  const [again, setAgain] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  const { from, to } = filterAt({ filter: { from: time.from, to: time.to }, span: time.span }, now);
  const filter = {
    ...{ eventTypes, bench, again, overtaken },
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const count = useRelayQuery('endpoints.countPast', { id, filter });
  const send = useRelayMutation('endpoints.sendPast', { onError: sayProblem });
  const leave = useRelayMutation('bench.leave', { onError: sayProblem });
  const total = count.data?.total ?? 0;
  return (
    <>
      <PageHeader title={t(bench ? 'past.benchTitle' : 'past.title', { name })} />
      <Card className="max-w-3xl">
        <div className="flex flex-col gap-4">
          <p className="text-ink-soft">{t('past.intro', { name })}</p>
          <TimeFilter chosen={time} onChange={setTime} />
          <fieldset className="flex flex-col gap-2">
            <legend className="mb-2 font-medium text-s">{t('form.events')}</legend>
            {events.map((event) => (
              <Checkbox
                key={event}
                isSelected={eventTypes.includes(event)}
                onChange={(chosen) =>
                  setEventTypes(events.filter((one) => (one === event ? chosen : eventTypes.includes(one))))
                }
              >
                {t(`common:event.${event}`)}
              </Checkbox>
            ))}
          </fieldset>
          {!bench && (
            <Checkbox isSelected={again} onChange={setAgain}>
              {t('past.again')}
            </Checkbox>
          )}
          <Checkbox isSelected={overtaken} onChange={setOvertaken}>
            {t('past.overtaken')}
          </Checkbox>
          {count.error ? (
            <Failed error={count.error} again={() => void count.refetch()} />
          ) : count.data ? (
            <Counted count={count.data} />
          ) : (
            <Loading />
          )}
          {send.data ? (
            <JobProgress job={send.data} label={t('past.title', { name })} done={t('past.done', { name })} />
          ) : (
            <div className="flex flex-wrap gap-2">
              <Button
                kind="primary"
                icon={Send}
                isDisabled={total === 0}
                isPending={send.isPending}
                onPress={() => send.mutate({ id, filter })}
              >
                {t('past.send', { count: total, formatted: formats.number(total), name })}
              </Button>
              {bench && endpoint.swallowed > 0 && (
                <Button isPending={leave.isPending} onPress={() => leave.mutate({ id })}>
                  {t('past.leave')}
                </Button>
              )}
            </div>
          )}
        </div>
      </Card>
    </>
  );
}

function Counted({ count: { total, left, oldestAt, newestAt } }: { count: PastCount }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const reasons = (['delivered', 'waiting', 'needsAttention', 'skipped', 'overtaken'] as const).filter(
    (reason) => left[reason] > 0,
  );
  return (
    <div role="status">
      <p className="font-semibold">
        {t('past.count', { count: total, formatted: formats.number(total) })}
        {oldestAt !== null &&
          newestAt !== null &&
          ` ${t('past.span', { from: formats.time(oldestAt), to: formats.time(newestAt) })}`}
      </p>
      {reasons.length > 0 && (
        <ul className="mt-1 list-disc pl-5 text-ink-soft">
          {reasons.map((reason) => (
            <li key={reason}>{t(`past.left.${reason}`, { number: formats.number(left[reason]) })}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
