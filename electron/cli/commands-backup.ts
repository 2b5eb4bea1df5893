/** `roost-relay backup` and `restore`: a copy of everything, and back from one. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Job } from '../../shared/schemas.ts';
import { CommandError } from './command-error.ts';
import { exitCodes } from './io.ts';
import { finished } from './job-progress.ts';
import { shown, together } from './output.ts';
import { fileText, type Runner } from './shell.ts';

export function addBackupCommands(program: Command, runner: Runner): void {
  runner.action<{ file?: string; force?: boolean; passphraseFile?: string }>(
    program
      .command('backup')
      .description('A copy of everything, while the engine goes on')
      .option('--file <file>', "in the data folder's backups unless given")
      .option('--force', 'replace a file of that name')
      .option('--passphrase-file <file>', 'carries the secrets under this passphrase, for another PC'),
    async (shell, { file, force = false, passphraseFile }) => {
      const passphrase = await passphraseIn(passphraseFile);
      const started: Job = await shell.client.call('backup.start', {
        // Relative to where the person stands, not to where the engine runs.
        file: file === undefined ? null : resolve(file),
        replace: force,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const job = await finished(shell, started);
      if (job.state !== 'done') shell.exitWith(exitCodes.notStored);
      shell.say(
        job,
        job.state === 'done'
          ? shown`Written to ${job.file ?? ''}.\n`
          : shown`No backup: ${(await shell.atProperty()).words(job.problem) || job.state}\n`,
      );
    },
  );

  runner.action(program.command('backups').description('The backups in the data folder'), async (shell) => {
    const found = await shell.client.call('backup.list', {});
    const at = await shell.atProperty();
    const rows = found.backups.map((one) => [at.time(one.at), one.kind.replace('_', ' '), one.sizeBytes, one.file]);
    const last = found.lastRestore;
    const text = together(
      rows.length === 0 ? shown`No backups yet.\n` : shell.table(['TIME', 'KIND', 'BYTES', 'FILE'], rows),
      found.pending ? shown`\nOne of them takes the data's place at the next start.\n` : null,
      last && shown`\nLast restored ${at.time(last.at)}; the data of before is kept in ${last.keptIn}.\n`,
    );
    shell.say(found, text);
  });

  runner.action<{ passphraseFile?: string; keepPresent?: boolean; yes?: boolean }>(
    program
      .command('restore')
      .description("A backup takes the data's place at the next start; the present data is kept aside")
      .argument('[backup]', 'its file, or its name in the list of backups')
      .option('--passphrase-file <file>', 'that it was made with')
      .option('--yes', 'do it; without, only what would be done is said')
      .addOption(new Option('--keep-present', 'the data stays after all').conflicts('yes')),
    async (shell, { passphraseFile, keepPresent, yes }, given) => {
      if (keepPresent) {
        await shell.client.call('backup.keepPresent', {});
        return shell.say({ pending: false }, shown`The present data stays.\n`);
      }
      if (given === undefined) {
        const list = shell.command('backups');
        throw new CommandError('bad_input', `restore: give a backup. ${list} shows them.`, { member: 'backup' });
      }
      const file = /[\\/]/.test(given) ? resolve(given) : given;
      if (!yes) {
        await shell.client.call('backup.restore', { file, look: true });
        return shell.say(
          { file, started: false },
          shown`${file} would take the place of all data at the next start; the present data would be kept aside.\nDo it with --yes.\n`,
        );
      }
      const passphrase = await passphraseIn(passphraseFile);
      await shell.client.call('backup.restore', { file, ...(passphrase === undefined ? {} : { passphrase }) });
      const undo = shell.command('restore', '--keep-present');
      shell.say(
        { file, pending: true },
        shown`It takes the data's place at the next start: end Roost Relay and start it again.\nNot after all: ${undo}\n`,
      );
    },
    { members: { file: 'backup', passphrase: '--passphrase-file' } },
  );
}

const passphraseIn = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined ? undefined : (await fileText('--passphrase-file', file)).replace(/\r?\n$/, '');
