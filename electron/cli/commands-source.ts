/** `roost-relay source …`: where events come in. */
import type { Command } from 'commander';
import type { SourceId } from '../../shared/domain.ts';
import { CommandError } from './command-error.ts';
import { facts, localTimeOr, plural, table } from './output.ts';
import type { Runner, Shell } from './shell.ts';

export function addSourceCommands(program: Command, runner: Runner): void {
  const source = program.command('source').description('Where events come in');

  runner.action<{ name: string; property?: string }>(
    source
      .command('add')
      .description('Connect a PMS; its token is shown once')
      .requiredOption('--name <name>', 'what the PMS is called')
      .option('--property <id>', 'the property of its events, where they name none'),
    async ({ client, say }, { name, property }) => {
      if (name.trim() === '') throw new CommandError('bad_input', '--name: it is empty. What is the PMS called?');
      const access = await client.call('sources.add', {
        name,
        ...(property === undefined ? {} : { propertyId: property }),
      });
      say(access, accessText(access));
    },
  );

  runner.action<{ revoked?: boolean }>(
    source.command('list').description('All sources').option('--revoked', 'those that were revoked too'),
    async ({ client, say }, { revoked = false }) => {
      const sources = await client.call('sources.list', { revoked });
      if (sources.length === 0) {
        const all = revoked ? [] : await client.call('sources.list', { revoked: true });
        return say(sources, noneText(all.length));
      }
      const rows = sources.map((row) => [
        row.name,
        row.id,
        row.propertyId ?? '',
        row.revokedAt === null ? 'in use' : `revoked ${localTimeOr(row.revokedAt, '')}`,
        localTimeOr(row.lastEventAt, 'never'),
        String(row.eventsToday),
      ]);
      say(sources, table(['NAME', 'ID', 'PROPERTY', 'STATE', 'LAST EVENT', 'TODAY'], rows));
    },
  );

  runner.action(
    source.command('revoke').description('Its token is refused from now on').argument('<source>', 'id or name'),
    async (shell, _options, given = '') => {
      const revoked = await shell.client.call('sources.revoke', { id: await sourceNamed(shell, given) });
      shell.say(revoked, `${revoked.name} was revoked. What it posts is refused from now on.\n`);
    },
  );

  runner.action(
    source
      .command('replace-token')
      .description('A new token and secret path; the old ones are void at once')
      .argument('<source>', 'id or name'),
    async (shell, _options, given = '') => {
      const access = await shell.client.call('sources.replaceToken', { id: await sourceNamed(shell, given) });
      shell.say(access, accessText(access));
    },
  );
}

/** @param revoked how many there were */
function noneText(revoked: number): string {
  const add = 'roost-relay source add --name PMS';
  if (revoked === 0) return `No sources yet. Add one: ${add}\n`;
  const were = `${plural(revoked, 'source was', 'sources were')} revoked (source list --revoked shows ${revoked === 1 ? 'it' : 'them'})`;
  return `No source is in use; ${were}. Add one: ${add}\n`;
}

interface Access {
  readonly id: string;
  readonly name: string;
  readonly token: string;
  readonly url: string;
  readonly secretUrl: string;
}

const accessText = ({ id, name, token, url, secretUrl }: Access): string =>
  `${facts([
    ['Source', `${name} (${id})`],
    ['Token', token],
    ['Post to', url],
    ['or, without headers, to', secretUrl],
  ])}
The token is shown this once; only its hash is kept. Try it:

  curl -X POST ${url} \\
    -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' \\
    -d '{"event":"booking.created","data":{"booking_id":"bk_1","guest_name":"Juan dela Cruz"}}'
`;

/** By id, or by a name that only one source in use has. */
async function sourceNamed({ client }: Shell, given: string): Promise<SourceId> {
  const sources = await client.call('sources.list', { revoked: true });
  const found = sources.filter(({ id, name, revokedAt }) => id === given || (name === given && revokedAt === null));
  if (found.length === 1 && found[0]) return found[0].id;
  if (found.length === 0) throw new CommandError('not_found', `There is no source "${given}".`, { member: 'source' });
  throw new CommandError('bad_input', `Several sources are called "${given}". Give the id.`, { member: 'source' });
}
