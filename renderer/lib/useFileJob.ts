import { useState } from 'react';
import type { Job } from '../../shared/schemas.ts';
import { dayOf } from './days.ts';
import { useFormats } from './formats-context.ts';
import { ask, CallFailure, useClient, useRelayQuery } from './queries.ts';
import { notify } from './toasts.ts';

/** What the suggested names begin with; the property's day follows. */
const stems = { export: 'deliveries', backup: 'roost-relay' } as const;

export interface FileJob {
  /** The job that was started last. */
  readonly job: Job | null;
  /** From the press until the job is known, the file dialog included. */
  readonly isPending: boolean;
  /**
   * Asks where to, and starts.
   * @param extension of the suggested file name, without the dot
   * @param stem what the suggested name begins with, where it is not the purpose's
   * @param begin with the file that was chosen; null in a browser, where it lies in the data folder
   */
  start(extension: string, begin: (file: string | null) => Promise<Job>, stem?: string): Promise<void>;
}

/** A job that writes a file to where a person says; one is started at a time. */
export function useFileJob(purpose: keyof typeof stems): FileJob {
  const client = useClient();
  const { now, timeZone } = useFormats();
  const desktop = useRelayQuery('surface.info', {}).data?.surface === 'desktop';
  const [job, setJob] = useState<Job | null>(null);
  const [isPending, setPending] = useState(false);
  return {
    job,
    isPending,
    async start(extension, begin, stem = stems[purpose]) {
      setPending(true);
      try {
        const name = `${stem}-${dayOf(now, timeZone)}.${extension}`;
        const file = desktop ? (await ask(client, 'surface.chooseFile', { purpose, name })).file : null;
        if (desktop && file === null) return;
        setJob(await begin(file));
      } catch (problem) {
        if (!(problem instanceof CallFailure)) throw problem;
        notify({ text: problem.message, tone: 'bad' });
      } finally {
        setPending(false);
      }
    },
  };
}
