/** What came in, newest first; the search and the filters stand in the address. */
import { BookOpen, CalendarCheck, FlaskConical } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import type { EventFilter, EventRow } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { TimeCell } from '../../components/cells.tsx';
import { DenseSwitch, useDense } from '../../components/DenseSwitch.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { type EndlessColumn, EndlessTable, type EndlessTableHandle } from '../../components/EndlessTable.tsx';
import { Failed } from '../../components/Failed.tsx';
import { FilterBar } from '../../components/FilterBar.tsx';
import { FilterMenu } from '../../components/FilterMenu.tsx';
import { Loading } from '../../components/Loading.tsx';
import { NewPill } from '../../components/NewPill.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';
import { useEndless } from '../../lib/endless.ts';
import { narrowings, without } from '../../lib/filter-address.ts';
import { useKeys } from '../../lib/keys.ts';
import { ask, useClient, useRelayQuery } from '../../lib/queries.ts';
import { useAskedFilter } from '../../lib/useAskedFilter.ts';
import { type EventsView, paramsOf, viewOf } from './address.ts';
import { CameCell, SourceCell, WhatCell } from './cells.tsx';

const widths = [
  'grid-cols-[68px_minmax(0,1fr)_150px]',
  '@[600px]:grid-cols-[68px_minmax(0,2fr)_minmax(0,1fr)_170px]',
].join(' ');

export function EventList() {
  const t = useWords('events');
  const [params, setParams] = useSearchParams();
  const view = useMemo(() => viewOf(params), [params]);
  const navigate = useNavigate();
  const events = useEvents(useAskedFilter(view));
  const dense = useDense();
  const table = useRef<EndlessTableHandle>(null);
  const search = useRef<HTMLInputElement>(null);
  const columns = useMemo<EndlessColumn<EventRow>[]>(
    () => [
      { id: 'time', header: t('list.time'), cell: TimeCell },
      { id: 'what', header: t('list.what'), cell: WhatCell },
      { id: 'source', header: t('list.source'), cell: SourceCell, onlyWide: true },
      { id: 'deliveries', header: t('list.deliveries'), cell: CameCell },
    ],
    [t],
  );

  const move = (by: number) => {
    table.current?.focus();
    table.current?.move(by);
  };
  const showNewest = () => {
    events.showNewest();
    table.current?.toTop();
  };
  useKeys([
    { key: '/', label: t('common:keys.search'), group: 'here', act: () => search.current?.focus() },
    { key: 'j', label: t('keys.down'), group: 'here', act: () => move(1) },
    { key: 'k', label: t('keys.up'), group: 'here', act: () => move(-1) },
    // Printed on the sheet only, no keyboard sends it: Enter itself belongs to the list while it has the focus.
    { key: '↵', label: t('keys.open'), group: 'here', act: () => table.current?.open() },
    { key: 'n', label: t('keys.newest'), group: 'here', act: showNewest },
  ]);

  // Scrolling renders this page often, and the filters have not changed by it.
  const show = useRef(setParams);
  useEffect(() => {
    show.current = setParams;
  });
  const clear = () => setParams({});
  const filters = useMemo(
    () => (
      <EventFilters
        view={view}
        // Back leads to before the search, not through its letters.
        onChange={(next, typing) => show.current(paramsOf(next), { replace: typing && view.filter.text !== undefined })}
        searchRef={search}
      />
    ),
    [view],
  );

  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          <>
            <DenseSwitch />
            <ButtonLink to="/events/story" icon={BookOpen}>
              {t('story.title')}
            </ButtonLink>
            <ButtonLink to="/events/test" icon={FlaskConical}>
              {t('test.title')}
            </ButtonLink>
          </>
        }
      />
      {filters}
      <div className="relative flex min-h-0 flex-1 flex-col">
        <NewPill {...events.newer} show={showNewest} />
        {events.state === 'failed' && events.failure ? (
          <Failed error={events.failure} again={events.again} />
        ) : events.state === 'loading' ? (
          <Loading />
        ) : events.count === 0 && !events.more ? (
          <Nothing narrowed={narrowings(view) > 0} clear={clear} />
        ) : (
          <EndlessTable
            key={events.identity}
            list={events}
            label={t('list.label')}
            columns={columns}
            widths={widths}
            dense={dense}
            onMark={({ id }) => events.mark(id)}
            onOpen={({ id }) => {
              events.mark(id);
              void navigate(`/events/${id}`);
            }}
            handle={table}
          />
        )}
      </div>
    </Page>
  );
}

function useEvents(filter: EventFilter) {
  const client = useClient();
  return useEndless<EventRow>({
    area: 'events',
    filter,
    page: (request) => ask(client, 'events.list', { filter, ...request }),
    one: async (id) => {
      const found = await client.call('events.get', { id });
      return found.ok ? found.value : null;
    },
    newer: (than) => ask(client, 'events.newer', { filter, than }),
  });
}

interface EventFiltersProps {
  readonly view: EventsView;
  readonly onChange: (view: EventsView, typing: boolean) => void;
  readonly searchRef: React.RefObject<HTMLInputElement | null>;
}

function EventFilters({ view, onChange, searchRef }: EventFiltersProps) {
  const t = useWords('events');
  const sources = useRelayQuery('sources.list', {}).data ?? [];
  const chosen = view.filter.sourceIds ?? [];
  return (
    <FilterBar
      label={t('search.label')}
      view={view}
      onChange={onChange}
      searchRef={searchRef}
      menus={
        <FilterMenu
          label={t('filter.source')}
          any={t('filter.source.any')}
          some={t('filter.source.some', { count: chosen.length })}
          choices={sources.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={chosen}
          onChange={(sourceIds) =>
            onChange({ ...view, filter: without<EventFilter>({ ...view.filter, sourceIds }) }, false)
          }
        />
      }
    />
  );
}

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  const t = useWords('events');
  return narrowed ? (
    <EmptyState icon={CalendarCheck} title={t('empty.filtered.title')} text={t('empty.filtered.text')}>
      <Button onPress={clear}>{t('common:filter.clear')}</Button>
      <ButtonLink to="/events/story">{t('story.title')}</ButtonLink>
    </EmptyState>
  ) : (
    <EmptyState icon={CalendarCheck} title={t('empty.title')} text={t('empty.text')}>
      <ButtonLink to="/sources" kind="primary">
        {t('empty.sources')}
      </ButtonLink>
    </EmptyState>
  );
}
