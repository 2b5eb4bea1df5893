/** Which machines of the property may post: single addresses and networks. */
import { BlockList, isIP } from 'node:net';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/**
 * Of single addresses and networks (`192.168.1.0/24`); nobody where it is empty.
 * @throws RelayError `bad_input` that names the entry
 */
export function allowList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.trim().split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    const bits = prefix === undefined ? null : Number(prefix);
    const mostBits = family === 'ipv6' ? 128 : 32;
    if (isIP(address) === 0 || (bits !== null && !(Number.isInteger(bits) && bits >= 0 && bits <= mostBits))) {
      throw new RelayError('bad_input', sentence('problem.lan_allow', { entry }), { member: 'lan.allow' });
    }
    if (bits === null) list.addAddress(address, family);
    else list.addSubnet(address, bits, family);
  }
  return list;
}
