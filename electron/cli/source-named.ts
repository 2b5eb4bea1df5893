/** Sources as people name them. */
import type { SourceId } from '../../shared/domain.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

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
