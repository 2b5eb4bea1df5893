import { Ban, FolderOpen, Pause, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CallOutput } from '../../shared/api.ts';
import { useWords } from '../i18n/index.ts';
import { download } from '../lib/client.ts';
import { useFormats } from '../lib/formats-context.ts';
import { useRelayMutation, useRelayQuery } from '../lib/queries.ts';
import { useSay } from '../lib/sentences.ts';
import { notify } from '../lib/toasts.ts';
import { Banner } from './Banner.tsx';
import { Button } from './Button.tsx';
import { ProgressBar } from './ProgressBar.tsx';

export type Job = CallOutput<'jobs.get'>;

export interface JobProgressProps {
  readonly job: Job;
  /** What is being done: "Export". */
  readonly label: string;
  /** The sentence once it is done, above where the file lies. */
  readonly done: string;
}

/** A job that writes a file: how far it is, a way to stop it, and where the file is once it is done. */
export function JobProgress({ job: started, label, done }: JobProgressProps) {
  const t = useWords('common');
  const say = useSay();
  const { number } = useFormats();
  const job = useRelayQuery('jobs.get', { id: started.id }, { initialData: started }).data ?? started;
  switch (job.state) {
    case 'running':
    case 'paused':
      return (
        <div className="flex flex-col gap-2">
          <ProgressBar
            label={label}
            value={job.total === null || job.total === 0 ? null : job.done / job.total}
            text={
              job.total === null
                ? number(job.done)
                : t('job.doneOf', { done: number(job.done), total: number(job.total) })
            }
          />
          <JobControls job={job} />
        </div>
      );
    case 'done':
      return (
        <Banner tone="fine">
          {done}
          <JobFile job={job} />
        </Banner>
      );
    case 'cancelled':
      return (
        <Banner tone="still" icon={Ban}>
          {t('job.cancelled')}
        </Banner>
      );
    case 'failed':
      return <Banner tone="bad">{job.problem === null ? t('job.failed') : say(job.problem)}</Banner>;
  }
}

/** What can be done with one that is under way. */
export function JobControls({ job: { id, kind, state } }: { job: Job }) {
  const t = useWords('common');
  const told = { onError: ({ message }: { message: string }) => notify({ text: message, tone: 'bad' }) };
  const cancel = useRelayMutation('jobs.cancel', told);
  const pause = useRelayMutation('jobs.pause', told);
  const resume = useRelayMutation('jobs.resume', told);
  const isPaused = state === 'paused';
  return (
    <div className="flex gap-2">
      {kind === 'export' && (
        <Button
          icon={isPaused ? Play : Pause}
          onPress={() => (isPaused ? resume : pause).mutate({ id })}
          isPending={pause.isPending || resume.isPending}
        >
          {isPaused ? t('job.resume') : t('job.pause')}
        </Button>
      )}
      <Button onPress={() => cancel.mutate({ id })} isPending={cancel.isPending}>
        {t('job.cancel')}
      </Button>
    </div>
  );
}

/** Where it lies, and a way there; nothing of one that is not at hand. */
export function JobFile({ job: { id, file, sizeBytes } }: { job: Job }): ReactNode {
  const t = useWords('common');
  const { size } = useFormats();
  const surface = useRelayQuery('surface.info', {}).data;
  const show = useRelayMutation('surface.showFile', {
    onError: ({ message }) => notify({ text: message, tone: 'bad' }),
  });
  if (file === null) return null;
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="break-all text-ink-soft text-s">
        {file}
        {sizeBytes !== null && ` · ${size(sizeBytes)}`}
      </span>
      {surface?.surface === 'desktop' ? (
        <Button icon={FolderOpen} onPress={() => show.mutate({ file })}>
          {t('job.show')}
        </Button>
      ) : (
        <a
          href={`exports/${id}`}
          onClick={(event) => {
            event.preventDefault();
            void download(id).then((went) => went || notify({ text: t('job.download_failed'), tone: 'bad' }));
          }}
          className="rounded-s text-brand underline"
        >
          {t('job.download')}
        </a>
      )}
    </div>
  );
}
