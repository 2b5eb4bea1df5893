/** What the filters show, as a file. The filters are the log's own, and stand in the address like there. */
import { CalendarClock, Download, Eye, EyeOff } from 'lucide-react';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { exportWhats } from '../../../shared/export-columns.ts';
import { type DeliveryFilter, type EventFilter, type ExportFormat, exportFormats } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Select } from '../../components/Select.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { useWords } from '../../i18n/index.ts';
import { filterAt } from '../../lib/filter-address.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useKeys } from '../../lib/keys.ts';
import { ask, useClient } from '../../lib/queries.ts';
import { type FileJob, useFileJob } from '../../lib/useFileJob.ts';
import { paramsOf, viewOf } from '../deliveries/address.ts';
import { LogFilters } from '../deliveries/LogFilters.tsx';
import { useDeliveryCount } from '../deliveries/useDeliveryCount.ts';
import { Columns } from './Columns.tsx';
import { FullExport } from './FullExport.tsx';
import { KeptByRules } from './KeptByRules.tsx';
import { Preview } from './Preview.tsx';
import { PrivacyRules } from './PrivacyRules.tsx';
import { RecentExports } from './RecentExports.tsx';
import { ScheduleDialog } from './ScheduleDialog.tsx';
import { Schedules } from './Schedules.tsx';
import { useColumns, useWhat } from './useColumns.ts';

export function ExportPage() {
  const t = useWords('export');
  const { now } = useFormats();
  const [params, setParams] = useSearchParams();
  const view = { ...viewOf(params), delivery: null };
  const filter = filterAt(view, now);
  const searchRef = useRef<HTMLInputElement>(null);
  const exporting = useFileJob('export');
  useKeys([{ key: '/', label: t('common:keys.search'), group: 'here', act: () => searchRef.current?.focus() }]);
  return (
    <Page>
      <PageHeader title={t('title')} note={t('note')} />
      <LogFilters
        view={view}
        searchRef={searchRef}
        onChange={(next, typing) => setParams(paramsOf({ ...next, delivery: null }), { replace: typing })}
      />
      <div className="flex max-w-3xl flex-col gap-4.5">
        <Start filter={filter} logPath={`/deliveries?${paramsOf(view)}`} exporting={exporting} />
        <PrivacyRules />
        <RecentExports shown={exporting.job?.id ?? null} />
      </div>
    </Page>
  );
}

interface StartProps {
  readonly filter: DeliveryFilter;
  /** Where what is exported can be seen. */
  readonly logPath: string;
  readonly exporting: FileJob;
}

function Start({ filter, logPath, exporting: { job, isPending, start } }: StartProps) {
  const t = useWords('export');
  const [what, setWhat] = useWhat();
  const [format, setFormat] = useState<ExportFormat>('csv');
  const [columns, setColumns] = useColumns(what);
  const [previewed, setPreviewed] = useState(false);
  const [asksFull, setAsksFull] = useState(false);
  const [schedules, setSchedules] = useState(false);
  const client = useClient();
  const { taken, left } = eventPart(filter);
  const total = useDeliveryCount(filter, { placeholderData: (before) => before }).data?.total;
  const matchesNone = what !== 'events' && total === 0;
  const choice = {
    what,
    format,
    columns: [...columns],
    ...(what === 'events' ? { eventFilter: taken } : { filter }),
  };
  const begin = (full: { full: { reason: string }; confirmed: true } | null) =>
    void start(format, (file) => ask(client, 'export.start', { ...choice, ...full, file }), what);
  const scheduled = {
    what,
    format,
    columns: [...columns],
    ...(what === 'events' ? { eventFilter: lasting(taken) } : { filter: lasting(filter) }),
  };
  return (
    <>
      <Card title={t('what.title')}>
        <div className="flex flex-col gap-4">
          <div className="flex flex-wrap gap-4">
            <Select
              label={t('what.label')}
              value={what}
              onChange={setWhat}
              choices={exportWhats.map((value) => ({ value, label: t(`what.${value}`) }))}
              className="w-80"
            />
            <Select
              label={t('format.label')}
              value={format}
              onChange={setFormat}
              choices={exportFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
              className="w-64"
            />
          </div>
          {what === 'events' ? left && <p>{t('what.events_only')}</p> : <Count total={total} logPath={logPath} />}
          <Columns what={what} chosen={columns} onChange={setColumns} />
          <Banner tone="fine">
            <strong className="block">{t('guests.title')}</strong>
            {t('guests.text')}
          </Banner>
          <KeptByRules />
          <div className="flex flex-wrap gap-2">
            <Button
              kind="primary"
              icon={Download}
              onPress={() => begin(null)}
              isPending={isPending}
              isDisabled={matchesNone}
            >
              {t('start')}
            </Button>
            <Button icon={previewed ? EyeOff : Eye} onPress={() => setPreviewed(!previewed)}>
              {previewed ? t('preview.hide') : t('preview.show')}
            </Button>
            <Button icon={CalendarClock} onPress={() => setSchedules(true)}>
              {t('schedule.open')}
            </Button>
            <Button kind="quiet" onPress={() => setAsksFull(true)} isDisabled={isPending || matchesNone}>
              {t('full.open')}
            </Button>
          </div>
          {previewed && <Preview request={choice} />}
          {job && <JobProgress key={job.id} job={job} label={t('running')} done={t('done')} />}
        </div>
        <FullExport
          isOpen={asksFull}
          onClose={() => setAsksFull(false)}
          onConfirm={(reason) => {
            setAsksFull(false);
            begin({ full: { reason }, confirmed: true });
          }}
        />
      </Card>
      {schedules && <ScheduleDialog was={null} chosen={scheduled} onClose={() => setSchedules(false)} />}
      <Schedules chosen={scheduled} />
    </>
  );
}

function Count({ total, logPath }: { total: number | undefined; logPath: string }) {
  const t = useWords('export');
  const { number } = useFormats();
  return (
    <p aria-live="polite">
      {total === undefined
        ? t('what.counting')
        : total === 0
          ? t('what.none')
          : t('what.count', { count: total, shown: number(total) })}{' '}
      {total !== undefined && total > 0 && <TextLink to={logPath}>{t('what.show')}</TextLink>}
    </p>
  );
}

/** What of a filter holds every night: its moments are the schedule's, and what was picked by hand is not there again. */
function lasting<Filter extends DeliveryFilter | EventFilter>({
  from: _from,
  to: _to,
  ids: _ids,
  failedIn: _failedIn,
  ...rest
}: Filter & Pick<DeliveryFilter, 'ids' | 'failedIn'>) {
  return rest;
}

/** What of the log's filters events have too; `left`: others were set, and do not count for events. */
function eventPart({ from, to, eventTypes, entity, text, ...rest }: DeliveryFilter): {
  readonly taken: EventFilter;
  readonly left: boolean;
} {
  const taken = { from, to, eventTypes, entity, text };
  const given = Object.entries(taken).filter(([, value]) => value !== undefined);
  return { taken: Object.fromEntries(given), left: Object.values(rest).some((value) => value !== undefined) };
}
