/** `roost-relay backup` and `restore`: a copy of everything, and back from one. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { CallOutput } from '../../../shared/api.ts';
import { cutOffWords, restoredSetUpWords, restoredWords, restoreWords } from '../../../shared/conditions/restoring.ts';
import type { Sentence } from '../../../shared/domain.ts';
import type { ChosenBackup, Job } from '../../../shared/schemas.ts';
import { backupsIn, lastRestore } from '../../engine/files/backup-files.ts';
import { type AtProperty, atProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { exitCodes } from '../io.ts';
import { finished } from '../job-progress.ts';
import { shown, together } from '../output.ts';
import { fileText, type Runner, type Terminal } from '../terminal.ts';

export function addBackupCommands(program: Command, runner: Runner): void {
  runner.action<{ file?: string; force?: boolean; passphraseFile?: string }>(
    program
      .command('backup')
      .description('A copy of everything, while the engine goes on')
      .option('--file <file>', "in the data folder's backups unless given")
      .option('--force', 'replace a file of that name')
      .option('--passphrase-file <file>', 'carries the secrets under this passphrase, for another PC'),
    async (terminal, { file, force = false, passphraseFile }) => {
      const passphrase = await passphraseIn(passphraseFile);
      const started: Job = await terminal.client.call('backup.start', {
        // Relative to where the person stands, not to where the engine runs.
        file: file === undefined ? null : resolve(file),
        replace: force,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const job = await finished(terminal, started);
      if (job.state !== 'done') terminal.exitWith(exitCodes.notStored);
      terminal.say(
        job,
        job.state === 'done'
          ? shown`Written to ${job.file ?? ''}.\n`
          : shown`No backup: ${(await terminal.atProperty()).words(job.problem) || job.state}\n`,
      );
    },
  );

  runner.action(program.command('backups').description('The backups in the data folder'), async (terminal) => {
    const found = await listed(terminal);
    const at = await anywhere(terminal);
    const rows = found.backups.map((one) => [
      at.time(one.at),
      one.kind.replace('_', ' '),
      one.kind === 'hourly' ? 'settings, undelivered' : 'everything',
      one.sizeBytes,
      one.file,
    ]);
    const last = found.lastRestore;
    const text = together(
      rows.length === 0 ? shown`No backups yet.\n` : terminal.table(['TIME', 'KIND', 'HOLDS', 'BYTES', 'FILE'], rows),
      found.pending ? shown`\nOne of them takes the data's place at the next start.\n` : null,
      last && shown`\nLast restored ${at.time(last.at)}; the data of before is kept in ${last.keptIn}.\n`,
    );
    terminal.say(found, text);
  });

  runner.action<{ last?: boolean; passphraseFile?: string; keepPresent?: boolean; done?: boolean; yes?: boolean }>(
    program
      .command('restore')
      .description("A backup takes the data's place at the next start; the present data is kept aside")
      .argument('[backup]', 'its file, or its name in the list of backups')
      .option('--last', 'the newest whole backup that can be restored, with its log')
      .option('--passphrase-file <file>', 'that it was made with')
      .option('--yes', 'do it; without, only what would be done is said')
      .addOption(new Option('--done', 'what the last restore left to do was done: it is told no more').conflicts('yes'))
      .addOption(new Option('--keep-present', 'the data stays after all').conflicts('yes')),
    async (terminal, { last = false, passphraseFile, keepPresent, done, yes }, given) => {
      if (done) {
        await terminal.client.call('backup.restoreDone', {});
        return terminal.say({ done: true }, shown`The last restore is told of no more.\n`);
      }
      if (keepPresent) {
        await terminal.client.call('backup.keepPresent', {});
        return terminal.say({ pending: false }, shown`The present data stays.\n`);
      }
      if ((given === undefined) !== last) {
        const list = terminal.command('backups');
        throw new CommandError('bad_input', `restore: give one backup, or --last. They are shown by: ${list}`, {
          member: 'backup',
        });
      }
      const named = given !== undefined && /[\\/]/.test(given) ? resolve(given) : (given ?? null);
      const at = await anywhere(terminal);
      if (!yes) {
        const chosen = await restore(terminal, { file: named, look: true });
        const command = last ? doIt(terminal, chosen.file, passphraseFile) : terminal.sameWith('--yes');
        const head = shown`${chosen.file} would take the place of all data at the next start; the present data would be kept aside.\n`;
        return terminal.say(
          { ...chosen, started: false },
          together(head, shown`${at.all(...restoreWords(chosen))}\n`, shown`Do it: ${command}\n`),
        );
      }
      const passphrase = await passphraseIn(passphraseFile);
      const chosen = await restore(terminal, {
        file: named,
        look: false,
        ...(passphrase === undefined ? {} : { passphrase }),
      });
      const { file, restored } = chosen;
      const undo = terminal.command('restore', '--keep-present');
      terminal.say(
        { ...chosen, pending: restored === null },
        together(
          restored === null
            ? shown`${file} takes the data's place at the next start: end Roost Relay and start it again.\n`
            : shown`${file} has taken the data's place: start Roost Relay again.\n`,
          restored === null
            ? shown`${at.all(...restoreWords(chosen))}\nNot after all: ${undo}\n`
            : shown`${at.all(...cutOffWords(chosen), ...whatBecame(restored))}\n`,
        ),
      );
    },
    { members: { file: 'backup', passphrase: '--passphrase-file' } },
  );
}

/** The newest may be another one by the time that the command is given: it names the one that was looked at. */
const doIt = (terminal: Terminal, file: string, passphraseFile: string | undefined): string =>
  terminal.command(
    'restore',
    file,
    ...(passphraseFile === undefined ? [] : ['--passphrase-file', passphraseFile]),
    '--yes',
  );

interface AskedRestore {
  /** Null: the best of the data folder's own. */
  readonly file: string | null;
  readonly look: boolean;
  readonly passphrase?: string;
}

/** The story afterwards: of events first, then of what was set up. */
function whatBecame(restored: NonNullable<ChosenBackup['restored']>): Sentence[] {
  const { carried, left } = restoredSetUpWords(restored);
  const [meaning, step] = restoredWords(restored);
  return [meaning, ...carried, step, ...(left ?? [])];
}

/** By the engine; where none runs (it may not be able to start) without it. */
async function restore({ client, folder, io }: Terminal, asked: AskedRestore): Promise<ChosenBackup> {
  try {
    return await client.call('backup.restore', asked);
  } catch (error) {
    if (!isNotRunning(error)) throw error;
    const actor = { account: userInfo().username, surface: 'command_line' } as const;
    return io.restoreWithoutEngine({ dataFolder: folder, actor, ...asked });
  }
}

/** The folder's files tell it too. */
async function listed({ client, folder }: Terminal): Promise<CallOutput<'backup.list'>> {
  try {
    return await client.call('backup.list', {});
  } catch (error) {
    if (!isNotRunning(error)) throw error;
    const backups = backupsIn(folder).map((one) => ({ ...one, file: basename(one.file) }));
    return { backups, pending: false, lastRestore: existsSync(folder) ? lastRestore(folder) : null };
  }
}

/** By the clocks of the property, or where no engine knows them by this PC's. */
async function anywhere(terminal: Terminal): Promise<AtProperty> {
  try {
    return await terminal.atProperty();
  } catch {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    return atProperty({ timeZone, now: Date.now(), program: terminal.command(), note: () => {} });
  }
}

const isNotRunning = (error: unknown): boolean => error instanceof CommandError && error.code === 'engine_not_running';

const passphraseIn = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined ? undefined : (await fileText('--passphrase-file', file)).replace(/\r?\n$/, '');
