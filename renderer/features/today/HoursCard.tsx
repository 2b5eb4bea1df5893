import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { Situation } from '../../../shared/schemas.ts';
import { Card } from '../../components/Card.tsx';
import { Table, Td, Th } from '../../components/Table.tsx';
import { TextLink } from '../../components/TextLink.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';

// The chart is half of the window's code and nothing that the first look needs.
const HoursChart = lazy(() => import('./HoursChart.tsx'));

/** Deliveries per hour as a chart, or as the table behind it. */
export function HoursCard({ hours }: { hours: Situation['hours'] }) {
  const t = useWords('today');
  const [asTable, setAsTable] = useState(false);
  const delivered = hours.reduce((sum, hour) => sum + hour.delivered, 0);
  const failed = hours.reduce((sum, hour) => sum + hour.failed, 0);
  return (
    <Card title={t('chart.title')} aside={<TextLink to="/week">{t('common:week.open')}</TextLink>}>
      {delivered + failed === 0 ? (
        <p className="py-6 text-center text-ink-soft">{t('chart.empty')}</p>
      ) : (
        <>
          {asTable ? (
            <HoursTable hours={hours} />
          ) : (
            <Suspense fallback={<div className="h-36" />}>
              <HoursChart hours={hours} />
            </Suspense>
          )}
          <div className="mt-3 flex flex-wrap items-center gap-x-4.5 gap-y-1 text-ink-soft text-s">
            <span className="flex items-center gap-2">
              <span className="size-2.5 rounded-[2px] bg-brand forced-color-adjust-none" />
              {t('chart.delivered', { count: delivered })}
            </span>
            <span className="flex items-center gap-2">
              <span className="size-2.5 rounded-[2px] bg-bad forced-color-adjust-none" />
              {t('chart.failed', { count: failed })}
            </span>
            <span className="flex-1" />
            <AriaButton
              onPress={() => setAsTable(!asTable)}
              className="cursor-pointer rounded-s underline decoration-line-strong underline-offset-2 hover:text-ink"
            >
              {t(asTable ? 'chart.showChart' : 'chart.showTable')}
            </AriaButton>
          </div>
        </>
      )}
    </Card>
  );
}

function HoursTable({ hours }: { hours: Situation['hours'] }) {
  const t = useWords('today');
  const { number } = useFormats();
  return (
    <Table label={t('chart.title')}>
      <thead>
        <tr>
          <Th>{t('chart.hour')}</Th>
          <Th number>{t('chart.deliveredColumn')}</Th>
          <Th number>{t('chart.failedColumn')}</Th>
        </tr>
      </thead>
      <tbody>
        {hours
          .filter(({ delivered, failed }) => delivered + failed > 0)
          .map(({ at, delivered, failed }) => (
            <tr key={at}>
              <Td>
                <Time at={at} />
              </Td>
              <Td number>{number(delivered)}</Td>
              <Td number>{number(failed)}</Td>
            </tr>
          ))}
      </tbody>
    </Table>
  );
}
