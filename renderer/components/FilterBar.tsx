/** The search and the filters above a list. Every change is a change of the address. */
import { X } from 'lucide-react';
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { Group } from 'react-aria-components';
import { allEventTypes, type EventType } from '../../shared/events.ts';
import type { DeliveryFilter, EventFilter } from '../../shared/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { type FilterView, narrowings, without } from '../lib/filter-address.ts';
import { Button } from './Button.tsx';
import { FilterMenu } from './FilterMenu.tsx';
import { Icon } from './Icon.tsx';
import { SearchField } from './SearchField.tsx';
import { TimeFilter } from './TimeFilter.tsx';

/** Time without a key after which what was typed is searched for, in milliseconds. */
const typingPauseMs = 200;

export interface FilterBarProps<Filter extends DeliveryFilter | EventFilter> {
  /** "Search deliveries": what is searched, for screen readers. */
  readonly label: string;
  readonly view: FilterView<Filter>;
  /** `typing`: a step within one search, that Back does not stop at. */
  readonly onChange: (view: FilterView<Filter>, typing: boolean) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  /** The list's own menus, before and after that of the event's type; time and "clear" stand in every list. */
  readonly menus: ReactNode;
  readonly moreMenus?: ReactNode;
  readonly droppers?: ReactNode;
}

export function FilterBar<Filter extends DeliveryFilter | EventFilter>(props: FilterBarProps<Filter>) {
  const { label, view, onChange, searchRef, menus, moreMenus, droppers } = props;
  const t = useWords('common');
  const { filter, span } = view;
  const withChange = (change: Partial<EventFilter>) => without<Filter>({ ...filter, ...change });
  const types: readonly EventType[] = filter.eventTypes ?? [];
  return (
    <div className="mb-3 flex flex-wrap items-center gap-2">
      <Search
        label={label}
        text={filter.text ?? ''}
        onChange={(text) => onChange({ span, filter: withChange({ text }) }, true)}
        searchRef={searchRef}
      />
      <Group aria-label={t('filter.label')} className="flex flex-wrap items-center gap-2">
        {menus}
        <FilterMenu
          label={t('filter.event')}
          any={t('filter.event.any')}
          some={t('filter.event.some', { count: types.length })}
          choices={allEventTypes.map((value) => ({ value, label: t(`event.${value}`), hint: value }))}
          chosen={types}
          onChange={(chosen) => onChange({ span, filter: withChange({ eventTypes: chosen }) }, false)}
        />
        {moreMenus}
        <TimeFilter
          chosen={{ span, from: filter.from, to: filter.to }}
          onChange={({ span: chosen, from, to }) =>
            onChange({ span: chosen, filter: without<Filter>({ ...filter, from, to }) }, false)
          }
        />
        {filter.entity !== undefined && (
          <Dropper
            what={t('filter.about', { id: filter.entity })}
            drop={() => onChange({ span, filter: without<Filter>({ ...filter, entity: undefined }) }, false)}
          />
        )}
        {droppers}
        {narrowings(view) > 0 && (
          <Button kind="quiet" onPress={() => onChange({ span: null, filter: {} as Filter }, false)}>
            {t('filter.clear')}
          </Button>
        )}
      </Group>
    </div>
  );
}

/** A filter that only a link sets; it can be taken away here. */
export function Dropper({ what, drop }: { what: string; drop: () => void }) {
  const t = useWords('common');
  return (
    <Button className="border-brand bg-brand-wash" aria-label={t('filter.dropOne', { what })} onPress={drop}>
      {what}
      <Icon of={X} size={16} />
    </Button>
  );
}

interface SearchProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly searchRef: RefObject<HTMLInputElement | null>;
}

/** Letters appear at once; the list follows when the typing pauses. */
function Search({ label, text, onChange, searchRef }: SearchProps) {
  const t = useWords('common');
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
      label={label}
      placeholder={t('filter.placeholder')}
      value={typed}
      onChange={setTyped}
      inputRef={searchRef}
      hotkey="/"
      className="min-w-60 flex-1"
    />
  );
}
