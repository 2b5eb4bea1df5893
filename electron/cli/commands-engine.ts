/** `roost-relay status`, `doctor`, `backup` and `open`: the engine as a whole. */
import type { Command } from 'commander';
import type { Job, Situation } from '../../shared/schemas.ts';
import { readAnswer } from './client.ts';
import { inWords } from './endpoint-text.ts';
import { exitCodes } from './io.ts';
import { facts, localTimeOr, plural, table } from './output.ts';
import { fileText, type Runner } from './shell.ts';

export function addEngineCommands(program: Command, runner: Runner): void {
  runner.action(
    program.command('status').description('What waits, and how the endpoints are'),
    async ({ client, say }) => {
      const situation = await client.call('situation.get', {});
      say(situation, statusText(situation));
    },
  );

  runner.action(
    program.command('doctor').description('Looks at everything that can be wrong, with the next step'),
    async (shell) => {
      const checks = (await shell.client.call('doctor.run', {})).map(({ name, state, says, nextStep }) => ({
        name: inWords(name),
        state,
        message: says.map(inWords).join(' '),
        nextStep: nextStep && inWords(nextStep),
      }));
      const marks = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' };
      const text = checks
        .map(({ state, name, message, nextStep }) => {
          const next = nextStep === null ? '' : `\n         -> ${nextStep}`;
          return `${marks[state]}  ${name}: ${message}${next}\n`;
        })
        .join('');
      shell.say(checks, text);
      if (checks.some(({ state }) => state === 'problem')) shell.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ file?: string; passphraseFile?: string }>(
    program
      .command('backup')
      .description('A copy of everything, while the engine goes on')
      .option('--file <file>', "in the data folder's backups unless given")
      .option('--passphrase-file <file>', 'carries the secrets under this passphrase, for another PC'),
    async (shell, { file, passphraseFile }) => {
      const passphrase = passphraseFile && (await fileText('--passphrase-file', passphraseFile)).replace(/\r?\n$/, '');
      let job: Job = await shell.client.call('backup.start', {
        file: file ?? null,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      while (job.state === 'running') {
        await new Promise((resolve) => setTimeout(resolve, 200));
        job = await shell.client.call('jobs.get', { id: job.id });
      }
      if (job.state !== 'done') shell.exitWith(exitCodes.notStored);
      shell.say(
        job,
        job.state === 'done'
          ? `Written to ${job.file}.\n`
          : `No backup: ${job.problem === null ? job.state : inWords(job.problem)}\n`,
      );
    },
  );

  runner.action(
    program.command('open').description('A new address that opens the window in a browser, good for one minute'),
    async ({ client, say }) => {
      const opened = await readAnswer<{ url: string }>(await client.post('open', '{}'));
      say(opened, `${opened.url}\n`);
    },
  );
}

function statusText(situation: Situation): string {
  const { waiting, oldestWaitingAt, needsAttention, endpoints, sources, intake, connectivity, pausedUntil } = situation;
  const since = oldestWaitingAt === null ? '' : `, the oldest since ${localTimeOr(oldestWaitingAt, '')}`;
  const head = facts([
    ['Roost Relay', situation.version],
    ['Takes events at', intake.address],
    [
      'and on the network at',
      intake.lan &&
        `${intake.lan.address}${intake.lan.fingerprint === null ? '' : ` (certificate ${intake.lan.fingerprint})`}`,
    ],
    ['Waiting', `${plural(waiting, 'delivery', 'deliveries')}${since}`],
    ['Need a person', needsAttention === 0 ? null : plural(needsAttention, 'delivery', 'deliveries')],
    [
      'Today',
      `${plural(situation.eventsToday, 'event')} in, ${plural(situation.deliveredToday, 'delivery', 'deliveries')} out`,
    ],
    ['Internet', connectivity.state === 'online' ? 'there' : connectivity.state.replaceAll('_', ' ')],
    ['Paused', pausedUntil === null ? null : `until ${localTimeOr(pausedUntil, '')}`],
    ['Clock', situation.clock.wrong ? `wrong by ${Math.round(situation.clock.skewMs / 60_000)} minutes` : null],
    ['Disk', situation.disk.state === 'ok' ? null : situation.disk.state.replace('_', ' ')],
    ['Secrets', situation.vault.unreadable === 0 ? null : `${situation.vault.unreadable} cannot be read`],
    ['Last event', localTimeOr(situation.lastEventAt, 'none yet')],
    ['Last delivery', localTimeOr(situation.lastDeliveredAt, 'none yet')],
  ]);
  const rows = endpoints.map((row) => [row.name, row.state, String(row.waiting), String(row.needsAttention)]);
  const list = rows.length === 0 ? 'No endpoints yet.\n' : table(['ENDPOINT', 'STATE', 'WAITING', 'ATTENTION'], rows);
  const from = sources.map((row) => [row.name, localTimeOr(row.lastEventAt, 'never'), String(row.eventsToday)]);
  const origins = from.length === 0 ? 'No sources yet.\n' : table(['SOURCE', 'LAST EVENT', 'TODAY'], from);
  return `${head}\n${list}\n${origins}`;
}
