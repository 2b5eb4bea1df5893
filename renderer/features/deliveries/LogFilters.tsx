/** The search and the filters above the log. */
import type { RefObject } from 'react';
import { type DeliveryState, deliveryStates } from '../../../shared/domain.ts';
import { type DeliveryFilter, statusClasses } from '../../../shared/schemas.ts';
import type { DeliveryFace } from '../../../shared/told.ts';
import { deliveryFaceTone, deliveryIcons, toneText } from '../../components/Chip.tsx';
import { Dropper, FilterBar } from '../../components/FilterBar.tsx';
import { FilterMenu } from '../../components/FilterMenu.tsx';
import { useWords } from '../../i18n/index.ts';
import { without } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayQuery } from '../../lib/queries.ts';
import { useAskedFilter } from '../../lib/useAskedFilter.ts';
import type { LogView } from './address.ts';
import { useDeliveryCountOnce } from './useDeliveryCount.ts';

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
  const set = (change: { readonly [Member in keyof DeliveryFilter]?: DeliveryFilter[Member] | undefined }) =>
    onChange({ ...view, filter: without<DeliveryFilter>({ ...filter, ...change }) }, false);
  const words = (which: 'state' | 'endpoint' | 'answer', chosen: readonly unknown[] = []) => ({
    label: t(`filter.${which}`),
    any: t(`filter.${which}.any`),
    some: t(`filter.${which}.some`, { count: chosen.length }),
  });
  return (
    <FilterBar
      label={t('search.label')}
      view={view}
      onChange={(next, typing) => onChange({ ...view, ...next }, typing)}
      searchRef={searchRef}
      menus={
        <>
          <FilterMenu
            {...words('state', filter.toBench ? ['toBench'] : filter.states)}
            choices={[...deliveryStates, 'toBench' as const].map((value) => ({
              value,
              label: t(`common:delivery.${faceOf(value)}`),
              icon: deliveryIcons[faceOf(value)],
              iconLook: toneText[deliveryFaceTone[faceOf(value)]],
              note: <StateCount view={view} state={value} />,
            }))}
            chosen={filter.toBench ? ['toBench'] : (filter.states ?? [])}
            onChange={(chosen) => {
              // What the bench took is a state of its own to whoever looks: the one or the others.
              const toBench = chosen.includes('toBench') && !filter.toBench;
              const states = chosen.filter((value) => value !== 'toBench');
              set(toBench ? { toBench, states: undefined } : { toBench: undefined, states });
            }}
          />
          <FilterMenu
            {...words('endpoint', filter.endpointIds)}
            choices={endpoints.map(({ id, name, host }) => ({
              value: id,
              label: name,
              ...(host !== name && { hint: host }),
            }))}
            chosen={filter.endpointIds ?? []}
            onChange={(chosen) => set({ endpointIds: chosen })}
          />
        </>
      }
      moreMenus={
        <FilterMenu
          {...words('answer', filter.statusClasses)}
          choices={statusClasses.map((value) => ({ value, label: t(`filter.answer.${value}`) }))}
          chosen={filter.statusClasses ?? []}
          onChange={(chosen) => set({ statusClasses: chosen })}
        />
      }
      droppers={
        <>
          {filter.status !== undefined && (
            <Dropper what={t('filter.status', { status: filter.status })} drop={() => set({ status: undefined })} />
          )}
          {filter.ids !== undefined && (
            <Dropper what={t('filter.ids', { count: filter.ids.length })} drop={() => set({ ids: undefined })} />
          )}
          {filter.failedIn !== undefined && (
            <Dropper what={t('filter.failedIn')} drop={() => set({ failedIn: undefined })} />
          )}
        </>
      }
    />
  );
}

const faceOf = (state: DeliveryState | 'toBench'): DeliveryFace => (state === 'toBench' ? 'to_bench' : state);

/** How many a state would leave of what is shown; counted while the menu is open, and only then. */
function StateCount({ view, state }: { view: LogView; state: DeliveryState | 'toBench' }) {
  const formats = useFormats();
  const filter = useAskedFilter(view);
  const { states: _states, toBench: _toBench, ...others } = filter;
  const total = useDeliveryCountOnce({
    ...others,
    ...(state === 'toBench' ? { toBench: true } : { states: [state] }),
  }).data?.total;
  return total === undefined ? null : formats.number(total);
}
