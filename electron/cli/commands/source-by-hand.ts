/** `roost-relay source try | script | paste`: before a source is kept, and what is handed in by hand. */
import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import type { Sentence } from '../../../shared/domain.ts';
import type { PastedMessages, SourceTrial } from '../../../shared/schemas.ts';
import { inEnglish } from '../../../shared/sentences/in-english.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import {
  charsetGuess,
  type FileFormat,
  fileFormats,
  formSaid,
  type TextCharset,
  textCharsets,
} from '../../../shared/source-kinds/file-form.ts';
import { type FileText, textOfBytes } from '../../../shared/source-kinds/file-text.ts';
import type { SourceKindName } from '../../../shared/source-kinds/index.ts';
import {
  type OutboxSystem,
  outboxScript,
  outboxSystemNames,
  outboxSystems,
} from '../../../shared/source-kinds/outbox-script.ts';
import { type DatabaseSystem, databaseSystems } from '../../../shared/source-kinds/sql.ts';
import { presetOf } from '../../../shared/source-presets/index.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { endpointNamed } from '../endpoint-named.ts';
import { type CliIo, exitCodes } from '../io.ts';
import { repeated } from '../list-options.ts';
import { lines, plural, type Shown, shown, together } from '../output.ts';
import { sourceNamed } from '../source-named.ts';
import {
  shapingGiven,
  sourceKindGiven,
  type TypedShaping,
  type TypedSourceKind,
  withShaping,
  withSourceKind,
} from '../source-options.ts';
import type { Runner, Terminal } from '../terminal.ts';

export function addSourceByHandCommands(source: Command, runner: Runner): void {
  runner.action<TypedSourceKind & TypedShaping>(
    withShaping(
      withSourceKind(
        source
          .command('try')
          .description('Whether a folder or database can be read, and what its first rows become')
          .argument('[source]', 'id or name of one that is there; else give --kind and --set'),
      ),
    ),
    async (terminal, options, given) => {
      if (given === undefined && options.kind === undefined && options.preset === undefined) {
        throw new CommandError('bad_input', 'source try: give the source, or --kind and --set of one that is to be.', {
          member: '--kind',
        });
      }
      const id = given === undefined ? undefined : await sourceNamed(terminal, given);
      const present =
        id && (await terminal.client.call('sources.list', { revoked: true })).find((one) => one.id === id);
      const trial = await terminal.client.call('sources.try', {
        ...(id === undefined ? {} : { id }),
        ...kindTried(options.preset, present),
        ...(await sourceKindGiven(options, present?.kind, options.preset)),
        ...(await shapingGiven(options, present?.shaping)),
      });
      terminal.say(trial, await trialText(terminal, trial));
      if (!trial.ok) terminal.exitWith(exitCodes.failed);
    },
  );

  runner.action<{ database?: DatabaseSystem; system: OutboxSystem; prefix: string; user: string }>(
    source
      .command('script')
      .description("The script that makes an outbox in a system's own database; it is printed, and not run")
      .addOption(new Option('--database <system>', 'which database it is').choices(databaseSystems))
      .addOption(
        new Option('--system <system>', 'whose tables have triggers').choices(outboxSystemNames).default('plain'),
      )
      .option('--prefix <letters>', "QloApps: what its tables' names begin with", 'qlo_')
      .option('--user <name>', 'the user that is made to read it', 'roost_relay'),
    async (terminal, { database, system, prefix, user }) => {
      const own = outboxSystems[system];
      if (own !== null && database !== undefined && database !== own) {
        const message = `--database: ${system} uses ${own}; got ${database}.`;
        throw new CommandError('bad_input', message, { member: '--database' });
      }
      const used = own ?? database;
      if (used === undefined) {
        const message = `--database: it is missing. Expected one of ${databaseSystems.join(', ')}.`;
        throw new CommandError('bad_input', message, { member: '--database' });
      }
      if (!/^\w{0,30}$/.test(prefix)) {
        const message = `--prefix: expected letters, digits and "_" such as qlo_; got "${prefix.slice(0, 40)}".`;
        throw new CommandError('bad_input', message, { member: '--prefix' });
      }
      const script = outboxScript({ database: used, system, prefix, user, password: passwordToChoose });
      terminal.say({ database: used, system, script }, lines(script));
    },
  );

  runner.action<{
    source: string;
    preview?: boolean;
    yes?: boolean;
    again?: boolean;
    notTo?: string[];
    format?: FileFormat;
    charset?: TextCharset;
  }>(
    source
      .command('paste')
      .description('Hand in a file by hand, seen as events first')
      .argument('<file>', 'CSV, JSON, NDJSON or XML; "-" for what is piped in')
      .requiredOption('--source <source>', 'whose shape makes events of it; id or name')
      .addOption(new Option('--preview', 'only show what it becomes').conflicts(['yes', 'again']))
      .option('--yes', 'take it in')
      .option('--again', 'take it in once more, though the same file or text was taken in already')
      .option('--not-to <endpoint>', 'keep it from this endpoint, such as a door lock; may be repeated', repeated)
      .addOption(new Option('--format <format>', 'unless it is to be found out').choices(fileFormats))
      .addOption(new Option('--charset <charset>', 'what an old program writes, such as cp437').choices(textCharsets)),
    async (terminal, options, file = '') => {
      const takes = options.yes === true || options.again === true;
      if (options.preview !== true && !takes) {
        throw new CommandError('not_confirmed', 'source paste: look with --preview first, then give --yes.', {
          member: '--yes',
        });
      }
      const id = await sourceNamed(terminal, options.source);
      const notTo = [];
      for (const given of options.notTo ?? [])
        notTo.push((await endpointNamed(terminal, given, 'present', '--not-to')).id);
      const { text, charset } = await textOf(file, terminal.io, options.charset ?? null);
      const name = file === '-' ? 'pasted' : (file.split(/[\\/]/).at(-1) ?? file).slice(0, 200);
      const asked = terminal.client.call('sources.paste', {
        id,
        text,
        name,
        preview: !takes,
        notTo,
        confirmed: options.again === true,
        ...(options.format === undefined ? {} : { format: options.format }),
      });
      const pasted = await withWayToConfirm(terminal, asked, '--again');
      const guess = charsetGuess(options.charset ?? null, charset);
      const read = [formSaid(name, { ...pasted.form, charset }), ...(guess === null ? [] : [guess])];
      terminal.say({ ...pasted, charset }, await pastedText(terminal, pasted, read));
    },
  );
}

