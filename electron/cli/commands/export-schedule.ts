/** `roost-relay export-schedule …`: exports that are made every night or month, into a folder. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { exportWhats } from '../../../shared/export-columns.ts';
import {
  type DeliveryFilter,
  type EventFilter,
  type ExportSchedule,
  exportFormats,
  type ScheduleRhythm,
  scheduleId,
  scheduleRhythms,
} from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import { idGiven } from '../ids.ts';
import { finished } from '../job-progress.ts';
import { repeated } from '../list-options.ts';
import { plural, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';
import { withFilter } from './deliveries.ts';
import { choiceOf, type ExportOptions, fullOf, keptText } from './export.ts';

interface ScheduleOptions extends Omit<ExportOptions, 'file' | 'output' | 'force' | 'preview'> {
  readonly every?: ScheduleRhythm;
  readonly folder?: string;
  readonly keep?: string;
  readonly filter?: boolean;
}

const members = {
  'schedule.folder': '--folder',
  'schedule.keepDays': '--keep',
  'schedule.full.reason': '--reason',
  'schedule.filter': '--text',
  'schedule.eventFilter': '--text',
  columns: '--columns',
  full: '--full',
};

export function addExportScheduleCommands(program: Command, runner: Runner): void {
  const group = program.command('export-schedule').description('Exports by themselves, every night or month');
  const named = (name: string, description: string): Command =>
    group.command(name).description(description).argument('<schedule>', 'its id, as "export-schedule list" shows it');

  runner.action(group.command('list').description('All of them, with what was written last'), async (terminal) => {
    const schedules = await terminal.client.call('schedules.list', {});
    const names = await namesOf(terminal, schedules);
    const kept = schedules.some(({ fullReason }) => fullReason === null) ? await keptText(terminal) : null;
    terminal.say(schedules, together(listText(schedules, await terminal.atProperty(), names), kept));
  });

  runner.action<ScheduleOptions>(
    withSchedule(group.command('add').description('Every night the day before, or every month the month before')),
    async (terminal, options) => {
      const { every = 'night', what = 'deliveries', format = 'csv', folder, keep, bom = true, yes = false } = options;
      const { columns, ...choice } = await choiceOf(terminal, { ...options, what, format });
      refuseMoments(choice);
      const full = fullOf(options);
      const added = await withWayToConfirm(
        terminal,
        terminal.client.call('schedules.add', {
          schedule: {
            ...choice,
            every,
            bom,
            ...(columns === undefined ? {} : { columns: [...columns] }),
            ...(full === null ? {} : { full }),
            folder: folder === undefined ? null : resolve(folder),
            ...(keep === undefined ? {} : { keepDays: keepOf(keep) }),
          },
          confirmed: yes,
        }),
      );
      const at = await terminal.atProperty();
      const text = scheduleText(added, at, await namesOf(terminal, [added]));
      const kept = full === null ? await keptText(terminal) : null;
      terminal.say(added, together(text, shown`First at ${at.time(added.nextAt)}.\n`, kept));
    },
    { members },
  );

  runner.action<ScheduleOptions>(
    withSchedule(named('change', 'What is not given stays, but for --full, which is asked for each time')).option(
      '--no-filter',
      'without the filter that it had: all of them',
    ),
    async (terminal, options, given = '') => {
      const id = idOf(given);
      const was = await scheduleNamed(terminal, id);
      const { what = was.what, format = was.format, every = was.every, bom = was.bom, folder, keep } = options;
      const { columns: chosen, ...choice } = await choiceOf(terminal, { ...options, what, format });
      refuseMoments(choice);
      const full = fullOf(options);
      const isFiltered = [choice.filter, choice.eventFilter].some((filter) => Object.keys(filter).length > 0);
      const isSameWhat = what === was.what;
      const columns = chosen ?? (isSameWhat ? was.columns : null);
      const changed = await withWayToConfirm(
        terminal,
        terminal.client.call('schedules.change', {
          id,
          schedule: {
            ...choice,
            ...(isFiltered || !isSameWhat || !options.filter
              ? {}
              : { filter: was.filter, eventFilter: was.eventFilter }),
            every,
            bom,
            ...(columns === null ? {} : { columns: [...columns] }),
            ...(full === null ? {} : { full }),
            ...(folder === undefined ? {} : { folder: resolve(folder) }),
            keepDays: keep === undefined ? was.keepDays : keepOf(keep),
          },
          confirmed: options.yes ?? false,
        }),
      );
      const names = await namesOf(terminal, [changed]);
      const kept = full === null ? await keptText(terminal) : null;
      terminal.say(changed, together(scheduleText(changed, await terminal.atProperty(), names), kept));
    },
    { members },
  );

  runner.action(
    named('run', 'Writes what is due, or the last day or month once more'),
    async (terminal, _options, given = '') => {
      const job = await finished(terminal, await terminal.client.call('schedules.run', { id: idOf(given) }));
      if (job.state === 'done')
        return terminal.say(job, shown`Written to ${job.file ?? ''}: ${plural(job.done, 'row')}.\n`);
      const why = job.problem === null ? `It is ${job.state}.` : (await terminal.atProperty()).words(job.problem);
      throw new CommandError('not_possible', why);
    },
  );

  runner.action(named('remove', 'It writes no more; its files stay'), async (terminal, _options, given = '') => {
    const id = idOf(given);
    const { files } = await scheduleNamed(terminal, id);
    await terminal.client.call('schedules.remove', { id });
    terminal.say({ removed: id }, shown`Removed. What it wrote stays: ${plural(files, 'file')}.\n`);
  });
}

const withSchedule = (command: Command): Command =>
  withFilter(command)
    .addOption(new Option('--every <rhythm>', 'when: at 03:00 of the property').choices([...scheduleRhythms]))
    .addOption(new Option('--what <what>', 'of the log').choices([...exportWhats]))
    .addOption(new Option('--format <format>', 'of the rows').choices([...exportFormats]))
    .option('--columns <names>', 'just these, in this order, with commas', repeated)
    .option('--no-bom', 'CSV without the mark by which Excel knows UTF-8')
    .option('--folder <folder>', "made where it is missing; else the data folder's exports")
    .option('--keep <days>', 'its own files, 90 unless given, or always')
    .option('--full', "with guests' data; needs --reason and --yes")
    .option('--reason <text>', 'why everything has to leave; kept in "audit"')
    .option('--yes', 'really everything, each time');

function keepOf(text: string): number | null {
  if (text === 'always') return null;
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandError('bad_input', `--keep: expected a whole number of days, or always, got "${text}".`, {
    member: '--keep',
  });
}

/** The schedule itself says which days. */
function refuseMoments({ filter, eventFilter }: { filter: DeliveryFilter; eventFilter: EventFilter }): void {
  for (const member of ['from', 'to'] as const) {
    if (filter[member] === undefined && eventFilter[member] === undefined) continue;
    const message = `--${member}: a schedule has its own days: every night the day before, or every month the month before.`;
    throw new CommandError('bad_input', message, { member: `--${member}` });
  }
}

