/**
 * The password inside the proxy's address (`http://name:password@proxy:3128`): sealed in a row of its own, so that
 * settings, audit, backups and every answer hold the address with a mask in its place.
 */
import type { Vault } from '../ports.ts';
import type { WriteHandle } from './connection.ts';
import { createMetaTable, metaKey } from './meta.ts';

/** Stands for the password wherever the address is shown; given back unchanged, it keeps the one that is stored. */
export const hiddenPassword = '********';

export const proxyPasswordContext = 'settings.proxy_password';

export interface ProxyPassword {
  /**
   * Inside a transaction: seals the password of `address`, or forgets the stored one where it has none.
   * @returns the address with the mask in the password's place
   * @throws RelayError `secret_unreadable` where the vault is locked
   */
  keep(address: string): string;
  /** The address with its password, for the request alone; without one where it cannot be opened now. */
  reveal(address: string): string;
}

export function createProxyPassword(writer: WriteHandle, vault: Vault): ProxyPassword {
  const meta = createMetaTable(writer);

  return {
    keep(address) {
      const password = passwordOf(address);
      if (password === null) meta.drop(metaKey.proxyPassword);
      else if (password !== hiddenPassword) {
        meta.put(metaKey.proxyPassword, Buffer.from(vault.seal(password, proxyPasswordContext)).toString('hex'));
      }
      return password === null ? address : withPassword(address, hiddenPassword);
    },
    reveal(address) {
      if (passwordOf(address) !== hiddenPassword) return address;
      const sealed = meta.get(metaKey.proxyPassword);
      const password = sealed === undefined ? null : vault.open(Buffer.from(sealed, 'hex'), proxyPasswordContext);
      return withPassword(address, password ?? '');
    },
  };
}

/** As it stands in the address, percent-encoding and all; null where there is none. */
const passwordOf = (address: string): string | null => passwordPart.exec(address)?.[2] ?? null;

const withPassword = (address: string, password: string): string =>
  address.replace(passwordPart, (_whole, before: string, _password, after: string) => before + password + after);

/** By its text rather than as a URL: what is shown and typed again must come back to the letter. */
const passwordPart = /^(https?:\/\/[^:@/?#]*:)([^@/?#]+)(@)/i;
