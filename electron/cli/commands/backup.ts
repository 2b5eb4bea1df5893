/** `roost-relay backup` and `restore`: a copy of everything, and back from one. */
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Job } from '../../../shared/schemas.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../io.ts';
import { finished } from '../job-progress.ts';
import { shown, together } from '../output.ts';
import { fileText, type Runner, type Shell } from '../shell.ts';

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

  runner.action<{ last?: boolean; passphraseFile?: string; keepPresent?: boolean; yes?: boolean }>(
    program
      .command('restore')
      .description("A backup takes the data's place at the next start; the present data is kept aside")
      .argument('[backup]', 'its file, or its name in the list of backups')
      .option('--last', 'the newest backup that can be restored')
      .option('--passphrase-file <file>', 'that it was made with')
      .option('--yes', 'do it; without, only what would be done is said')
      .addOption(new Option('--keep-present', 'the data stays after all').conflicts('yes')),
    async (shell, { last = false, passphraseFile, keepPresent, yes }, given) => {
      if (keepPresent) {
        await shell.client.call('backup.keepPresent', {});
        return shell.say({ pending: false }, shown`The present data stays.\n`);
      }
      if ((given === undefined) !== last) {
        const list = shell.command('backups');
        throw new CommandError('bad_input', `restore: give one backup, or --last. They are shown by: ${list}`, {
          member: 'backup',
        });
      }
      const named = given !== undefined && /[\\/]/.test(given) ? resolve(given) : (given ?? null);
      if (!yes) {
        const file = await restore(shell, { file: named, look: true });
        return shell.say(
          { file, started: false },
          shown`${file} would take the place of all data at the next start; the present data would be kept aside.\nDo it: ${last ? doIt(shell, file, passphraseFile) : shell.sameWith('--yes')}\n`,
        );
      }
      const passphrase = await passphraseIn(passphraseFile);
      const file = await restore(shell, {
        file: named,
        look: false,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const undo = shell.command('restore', '--keep-present');
      shell.say(
        { file, pending: true },
        shown`${file} takes the data's place at the next start: end Roost Relay and start it again.\nNot after all: ${undo}\n`,
      );
    },
    { members: { file: 'backup', passphrase: '--passphrase-file' } },
  );
}

/** The newest may be another one by the time that the command is given: it names the one that was looked at. */
const doIt = (shell: Shell, file: string, passphraseFile: string | undefined): string =>
  shell.command(
    'restore',
    file,
    ...(passphraseFile === undefined ? [] : ['--passphrase-file', passphraseFile]),
    '--yes',
  );

interface AskedRestore {
  /** Null: the newest that can be restored. */
  readonly file: string | null;
  readonly look: boolean;
  readonly passphrase?: string;
}

/** By the engine; where none runs (it may not be able to start) without it. @returns the backup's file */
async function restore({ client, folder, io }: Shell, { file, ...asked }: AskedRestore): Promise<string> {
  try {
    const from = file ?? (await client.call('backup.list', {})).backups[0]?.file;
    if (from === undefined) throw new CommandError('not_found', 'There are no backups yet.');
    await client.call('backup.restore', { file: from, ...asked });
    return from;
  } catch (error) {
    if (!(error instanceof CommandError) || error.code !== 'engine_not_running') throw error;
    const actor = { account: userInfo().username, surface: 'command_line' } as const;
    return io.restoreWithoutEngine({ dataFolder: folder, file, actor, ...asked });
  }
}

const passphraseIn = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined ? undefined : (await fileText('--passphrase-file', file)).replace(/\r?\n$/, '');
