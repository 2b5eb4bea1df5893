/** Which endpoint a person means. */
import type { EndpointId } from '../../shared/domain.ts';
import type { Endpoint } from '../../shared/schemas.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './terminal.ts';

/** Names that an error lists at most. */
const mostNamed = 8;

/**
 * By id, or by a description or host that only one has, in whatever case where none is written exactly so. `either`: a removed
 * one where no other is called so.
 * @param what the argument or option that named it, for errors
 */
export async function endpointNamed(
  { client }: Terminal,
  given: string,
  among: 'present' | 'removed' | 'either' = 'present',
  what = 'endpoint',
): Promise<Endpoint> {
  const isAlike = (text: string) => text.toLowerCase() === given.trim().toLowerCase();
  const endpoints = await client.call('endpoints.list', { removed: among !== 'present' });
  const exactly = endpoints.filter(({ id, name, host }) => id === given || name === given || host === given);
  const all = exactly.length > 0 ? exactly : endpoints.filter(({ name, host }) => isAlike(name) || isAlike(host));
  const first = all.filter((one) => (one.switch === 'removed') === (among === 'removed'));
  const found = first.length > 0 ? first : all;
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(', ');
    throw new CommandError('bad_input', `Several endpoints match "${given}". Give the id: one of ${ids}.`, {
      member: 'endpoint',
    });
  }
  const names = endpoints.slice(0, mostNamed).map(({ name }) => `"${name}"`);
  if (endpoints.length > mostNamed) names.push('others');
  const hint = names.length === 0 ? 'None has been added.' : `Those that there are: ${names.join(', ')}.`;
  throw new CommandError('not_found', `${what}: there is no endpoint "${given}". ${hint}`, { member: what });
}

export const endpointIdsOf = async (terminal: Terminal, given: readonly string[]): Promise<EndpointId[]> =>
  Promise.all(given.map(async (one) => (await endpointNamed(terminal, one, 'either', '--endpoint')).id));
