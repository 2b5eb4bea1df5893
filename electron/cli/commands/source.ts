/** `roost-relay source …`: where events come in. */
import { type Command, Option } from 'commander';
import { isHeldBack } from '../../../shared/conditions/source-away.ts';
import type { NamedFiles, Source, SourceMessageView } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { charsetGuess, formSaid } from '../../../shared/source-kinds/file-form.ts';
import { sourceKindOf } from '../../../shared/source-kinds/index.ts';
import { encryptionSaid, type SqlConfig } from '../../../shared/source-kinds/sql.ts';
import { presetNames, presetOf, sourcePresets } from '../../../shared/source-presets/index.ts';
import { presetRowsHeld } from '../../../shared/source-shaping.ts';
import { quoted } from '../../invocation.ts';
import type { AtProperty } from '../at-property.ts';
import { CommandError } from '../command-error.ts';
import { withWayToConfirm } from '../confirming.ts';
import type { CliIo } from '../io.ts';
import { repeated } from '../list-options.ts';
import { block, facts, lines, plural, type Shown, shown, together } from '../output.ts';
import { sourceNamed, sourceNames } from '../source-named.ts';
import {
  shapingGiven,
  sourceKindGiven,
  sourceMembers,
  type TypedShaping,
  type TypedSourceKind,
  withShaping,
  withSourceKind,
} from '../source-options.ts';
import type { Runner, Terminal } from '../terminal.ts';
import { addSourceByHandCommands } from './source-by-hand.ts';
import { addSourceMessageCommands, stepsText } from './source-messages.ts';

