/** Which acts are shown: about what, by whom, from where, when. They stand in the address, as those of the log do. */
import { useEffect, useRef, useState } from 'react';
import { Group } from 'react-aria-components';
import { z } from 'zod';
import { surfaces, type UtcMs } from '../../../shared/domain.ts';
import { type AuditFilter, at } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { FilterMenu } from '../../components/FilterMenu.tsx';
import { SearchField } from '../../components/SearchField.tsx';
import { TimeFilter } from '../../components/TimeFilter.tsx';
import { useWords } from '../../i18n/index.ts';
import { type FilterView, filterAddress, filterAt, narrowings, without } from '../../lib/filter-address.ts';
import { activityAreas } from './activity-areas.ts';

type Area = keyof typeof activityAreas;
const areaNames = Object.keys(activityAreas) as Area[];

const shownFilter = z.strictObject({
  from: at.optional(),
  to: at.optional(),
  areas: z.array(z.enum(areaNames)).optional(),
  surfaces: z.array(z.enum(surfaces)).optional(),
  account: z.string().max(200).optional(),
  about: z.string().max(200).optional(),
});
type ShownFilter = z.output<typeof shownFilter>;
export type ActivityView = FilterView<ShownFilter>;

export const activityAddress = filterAddress<ShownFilter>(shownFilter, [
  { param: 'about', member: 'about', kind: 'text' },
  { param: 'who', member: 'account', kind: 'text' },
  { param: 'what', member: 'areas', kind: 'list' },
  { param: 'where', member: 'surfaces', kind: 'list' },
]);

/** The filter to ask the engine with. */
export function auditFilterOf(view: ActivityView, now: UtcMs): AuditFilter {
  const { areas: chosen, ...rest } = filterAt(view, now);
  return { ...rest, ...(chosen && { acts: chosen.flatMap((area) => [...activityAreas[area]]) }) };
}

/** Time without a key after which what was typed is searched for, in milliseconds. */
const typingPauseMs = 250;

interface ActivityFiltersProps {
  readonly view: ActivityView;
  readonly onChange: (view: ActivityView) => void;
}

export function ActivityFilters({ view, onChange }: ActivityFiltersProps) {
  const t = useWords('settings');
  const { filter, span } = view;
  const set = (change: { readonly [Member in keyof ShownFilter]?: ShownFilter[Member] | undefined }) =>
    onChange({ span, filter: without<ShownFilter>({ ...filter, ...change }) });
  return (
    <Group aria-label={t('common:filter.label')} className="mb-3 flex flex-wrap items-center gap-2">
      <Typed
        label={t('activity.about')}
        text={filter.about ?? ''}
        onChange={(about) => set({ about })}
        className="min-w-52 flex-2"
      />
      <Typed
        label={t('activity.by')}
        text={filter.account ?? ''}
        onChange={(account) => set({ account })}
        className="min-w-52 flex-1"
      />
      <FilterMenu
        label={t('activity.what')}
        any={t('activity.what.any')}
        some={t('activity.what.some', { count: filter.areas?.length ?? 0 })}
        choices={areaNames.map((value) => ({ value, label: t(`activity.area.${value}`) }))}
        chosen={filter.areas ?? []}
        onChange={(chosen) => set({ areas: chosen })}
      />
      <FilterMenu
        label={t('activity.where')}
        any={t('activity.where.any')}
        some={t('activity.where.some', { count: filter.surfaces?.length ?? 0 })}
        choices={surfaces.map((value) => ({ value, label: t(`surface.${value}`) }))}
        chosen={filter.surfaces ?? []}
        onChange={(chosen) => set({ surfaces: chosen })}
      />
      <TimeFilter
        chosen={{ span, from: filter.from, to: filter.to }}
        onChange={({ span: chosen, from, to }) =>
          onChange({ span: chosen, filter: without<ShownFilter>({ ...filter, from, to }) })
        }
      />
      {narrowings(view) > 0 && (
        <Button kind="quiet" onPress={() => onChange({ span: null, filter: {} })}>
          {t('common:filter.clear')}
        </Button>
      )}
    </Group>
  );
}

interface TypedProps {
  readonly label: string;
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly className: string;
}

/** Letters appear at once; the list follows when the typing pauses. */
function Typed({ label, text, onChange, className }: TypedProps) {
  const [typed, setTyped] = useState(text);
  const [said, setSaid] = useState(text);
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
  return <SearchField label={label} placeholder={label} value={typed} onChange={setTyped} className={className} />;
}
