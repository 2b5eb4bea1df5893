/** `roost-relay forget`: a guest who asks for it is forgotten, after what would go was shown. */
import type { Command } from 'commander';
import type { EventId } from '../../../shared/domain.ts';
import type { ForgetPreview, Forgetting, Sought } from '../../../shared/schemas.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { repeated } from '../list-options.ts';
import { facts, plural, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

interface ForgetOptions {
  readonly booking?: string;
  readonly name?: string;
  readonly mail?: string;
  readonly phone?: string;
  readonly leaveOut?: readonly string[];
  readonly yes?: boolean;
  readonly list?: boolean;
}

/** Between two looks whether it is done, in milliseconds. */
const lookEveryMs = 250;

export function addForgetCommand(program: Command, runner: Runner): void {
  runner.action<ForgetOptions>(
    program
      .command('forget')
      .description('Forgets a guest, everywhere in the data folder')
      .option('--booking <id>', 'the id of a booking')
      .option('--name <name>', 'as it stands in the events, whatever its accents')
      .option('--mail <address>', 'the mail address')
      .option('--phone <number>', 'the telephone number, however it is written')
      .option('--leave-out <event>', "an event that was found and is another guest's; may be repeated", repeated)
      .option('--yes', 'does it; nothing of it can be brought back')
      .option('--list', 'what was forgotten before, without whom'),
    async (terminal, { yes = false, list = false, leaveOut: left = [], ...given }) => {
      if (list) return showList(terminal);
      const sought = soughtOf(given);
      if (Object.keys(sought).length === 0) {
        const message = 'forget: expected whom, by --booking, --name, --mail or --phone.';
        throw new CommandError('bad_input', message, { member: '--booking' });
      }
      const leaveOut = left as EventId[];
      if (!yes) {
        const preview = await terminal.client.call('forget.look', { sought, leaveOut });
        const text = previewText(preview, await terminal.atProperty());
        const next = isNothing(preview) ? null : shown`\nTo do it: ${terminal.sameWith('--yes')}\n`;
        return terminal.say(preview, together(text, next));
      }
      const begun = await terminal.client.call('forget.start', { sought, leaveOut, confirmed: true });
      const done = await finished(terminal, begun);
      terminal.say(done, doneText(done));
    },
    {
      members: {
        'sought.booking': '--booking',
        'sought.name': '--name',
        'sought.mail': '--mail',
        'sought.phone': '--phone',
        sought: '--booking',
        leaveOut: '--leave-out',
      },
    },
  );
}

const soughtOf = ({ booking, name, mail, phone }: ForgetOptions): Sought => ({
  ...(booking === undefined ? {} : { booking }),
  ...(name === undefined ? {} : { name }),
  ...(mail === undefined ? {} : { mail }),
  ...(phone === undefined ? {} : { phone }),
});

const isNothing = ({ events, atBench, rows, files }: ForgetPreview): boolean =>
  events === 0 && atBench === 0 && rows.length === 0 && files.length === 0;

const fileWords: Readonly<Record<ForgetPreview['files'][number]['what'], string>> = {
  removed: 'removed',
  blanked: 'its lines are blanked',
  rewritten: 'rewritten',
  original: 'left: a source’s own file, read and moved; look into it yourself',
  left: 'left as it is, since it was changed or cannot be reached now; look into it yourself',
};

function previewText(preview: ForgetPreview, at: AtProperty): Shown {
  const {
    events,
    deliveries,
    oldestAt,
    newestAt,
    leftOut,
    stillNaming,
    some,
    undelivered,
    elsewhere,
    atBench,
    rows,
    files,
  } = preview;
  if (isNothing(preview) && leftOut === 0) return shown`Nothing here speaks of that guest.\n`;
  const open = undelivered.map((one) => shown`  ${one.deliveries} for ${one.name}: cancelled by it\n`);
  const span = oldestAt === null || newestAt === null ? '' : `, from ${at.time(oldestAt)} to ${at.time(newestAt)}`;
  return together(
    open.length === 0 ? null : together(shown`Not arrived yet:\n`, ...open, shown`\n`),
    shown`${plural(events, 'event')} with ${plural(deliveries, 'delivery', 'deliveries')}${span}:\n`,
    ...some.map(
      (one) =>
        shown`  ${one.id}  ${at.time(one.at)}  ${one.event}  ${one.guest ?? '-'}  ${one.about ?? ''}${one.isLeftOut ? '  (left out: it stays)' : ''}\n`,
    ),
    events + leftOut > some.length ? shown`  and ${events + leftOut - some.length} more\n` : null,
    some.length === 0
      ? null
      : leftOut === 0
        ? shown`Of another guest's among them: --leave-out and its id, for each.\n`
        : shown`Left out, and stays as it is: ${plural(leftOut, 'event')}. ${stillNamingText(stillNaming)}`,
    atBench === 0 ? null : shown`${plural(atBench, 'request')} at the test bench\n`,
    ...rows.map((one) => shown`${plural(one.rows, 'row')} of ${one.table.replaceAll('_', ' ')}\n`),
    ...files.map((one) => shown`${one.path}: ${fileWords[one.what]}\n`),
    ...elsewhere.map(
      (one) =>
        shown`Not among them: ${plural(one.events, 'event')} with the ${one.kind} ${one.value} (--${one.kind}).\n`,
    ),
    shown`Their facts stay, without anything of the guest, so that counts do not change. Files that you saved elsewhere, and receivers, keep what they have.\n`,
  );
}

const stillNamingText = (count: number): Shown =>
  count === 0
    ? shown`None of what you left out holds the name, booking, mail or telephone that was looked for.\n`
    : shown`${plural(count, 'event')} that you left out still ${count === 1 ? 'holds' : 'hold'} it: it stays in the data folder and its backups there.\n`;

async function finished(terminal: Terminal, { id }: Forgetting): Promise<Forgetting> {
  for (;;) {
    const found = (await terminal.client.call('forget.list', {})).find((one) => one.id === id);
    if (found === undefined) throw new CommandError('internal', 'It is not in the list of what was forgotten.');
    if (found.endedAt !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

function doneText({
  events,
  deliveries,
  cancelled,
  leftOut,
  stillNaming,
  rows,
  files,
  backups,
  backupsLeft,
  filesLeft,
  tracesTonight,
  remaining,
  atBench,
}: Forgetting): Shown {
  return together(
    facts([
      ['Events', String(events)],
      ['Deliveries', cancelled === 0 ? String(deliveries) : `${deliveries}, ${cancelled} of them cancelled`],
      ['Left out', leftOut === 0 ? null : String(leftOut)],
      ['Other rows', rows === 0 ? null : String(rows)],
      ['Test bench', atBench === 0 ? null : plural(atBench, 'request')],
      ['Files', files === 0 ? null : String(files)],
      ['Backups', String(backups)],
      ['Look yourself into', filesLeft.length === 0 ? null : filesLeft.join(', ')],
      ['Not rewritten', backupsLeft.length === 0 ? null : backupsLeft.join(', ')],
    ]),
    tracesTonight ? shown`The database is made anew tonight: until then some of it may stand on unused pages.\n` : null,
    leftOut === 0 ? null : stillNamingText(stillNaming),
    remaining > 0
      ? shown`Not forgotten yet: ${plural(remaining, 'entry', 'entries')} in the database still ${remaining === 1 ? 'speaks' : 'speak'} of the guest. Run it again.\n`
      : tracesTonight || filesLeft.length + backupsLeft.length > 0
        ? shown`Forgotten, except for what is named here.\n`
        : shown`Forgotten.\n`,
  );
}

async function showList(terminal: Terminal): Promise<void> {
  const all = await terminal.client.call('forget.list', {});
  const at = await terminal.atProperty();
  const rows = all.map((one) => [
    at.time(one.askedAt),
    one.foundBy.join(', '),
    String(one.events),
    one.endedAt === null ? `under way: ${one.step}` : at.time(one.endedAt),
  ]);
  const text =
    rows.length === 0 ? shown`Nobody was forgotten.\n` : terminal.table(['ASKED', 'BY', 'EVENTS', 'DONE'], rows);
  terminal.say(all, text);
}
