/** A bulk resend under way, and its receipt when it is over. */
import { ListFilter, Pause, Play, Square, X } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { notify } from '../../lib/toasts.ts';

/**
 * The bulk resend to be shown: the one started here, or one that was under way when the page was opened. Either
 * stays with its receipt until that is closed.
 */
export function useResendJob(): { job: Job | null; show: (id: string) => void; close: () => void } {
  const [id, setId] = useState<string | null>(null);
  const known = useRelayQuery('jobs.get', { id: id ?? '' }, { enabled: id !== null }).data;
  const jobs = useRelayQuery('jobs.list', {}).data ?? [];
  const underWay = jobs.find(({ kind, state }) => kind === 'resend' && (state === 'running' || state === 'paused'));
  if (id === null && underWay) setId(underWay.id);
  return { job: id === null ? null : (known ?? null), show: setId, close: () => setId(null) };
}

export function JobStrip({ job, onClose }: { job: Job; onClose: () => void }) {
  const t = useWords('deliveries');
  const formats = useFormats();
  const onError = (problem: Error) => notify({ text: problem.message, tone: 'bad' });
  const pause = useRelayMutation('jobs.pause', { onError });
  const resume = useRelayMutation('jobs.resume', { onError });
  const cancel = useRelayMutation('jobs.cancel', { onError });
  const numbers = { done: formats.number(job.done), total: formats.number(job.total ?? job.done) };
  const going = job.state === 'running' || job.state === 'paused';
  return (
    <section
      aria-label={t('job.title')}
      className="arriving mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-l border border-line bg-surface px-4.5 py-3 shadow-card"
    >
      <div className="min-w-60 flex-1">
        {going ? (
          <ProgressBar
            label={t('job.title')}
            value={job.total === null ? null : job.total === 0 ? 1 : job.done / job.total}
            text={t(job.state === 'paused' ? 'job.paused' : 'job.progress', numbers)}
          />
        ) : (
          <Receipt job={job} />
        )}
      </div>
      <div className="flex gap-2">
        {!going && job.failed > 0 && (
          <ButtonLink to={`/deliveries?failed-in=${job.id}`} icon={ListFilter}>
            {t('job.showFailed', { count: job.failed, formatted: formats.number(job.failed) })}
          </ButtonLink>
        )}
        {job.state === 'running' && (
          <Button icon={Pause} onPress={() => pause.mutate({ id: job.id })}>
            {t('job.pause')}
          </Button>
        )}
        {job.state === 'paused' && (
          <Button kind="primary" icon={Play} onPress={() => resume.mutate({ id: job.id })}>
            {t('job.resume')}
          </Button>
        )}
        {going ? (
          <Button icon={Square} onPress={() => cancel.mutate({ id: job.id })}>
            {t('job.cancel')}
          </Button>
        ) : (
          <Button kind="quiet" icon={X} aria-label={t('job.close')} onPress={onClose} />
        )}
      </div>
    </section>
  );
}

function Receipt({ job }: { job: Job }) {
  const t = useWords('deliveries');
  const say = useSay();
  const formats = useFormats();
  const done = formats.number(job.done);
  const total = formats.number(job.total ?? job.done);
  const outcome =
    job.state === 'failed'
      ? t('job.failed', { problem: job.problem === null ? '' : say(job.problem) })
      : job.state === 'cancelled'
        ? t('job.cancelled', { done, total })
        : t('job.done', { count: job.done, formatted: done });
  const counted = t('job.receipt', { delivered: formats.number(job.delivered), failed: formats.number(job.failed) });
  return (
    <p role="status">
      <strong>{outcome}</strong>{' '}
      <span className="text-ink-soft">
        {counted}
        {job.state !== 'failed' && job.problem !== null && ` · ${say(job.problem)}`}
        {job.endedAt !== null && ` · ${t('job.took', { duration: formats.duration(job.endedAt - job.startedAt) })}`}
      </span>
    </p>
  );
}
