/** The search and the filters above the log. */
import type { RefObject } from 'react';
import { deliveryStates } from '../../../shared/domain.ts';
import { type DeliveryFilter, statusClasses } from '../../../shared/schemas.ts';
import { type DeliveryFace, deliveryFaces } from '../../../shared/told.ts';
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
  const faces = facesOf(filter);
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
            {...words('state', faces)}
            choices={deliveryFaces.map((value) => ({
              value,
              label: t(`common:delivery.${value}`),
              icon: deliveryIcons[value],
              iconLook: toneText[deliveryFaceTone[value]],
              note: <StateCount view={view} face={value} />,
            }))}
            chosen={faces}
            onChange={(chosen) => set({ ...noFaces, ...facesAsked(chosen, faces) })}
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

const noFaces = { states: undefined, toBench: undefined, heldBack: undefined, tooOld: undefined };

/** What a filter asks for, as its menu shows it. */
function facesOf({ toBench, heldBack, tooOld, states }: DeliveryFilter): readonly DeliveryFace[] {
  if (toBench) return ['to_bench'];
  if (heldBack) return ['held_back'];
  return tooOld ? ['too_old'] : (states ?? []);
}

/** What the bench took, what was held back and what is too old are each asked for alone: the one of them or the states. */
function facesAsked(chosen: readonly DeliveryFace[], before: readonly DeliveryFace[]): DeliveryFilter {
  const added = chosen.find((face) => !before.includes(face));
  if (added === 'to_bench') return { toBench: true };
  if (added === 'held_back') return { heldBack: true };
  if (added === 'too_old') return { tooOld: true };
  return { states: deliveryStates.filter((state) => chosen.includes(state)) };
}

/** How many a state would leave of what is shown; counted while the menu is open, and only then. */
function StateCount({ view, face }: { view: LogView; face: DeliveryFace }) {
  const formats = useFormats();
  const filter = useAskedFilter(view);
  const { states: _states, toBench: _toBench, heldBack: _heldBack, tooOld: _tooOld, ...others } = filter;
  const total = useDeliveryCountOnce({ ...others, ...facesAsked([face], []) }).data?.total;
  return total === undefined ? null : formats.number(total);
}
