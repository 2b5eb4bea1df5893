/** Which endpoint a person means. */
import type { EndpointId } from '../../shared/domain.ts';
import type { Endpoint } from '../../shared/schemas.ts';
import { CommandError } from './command-error.ts';
import type { Shell } from './shell.ts';

/** By id, or by a description or host that only one has. `either`: a removed one where no other is called so. */
export async function endpointNamed(
  { client }: Shell,
  given: string,
  among: 'present' | 'removed' | 'either' = 'present',
): Promise<Endpoint> {
  const endpoints = await client.call('endpoints.list', { removed: among !== 'present' });
  const all = endpoints.filter(({ id, name, host }) => id === given || name === given || host === given);
  const first = all.filter((one) => (one.switch === 'removed') === (among === 'removed'));
  const found = first.length > 0 ? first : all;
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new CommandError('bad_input', `Several endpoints match "${given}". Give the id: one of ${ids}.`, {
      member: 'endpoint',
    });
  }
  throw new CommandError('not_found', `There is no endpoint "${given}".`, { member: 'endpoint' });
}

export const endpointIdsOf = async (shell: Shell, given: readonly string[]): Promise<EndpointId[]> =>
  Promise.all(given.map(async (one) => (await endpointNamed(shell, one, 'either')).id));
