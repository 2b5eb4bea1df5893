/** Many deliveries that a person asked for at once, under way: a bulk resend, events from before; and the receipt. */
import { ListFilter, Pause, Play, Square, X } from 'lucide-react';
import { useState } from 'react';
import type { Job } from '../../../shared/schemas.ts';
import { Button, ButtonLink } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/ProgressBar.tsx';
import { useWords } from '../../i18n/index.ts';
import { useFormats } from '../../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../../lib/queries.ts';
import { useSay } from '../../lib/sentences.ts';
import { useSituation } from '../../lib/situation.ts';
import { notify } from '../../lib/toasts.ts';
import { pathToLog } from './address.ts';

/** True while there is something to pause or stop. */
export const isUnderWay = ({ state }: Job): boolean => state === 'running' || state === 'paused';

const isSending = ({ kind }: Job): boolean => kind === 'resend' || kind === 'past';

export interface Work {
  /** Those under way, and those that ended while they were looked at, until their receipts are closed. */
  readonly jobs: readonly Job[];
  /** One that was started here, before the engine's list has it. */
  show(job: Job): void;
  close(id: string): void;
}

/** The engine's, not a page's: whoever comes back, or opens another page, finds it as it stands. */
export function useWork(isAsked: (job: Job) => boolean = isSending): Work {
  const listed = (useRelayQuery('jobs.list', {}).data ?? []).filter(isAsked);
  const [seen, setSeen] = useState<readonly Job[]>([]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const fresh = listed.filter((job) => isUnderWay(job) && seen.every(({ id }) => id !== job.id));
  if (fresh.length > 0) setSeen([...seen, ...fresh]);
  return {
    jobs: seen.filter(({ id }) => !closed.has(id)).map((job) => listed.find(({ id }) => id === job.id) ?? job),
    show: (job) => setSeen((before) => (before.some(({ id }) => id === job.id) ? before : [...before, job])),
    close: (id) => setClosed((before) => new Set([...before, id])),
  };
}

export function WorkStrips({ work: { jobs, close } }: { work: Work }) {
  return jobs.map((job) => <WorkStrip key={job.id} job={job} onClose={() => close(job.id)} />);
}

function WorkStrip({ job: known, onClose }: { job: Job; onClose: () => void }) {
  const t = useWords('deliveries');
  const formats = useFormats();
  const job = useRelayQuery('jobs.get', { id: known.id }, { placeholderData: known }).data ?? known;
  const title = useTitle(job);
  const onError = (problem: Error) => notify({ text: problem.message, tone: 'bad' });
  const pause = useRelayMutation('jobs.pause', { onError });
  const resume = useRelayMutation('jobs.resume', { onError });
  const cancel = useRelayMutation('jobs.cancel', { onError });
  const numbers = { done: formats.number(job.done), total: formats.number(job.total ?? job.done) };
  const going = isUnderWay(job);
  return (
    <section
      aria-label={title}
      className="arriving mb-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-l border border-line bg-surface px-4.5 py-3 shadow-card"
    >
      <div className="min-w-60 flex-1">
        {going ? (
          <ProgressBar
            label={title}
            value={job.total === null ? null : job.total === 0 ? 1 : job.done / job.total}
            text={t(job.state === 'paused' ? 'job.paused' : 'job.progress', numbers)}
          />
        ) : (
          <Receipt job={job} />
        )}
      </div>
      <div className="flex gap-2">
        {!going && job.failed > 0 && (
          <ButtonLink to={pathToFailed(job)} icon={ListFilter}>
            {t('job.showFailed', { count: job.failed, formatted: formats.number(job.failed) })}
          </ButtonLink>
        )}
        {job.state === 'running' && (
          <Button icon={Pause} onPress={() => pause.mutate({ id: job.id })}>
            {t('job.pause')}
          </Button>
        )}
        {job.state === 'paused' && (
          <Button icon={Play} onPress={() => resume.mutate({ id: job.id })}>
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

/** Of events from before, what was not taken at its first try has a schedule like any other delivery of its endpoint. */
const pathToFailed = ({ id, endpointId }: Job): string =>
  endpointId === null
    ? `/deliveries?failed-in=${id}`
    : pathToLog({ endpointIds: [endpointId], states: ['waiting', 'needs_attention'] });

function useTitle(job: Job): string {
  const t = useWords('deliveries');
  const name = useEndpointName(job);
  return job.kind === 'past' ? t('job.pastTitle', { name }) : t('job.title');
}

function useEndpointName({ endpointId }: Job): string {
  const { endpoints } = useSituation();
  return endpoints.find(({ id }) => id === endpointId)?.name ?? '';
}

function Receipt({ job }: { job: Job }) {
  const t = useWords('deliveries');
  const say = useSay();
  const formats = useFormats();
  const name = useEndpointName(job);
  const done = formats.number(job.done);
  const total = formats.number(job.total ?? job.done);
  const isPast = job.kind === 'past';
  const outcome =
    job.state === 'failed'
      ? t('job.failed', { problem: job.problem === null ? '' : say(job.problem) })
      : job.state === 'cancelled'
        ? t('job.cancelled', { done, total })
        : isPast
          ? t('job.pastDone', { count: job.done, formatted: done, name })
          : t('job.done', { count: job.done, formatted: done });
  const counted = t(isPast ? 'job.pastReceipt' : 'job.receipt', {
    delivered: formats.number(job.delivered),
    failed: formats.number(job.failed),
  });
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
