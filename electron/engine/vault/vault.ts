/**
 * Secrets at rest: AES-256-GCM under one random data key, which the surface around the engine unwraps and
 * hands in (principle 10). A sealed value is: version byte, 12 bytes of nonce, ciphertext, 16 bytes of
 * tag. Its context (row and column) is authenticated with it.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Vault } from '../ports.ts';

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const dataKeyBytes = 32;

export interface UnlockableVault extends Vault {
  /** Hands in the data key, where it could not be unwrapped at the start (a keyring still locked). */
  unlock(dataKey: Uint8Array): void;
}

/**
 * @param dataKey 32 bytes, or null while it cannot be unwrapped: then nothing opens and nothing is sealed
 * @param plain true where the data key's own wrapping is not really encrypted, for the standing warning
 * @param without what it is without a key: `no_key` where there is none to unwrap
 */
export function createVault(
  dataKey: Uint8Array | null,
  plain: boolean,
  without: 'locked' | 'no_key' = 'locked',
): UnlockableVault {
  let key = dataKey === null ? null : checked(dataKey);
  return {
    get state() {
      if (key === null) return without;
      return plain ? 'plain' : 'ok';
    },
    unlock(unwrapped) {
      key = checked(unwrapped);
    },
    seal(text, context) {
      if (key === null) {
        throw new RelayError('secret_unreadable', sentence('problem.vault_locked'));
      }
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
      const sealed = [Buffer.of(version), nonce, cipher.update(text, 'utf8'), cipher.final()];
      return Buffer.concat([...sealed, cipher.getAuthTag()]);
    },
    open(sealed, context) {
      if (key === null || sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) return null;
      const nonce = sealed.subarray(1, 1 + nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(-tagBytes));
      try {
        return decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        // The tag does not fit: another key, another place, or damage. All three read "enter it again".
        return null;
      }
    },
  };
}

function checked(dataKey: Uint8Array): Uint8Array {
  if (dataKey.length !== dataKeyBytes)
    throw new RangeError(`a data key has ${dataKeyBytes} bytes, not ${dataKey.length}`);
  return dataKey;
}