export function addSourceCommands(program: Command, runner: Runner): void {
  const source = program.command('source').description('Where events come in');

  runner.action<AddOptions>(
    withShaping(
      withSourceKind(
        source
          .command('add')
          .description('Connect a PMS; its token is shown once')
          .argument('[name]', 'what the PMS is called')
          .option('--name <name>', 'the same')
          .option('--property <id>', 'the property of its events, where they name none'),
      ),
    )
      .option('--draft', 'keep what comes, and take nothing until it is switched on with "source change --on"')
      .option('--yes', 'of an interface that takes one client: nothing else is connected to it'),
    async (terminal, options, argument) => {
      const { client, say, io } = terminal;
      const name = argument ?? options.name ?? (options.preset && presetOf(options.preset)?.label);
      if (name === undefined) throw new CommandError('bad_input', '--name: it is missing. What is the PMS called?');
      if (name.trim() === '') throw new CommandError('bad_input', '--name: it is empty. What is the PMS called?');
      const { property, draft, preset } = options;
      const ofKind = await sourceKindGiven(options, undefined, preset);
      if (options.yes && ofKind.kind === 'fias') ofKind.config = { ...ofKind.config, ownInstance: true };
      const asked = client.call('sources.add', {
        name,
        ...(property === undefined ? {} : { propertyId: property }),
        ...(draft === undefined ? {} : { draft }),
        ...(await shapingGiven(options)),
        ...ofKind,
      });
      const access = await withWayToConfirm(terminal, asked);
      const known = preset === undefined ? null : presetOf(preset);
      const kind = options.kind ?? known?.kinds[0] ?? 'http';
      // They say how the system is set up for its usual kind.
      const steps = kind === known?.kinds[0] ? known.steps : [];
      const at = { timeZone: 'UTC', now: Date.now(), program: terminal.command() };
      const { folder = '--set folder=…' } = (ofKind.config ?? {}) as { folder?: string };
      const told = steps.map((key) => renderSentence({ key, params: { url: access.secretUrl, folder } }, 'en', at));
      const label =
        preset === undefined && options.shapeFile === undefined ? null : (presetOf(preset ?? '')?.label ?? name);
      const isPosted = sourceKindOf(kind)?.isPosted ?? true;
      const head = isPosted ? accessText(access, io, label) : shown`Source  ${access.name} (${access.id})\n`;
      say(access, steps.length === 0 ? head : together(head, stepsText(told, terminal, access.id)));
    },
    { members: sourceMembers },
  );

  runner.action(
    source
      .command('show')
      .description('How it is set up, what came from it, and what is kept')
      .argument('<source>', 'id or name'),
    async (terminal, _options, given = '') => {
      const id = await sourceNamed(terminal, given);
      const found = (await terminal.client.call('sources.list', { revoked: true })).find((one) => one.id === id);
      if (found === undefined) throw new CommandError('not_found', `There is no source "${given}".`);
      const kept = await terminal.client.call('sources.messages', { id, keptOnly: true, limit: 5 });
      terminal.say({ ...found, keptMessages: kept }, healthText(found, kept, await terminal.atProperty(), terminal));
    },
  );

  runner.action(
    source
      .command('preset')
      .description('What a known system’s own types are here, and its shape')
      .argument('[name]', 'as --preset has it; without it, all are listed'),
    async (terminal, _options, given) => {
      if (given === undefined) {
        const rows = sourcePresets.map(({ name, label, kinds }) => [name, label, kinds.join(', ')]);
        return terminal.say(sourcePresets, terminal.table(['NAME', 'SYSTEM', 'COMES BY'], rows));
      }
      const preset = presetOf(given);
      if (preset === null) {
        const text = `There is no preset "${given}". There are: ${presetNames.join(', ')}.`;
        throw new CommandError('not_found', text, { member: 'name' });
      }
      const rows = Object.entries(preset.types).map(([type, meaning]) => [type, meaning]);
      const shape = together(shown`\nShape:\n`, block(preset.shape, '  '));
      terminal.say(preset, together(terminal.table(['ITS TYPE', 'HERE'], rows), shape));
    },
  );

  runner.action<{ revoked?: boolean }>(
    source.command('list').description('All sources').option('--revoked', 'those that were revoked too'),
    async (terminal, { revoked = false }) => {
      const sources = await terminal.client.call('sources.list', { revoked });
      if (sources.length === 0) {
        const all = revoked ? [] : await terminal.client.call('sources.list', { revoked: true });
        return terminal.say(sources, noneText(terminal, all.length));
      }
      const at = await terminal.atProperty();
      const rows = sources.map((row) => [
        row.name,
        row.id,
        row.propertyId ?? '',
        row.revokedAt === null ? (row.draft ? 'draft' : 'in use') : `revoked ${at.time(row.revokedAt)}`,
        at.timeOr(row.lastEventAt, 'never'),
        String(row.eventsToday),
        row.kept === 0 ? '' : String(row.kept),
      ]);
      terminal.say(sources, terminal.table(['NAME', 'ID', 'PROPERTY', 'STATE', 'LAST EVENT', 'TODAY', 'KEPT'], rows));
    },
  );

  runner.action(
    source.command('revoke').description('Nothing is taken in from it from now on').argument('<source>', 'id or name'),
    async (terminal, _options, given = '') => {
      const revoked = await terminal.client.call('sources.revoke', { id: await sourceNamed(terminal, given) });
      const kept =
        revoked.kept === 0
          ? null
          : shown`${plural(revoked.kept, 'message')} of it ${revoked.kept === 1 ? 'is kept, and stays until it is' : 'are kept, and stay until they are'} taken in or dropped: ${terminal.command('source', 'messages', revoked.id, '--kept')}\n`;
      terminal.say(revoked, together(shown`${revoked.name} was revoked. ${endsBy[revoked.kind] ?? usualEnd}\n`, kept));
    },
  );

  runner.action(
    source
      .command('replace-token')
      .description('A new token and secret path; the old ones are void at once')
      .argument('<source>', 'id or name'),
    async (terminal, _options, given = '') => {
      const access = await terminal.client.call('sources.replaceToken', { id: await sourceNamed(terminal, given) });
      terminal.say(access, accessText(access, terminal.io));
    },
  );

  runner.action<ChangeOptions>(
    withShaping(
      source
        .command('change')
        .description('Another name, property, shape, or what its kind asks for')
        .argument('<source>', 'id or name')
        .option('--name <name>', 'what the PMS is called')
        .option('--property <id>', 'the property of its events, where they name none; "" for none')
        .option('--set <name=value>', 'what its kind asks for; @file for the value; may be repeated', repeated),
    )
      .option('--on', 'switch on what was a draft: from now on what comes is taken')
      .addOption(new Option('--draft', 'keep what comes, and take nothing').conflicts('on')),
    async (terminal, options, given = '') => {
      const { name, property, on, draft } = options;
      const chosen = [
        'name',
        'property',
        'set',
        'preset',
        'shapeFile',
        'types',
        'times',
        'numbers',
        'on',
        'draft',
      ] as const;
      if (chosen.every((each) => options[each] === undefined)) {
        throw new CommandError('bad_input', 'source change: give what to change, such as --name or --property.');
      }
      const id = await sourceNamed(terminal, given);
      const before = (await terminal.client.call('sources.list', { revoked: true })).find((one) => one.id === id);
      const { config } = await sourceKindGiven(options, before?.kind);
      const changed = await terminal.client.call('sources.change', {
        id,
        ...(name === undefined ? {} : { name }),
        ...(property === undefined ? {} : { propertyId: property === '' ? null : property }),
        ...(config === undefined ? {} : { config }),
        ...(await shapingGiven(options, before?.shaping)),
        ...(on ? { draft: false } : draft ? { draft: true } : {}),
      });
      const retake = terminal.command('source', 'retake', changed.id);
      const kept =
        changed.kept === 0
          ? null
          : shown`${plural(changed.kept, 'message is', 'messages are')} kept. Try them: ${retake}\n`;
      terminal.say(
        changed,
        together(
          shown`${changed.name} (${changed.id}), ${changed.propertyId === null ? 'for the property of the settings' : `property ${changed.propertyId}`}.\n`,
          kept,
        ),
      );
    },
    { members: sourceMembers },
  );

  runner.action<{ source?: string }>(
    source
      .command('refusals')
      .description('What was refused lately, and why')
      .argument('[source]', 'of this one alone, by id or name')
      .option('--source <source>', 'the same'),
    async (terminal, { source: option }, argument) => {
      const given = argument ?? option;
      const found = await terminal.client.call(
        'sources.refusals',
        given === undefined ? {} : { id: await sourceNamed(terminal, given) },
      );
      const at = await terminal.atProperty();
      const names = await sourceNames(terminal);
      const hasFiles = found.some(({ file }) => file !== null);
      const rows = found.map((row) => [
        row.hasBody ? String(row.id) : '',
        at.time(row.at),
        String(row.times),
        String(row.status),
        row.sourceId === null ? '' : (names.get(row.sourceId) ?? row.sourceId),
        ...(hasFiles ? [row.file ?? ''] : []),
        row.takenAt === null ? at.words(row.says) : 'taken in after all',
      ]);
      const head = ['NUMBER', 'TIME', 'TIMES', 'STATUS', 'SOURCE', ...(hasFiles ? ['FILE'] : []), 'WHY'];
      const none = shown`Nothing was refused.\n`;
      terminal.say(found, rows.length === 0 ? none : terminal.table(head, rows));
    },
  );
  addSourceByHandCommands(source, runner);
  addSourceMessageCommands(source, runner);
}

