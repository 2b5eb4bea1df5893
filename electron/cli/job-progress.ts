/** A job that takes a while: its progress for whoever looks on, and how it ended. */
import type { Job } from '../../shared/schemas.ts';
import type { Terminal } from './terminal.ts';

/** Resolves when it is over. */
export async function finished({ client, io, json }: Terminal, started: Job): Promise<Job> {
  let job = started;
  while (job.state === 'running' || job.state === 'paused') {
    await new Promise((resolve) => setTimeout(resolve, 300));
    job = await client.call('jobs.get', { id: job.id });
    if (io.isTerminal && !json) io.err(`\r${job.done} of ${job.total ?? '?'}`);
  }
  if (io.isTerminal && !json) io.err('\r');
  return job;
}
