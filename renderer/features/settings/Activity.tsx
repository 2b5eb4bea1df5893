import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { CallOutput } from '../../../shared/api.ts';
import { idPrefixes } from '../../../shared/domain.ts';
import { exportWhats } from '../../../shared/export-columns.ts';
import type { AuditFilter, Settings } from '../../../shared/schemas.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { dayOf } from '../../lib/days.ts';
import { narrowings } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, type CallFailure, useClient, useRelayQuery } from '../../lib/queries.ts';
import { notify } from '../../lib/toasts.ts';
import { useAct } from '../../lib/useAct.ts';
import { ActivityFilters, activityAddress, auditFilterOf } from './ActivityFilters.tsx';
import { useActWords } from './useActWords.ts';

type Page = CallOutput<'audit.list'>;
type Detail = Page['rows'][number]['detail'];

/** In the order in which they are told. */
const settingNames = Object.keys({
  ...{
    propertyId: 0,
    propertyName: 0,
    timeZone: 0,
    currency: 0,
    locale: 0,
    retentionDays: 0,
    keep: 0,
    privacyRules: 0,
  },
  ...{ proxy: 0, internetCheck: 0, caPem: 0, notify: 0, plainLoopback: 0, intakePort: 0, intakeHosts: 0, lan: 0 },
} satisfies Record<keyof Settings, 0>) as readonly (keyof Settings)[];

/** Who did what, newest first. */
export function Activity() {
  const t = useWords('settings');
  const client = useClient();
  const { now } = useFormats();
  const [params, setParams] = useSearchParams();
  const view = activityAddress.read(params);
  const filter = auditFilterOf(view, now);
  const pages = useInfiniteQuery<Page, CallFailure, { pages: Page[] }, ['audit.list', AuditFilter], string | null>({
    queryKey: ['audit.list', filter],
    initialPageParam: null,
    placeholderData: (before) => before,
    queryFn: ({ pageParam }) =>
      ask(client, 'audit.list', { filter, limit: 50, ...(pageParam !== null && { cursor: pageParam }) }),
    getNextPageParam: ({ next }) => next,
  });
  if (pages.isError) return <Failed error={pages.error} again={() => void pages.refetch()} />;
  if (!pages.data) return <Loading />;
  const rows = pages.data.pages.flatMap((page) => page.rows);
  return (
    <Card title={t('activity.title')} aside={<Save filter={filter} />}>
      <ActivityFilters view={view} onChange={(next) => setParams(activityAddress.write(next), { replace: true })} />
      {rows.length > 0 ? (
        <Entries rows={rows} />
      ) : (
        <p className="text-ink-soft">{t(narrowings(view) > 0 ? 'activity.noneSuch' : 'activity.none')}</p>
      )}
      {pages.hasNextPage && (
        <Button onPress={() => void pages.fetchNextPage()} isPending={pages.isFetchingNextPage} className="mt-3">
          {t('common:act.loadMore')}
        </Button>
      )}
    </Card>
  );
}

/** What is shown, all of it and not this page alone, as a file. */
function Save({ filter }: { filter: AuditFilter }) {
  const t = useWords('settings');
  const client = useClient();
  const { now, timeZone, number } = useFormats();
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const [isPending, begin] = useAct();
  async function save() {
    const name = `who-did-what-${dayOf(now, timeZone)}.csv`;
    const file = desktop ? (await ask(client, 'surface.chooseFile', { purpose: 'export', name })).file : null;
    if (desktop && file === null) return;
    const saved = await ask(client, 'audit.save', { filter, file, replace: desktop });
    notify({ text: t('activity.saved', { count: saved.rows, shown: number(saved.rows), file: saved.file }) });
  }
  return (
    <Button icon={Download} onPress={() => begin(save)} isPending={isPending}>
      {t('activity.save')}
    </Button>
  );
}

function Entries({ rows }: { rows: Page['rows'] }) {
  const t = useWords('settings');
  const wordsOf = useActWords();
  const thingOf = useThings();
  const madeOf = useMade();
  const changedBy = useChanged();
  return (
    <Table label={t('activity.title')}>
      <thead>
        <tr>
          <Th>{t('activity.when')}</Th>
          <Th>{t('activity.who')}</Th>
          <Th>{t('activity.what')}</Th>
          <Th>{t('activity.target')}</Th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ at, account, surface, act, target, detail }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two acts of one millisecond may differ by nothing else.
          <tr key={`${at}-${index}`}>
            <Td className="text-ink-soft">
              <Time at={at} precise />
            </Td>
            <Td>
              {account} <span className="text-ink-faint text-s">({t(`surface.${surface}`)})</span>
            </Td>
            <Td className="break-words">
              {wordsOf(act)}
              <OfGuests detail={detail} />
            </Td>
            <Td className="break-words">
              {changedBy(act, detail) ?? madeOf(target, detail) ?? (target !== null && thingOf(target))}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** That guests' data left with it, and the reason that was given for that. */
function OfGuests({ detail: { full, reason } }: { detail: Detail }) {
  const t = useWords('settings');
  if (full !== true) return null;
  return (
    <span className="block text-ink-soft text-s">
      {typeof reason === 'string' ? t('activity.full.why', { reason }) : t('activity.full')}
    </span>
  );
}

/** Which settings were changed; null of any other act. */
function useChanged(): (act: string, detail: Detail) => string | null {
  const t = useWords('settings');
  return (act, detail) => {
    if (act !== 'settings.change') return null;
    const names = settingNames.filter((name) => Object.hasOwn(detail, name));
    return names.length === 0 ? null : names.map((name) => t(`setting.${name}`)).join(', ');
  };
}

/** What was made: a file, or what a terminal or a browser got; null of an act on a thing that has a name. */
function useMade(): (target: string | null, detail: Detail) => string | null {
  const t = useWords('settings');
  return (target, { file, what }) => {
    if (target !== null && !target.startsWith(idPrefixes.job)) return null;
    if (typeof file === 'string') return file;
    const exported = exportWhats.find((one) => one === what);
    return exported === undefined ? null : t(`activity.exported.${exported}`);
  };
}

/** What an act was done to, by its name and with a way there; an id only where nothing else is known of it. */
function useThings(): (target: string) => ReactNode {
  const t = useWords('settings');
  const endpoints = useRelayQuery('endpoints.list', { removed: true }).data ?? [];
  const sources = useRelayQuery('sources.list', { revoked: true }).data ?? [];
  return (target) => {
    const endpoint = endpoints.find(({ id }) => id === target);
    if (endpoint) return <TextLink to={`/endpoints/${target}`}>{endpoint.name}</TextLink>;
    const source = sources.find(({ id }) => id === target);
    if (source) return <TextLink to={`/sources/${target}`}>{source.name}</TextLink>;
    if (target.startsWith(idPrefixes.delivery)) {
      return <TextLink to={`/deliveries?delivery=${target}`}>{t('activity.delivery')}</TextLink>;
    }
    if (target.startsWith(idPrefixes.event)) return <TextLink to={`/events/${target}`}>{t('activity.event')}</TextLink>;
    return target.startsWith(idPrefixes.job) ? t('activity.job') : target;
  };
}
