/** `roost-relay job …`: resends, exports and backups that take a while. */

import type { Command } from 'commander';
import { type Job, jobId } from '../../../shared/schemas.ts';
import { idGiven } from '../ids.ts';
import { facts, shown } from '../output.ts';
import type { Runner } from '../shell.ts';

export function addJobCommands(program: Command, runner: Runner): void {
  const group = program.command('job').description('Resends, exports and backups that take a while');
  const named = (name: string, description: string): Command =>
    group.command(name).description(description).argument('<job>', 'its id');

  runner.action(group.command('list').description('Those of late'), async (shell) => {
    const jobs = await shell.client.call('jobs.list', {});
    const at = await shell.atProperty();
    const rows = jobs.map((job) => [at.time(job.startedAt), job.kind, job.state, progressOf(job), job.id]);
    shell.say(
      jobs,
      rows.length === 0 ? shown`No jobs.\n` : shell.table(['STARTED', 'KIND', 'STATE', 'DONE', 'ID'], rows),
    );
  });

  runner.action(named('show', 'One job'), async (shell, _options, given = '') => {
    const job = await shell.client.call('jobs.get', { id: idOf(given) });
    const at = await shell.atProperty();
    const text = facts([
      ['Job', job.id],
      ['Kind', job.kind],
      ['State', job.state],
      ['Done', progressOf(job)],
      ['Failed', job.failed === 0 ? null : String(job.failed)],
      ['Started', at.time(job.startedAt)],
      ['Ended', job.endedAt === null ? null : at.time(job.endedAt)],
      ['File', job.file],
      ['Problem', job.problem && at.words(job.problem)],
    ]);
    shell.say(job, text);
  });

  for (const [name, call, description] of [
    ['pause', 'jobs.pause', 'It stops for now'],
    ['resume', 'jobs.resume', 'It goes on'],
    ['cancel', 'jobs.cancel', 'It ends; what it has done stays done'],
  ] as const) {
    runner.action(named(name, description), async (shell, _options, given = '') => {
      const job = await shell.client.call(call, { id: idOf(given) });
      shell.say(job, shown`${job.id} (${job.kind}): ${job.state}, ${progressOf(job)}.\n`);
    });
  }
}

const progressOf = ({ done, total }: Job): string => (total === null ? String(done) : `${done} of ${total}`);

const idOf = (given: string): string => idGiven('job', jobId, given);
