/**
 * The secrets inside a backup that is to be restored on another PC: opened with this PC's vault, sealed under a
 * passphrase, and there sealed anew with that PC's vault (decision 23).
 */
import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto';

/** A secret with its place: `endpoints.url`, and the row's key. */
export interface CarriedSecret {
  readonly place: string;
  readonly key: readonly (string | number)[];
  readonly text: string;
}

interface Envelope {
  readonly salt: string;
  readonly cost: number;
  readonly nonce: string;
  readonly sealed: string;
}

/** Half a second or so, and 128 MB: what OWASP's password storage cheat sheet asks of scrypt. */
const cost = 2 ** 17;
const keyBytes = 32;
const tagBytes = 16;

/** @returns text to be kept in the backup */
export async function sealUnderPassphrase(secrets: readonly CarriedSecret[], passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const key = await keyOf(passphrase, salt, cost);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const envelope: Envelope = {
    salt: salt.toString('base64'),
    cost,
    nonce: nonce.toString('base64'),
    sealed: sealed.toString('base64'),
  };
  return JSON.stringify(envelope);
}

/** Null where the passphrase is not the one. */
export async function openUnderPassphrase(text: string, passphrase: string): Promise<CarriedSecret[] | null> {
  const envelope = JSON.parse(text) as Envelope;
  if (envelope.cost > cost * 8) return null;
  const key = await keyOf(passphrase, Buffer.from(envelope.salt, 'base64'), envelope.cost);
  const sealed = Buffer.from(envelope.sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(envelope.nonce, 'base64'));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  try {
    const opened = Buffer.concat([decipher.update(sealed.subarray(0, -tagBytes)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as CarriedSecret[];
  } catch {
    return null;
  }
}

function keyOf(passphrase: string, salt: Uint8Array, n: number): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r: 8, p: 1, maxmem: 256 * n * 8 };
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFC'), salt, keyBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}
