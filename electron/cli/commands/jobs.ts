/** `roost-relay job …`: resends, exports and backups that take a while. */

import type { Command } from 'commander';
import { type Job, jobId } from '../../../shared/schemas.ts';
import { idGiven } from '../ids.ts';
import { facts, shown } from '../output.ts';
import type { Runner } from '../terminal.ts';

export function addJobCommands(program: Command, runner: Runner): void {
  const group = program.command('job').description('Resends, exports and backups that take a while');
  const named = (name: string, description: string): Command =>
    group.command(name).description(description).argument('<job>', 'its id');

  runner.action(group.command('list').description('Those of late'), async (terminal) => {
    const jobs = await terminal.client.call('jobs.list', {});
    const at = await terminal.atProperty();
    const rows = jobs.map((job) => [at.time(job.startedAt), job.kind, job.state, progressOf(job), job.id]);
    terminal.say(
      jobs,
      rows.length === 0 ? shown`No jobs.\n` : terminal.table(['STARTED', 'KIND', 'STATE', 'DONE', 'ID'], rows),
    );
  });

  runner.action(named('show', 'One job'), async (terminal, _options, given = '') => {
    const job = await terminal.client.call('jobs.get', { id: idOf(given) });
    const at = await terminal.atProperty();
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
    terminal.say(job, text);
  });

  for (const [name, call, description] of [
    ['pause', 'jobs.pause', 'It stops for now'],
    ['resume', 'jobs.resume', 'It goes on'],
    ['cancel', 'jobs.cancel', 'It ends; what it has done stays done'],
  ] as const) {
    runner.action(named(name, description), async (terminal, _options, given = '') => {
      const job = await terminal.client.call(call, { id: idOf(given) });
      terminal.say(job, shown`${job.id} (${job.kind}): ${job.state}, ${progressOf(job)}.\n`);
    });
  }
}

const progressOf = ({ done, total }: Job): string => (total === null ? String(done) : `${done} of ${total}`);

const idOf = (given: string): string => idGiven('job', jobId, given);