/** What a source that is revoked does no more, by its kind. */
const usualEnd = 'What it posts is refused from now on.';
const endsBy: Readonly<Record<string, string>> = {
  folder: 'Its folder is looked at no more: files that lie there, or are put there, stay where they are.',
  sql: 'Its database is read no more.',
  fias: 'Its interface is connected to no more.',
};

interface AddOptions extends TypedShaping, TypedSourceKind {
  readonly name?: string;
  readonly property?: string;
  readonly draft?: true;
  readonly yes?: true;
}

interface ChangeOptions extends TypedShaping, Pick<TypedSourceKind, 'set'> {
  readonly name?: string;
  readonly property?: string;
  readonly on?: true;
  readonly draft?: true;
}

/** What was left as it is, and says nothing: an empty text or list, the usual port, where a file of SQLite would be. */
const isUnset = ({ config }: Source, name: string, value: unknown): boolean =>
  value === '' ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (name === 'port' && value === 0) ||
  // Of a table that is watched alone: an outbox's rows are all taken.
  (name === 'firstLook' && config.reads !== 'table') ||
  (name === 'host' && config.system === 'sqlite');

/** Everything that a helper asks first: is it alive, is it as usual, and what of it was not understood. */
function healthText(source: Source, kept: readonly SourceMessageView[], at: AtProperty, terminal: Terminal): Shown {
  const { shaping, health, draft, revokedAt, lastRefusal, usualByNow, quietSince } = source;
  const usual = usualByNow === null ? '' : `; usually ${Math.round(usualByNow)} by this time of day`;
  const own = ['shape', 'types', 'times', 'numbers'].filter(
    (member) => shaping[member as keyof typeof shaping] !== null,
  );
  const retake = terminal.command('source', 'retake', source.id);
  const encryption = source.kind === 'sql' ? encryptionSaid(source.config as SqlConfig) : null;
  const head = facts([
    ['Source', `${source.name} (${source.id})`],
    ['State', revokedAt !== null ? `revoked ${at.time(revokedAt)}` : draft ? 'draft: what comes is kept' : 'in use'],
    ['Kind', source.kind],
    ['Preset', shaping.preset],
    ['Own', own.join(', ') || null],
    ['Own types', ownTypesText(source)],
    ['Numbers', shaping.numbers],
    [
      'Types of the preset',
      shaping.preset === null || shaping.types === null
        ? null
        : `${presetRowsHeld(shaping)} hold: ${terminal.command('source', 'preset', shaping.preset)}`,
    ],
    [
      'Set',
      Object.entries(source.config)
        .filter(([name, value]) => !isUnset(source, name, value))
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
        .join('; ') || null,
    ],
    ['Encryption', encryption && at.words(encryption)],
    ['Property', source.propertyId ?? 'that of the settings'],
    ['Last message', at.timeOr(health.lastSeenAt, 'never')],
    ['Last event', at.timeOr(source.lastEventAt, 'never')],
    ['Today', `${plural(source.eventsToday, 'event')}${usual}`],
    ['Quieter than usual', quietSince === null ? null : `since ${at.time(quietSince)}`],
    ['Last refusal', lastRefusal && refusalText(lastRefusal, at)],
    ['Last file', health.files?.last ? lastFileText(source, health.files.last, at) : null],
    ['Rejected files', health.files?.rejected ? filesText(health.files.rejected) : null],
    ['Stuck files', health.files?.stuck ? stuckText(health.files.stuck, at) : null],
    ['Away', health.away && awayText(health.away, at)],
    ['Last trouble', health.lastTrouble && `${at.time(health.lastTrouble.at)}: ${at.words(health.lastTrouble.says)}`],
    ['Looked at next', health.nextLookAt === null ? null : at.time(health.nextLookAt)],
    ['Kept', plural(source.kept, 'message')],
  ]);
  if (source.kept === 0) return head;
  const why = kept.flatMap(({ id, trouble }) =>
    trouble === null ? [] : [shown`  ${id}: ${at.words(trouble.says)}\n`],
  );
  return together(head, ...why, shown`Mend the shape or the types, and try them: ${retake}\n`);
}

