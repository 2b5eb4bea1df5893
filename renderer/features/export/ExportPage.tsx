/** What the filters show, as a file. The filters are the log's own, and stand in the address like there. */
import { Download } from 'lucide-react';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { type DeliveryFilter, exportFormats } from '../../../shared/schemas.ts';
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
import { useFileJob } from '../../lib/useFileJob.ts';
import { paramsOf, viewOf } from '../deliveries/address.ts';
import { LogFilters } from '../deliveries/LogFilters.tsx';
import { useDeliveryCount } from '../deliveries/useDeliveryCount.ts';
import { RecentExports } from './RecentExports.tsx';

type Format = (typeof exportFormats)[number];

export function ExportPage() {
  const t = useWords('export');
  const { now } = useFormats();
  const [params, setParams] = useSearchParams();
  const view = { ...viewOf(params), delivery: null };
  const filter = filterAt(view, now);
  const searchRef = useRef<HTMLInputElement>(null);
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
        <Start filter={filter} logPath={`/deliveries?${paramsOf(view)}`} />
        <RecentExports />
      </div>
    </Page>
  );
}

function Start({ filter, logPath }: { filter: DeliveryFilter; logPath: string }) {
  const t = useWords('export');
  const { number } = useFormats();
  const [format, setFormat] = useState<Format>('csv');
  const client = useClient();
  const { job, isPending, start } = useFileJob('export');
  const total = useDeliveryCount(filter, { placeholderData: (before) => before }).data?.total;
  return (
    <Card title={t('what.title')}>
      <div className="flex flex-col gap-4">
        <p aria-live="polite">
          {total === undefined
            ? t('what.counting')
            : total === 0
              ? t('what.none')
              : t('what.count', { count: total, shown: number(total) })}{' '}
          {total !== undefined && total > 0 && <TextLink to={logPath}>{t('what.show')}</TextLink>}
        </p>
        <Select
          label={t('format.label')}
          value={format}
          onChange={setFormat}
          choices={exportFormats.map((value) => ({ value, label: t(`format.${value}`) }))}
          className="max-w-xs"
        />
        <Banner tone="wait">
          <strong className="block">{t('guests.title')}</strong>
          {t('guests.text')}
        </Banner>
        <Button
          kind="primary"
          icon={Download}
          onPress={() => void start(format, (file) => ask(client, 'export.start', { filter, format, file }))}
          isPending={isPending}
          isDisabled={total === 0}
          className="self-start"
        >
          {t('start')}
        </Button>
        {job && <JobProgress key={job.id} job={job} label={t('running')} done={t('done')} />}
      </div>
    </Card>
  );
}
