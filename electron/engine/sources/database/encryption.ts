/** How a connection to a database is encrypted, and whom it trusts: as endpoints do. */
import { lookup } from 'node:dns/promises';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { isEncrypted, isOnThisPc, type SqlConfig } from '../../../../shared/source-kinds/sql.ts';
import { knownAuthorities } from '../../authorities.ts';
import { isLocalAddress } from '../../locality.ts';
import { DatabaseTrouble, placeOf } from './trouble.ts';

let known: readonly string[] | null = null;

/** Who is trusted: this PC's authorities, and what a person named for this source. Null: without TLS. */
export function tlsOf(config: SqlConfig): { ca: string[]; allowPartialTrustChain: boolean } | null {
  if (isEncrypted(config) !== true) return null;
  known ??= knownAuthorities();
  const own = config.ca === '' ? [] : [config.ca];
  // What a person named is trusted as it stands, whoever signed it.
  return { ca: [...known, ...own], allowPartialTrustChain: own.length > 0 };
}

/** Without encryption nothing is asked for beyond the property's own network. @throws DatabaseTrouble */
export async function refusePlainFar(config: SqlConfig): Promise<void> {
  if (isEncrypted(config) !== false || isOnThisPc(config)) return;
  // A name that is not found is told by the connection.
  const found = await lookup(config.host, { all: true }).catch(() => []);
  if (found.every(({ address }) => isLocalAddress(address))) return;
  throw new DatabaseTrouble(sentence('source.database_plain_far', { place: placeOf(config) }), null);
}
