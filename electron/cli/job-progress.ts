/** A job that takes a while: its progress for whoever looks on, and how it ended. */
import { attemptDeadlineMs } from '../../shared/domain.ts';
import type { Job } from '../../shared/schemas.ts';
import { type Shown, shown } from './output.ts';
import type { Terminal } from './terminal.ts';

const pollMs = 300;
/** No attempt takes longer: where nothing ends for so long, its receiver takes nothing now. */
export const receiverPatienceMs = attemptDeadlineMs + 5_000;

/**
 * Resolves when it is over, or when nothing of it has ended for too long: it goes on by itself.
 *
 * @param patienceMs of a job that waits for receivers; without end unless given
 */
export async function finished(
  { client, io, json }: Pick<Terminal, 'client' | 'io' | 'json'>,
  started: Job,
  patienceMs = Number.POSITIVE_INFINITY,
): Promise<Job> {
  let job = started;
  let movedAt = performance.now();
  while (isUnderWay(job) && performance.now() - movedAt < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    const before = job.done;
    job = await client.call('jobs.get', { id: job.id });
    if (job.done !== before) movedAt = performance.now();
    if (io.isTerminal && !json) io.err(`\r${job.done} of ${job.total ?? '?'}`);
  }
  if (io.isTerminal && !json) io.err('\r');
  return job;
}

const isUnderWay = ({ state }: Job): boolean => state === 'running' || state === 'paused';

/** Of one that nobody waits for any longer; null where it is over. */
export function goesOn(terminal: Terminal, job: Job): Shown | null {
  if (!isUnderWay(job)) return null;
  const show = terminal.command('job', 'show', job.id);
  const so = job.total === null ? `${job.done}` : `${job.done} of ${job.total}`;
  return job.state === 'paused'
    ? shown`It is paused at ${so}. How far it is: ${show}\n`
    : shown`Nothing is taken just now: ${so} so far. It goes on by itself. How far it is: ${show}\n`;
}
