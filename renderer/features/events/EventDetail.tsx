/** One event: what the PMS said, and what became of it. */
import { BookOpen, CalendarCheck, UserX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useParams } from 'react-router';
import type { CallOutput } from '../../../shared/api.ts';
import type { EventId } from '../../../shared/domain.ts';
import { harmless } from '../../../shared/harmless.ts';
import { eventId } from '../../../shared/schemas.ts';
import { goneSaid } from '../../../shared/told.ts';
import { Banner } from '../../components/Banner.tsx';
import { ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { IdLine } from '../../components/IdLine.tsx';
import { JsonViewer } from '../../components/JsonViewer.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { DeliveryLines } from './DeliveryLines.tsx';
import { SendTo } from './SendTo.tsx';
import { useDescribe } from './useDescribe.ts';

export function EventDetail() {
  const id = eventId.safeParse(useParams().id);
  return <Page>{id.success ? <Asked id={id.data} /> : <NoSuchEvent />}</Page>;
}

function Asked({ id }: { id: EventId }) {
  const event = useRelayQuery('events.get', { id });
  if (event.data) return <Detail event={event.data} />;
  if (event.error?.error.code === 'not_found') return <NoSuchEvent />;
  if (event.error) return <Failed error={event.error} again={() => void event.refetch()} />;
  return <Loading />;
}

function NoSuchEvent() {
  const t = useWords('events');
  return (
    <EmptyState isPage icon={CalendarCheck} title={t('common:notFound.title')} text={t('common:notFound.text')}>
      <ButtonLink to="/events">{t('detail.back')}</ButtonLink>
    </EmptyState>
  );
}

/** The booking and the guest, as the page for it is asked; null where the event is about neither. */
function whomToForget({ entity, summary }: CallOutput<'events.get'>): string | null {
  const params = new URLSearchParams();
  if (entity?.member === 'booking_id') params.set('booking', entity.id);
  if (summary.guest !== undefined) params.set('name', summary.guest);
  return params.size === 0 ? null : params.toString();
}

function Detail({ event }: { event: CallOutput<'events.get'> }) {
  const t = useWords('events');
  const say = useSay();
  const describe = useDescribe();
  const gone = goneSaid(event);
  return (
    <>
      <PageHeader
        title={describe.headline(event)}
        note={
          <>
            {event.event}
            {' · '}
            {event.sourceName === null ? t('detail.fromUnknown') : t('detail.from', { source: event.sourceName })}
          </>
        }
        actions={
          event.gone !== 'forgotten' && (
            <>
              {event.entity && (
                <ButtonLink to={`/events/story?about=${encodeURIComponent(event.entity.id)}`} icon={BookOpen}>
                  {t('detail.story')}
                </ButtonLink>
              )}
              {whomToForget(event) !== null && (
                <ButtonLink to={`/settings/forget?${whomToForget(event)}`} icon={UserX}>
                  {t('detail.forget')}
                </ButtonLink>
              )}
            </>
          )
        }
      />
      <div className="grid items-start gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_380px]">
        <div className="flex min-w-0 flex-col gap-4">
          {gone !== null && <Banner tone="still">{`${say(gone)} ${t('detail.gone')}`}</Banner>}
          {event.masked > 0 && <Banner tone="still">{t('detail.masked', { count: event.masked })}</Banner>}
          <Card title={t('detail.deliveries')} aside={event.gone === null && <SendTo event={event} />}>
            {([false, true] as const).map((byHand) => {
              const names = event.keptAway.filter((one) => one.byHand === byHand).map(({ name }) => harmless(name));
              if (names.length === 0) return null;
              return (
                <p key={String(byHand)}>
                  {t(byHand ? 'detail.keptFrom' : 'detail.keptAway', { names: names.join(', ') })}
                </p>
              );
            })}
            {event.deliveryRows.length === 0 && event.keptAway.length > 0 ? null : event.deliveryRows.length === 0 ? (
              <p>
                {t('detail.noDeliveries')} <TextLink to="/endpoints">{t('detail.subscribe')}</TextLink>
              </p>
            ) : (
              <DeliveryLines rows={event.deliveryRows} />
            )}
          </Card>
          {event.gone === null && (
            <Card title={t('detail.body')}>
              <JsonViewer text={event.body} label={t('detail.bodyText')} />
            </Card>
          )}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={t('detail.facts')}>
            <dl className="flex flex-col gap-2.5">
              <Fact name={t('detail.received')}>
                <Time at={event.at} precise />
              </Fact>
              <Fact name={t('detail.timestamp')}>{event.timestamp}</Fact>
              {event.entity && <IdLine name={t('detail.entity')} id={event.entity.id} />}
              <Fact name={t('detail.property')}>{harmless(event.propertyId)}</Fact>
              <Fact name={t('detail.source')}>{event.sourceName ?? t('detail.fromUnknown')}</Fact>
              {event.pmsId !== null && <IdLine name={t('detail.pmsId')} id={event.pmsId} />}
              <IdLine name={t('detail.id')} id={event.id} />
            </dl>
          </Card>
          {event.hints.length > 0 && (
            <Card title={t('detail.hints')}>
              <ul className="list-disc pl-4 text-ink-soft">
                {event.hints.map((hint) => (
                  <li key={JSON.stringify(hint)}>{say(hint)}</li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ink-soft text-s">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  );
}
