/** `roost-relay audit`: who did what, as a list or a file. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { recordedActs } from '../../../shared/api.ts';
import { surfaces, utcMs } from '../../../shared/domain.ts';
import { literally } from '../../../shared/literally.ts';
import type { AuditFilter } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { durationText } from '../duration.ts';
import {
  type PageOptions,
  pageText,
  repeated,
  type SpanOptions,
  spanOf,
  wholePage,
  withPages,
  withSpan,
} from '../list-options.ts';
import { plural, shown } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

interface AuditOptions extends PageOptions, SpanOptions {
  readonly act?: readonly string[];
  readonly who?: string;
  readonly where?: readonly string[];
  readonly about?: string;
  readonly file?: string;
  readonly force?: boolean;
}

export function addAuditCommand(program: Command, runner: Runner): void {
  const command = withSpan(program.command('audit').alias('activity').description('Who did what, newest first'))
    .option('--act <act>', 'such as endpoints.pause, or endpoints.* for all of them; may be repeated', repeated)
    .option('--who <account>', "a part of the account's name")
    .option('--where <where>', 'window, tray, command-line or engine; may be repeated', repeated)
    .option('--about <text>', "an endpoint's or source's name, an id, or a word of what was done")
    .option('--file <name>', 'all of it as CSV into this file')
    .option('--force', 'replaces a file that is there');
  runner.action<AuditOptions>(
    withPages(command),
    async (terminal, options) => {
      const filter = await filterOf(terminal, options);
      if (options.file !== undefined) return save(terminal, filter, options);
      const page = await wholePage(options, (at) => terminal.client.call('audit.list', { filter, ...at }));
      const at = await terminal.atProperty();
      const rows = page.rows.map((row) => [
        at.time(row.at),
        row.account,
        row.surface.replace('_', ' '),
        row.act,
        row.target ?? '',
        Object.keys(row.detail).length === 0
          ? ''
          : JSON.stringify(row.detail, (name, value) => readable(at, name, value)),
      ]);
      const head = ['TIME', 'WHO', 'WHERE', 'WHAT', 'OF', 'DETAIL'];
      terminal.say(
        page,
        pageText(terminal, { head, rows, next: page.next, complete: page.complete, none: 'Nothing.' }),
      );
    },
    { members: { file: '--file', 'filter.account': '--who', 'filter.about': '--about', 'filter.acts': '--act' } },
  );
}

async function save(
  terminal: Terminal,
  filter: AuditFilter,
  { file = '', force = false }: AuditOptions,
): Promise<void> {
  const saved = await terminal.client.call('audit.save', { filter, file: resolve(file), replace: force });
  terminal.say(saved, shown`Written to ${saved.file}: ${plural(saved.rows, 'act')}.\n`);
}

async function filterOf(terminal: Terminal, options: AuditOptions): Promise<AuditFilter> {
  const { act, who, where, about } = options;
  return {
    ...(await spanOf(terminal, options)),
    ...(act === undefined ? {} : { acts: act.flatMap((one) => one.split(',')).map(actNamed) }),
    ...(who === undefined ? {} : { account: who }),
    ...(about === undefined ? {} : { about }),
    ...(where === undefined ? {} : { surfaces: where.map(surfaceNamed) }),
  };
}

/** @throws CommandError for what no act is called, naming those that there are */
function actNamed(given: string): string {
  const pattern = [...given.trim()]
    .map((sign) => (sign === '*' ? '.*' : sign === '?' ? '.' : literally(sign)))
    .join('');
  if (recordedActs.some((act) => new RegExp(`^${pattern}$`).test(act))) return given.trim();
  const message = `--act: expected an act, or several by a pattern such as endpoints.*; got "${given}". There are: ${recordedActs.join(', ')}.`;
  throw new CommandError('bad_input', message, { member: '--act' });
}

function surfaceNamed(given: string): (typeof surfaces)[number] {
  const found = surfaces.find((one) => one === given.replace('-', '_'));
  if (found !== undefined) return found;
  const known = surfaces.map((one) => one.replace('_', '-')).join(', ');
  throw new CommandError('bad_input', `--where: expected one of ${known}, got "${given}".`, { member: '--where' });
}

/** Moments by the property's clocks, lengths in a person's units. */
function readable(at: AtProperty, name: string, value: unknown): unknown {
  if (typeof value !== 'number') return value;
  if (name === 'until' || name.endsWith('At')) return at.time(utcMs(value));
  return name.endsWith('Ms') ? durationText(value) : value;
}
