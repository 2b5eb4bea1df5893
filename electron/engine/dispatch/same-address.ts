/** An address that another endpoint has already: what comes would arrive there twice, so a person says yes first. */
import { RelayError } from '../../../shared/api.ts';
import type { EndpointId } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { addressKey, checkAddress } from './endpoint-address.ts';
import { type EndpointDesk, nameOf } from './endpoint-desk.ts';
import { urlContext } from './targets.ts';

/**
 * Inside the transaction that gives the endpoint this address.
 * @param address as it was given; nothing is asked where there is none
 * @throws RelayError `not_confirmed`
 */
export function refuseSameAddress(
  { endpoints, context: { vault } }: EndpointDesk,
  self: EndpointId,
  address: string | null | undefined,
): void {
  if (address === null || address === undefined) return;
  const key = addressKey(checkAddress(address, true).url);
  const other = endpoints.all().find((row) => {
    if (row.switch === 'removed' || row.id === self) return false;
    // One that points at the test bench has its own all the same.
    const own = vault.open(row.benchUrl ?? row.url, urlContext(row.id));
    return own !== null && addressKey(own) === key;
  });
  if (!other) return;
  throw new RelayError('not_confirmed', sentence('problem.same_address', { name: nameOf(other) }), { member: 'url' });
}
