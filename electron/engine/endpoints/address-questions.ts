/**
 * Addresses that a person says yes to first: one that another endpoint has already, where everything would arrive
 * twice, one that is another kind's, and one that listens only while somebody tries it out.
 */
import { RelayError } from '../../../shared/api.ts';
import type { EndpointId } from '../../../shared/domain.ts';
import { endpointName } from '../../../shared/endpoint-face.ts';
import {
  addressFormOf,
  isEndpointKind,
  lintOf,
  otherAddress,
  ownLintOf,
  usualKind,
} from '../../../shared/endpoint-kinds/index.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { urlContext } from '../store/endpoints.ts';
import { addressKey, checkAddress } from './endpoint-address.ts';
import type { EndpointDesk } from './endpoint-desk.ts';

/**
 * Inside the transaction that gives the endpoint this address for the first time.
 * @param address as it was given; nothing is asked where there is none
 * @throws RelayError `not_confirmed`
 */
export function refuseUnasked(
  desk: EndpointDesk,
  self: EndpointId,
  address: string | null | undefined,
  kind: string = usualKind,
): void {
  refuseSameAddress(desk, self, address, kind);
  refuseOthers(kind, address);
  const form = addressFormOf(kind);
  const lint = address === null || address === undefined ? null : lintOf(checkAddress(address, form, true).url, kind);
  if (lint !== null && lint.isNote !== true) throw new RelayError('not_confirmed', lint.asks, { member: 'url' });
}

/**
 * Of the address that an endpoint has, when it becomes another kind.
 * @throws RelayError `not_confirmed`, at the kind
 */
export function refuseAtKind(kind: string, address: string): void {
  const lint = URL.canParse(address) ? ownLintOf(address, kind) : null;
  if (lint !== null) throw new RelayError('not_confirmed', lint.asks, { member: 'kind' });
}

/** @throws RelayError `not_confirmed` where the address is a service's that cannot take what the kind sends */
function refuseOthers(kind: string, address: string | null | undefined): void {
  if (address === null || address === undefined || !isEndpointKind(kind)) return;
  const other = otherAddress(kind, address);
  if (!other?.isWrong) return;
  const { told, service } = other;
  const says =
    told === null
      ? sentence('problem.address_nobodys', { kind, service })
      : sentence('problem.address_others', { kind, service, told });
  throw new RelayError('not_confirmed', says, { member: 'url' });
}

/**
 * Inside the transaction that gives the endpoint this address.
 * @param address as it was given; nothing is asked where there is none
 * @throws RelayError `not_confirmed`
 */
export function refuseSameAddress(
  { endpoints, context: { vault } }: EndpointDesk,
  self: EndpointId,
  address: string | null | undefined,
  kind: string = usualKind,
): void {
  const form = addressFormOf(kind);
  // A server is many endpoints': whom they write to tells them apart.
  if (address === null || address === undefined || form.server !== null) return;
  const key = addressKey(checkAddress(address, form, true).url);
  const other = endpoints.all().find((row) => {
    if (row.switch === 'removed' || row.id === self) return false;
    // One that points at the test bench has its own all the same.
    const own = vault.open(row.benchUrl ?? row.url, urlContext(row.id));
    return own !== null && addressKey(own) === key;
  });
  if (!other) return;
  throw new RelayError('not_confirmed', sentence('problem.same_address', { name: endpointName(other) }), {
    member: 'url',
  });
}