const passwordToChoose = 'CHOOSE-A-PASSWORD';

/** Most bytes of a file that is handed in by hand. */
const mostBytes = 900_000;

async function textOf(file: string, io: CliIo, chosen: TextCharset | null): Promise<FileText> {
  const bytes = file === '-' ? await piped(io) : await fileBytes(file);
  if (bytes.length > mostBytes) {
    const message = `<file>: expected at most ${mostBytes} bytes, got ${bytes.length}. Leave it in the folder of a source of the kind folder.`;
    throw new CommandError('bad_input', message, { member: '<file>' });
  }
  const text = textOfBytes(bytes, chosen);
  if (text !== null && 'mixed' in text) {
    const message = `<file>: ${inEnglish(sentence('file.mixed_charsets', text.mixed))} Here that is --charset.`;
    throw new CommandError('bad_input', message, { member: '<file>' });
  }
  if (text !== null) return text;
  if (chosen === null) throw new CommandError('bad_input', '<file>: it is no text.', { member: '<file>' });
  throw new CommandError('bad_input', `--charset: the file is no text in ${chosen}.`, { member: '--charset' });
}

async function piped(io: CliIo): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function fileBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new CommandError('bad_input', `<file>: ${why}: ${file}`, { member: '<file>', cause });
  }
}

async function trialText(terminal: Terminal, { says, columns, rows }: SourceTrial): Promise<Shown> {
  const at = await terminal.atProperty();
  return together(
    ...says.map((one) => shown`${at.words(one)}\n`),
    columns.length === 0 ? null : shown`Columns: ${columns.join(', ')}\n`,
    await rowsText(terminal, rows),
    rows.some(({ outcome }) => outcome === null)
      ? shown`\nWhat that becomes is told by a system that is known, --preset, or by a shape of your own, --shape-file.\n`
      : null,
  );
}

/** Of one that is not there yet: by which kind its system’s messages come, where none is typed. */
function kindTried(preset: string | undefined, present: object | undefined): { kind?: SourceKindName } {
  const kind = present === undefined && preset !== undefined ? presetOf(preset)?.kinds[0] : undefined;
  return kind === undefined ? {} : { kind: kind as SourceKindName };
}

async function rowsText(terminal: Terminal, rows: SourceTrial['rows']): Promise<Shown> {
  const at = await terminal.atProperty();
  return together(
    ...rows.map(({ origin, raw, outcome, made, why }) =>
      together(
        shown`\n${origin}\n  ${raw}\n`,
        ...made.flatMap(({ event, body, hints }) => [
          shown`  becomes ${event}: ${body}\n`,
          ...hints.map((hint) => shown`    ${at.words(hint)}\n`),
        ]),
        outcome === 'events' || outcome === null
          ? null
          : shown`  ${outcome}: ${why === null ? '' : at.words(why.says)}\n`,
      ),
    ),
  );
}

/** @param read what it was found to be */
async function pastedText(terminal: Terminal, pasted: PastedMessages, read: readonly Sentence[]): Promise<Shown> {
  const at = await terminal.atProperty();
  const { found, rows, isTaken, before, taken, duplicates, ignored, kept } = pasted;
  const counts = `${taken} taken, ${duplicates} there before, ${ignored} ignored, ${kept} kept`;
  if (!isTaken) {
    const came =
      before === null ? null : shown`\nThese rows were taken in already, as ${before.name} (${at.time(before.at)}).\n`;
    const more = found > rows.length ? shown`\nThe first ${rows.length} of ${found} are shown.\n` : null;
    return together(
      ...read.map((one) => shown`${at.words(one)}\n`),
      await rowsText(terminal, rows),
      more,
      came,
      shown`\nWould become of ${plural(found, 'message')}: ${counts}.\n`,
      shown`\nNothing was taken in. To do that${before === null ? '' : ' once more'}: ${terminal.sameWith(before === null ? '--yes' : '--again', '--preview')}\n`,
    );
  }
  return shown`${plural(found, 'message')}: ${counts}.\n`;
}
