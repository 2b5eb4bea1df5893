/** Everything about one guest or booking: what the PMS said, oldest first, and what became of each event. */
import { BookOpen, Search } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CallOutput } from '../../../shared/api.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { DeliveryLines } from './DeliveryLines.tsx';
import { EventIcon } from './EventIcon.tsx';
import { byDay } from './story.ts';
import { useDescribe } from './useDescribe.ts';

type StoryEvent = CallOutput<'events.story'>['events'][number];

export function StoryPage() {
  const t = useWords('events');
  const [params, setParams] = useSearchParams();
  const about = params.get('about')?.trim().slice(0, 200) ?? '';
  return (
    <Page>
      <PageHeader title={about === '' ? t('story.title') : t('story.of', { about })} />
      <Finder key={about} about={about} find={(text) => setParams({ about: text })} />
      {about === '' ? (
        <EmptyState icon={BookOpen} title={t('story.title')} text={t('story.intro')} />
      ) : (
        <Story about={about} />
      )}
    </Page>
  );
}

function Finder({ about, find }: { about: string; find: (text: string) => void }) {
  const t = useWords('events');
  const [text, setText] = useState(about);
  const submit = (value: string) => value.trim() !== '' && find(value.trim());
  return (
    <form
      className="mb-4 flex max-w-2xl gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit(text);
      }}
    >
      <SearchField
        label={t('story.search')}
        placeholder={t('story.search')}
        value={text}
        onChange={setText}
        onSubmit={submit}
        autoFocus={about === ''}
        className="flex-1"
      />
      <Button type="submit" icon={Search}>
        {t('story.find')}
      </Button>
    </form>
  );
}

function Story({ about }: { about: string }) {
  const t = useWords('events');
  const formats = useFormats();
  const story = useRelayQuery('events.story', { about });
  if (story.error) return <Failed error={story.error} again={() => void story.refetch()} />;
  if (!story.data) return <Loading />;
  const { events: told, complete } = story.data;
  if (told.length === 0)
    return (
      <EmptyState
        icon={BookOpen}
        title={t(complete ? 'story.none' : 'story.unfinished', { about })}
        text={t('story.noneText')}
      />
    );
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {!complete && <Banner tone="still">{t('story.incomplete')}</Banner>}
      {byDay(told, formats.timeZone).map(({ day, events }) => (
        <Card key={day} title={events[0] ? formats.day(events[0].at) : day}>
          <ol aria-label={t('story.label')} className="flex flex-col gap-4">
            {events.map((event) => (
              <StoryLine key={event.id} event={event} />
            ))}
          </ol>
        </Card>
      ))}
    </div>
  );
}

function StoryLine({ event }: { event: StoryEvent }) {
  const t = useWords('events');
  const formats = useFormats();
  const describe = useDescribe();
  return (
    <li className="grid grid-cols-[52px_18px_minmax(0,1fr)] gap-x-3">
      <time dateTime={new Date(event.at).toISOString()} title={formats.utc(event.at)} className="text-ink-soft">
        {formats.clock(event.at)}
      </time>
      <EventIcon event={event.event} className="mt-px text-ink-soft" />
      <div className="min-w-0">
        <TextLink to={`/events/${event.id}`} className="font-medium text-ink hover:underline">
          {describe.headline(event)}
        </TextLink>
        <p className="mb-1.5 text-ink-faint text-s">
          {event.byName && (
            <span title={t('story.byNameHint')} className="font-medium text-ink-soft">
              {t('story.byName')} ·{' '}
            </span>
          )}
          {describe.details(event)}
        </p>
        {event.deliveryRows.length === 0 ? (
          <p className="text-ink-faint text-s">{t('story.noDeliveries')}</p>
        ) : (
          <DeliveryLines rows={event.deliveryRows} />
        )}
      </div>
    </li>
  );
}
