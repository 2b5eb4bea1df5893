/** `roost-relay export`: what a filter shows, as a file or a stream. */
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { type Command, Option } from 'commander';
import {
  columnsOf,
  type ExportColumn,
  type ExportWhat,
  exportWhats,
  takenMarks,
} from '../../../shared/export-columns.ts';
import {
  type DeliveryFilter,
  type EventFilter,
  type ExportFormat,
  exportFormats,
  keptMembers,
} from '../../../shared/schemas.ts';
import { orDiscard } from '../../engine/files/named-file.ts';
import { readAnswer } from '../client.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { eventFilterOf, repeated } from '../list-options.ts';
import { exported, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';
import { claimFile, writeWhole } from '../written-file.ts';
import { type FilterOptions, filterOf, withFilter } from './deliveries.ts';

export interface ExportOptions extends FilterOptions {
  readonly what?: ExportWhat;
  readonly format?: ExportFormat;
  readonly columns?: readonly string[];
  readonly bom?: boolean;
  readonly file?: string;
  readonly output?: string;
  readonly force?: boolean;
  readonly preview?: boolean;
  readonly full?: boolean;
  readonly reason?: string;
  readonly yes?: boolean;
}

export function addExportCommand(program: Command, runner: Runner): void {
  runner.action<ExportOptions>(
    withFilter(program.command('export').description('What a filter shows as CSV, JSON Lines or XLSX, guests left out'))
      .addOption(new Option('--what <what>', 'of the log').choices([...exportWhats]).default('deliveries'))
      .addOption(new Option('--format <format>', 'of the rows').choices([...exportFormats]).default('csv'))
      .option('--columns <names>', 'just these, in this order, with commas; with --preview one sees them', repeated)
      .option('--no-bom', 'CSV without the mark by which Excel knows UTF-8')
      .option('--file <file>', 'standard output unless given')
      .option('--output <file>', 'the same; - is standard output')
      .option('--force', 'replace a file of that name')
      .option('--preview', 'the first rows exactly as they would leave, with ‹…› around what was taken out')
      .option('--full', "with guests' data; needs --reason and --yes")
      .option('--reason <text>', 'why everything has to leave; kept in "audit"')
      .option('--yes', 'really everything'),
    exportRows,
    { members: { columns: '--columns', full: '--full', 'full.reason': '--reason', file: '--file' } },
  );
}

async function exportRows(terminal: Terminal, options: ExportOptions): Promise<void> {
  const { format = 'csv', force = false, bom = true, yes = false } = options;
  const choice = await choiceOf(terminal, options);
  if (options.preview === true) return preview(terminal, choice, options.full === true);
  const full = fullOf(options);
  const named = fileOf(options);
  if (named === null && format === 'xlsx') {
    throw new CommandError('bad_input', '--format xlsx: a workbook goes into a file; give one with --file.', {
      member: '--file',
    });
  }
  const file = named === null ? null : await claimFile(resolve(named), terminal.folder, force);
  const request = {
    ...choice,
    bom,
    ...(full === null ? {} : { full }),
    ...(file === null ? {} : { file: file.path }),
    confirmed: yes,
  };
  const response = await orDiscard(file, async () => {
    const asked = await terminal.client.post('export', JSON.stringify(request));
    if (!asked.ok || asked.body === null) await withWayToConfirm(terminal, readAnswer(asked));
    return asked;
  });
  if (response.body === null) return;
  if (file === null) {
    const kept = full === null ? await keptText(terminal) : null;
    // The rows alone go to standard output.
    if (kept !== null) terminal.note(kept);
    return toOutput(terminal, response.body, format);
  }
  await writeWhole(file, Readable.fromWeb(response.body as never));
  const { path } = file;
  const said = full === null ? together(guestsText, await keptText(terminal)) : fullText;
  terminal.say({ file: path }, together(shown`Written to ${path}. `, said));
}

const guestsText = shown`Guests are "Guest 1" and so on in it; amounts, rooms, dates and ids are as they are.\n`;

/** Of rules that keep members, which these are: who is named there is in what leaves. Null where there are none. */
export async function keptText(terminal: Terminal): Promise<Shown | null> {
  const kept = keptMembers((await terminal.client.call('settings.get', {})).privacyRules);
  if (kept.length === 0) return null;
  return shown`Kept by your rules: ${kept.join(', ')}. Guests who are named there are in it.\n`;
}
const fullText = shown`Guests' data is in it: keep it as you would the guest list.\n`;

interface Choice {
  readonly what: ExportWhat;
  readonly format: ExportFormat;
  readonly filter: DeliveryFilter;
  readonly eventFilter: EventFilter;
  readonly columns?: readonly ExportColumn[];
}

/** Of events only what events are filtered by may be given. */
export async function choiceOf(terminal: Terminal, options: Omit<ExportOptions, 'file'>): Promise<Choice> {
  const { what = 'deliveries', format = 'csv', columns } = options;
  const ofDeliveries = await filterOf(terminal, options);
  const ofEvents = await eventFilterOf(terminal, options);
  const filter = what === 'events' ? without(ofDeliveries, ofEvents) : ofDeliveries;
  return {
    what,
    format,
    filter,
    eventFilter: what === 'events' ? ofEvents : {},
    ...(columns === undefined ? {} : { columns: columnsGiven(what, columns) }),
  };
}

/** What is left of a filter, so that the engine names what it cannot filter by. */
const without = (filter: DeliveryFilter, taken: EventFilter): DeliveryFilter =>
  Object.fromEntries(Object.entries(filter).filter(([member]) => !(member in taken)));

function columnsGiven(what: ExportWhat, given: readonly string[]): ExportColumn[] {
  const known = columnsOf(what);
  return given
    .flatMap((text) => text.split(','))
    .map((text) => {
      const found = known.find((column) => column === text.trim());
      if (found !== undefined) return found;
      const message = `--columns: "${text.trim()}" is none of ${known.join(', ')}.`;
      throw new CommandError('bad_input', message, { member: '--columns' });
    });
}

export function fullOf({
  full = false,
  reason,
}: Pick<ExportOptions, 'full' | 'reason'>): { readonly reason: string } | null {
  if (!full && reason !== undefined) {
    throw new CommandError('bad_input', '--reason goes with --full: what is redacted needs none.', {
      member: '--reason',
    });
  }
  if (!full) return null;
  if (reason !== undefined && reason.trim().length >= shortestReason) return { reason };
  const least = `at least ${shortestReason} characters, kept in "audit"`;
  const message =
    reason === undefined
      ? `--full: say why everything has to leave with --reason "…": ${least}.`
      : `--reason: expected why everything has to leave, in ${least}; got ${reason.trim().length}.`;
  throw new CommandError('bad_input', message, { member: '--reason' });
}

/** As the engine asks it. */
const shortestReason = 5;

function fileOf({ file, output }: ExportOptions): string | null {
  if (file !== undefined && output !== undefined) {
    throw new CommandError('bad_input', '--output and --file mean the same: give one of them.', { member: '--output' });
  }
  const named = file ?? output;
  return named === undefined || named === '-' ? null : named;
}

async function preview(terminal: Terminal, choice: Choice, full: boolean): Promise<void> {
  const found = await terminal.client.call('export.preview', {
    ...choice,
    columns: choice.columns && [...choice.columns],
    full,
  });
  const [begin, end] = takenMarks;
  const marked = (text: string) => text.replaceAll(begin, '‹').replaceAll(end, '›');
  const rows = found.rows.map((row) => row.map(marked));
  const kept = full ? null : await keptText(terminal);
  terminal.say({ columns: found.columns, rows }, together(previewText(terminal, found.columns, rows), kept));
}

/** A row's columns one below the other: twenty of them fit beside each other on no screen. */
function previewText(terminal: Terminal, columns: readonly string[], rows: readonly (readonly string[])[]): Shown {
  if (rows.length === 0) return shown`Nothing matches.\n`;
  if (columns.length === 0) return together(...rows.map(([line = '']) => shown`${line}\n`));
  const blocks = rows.map((row) =>
    terminal.table(
      ['COLUMN', 'LEAVES AS'],
      columns.map((name, i) => [name, row[i] ?? '']),
    ),
  );
  return together(...blocks.flatMap((block, i) => (i === 0 ? [block] : [shown`\n`, block])));
}

async function toOutput(terminal: Terminal, body: NonNullable<Response['body']>, format: string): Promise<void> {
  const decoder = new TextDecoder();
  let held = '';
  for await (const chunk of body) {
    const piece = held + decoder.decode(chunk, { stream: true });
    // A line's end that is cut in two is put together before it is looked at.
    held = piece.endsWith('\r') ? '\r' : '';
    const whole = held === '' ? piece : piece.slice(0, -1);
    terminal.io.out(exported(whole, format, terminal.io.columns !== null).text);
    await terminal.io.drained();
  }
  terminal.io.out(exported(held, format, terminal.io.columns !== null).text);
}