async function scheduleNamed(terminal: Terminal, id: string): Promise<ExportSchedule> {
  const found = (await terminal.client.call('schedules.list', {})).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new CommandError('not_found', 'There is no such scheduled export.', { member: 'schedule' });
}

const idOf = (given: string): string => idGiven('schedule', scheduleId, given);

type Names = (id: string) => string;

/** What endpoints and sources of their filters are called; of one that is gone its id. */
async function namesOf(terminal: Terminal, schedules: readonly ExportSchedule[]): Promise<Names> {
  const isAsked = schedules.some(({ filter, eventFilter }) => filter.endpointIds ?? eventFilter.sourceIds);
  if (!isAsked) return (id) => id;
  const endpoints = await terminal.client.call('endpoints.list', {});
  const sources = await terminal.client.call('sources.list', {});
  const known = new Map<string, string>([
    ...endpoints.map(({ id, name }) => [id, name] as const),
    ...sources.map(({ id, name }) => [id, name] as const),
  ]);
  return (id) => known.get(id) ?? id;
}

function listText(schedules: readonly ExportSchedule[], at: AtProperty, names: Names): Shown {
  if (schedules.length === 0) return shown`No export is scheduled.\n`;
  return together(...schedules.map((one, i) => together(i === 0 ? null : shown`\n`, scheduleText(one, at, names))));
}

/** Its filter by the options' names. A text that was looked for may be a guest, and lists are passed on: it is not shown. */
function filterText({ filter, eventFilter }: ExportSchedule, names: Names): string | null {
  const { states, endpointIds, eventTypes, statusClasses, status, entity, text, toBench, heldBack, tooOld } = {
    ...filter,
    ...eventFilter,
  };
  const flag = (name: string, value: boolean | undefined) => value !== undefined && (value ? name : `not ${name}`);
  const several = (name: string, values: readonly (string | number)[] | undefined) =>
    values !== undefined && values.length > 0 && `${name} ${values.join(', ')}`;
  const parts = [
    several('state', states),
    several('endpoint', endpointIds?.map(names)),
    several('source', eventFilter.sourceIds?.map(names)),
    several('event', eventTypes),
    several('status class', statusClasses),
    status !== undefined && `status ${status}`,
    entity !== undefined && 'an entity',
    text !== undefined && 'a text',
    flag('to bench', toBench),
    flag('held back', heldBack),
    flag('too old', tooOld),
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : parts.join('; ');
}

function scheduleText(one: ExportSchedule, at: AtProperty, names: Names): Shown {
  const { id, every, what, format, folder, keepDays, fullReason, nextAt, last, away, leftOut, running } = one;
  const kept = keepDays === null ? 'always' : `for ${plural(keepDays, 'day')}`;
  const only = filterText(one, names);
  const missing =
    away !== null && away.missed > 0
      ? shown`${plural(away.missed, 'file')} missing since ${at.time(away.since)}: `
      : null;
  const ended = last?.state === 'done' ? shown`${last.file} (${plural(last.rows, 'row')})` : shown`cancelled`;
  return together(
    shown`${id}  ${what}, every ${every}, ${format}${fullReason === null ? '' : ", with guests' data"}\n`,
    only === null ? null : shown`  only ${only}\n`,
    shown`  into ${folder}, kept ${kept}\n`,
    running === null ? shown`  next ${at.time(nextAt)}\n` : shown`  under way: ${running}\n`,
    last === null ? null : together(shown`  last ${at.time(last.at)}: `, ended, shown`\n`),
    away === null ? null : together(shown`  `, missing, shown`${at.words(away.says)}\n`),
    leftOut === null ? null : shown`  left out, too far back: ${leftOut.from} to ${leftOut.to}\n`,
  );
}
