/** The search and the filters above the log. Every change is a change of the address. */
import { X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Group } from 'react-aria-components';
import { deliveryStates } from '../../../shared/domain.ts';
import { eventTypes } from '../../../shared/events.ts';
import { type DeliveryFilter, statusClasses } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { useWords } from '../../i18n/index.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { emptyView, type LogView, narrowings } from './address.ts';
import { FilterMenu } from './FilterMenu.tsx';
import { TimeFilter } from './TimeFilter.tsx';

/** After so long without a key, what was typed is searched for, in milliseconds. */
const typingPauseMs = 200;

export interface LogFiltersProps {
  readonly view: LogView;
  /** `typing`: a step within one search, that Back does not stop at. */
  readonly onChange: (view: LogView, typing: boolean) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

export function LogFilters({ view, onChange, searchRef }: LogFiltersProps) {
  const t = useWords('deliveries');
  const endpoints = useRelayQuery('endpoints.list', {}).data ?? [];
  const { filter } = view;
  const set = (change: Partial<DeliveryFilter>) =>
    onChange({ ...view, filter: without({ ...filter, ...change }) }, false);
  const some = (chosen: readonly unknown[] | undefined, which: 'state' | 'endpoint' | 'event' | 'answer') =>
    chosen?.length ? t(`filter.${which}.some`, { count: chosen.length }) : t(`filter.${which}.any`);
  const states = deliveryStates.map((value) => ({ value, label: t(`common:delivery.${value}`) }));
  const named = endpoints.map(({ id, name, host }) => ({
    value: id,
    label: name,
    ...(host !== name && { hint: host }),
  }));
  const events = eventTypes.map((value) => ({ value, label: t(`common:event.${value}`), hint: value }));
  const answers = statusClasses.map((value) => ({ value, label: t(`filter.answer.${value}`) }));
  const one = <Value extends string>(
    chosen: readonly Value[] | undefined,
    choices: readonly { value: Value; label: string }[],
    which: 'state' | 'endpoint' | 'event' | 'answer',
  ) => (chosen?.length === 1 && choices.find(({ value }) => value === chosen[0])?.label) || some(chosen, which);

  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Search
        text={filter.text ?? ''}
        onChange={(text) => onChange({ ...view, filter: without({ ...filter, text }) }, true)}
        searchRef={searchRef}
      />
      <Group aria-label={t('filter.label')} className="flex flex-wrap items-center gap-2">
        <FilterMenu
          label={t('filter.state')}
          summary={one(filter.states, states, 'state')}
          choices={states}
          chosen={filter.states ?? []}
          onChange={(chosen) => set({ states: chosen })}
        />
        <FilterMenu
          label={t('filter.endpoint')}
          summary={one(filter.endpointIds, named, 'endpoint')}
          choices={named}
          chosen={filter.endpointIds ?? []}
          onChange={(chosen) => set({ endpointIds: chosen })}
        />
        <FilterMenu
          label={t('filter.event')}
          summary={one(filter.eventTypes, events, 'event')}
          choices={events}
          chosen={filter.eventTypes ?? []}
          onChange={(chosen) => set({ eventTypes: chosen })}
        />
        <FilterMenu
          label={t('filter.answer')}
          summary={one(filter.statusClasses, answers, 'answer')}
          choices={answers}
          chosen={filter.statusClasses ?? []}
          onChange={(chosen) => set({ statusClasses: chosen })}
        />
        <TimeFilter
          chosen={{ span: view.span, from: filter.from, to: filter.to }}
          onChange={({ span, from, to }) =>
            onChange({ ...view, span, filter: without({ ...filter, from, to }) }, false)
          }
        />
        {filter.entity !== undefined && (
          <Dropper what={t('filter.about', { id: filter.entity })} drop={() => set({ entity: undefined })} />
        )}
        {filter.status !== undefined && (
          <Dropper what={t('filter.status', { status: filter.status })} drop={() => set({ status: undefined })} />
        )}
        {narrowings(view) > 0 && (
          <Button kind="quiet" onPress={() => onChange({ ...emptyView, delivery: view.delivery }, false)}>
            {t('filter.clear')}
          </Button>
        )}
      </Group>
    </div>
  );
}

/** A filter that only a link sets; it can be taken away here. */
function Dropper({ what, drop }: { what: string; drop: () => void }) {
  const t = useWords('deliveries');
  return (
    <Button className="border-brand bg-brand-wash" aria-label={t('filter.dropOne', { what })} onPress={drop}>
      {what}
      <Icon of={X} size={16} />
    </Button>
  );
}

/** Letters appear at once; the list follows when the typing pauses. */
function Search(props: {
  text: string;
  onChange: (text: string) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}) {
  const { text, onChange, searchRef } = props;
  const t = useWords('deliveries');
  const [typed, setTyped] = useState(text);
  const [said, setSaid] = useState(text);
  // The address may change under it: Back, a link, "clear filters".
  if (said !== text) {
    setSaid(text);
    if (typed.trim() !== text) setTyped(text);
  }
  const send = useRef(onChange);
  useEffect(() => {
    send.current = onChange;
  });
  useEffect(() => {
    const wanted = typed.trim().slice(0, 200);
    if (wanted === said) return;
    const timer = setTimeout(() => send.current(wanted), typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed, said]);
  return (
    <SearchField
      label={t('search.label')}
      placeholder={t('search.placeholder')}
      value={typed}
      onChange={setTyped}
      inputRef={searchRef}
      hotkey="/"
      className="min-w-60 flex-1"
    />
  );
}

/** A filter without members that say nothing. */
function without(
  filter: { readonly [Member in keyof DeliveryFilter]?: DeliveryFilter[Member] | undefined },
): DeliveryFilter {
  const said = Object.entries(filter).filter(
    ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(said) as DeliveryFilter;
}