type LastFile = NonNullable<NonNullable<Source['health']['files']>['last']>;

/** "14:35: bookings.csv: Row 14 has 1 cells, the header has 2." */
const refusalText = ({ at: when, file, says }: NonNullable<Source['lastRefusal']>, at: AtProperty): string =>
  [at.time(when), ...(file === null ? [] : [file]), at.words(says)].join(': ');

/** "14:35: bookings.csv is CSV in UTF-8; what stands between its cells: semicolon." */
function lastFileText({ config }: Source, last: LastFile, at: AtProperty): string {
  const guess = charsetGuess(config.charset === 'auto' ? null : last.charset, last.charset);
  const said = [formSaid(last.name, last), ...(guess === null ? [] : [guess])];
  return `${at.time(last.at)}: ${said.map((one) => at.words(one)).join(' ')}`;
}

/** "7: e.csv, d.csv, c.csv, b.csv, a.csv and 2 more" */
function filesText({ count, names }: NamedFiles): string {
  const more = count - names.length;
  return `${count}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** "since 14:35, 2: b.csv, a.csv. The disk of the folder … is full." */
/** Since the first trouble, whatever it was; what is said is the present one. */
function awayText({ since, says }: NonNullable<Source['health']['away']>, at: AtProperty): string {
  const told = isHeldBack(says) ? 'since' : 'nothing has come since';
  return `${told} ${at.time(since)}: ${at.words(says)}`;
}

const stuckText = (stuck: NonNullable<NonNullable<Source['health']['files']>['stuck']>, at: AtProperty): string =>
  `since ${at.time(stuck.since)}, ${filesText(stuck)}. ${at.words(stuck.says)}`;

/** "confirm: booking.created; ping: none" */
const ownTypesText = ({ shaping: { types } }: Source): string | null =>
  types &&
  (Object.entries(types)
    .map(([type, meaning]) => `${type}: ${meaning ?? 'none'}`)
    .join('; ') ||
    null);

/** @param revoked how many there were */
function noneText({ command }: Terminal, revoked: number): Shown {
  const add = command('source', 'add', '--name', 'PMS');
  if (revoked === 0) return shown`No sources yet. Add one: ${add}\n`;
  const were = plural(revoked, 'source was', 'sources were');
  const list = command('source', 'list', '--revoked');
  return shown`No source is in use; ${were} revoked. Add one: ${add}\nShow ${revoked === 1 ? 'it' : 'them'}: ${list}\n`;
}

interface Access {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly url: string;
  readonly secretUrl: string;
}

/** @param label of the system whose own messages it takes; null: it takes our JSON */
function accessText({ id, name, token, url, secretUrl }: Access, io: CliIo, label: string | null = null): Shown {
  const { shell } = io.invocation;
  const word = (text: string) => quoted(text, shell);
  const body = '{"event":"booking.created","data":{"booking_id":"bk_1","guest_name":"Juan dela Cruz"}}';
  // PowerShell's own `curl` is another program, and one line is the same in every shell.
  const curl = shell === 'posix' ? 'curl' : 'curl.exe';
  const headers = [`Authorization: Bearer ${token}`, 'Content-Type: application/json'];
  const next = shell === 'posix' ? ' \\\n    ' : ' ';
  const tryIt = [
    `${curl} -X POST ${word(url)}`,
    headers.map((header) => `-H ${word(header)}`).join(' '),
    label === null ? `-d ${word(body)}` : `--data-binary ${word('@message.json')}`,
  ];
  const head = facts([
    ['Source', `${name} (${id})`],
    ['Token', token],
    ['Post to', url],
    ['or, without headers, to', secretUrl],
  ]);
  return together(
    head,
    shown`\nThe token is shown this once; only its hash is kept. ${
      label === null
        ? 'Try it:'
        : `Try it with a message of ${label} itself, signed where it signs, saved as message.json:`
    }\n\n  `,
    ...tryIt.flatMap((part, i) => (i === 0 ? [shown`${part}`] : [lines(next), shown`${part}`])),
    shown`\n`,
  );
}
