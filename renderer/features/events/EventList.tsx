/** What came in, newest first, a page at a time; the search and the filters stand in the address. */
import { ArrowLeft, ArrowRight, BookOpen, CalendarCheck, FlaskConical } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Group } from 'react-aria-components';
import { useSearchParams } from 'react-router';
import { eventTypes } from '../../../shared/events.ts';
import { type EventFilter, type EventRow, eventFilter } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useKeys } from '../../lib/keys.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { FilterMenu } from '../deliveries/FilterMenu.tsx';
import { Came } from './Came.tsx';
import { EventIcon } from './EventIcon.tsx';
import { useDescribe } from './useDescribe.ts';

const pageLimit = 50;
const typingPauseMs = 250;

export function EventList() {
  const t = useWords('events');
  const [params, setParams] = useSearchParams();
  const filter = filterOf(params);
  const narrowed = Object.keys(filter).length > 0;
  const cursor = params.get('after');
  const page = useRelayQuery('events.list', { filter, limit: pageLimit, ...(cursor !== null && { cursor }) });
  const set = (name: string, value: string, replace = false) =>
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (name !== 'after') next.delete('after');
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace },
    );
  const rows = page.data?.rows ?? [];
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={
          <>
            <ButtonLink to="/events/story" icon={BookOpen}>
              {t('story.title')}
            </ButtonLink>
            <ButtonLink to="/events/test" icon={FlaskConical}>
              {t('test.title')}
            </ButtonLink>
          </>
        }
      />
      <EventFilters filter={filter} set={set} clear={() => setParams({})} narrowed={narrowed} />
      {page.error ? (
        <Failed error={page.error} again={() => void page.refetch()} />
      ) : !page.data ? (
        <Loading />
      ) : rows.length === 0 && page.data.next === null && cursor === null ? (
        <Nothing narrowed={narrowed} />
      ) : (
        <Card>
          <EventTable rows={rows} />
          <nav className="mt-3 flex items-center justify-between gap-2">
            {cursor === null ? (
              <span />
            ) : (
              <Button icon={ArrowLeft} onPress={() => set('after', '')}>
                {t('list.newest')}
              </Button>
            )}
            {!page.data.complete && <p className="text-ink-faint text-s">{t('list.searching')}</p>}
            {page.data.next !== null && (
              <Button icon={ArrowRight} onPress={() => set('after', page.data.next ?? '')}>
                {t('list.older')}
              </Button>
            )}
          </nav>
        </Card>
      )}
    </Page>
  );
}

/** The filter that an address says; what it says wrongly is left out. */
function filterOf(params: URLSearchParams): EventFilter {
  const said: Record<string, unknown> = {
    text: params.get('text') ?? '',
    entity: params.get('about') ?? '',
    eventTypes: params.get('event')?.split(',') ?? '',
    sourceIds: params.get('source')?.split(',') ?? '',
  };
  const right = Object.entries(said).filter(
    ([name, value]) => value !== '' && eventFilter.shape[name as keyof EventFilter].safeParse(value).success,
  );
  return Object.fromEntries(right);
}

interface EventFiltersProps {
  readonly filter: EventFilter;
  readonly narrowed: boolean;
  readonly set: (name: string, value: string, replace?: boolean) => void;
  readonly clear: () => void;
}

function EventFilters({ filter, narrowed, set, clear }: EventFiltersProps) {
  const t = useWords('events');
  const sources = useRelayQuery('sources.list', {}).data ?? [];
  const search = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(filter.text ?? '');
  const [said, setSaid] = useState(filter.text ?? '');
  if (said !== (filter.text ?? '')) {
    setSaid(filter.text ?? '');
    if (typed.trim() !== (filter.text ?? '')) setTyped(filter.text ?? '');
  }
  const latest = useRef(set);
  useEffect(() => {
    latest.current = set;
  });
  useEffect(() => {
    const wanted = typed.trim().slice(0, 200);
    if (wanted === said) return;
    const timer = setTimeout(() => latest.current('text', wanted, true), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, said]);
  useKeys([{ key: '/', label: t('common:keys.search'), group: 'here', act: () => search.current?.focus() }]);
  const types = filter.eventTypes ?? [];
  const from = filter.sourceIds ?? [];
  return (
    <Group className="mb-3 flex flex-wrap items-center gap-2">
      <SearchField
        label={t('search.label')}
        placeholder={t('search.placeholder')}
        value={typed}
        onChange={setTyped}
        inputRef={search}
        hotkey="/"
        className="min-w-60 flex-1"
      />
      <FilterMenu
        label={t('filter.event')}
        summary={types.length > 0 ? t('filter.event.some', { count: types.length }) : t('filter.event.any')}
        choices={eventTypes.map((value) => ({ value, label: t(`common:event.${value}`), hint: value }))}
        chosen={types}
        onChange={(chosen) => set('event', chosen.join(','))}
      />
      <FilterMenu
        label={t('filter.source')}
        summary={from.length > 0 ? t('filter.source.some', { count: from.length }) : t('filter.source.any')}
        choices={sources.map(({ id, name }) => ({ value: id, label: name }))}
        chosen={from}
        onChange={(chosen) => set('source', chosen.join(','))}
      />
      {narrowed && (
        <Button kind="quiet" onPress={clear}>
          {t('filter.clear')}
        </Button>
      )}
    </Group>
  );
}

function EventTable({ rows }: { rows: readonly EventRow[] }) {
  const t = useWords('events');
  const describe = useDescribe();
  return (
    <Table label={t('list.label')}>
      <thead>
        <tr>
          <Th>{t('list.time')}</Th>
          <Th>{t('list.what')}</Th>
          <Th>{t('list.source')}</Th>
          <Th>{t('list.deliveries')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <Td className="text-ink-soft">
              <Time at={row.at} precise />
            </Td>
            <Td>
              <div className="flex items-start gap-2.5">
                <EventIcon event={row.event} className="mt-0.5 text-ink-soft" />
                <div className="min-w-0">
                  <TextLink to={`/events/${row.id}`} className="font-medium text-ink hover:underline">
                    {describe.headline(row)}
                  </TextLink>
                  <p className="text-ink-faint text-s">
                    {[row.event, describe.details(row)].filter((part) => part !== '').join(' · ')}
                  </p>
                </div>
              </div>
            </Td>
            <Td>{row.sourceName ?? t('detail.fromUnknown')}</Td>
            <Td>
              <Came deliveries={row.deliveries} />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Nothing({ narrowed }: { narrowed: boolean }) {
  const t = useWords('events');
  return narrowed ? (
    <EmptyState icon={CalendarCheck} title={t('empty.filtered.title')} text={t('empty.filtered.text')}>
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
