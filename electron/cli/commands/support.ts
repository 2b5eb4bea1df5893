/** `roost-relay support-bundle`: one zip for whoever helps, also when the engine will not start. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../version.ts';
import { CommandError } from '../command-error.ts';
import { block, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';
import { claimFile } from '../written-file.ts';

interface SupportOptions {
  readonly file?: string;
  readonly force?: boolean;
  readonly preview?: boolean;
}

interface FileShown {
  readonly name: string;
  readonly sizeBytes: number;
  readonly text: string;
}

export function addSupportCommand(program: Command, runner: Runner): void {
  runner.action<SupportOptions>(
    program
      .command('support-bundle')
      .description('One zip for whoever helps: states, errors, log; without guests and secrets')
      .option('--file <file>', 'such as support.zip')
      .option('--force', 'replace a file of that name')
      .option('--preview', 'what would be in it, file by file'),
    async (terminal, { file, force = false, preview = false }) => {
      if (preview) return show(terminal);
      if (file === undefined) {
        throw new CommandError(
          'bad_input',
          'support-bundle: give the file that it shall be, such as --file support.zip, or --preview.',
          {
            member: '--file',
          },
        );
      }
      const path = resolve(file);
      const saved = await orAlone(
        () => terminal.client.call('support.save', { file: path, replace: force }),
        async () => {
          const claimed = await claimFile(path, terminal.folder, force);
          const { files, unread, writeBundle } = await alone(terminal);
          const written = await writeBundle(files, claimed);
          return { file: claimed.path, files: files.map(({ name }) => name), unread, ...written };
        },
      );
      terminal.say(
        saved,
        together(
          shown`Written to ${saved.file}: ${saved.files.length} files, ${Math.ceil(saved.sizeBytes / 1024)} kB. Guests and secrets were taken out; look through it with --preview.\n`,
          saved.unread.length === 0 ? null : shown`Could not be read, and say only why: ${saved.unread.join(', ')}.\n`,
        ),
      );
    },
    { members: { file: '--file' } },
  );
}

async function show(terminal: Terminal): Promise<void> {
  const files = await orAlone<readonly FileShown[]>(
    () => terminal.client.call('support.preview', {}),
    async () =>
      (await alone(terminal)).files.map(({ name, text }) => ({ name, text, sizeBytes: Buffer.byteLength(text) })),
  );
  const text = files.flatMap(({ name, sizeBytes, text: inside }): Shown[] => [
    shown`${name}  ${sizeBytes} bytes\n`,
    block(inside, '  '),
  ]);
  terminal.say(files, together(...text));
}

/** The same by whoever can: the engine, or where none answers this command by itself. */
async function orAlone<Value>(asked: () => Promise<Value>, byItself: () => Promise<Value>): Promise<Value> {
  try {
    return await asked();
  } catch (error) {
    if (!(error instanceof CommandError) || !['engine_not_running', 'timed_out'].includes(error.code)) throw error;
    return byItself();
  }
}

/** Loaded only here: it opens the database itself, which no other command does. */
async function alone({ folder }: Terminal) {
  const { bundleOf, unreadOf, writeBundle } = await import('../../engine/support/bundle.ts');
  const { filesOfFolder } = await import('../../engine/support/folder-files.ts');
  const files = bundleOf(await filesOfFolder({ dataFolder: folder, version, wallMs: Date.now(), live: null }));
  return { files, unread: unreadOf(files), writeBundle };
}
