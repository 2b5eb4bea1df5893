/** `roost-relay source …`: where events come in. */
import type { Command } from 'commander';
import type { SourceId } from '../../../shared/domain.ts';
import { quoted } from '../../invocation.ts';
import { CommandError } from '../command-error.ts';
import type { CliIo } from '../io.ts';
import { facts, lines, plural, type Shown, shown, together } from '../output.ts';
import type { Runner, Terminal } from '../terminal.ts';

export function addSourceCommands(program: Command, runner: Runner): void {
  const source = program.command('source').description('Where events come in');

  runner.action<{ name: string; property?: string }>(
    source
      .command('add')
      .description('Connect a PMS; its token is shown once')
      .requiredOption('--name <name>', 'what the PMS is called')
      .option('--property <id>', 'the property of its events, where they name none'),
    async ({ client, say, io }, { name, property }) => {
      if (name.trim() === '') throw new CommandError('bad_input', '--name: it is empty. What is the PMS called?');
      const access = await client.call('sources.add', {
        name,
        ...(property === undefined ? {} : { propertyId: property }),
      });
      say(access, accessText(access, io));
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
        row.revokedAt === null ? 'in use' : `revoked ${at.time(row.revokedAt)}`,
        at.timeOr(row.lastEventAt, 'never'),
        String(row.eventsToday),
      ]);
      terminal.say(sources, terminal.table(['NAME', 'ID', 'PROPERTY', 'STATE', 'LAST EVENT', 'TODAY'], rows));
    },
  );

  runner.action(
    source.command('revoke').description('Its token is refused from now on').argument('<source>', 'id or name'),
    async (terminal, _options, given = '') => {
      const revoked = await terminal.client.call('sources.revoke', { id: await sourceNamed(terminal, given) });
      terminal.say(revoked, shown`${revoked.name} was revoked. What it posts is refused from now on.\n`);
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

  runner.action<{ name?: string; property?: string }>(
    source
      .command('change')
      .description('Another name or property')
      .argument('<source>', 'id or name')
      .option('--name <name>', 'what the PMS is called')
      .option('--property <id>', 'the property of its events, where they name none; "" for none'),
    async (terminal, { name, property }, given = '') => {
      if (name === undefined && property === undefined) {
        throw new CommandError('bad_input', 'source change: give what to change: --name or --property.');
      }
      const id = await sourceNamed(terminal, given);
      const changed = await terminal.client.call('sources.change', {
        id,
        ...(name === undefined ? {} : { name }),
        ...(property === undefined ? {} : { propertyId: property === '' ? null : property }),
      });
      terminal.say(changed, shown`${changed.name} (${changed.id}), property ${changed.propertyId ?? 'none'}.\n`);
    },
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
      const rows = found.map((row) => [
        row.hasBody ? String(row.id) : '',
        at.time(row.at),
        String(row.times),
        String(row.status),
        row.sourceId === null ? '' : (names.get(row.sourceId) ?? row.sourceId),
        row.takenAt === null ? at.words(row.says) : 'taken in after all',
      ]);
      const none = shown`Nothing was refused.\n`;
      terminal.say(
        found,
        rows.length === 0 ? none : terminal.table(['NUMBER', 'TIME', 'TIMES', 'STATUS', 'SOURCE', 'WHY'], rows),
      );
    },
  );
}

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

function accessText({ id, name, token, url, secretUrl }: Access, io: CliIo): Shown {
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
    `-d ${word(body)}`,
  ];
  const head = facts([
    ['Source', `${name} (${id})`],
    ['Token', token],
    ['Post to', url],
    ['or, without headers, to', secretUrl],
  ]);
  return together(
    head,
    shown`\nThe token is shown this once; only its hash is kept. Try it:\n\n  `,
    ...tryIt.flatMap((part, i) => (i === 0 ? [shown`${part}`] : [lines(next), shown`${part}`])),
    shown`\n`,
  );
}

/** What people call the sources, revoked ones too; by their ids. */
export async function sourceNames({ client }: Terminal): Promise<ReadonlyMap<string, string>> {
  return new Map((await client.call('sources.list', { revoked: true })).map(({ id, name }) => [id, name]));
}

/** By id, or by a name that only one source in use has. */
export async function sourceNamed({ client }: Terminal, given: string): Promise<SourceId> {
  const sources = await client.call('sources.list', { revoked: true });
  const found = sources.filter(({ id, name, revokedAt }) => id === given || (name === given && revokedAt === null));
  if (found.length === 1 && found[0]) return found[0].id;
  if (found.length === 0) throw new CommandError('not_found', `There is no source "${given}".`, { member: 'source' });
  const ids = found.map(({ id }) => id).join(', ');
  throw new CommandError('bad_input', `Several sources are called "${given}". Give the id: one of ${ids}.`, {
    member: 'source',
  });
}
