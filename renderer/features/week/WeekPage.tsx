/** Monday's page: what the week before was, to be read and printed. */
import { ChevronLeft, ChevronRight, FileDown, Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { UtcMs } from '../../../shared/domain.ts';
import { weekWords } from '../../../shared/week-words.ts';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Failed } from '../../components/Failed.tsx';
import { Loading } from '../../components/Loading.tsx';
import { Page } from '../../components/Page.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useWords } from '../../i18n/index.ts';
import { dayOf } from '../../lib/days.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { ask, useClient, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { useAct } from '../../lib/useAct.ts';
import './print.css';
import { WeekByMail } from './WeekByMail.tsx';

const mostBack = 52;

export function WeekPage() {
  const t = useWords('common');
  const { i18n } = useTranslation();
  const say = useSay();
  const formats = useFormats();
  const [params, setParams] = useSearchParams();
  const asked = Number(params.get('back') ?? '1');
  const back = Number.isInteger(asked) && asked >= 0 && asked <= mostBack ? asked : 1;
  const report = useRelayQuery('week.report', { back });
  const isDesktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  if (report.error) return <Failed error={report.error} again={() => void report.refetch()} />;
  if (!report.data) return <Loading />;
  const { timeZone } = report.data;
  const days = new Intl.DateTimeFormat(i18n.language === 'fil' ? 'fil' : 'en-GB', { timeZone, dateStyle: 'long' });
  const words = weekWords(report.data, {
    lang: i18n.language,
    say,
    event: (type) => t(`event.${type}`),
    number: formats.number,
    day: (at) => days.format(at as UtcMs),
  });
  const go = (to: number) => setParams({ back: String(to) });
  return (
    <Page>
      <PageHeader
        title={words.title}
        note={words.span}
        actions={
          <div className="flex gap-2 print:hidden">
            <Button icon={ChevronLeft} onPress={() => go(back + 1)} isDisabled={back >= mostBack}>
              {t('week.before')}
            </Button>
            <Button icon={ChevronRight} onPress={() => go(back - 1)} isDisabled={back === 0}>
              {t('week.after')}
            </Button>
            {isDesktop && <SavePdf back={back} />}
            <Button {...(!isDesktop && { kind: 'primary' as const })} icon={Printer} onPress={() => window.print()}>
              {t(isDesktop ? 'week.printOnly' : 'week.print')}
            </Button>
          </div>
        }
      />
      <div className="flex max-w-3xl flex-col gap-4">
        {words.sections.map(({ title, note, rows }) => (
          <Card key={title} title={title} className="break-inside-avoid print:border-0 print:shadow-none">
            {note !== undefined && <p className="text-ink-soft text-s">{note}</p>}
            <dl>
              {rows.map(([name, value]) => (
                <div
                  key={`${name} ${value}`}
                  className="flex justify-between gap-4 border-line border-b py-1 last:border-b-0"
                >
                  <dt>{name}</dt>
                  <dd className="text-right tabular-nums">{value}</dd>
                </div>
              ))}
            </dl>
          </Card>
        ))}
        <WeekByMail report={report.data} />
      </div>
    </Page>
  );
}

/** Without the system's print dialog: the desktop writes what it would print. */
function SavePdf({ back }: { back: number }) {
  const t = useWords('common');
  const client = useClient();
  const { now, timeZone } = useFormats();
  const [isPending, begin] = useAct();
  async function save() {
    const name = `week-${dayOf((now - back * 7 * 86_400_000) as UtcMs, timeZone)}.pdf`;
    const { file } = await ask(client, 'surface.chooseFile', { purpose: 'page', name });
    if (file === null) return;
    const saved = await ask(client, 'surface.savePdf', { file });
    notify({ text: t('week.saved', { file: saved.file }) });
  }
  return (
    <Button kind="primary" icon={FileDown} onPress={() => begin(save)} isPending={isPending}>
      {t('week.savePdf')}
    </Button>
  );
}
