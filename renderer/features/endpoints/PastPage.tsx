/** Events from before sent to an endpoint that has not had them: counted first, then work that can be stopped. */
import { Send } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { EventId } from '../../../shared/domain.ts';
import type { Endpoint, PastCount } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Checkbox } from '../../components/Checkbox.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { type ChosenTime, TimeFilter } from '../../components/TimeFilter.tsx';
import { useWords } from '../../i18n/index.ts';
import { filterAt } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { isUnderWay, useWork, WorkStrips } from '../deliveries/Work.tsx';
import { PastChoice, useListedEvents } from './PastChoice.tsx';
import type { PastFilter } from './past.ts';
import { sayProblem } from './useEndpointActs.ts';
import { WithEndpoint } from './WithEndpoint.tsx';

export function PastPage() {
  return <WithEndpoint>{(endpoint) => <Past key={endpoint.id} endpoint={endpoint} />}</WithEndpoint>;
}

function Past({ endpoint }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const { id, name, events } = endpoint;
  const [params] = useSearchParams();
  const bench = params.get('bench') === '1';
  const { now } = useSituation();
  const work = useWork((job) => job.kind === 'past' && job.endpointId === id);
  const [time, setTime] = useState<ChosenTime>({ span: null });
  const [eventTypes, setEventTypes] = useState(events);
  const [again, setAgain] = useState(false);
  const [overtaken, setOvertaken] = useState(false);
  const { from, to } = filterAt({ filter: { from: time.from, to: time.to }, span: time.span }, now);
  const filter: PastFilter = {
    eventTypes,
    bench,
    again,
    overtaken,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const [choosing, setChoosing] = useState(false);
  const [left, setLeft] = useState<ReadonlySet<EventId>>(new Set());
  const listed = useListedEvents(id, filter, choosing);
  const chosen = (listed.data?.events ?? []).flatMap((event) => (left.has(event.id) ? [] : event.id));
  return (
    <>
      <PageHeader title={t(bench ? 'past.benchTitle' : 'past.title', { name })} />
      <div className="max-w-3xl">
        <WorkStrips work={work} />
        <Card>
          <div className="flex flex-col gap-4">
            <p className="text-ink-soft">{t('past.intro', { name })}</p>
            <div>
              <TimeFilter chosen={time} onChange={setTime} />
            </div>
            <fieldset className="flex flex-col gap-2">
              <legend className="mb-2 font-medium text-s">{t('form.events')}</legend>
              {events.map((event) => (
                <Checkbox
                  key={event}
                  isSelected={eventTypes.includes(event)}
                  onChange={(isChosen) =>
                    setEventTypes(events.filter((one) => (one === event ? isChosen : eventTypes.includes(one))))
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
            <Checkbox isSelected={choosing} onChange={setChoosing}>
              {t('past.choose')}
            </Checkbox>
            {choosing && <PastChoice listed={listed} left={left} onChange={setLeft} />}
            {choosing && chosen.length === 0 ? (
              <p role="status">{t('past.nothing')}</p>
            ) : (
              <CountedAndSent
                endpoint={endpoint}
                filter={choosing ? { ...filter, eventIds: chosen } : filter}
                isUnderWay={work.jobs.some(isUnderWay)}
                onStarted={work.show}
              />
            )}
            {bench && endpoint.swallowed > 0 && <LeaveThem endpoint={endpoint} />}
          </div>
        </Card>
      </div>
    </>
  );
}

interface CountedAndSentProps {
  readonly endpoint: Endpoint;
  readonly filter: PastFilter;
  /** What is being sent there already is shown above, with a way to stop it. */
  readonly isUnderWay: boolean;
  readonly onStarted: ReturnType<typeof useWork>['show'];
}

/** The count is what the button says, and the button is the yes. */
function CountedAndSent({ endpoint: { id, name }, filter, isUnderWay, onStarted }: CountedAndSentProps) {
  const t = useWords('endpoints');
  const formats = useFormats();
  // What was counted last stays while it is counted anew: a box that is ticked does not make the page jump.
  const count = useRelayQuery('endpoints.countPast', { id, filter }, { placeholderData: (before) => before });
  const send = useRelayMutation('endpoints.sendPast', { onError: sayProblem, onSuccess: onStarted });
  if (count.error) return <Failed error={count.error} again={() => void count.refetch()} />;
  if (!count.data) return <Loading />;
  const { total } = count.data;
  return (
    <>
      <Counted count={count.data} />
      {total > 0 && !isUnderWay && (
        <Button
          kind="primary"
          icon={Send}
          className="self-start"
          isDisabled={count.isPlaceholderData}
          isPending={send.isPending}
          onPress={() => send.mutate({ id, filter })}
        >
          {t('past.send', { count: total, formatted: formats.number(total), name })}
        </Button>
      )}
    </>
  );
}

function LeaveThem({ endpoint: { id, name } }: { endpoint: Endpoint }) {
  const t = useWords('endpoints');
  const leave = useRelayMutation('bench.leave', {
    onError: sayProblem,
    onSuccess: () => notify({ text: t('past.leftThere', { name }), tone: 'still' }),
  });
  return (
    <Button className="self-start" isPending={leave.isPending} onPress={() => leave.mutate({ id })}>
      {t('past.leave')}
    </Button>
  );
}

function Counted({ count: { total, left, oldestAt, newestAt } }: { count: PastCount }) {
  const t = useWords('endpoints');
  const formats = useFormats();
  const reasons = (
    ['delivered', 'waiting', 'needsAttention', 'skipped', 'overtaken', 'keptFrom', 'rules', 'gone'] as const
  ).filter((reason) => left[reason] > 0);
  return (
    <div role="status">
      <p className="font-semibold">
        {total === 0 ? t('past.nothing') : t('past.count', { count: total, formatted: formats.number(total) })}
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
