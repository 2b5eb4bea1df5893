/** Exports that are made by themselves: what each holds, when it comes, what was written last, and what keeps it. */
import { CalendarClock, Download, FolderOpen, Play, Settings2, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isOfFilter } from '../../../shared/conditions/export-away.ts';
import type { ExportSchedule } from '../../../shared/schemas.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { Card } from '../../components/Card.tsx';
import { Chip } from '../../components/Chip.tsx';
import { Confirm } from '../../components/Dialog.tsx';
import { JobProgress } from '../../components/JobProgress.tsx';
import { Time } from '../../components/Time.tsx';
import { useWords } from '../../i18n/index.ts';
import { download } from '../../lib/client.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';
import { ScheduleDialog, type ScheduledChoice } from './ScheduleDialog.tsx';

/** @param chosen what is chosen on the page now, which a change may take */
export function Schedules({ chosen }: { readonly chosen: ScheduledChoice }) {
  const t = useWords('export');
  const schedules = useRelayQuery('schedules.list', {}).data ?? [];
  if (schedules.length === 0) return null;
  return (
    <Card title={t('schedules.title')}>
      <ul className="flex flex-col divide-y divide-line">
        {schedules.map((schedule) => (
          <li key={schedule.id} className="py-3 first:pt-0 last:pb-0">
            <Schedule schedule={schedule} chosen={chosen} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Schedule({ schedule, chosen }: { readonly schedule: ExportSchedule; readonly chosen: ScheduledChoice }) {
  const t = useWords('export');
  const say = useSay();
  const formats = useFormats();
  const [asks, setAsks] = useState<'change' | 'remove' | null>(null);
  const { id, every, what, format, columns, folder, keepDays, fullReason, nextAt, last, away, leftOut, running } =
    schedule;
  const name = t(`schedule.name.${what}.${every}`);
  const narrowed = [schedule.filter, schedule.eventFilter].reduce((sum, one) => sum + Object.keys(one).length, 0);
  const more = [
    format.toUpperCase(),
    ...(columns === null ? [] : [t('schedule.columns', { count: columns.length })]),
    ...(narrowed === 0 ? [] : [t('schedule.narrowed', { count: narrowed })]),
    keepDays === null ? t('schedule.kept.always') : t('schedule.kept', { count: keepDays }),
  ];
  return (
    <section aria-label={name} className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <strong>{name}</strong>
        {fullReason !== null && (
          <Chip tone="wait" icon={CalendarClock}>
            {t('schedule.withGuests')}
          </Chip>
        )}
      </div>
      <p className="text-ink-soft text-s">{more.join(' · ')}</p>
      <Narrowed schedule={schedule} />
      <p className="break-all text-ink-soft text-s">{folder}</p>
      <p>
        {t('schedule.next')} <Time at={nextAt} />
      </p>
      {last !== null && (
        <p className="break-all">
          {t('schedule.last')} <Time at={last.at} />
          {': '}
          {last.state === 'done'
            ? t('schedule.wrote', { count: last.rows, shown: formats.number(last.rows), file: last.file })
            : t('schedule.wasCancelled', { period: last.period })}
        </p>
      )}
      {away !== null && (
        <Banner tone="wait">
          {away.missed > 0 && (
            <strong className="block">
              {t('schedule.away', { count: away.missed, at: formats.time(away.since) })}
            </strong>
          )}
          {say(away.says)} {isOfFilter(away.says) ? t('schedule.filterStep') : t('schedule.awayStep')}
        </Banner>
      )}
      {leftOut !== null && <p className="text-s">{t('schedule.leftOut', { from: leftOut.from, to: leftOut.to })}</p>}
      {running !== null && <Running id={running} />}
      <Acts schedule={schedule} onAsk={setAsks} />
      {asks === 'change' && <ScheduleDialog was={schedule} chosen={chosen} onClose={() => setAsks(null)} />}
      <Remove id={id} isOpen={asks === 'remove'} onClose={() => setAsks(null)} />
    </section>
  );
}

/** Its filter in words. A text that was looked for may be a guest: that there is one is said, and not which. */
function Narrowed({ schedule: { filter, eventFilter } }: { readonly schedule: ExportSchedule }) {
  const t = useWords('export');
  const endpoints = useRelayQuery('endpoints.list', {}).data ?? [];
  const sources = useRelayQuery('sources.list', {}).data ?? [];
  const names = new Map<string, string>([...endpoints, ...sources].map(({ id, name }) => [id, name]));
  const { states, endpointIds, eventTypes, statusClasses, status, entity, text, toBench, heldBack, tooOld } = {
    ...filter,
    ...eventFilter,
  };
  const faces = { to_bench: toBench, held_back: heldBack, too_old: tooOld } as const;
  const said = [
    ...(states ?? []).map((state) => t(`common:delivery.${state}`)),
    ...(['to_bench', 'held_back', 'too_old'] as const).flatMap((face) => {
      const shown = t(`common:delivery.${face}`);
      return faces[face] === undefined ? [] : [faces[face] ? shown : t('schedule.only.not', { shown })];
    }),
    ...[...(endpointIds ?? []), ...(eventFilter.sourceIds ?? [])].map((id) => names.get(id) ?? id),
    ...(eventTypes ?? []).map((type) => t(`common:event.${type}`)),
    ...(statusClasses ?? []).map((one) => t(`schedule.only.answer.${one}`)),
    ...(status === undefined ? [] : [t('schedule.only.status', { status })]),
    ...(entity === undefined ? [] : [t('schedule.only.entity')]),
    ...(text === undefined ? [] : [t('schedule.only.text')]),
  ];
  if (said.length === 0) return null;
  return <p className="text-ink-soft text-s">{t('schedule.only', { shown: said.join(', ') })}</p>;
}

interface ActsProps {
  readonly schedule: ExportSchedule;
  readonly onAsk: (what: 'change' | 'remove') => void;
}

function Acts({ schedule: { id, last, running, isOwnFolder }, onAsk }: ActsProps) {
  const t = useWords('export');
  const surface = useRelayQuery('surface.info', {}).data?.surface;
  const desktop = surface === 'desktop';
  const told = { onError: ({ message }: { message: string }) => notify({ text: message, tone: 'bad' }) };
  const run = useRelayMutation('schedules.run', told);
  const show = useRelayMutation('surface.showFile', told);
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={Play} onPress={() => run.mutate({ id })} isPending={run.isPending} isDisabled={running !== null}>
        {t('schedule.run')}
      </Button>
      {desktop && last?.state === 'done' && (
        <Button icon={FolderOpen} onPress={() => show.mutate({ file: last.file })}>
          {t('common:job.show')}
        </Button>
      )}
      {surface === 'browser' && isOwnFolder && last?.state === 'done' && (
        <Button
          icon={Download}
          onPress={() =>
            void download(last.jobId).then(
              (went) => went || notify({ text: t('common:job.download_failed'), tone: 'bad' }),
            )
          }
        >
          {t('common:job.download')}
        </Button>
      )}
      <Button icon={Settings2} onPress={() => onAsk('change')}>
        {t('schedule.change')}
      </Button>
      <Button kind="quiet" icon={Trash2} onPress={() => onAsk('remove')}>
        {t('schedule.remove')}
      </Button>
    </div>
  );
}

function Running({ id }: { readonly id: string }) {
  const t = useWords('export');
  const job = useRelayQuery('jobs.get', { id }).data;
  if (job === undefined || (job.state !== 'running' && job.state !== 'paused')) return null;
  return <JobProgress job={job} label={t('running')} done={t('done')} />;
}

function Remove({
  id,
  isOpen,
  onClose,
}: {
  readonly id: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const t = useWords('export');
  const remove = useRelayMutation('schedules.remove', {
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  return (
    <Confirm
      isOpen={isOpen}
      onClose={onClose}
      title={t('schedule.remove.title')}
      verb={t('schedule.remove')}
      isPending={remove.isPending}
      onConfirm={() => {
        onClose();
        remove.mutate({ id });
      }}
    >
      {t('schedule.remove.text')}
    </Confirm>
  );
}
