/**
 * What a build takes updates from: the addresses and the key that its publisher put into `build/updates.json`. It
 * lies in the app's archive, so neither the window nor a settings file has a say in it.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';

export interface UpdatePolicy {
  /** Ed25519; a feed has to be signed with its private half. Null where the build has none. */
  readonly publicKey: KeyObject | null;
  /** The addresses that may be followed, each as `feedAddress` writes it. */
  readonly feeds: readonly string[];
}

const noUpdates: UpdatePolicy = { publicKey: null, feeds: [] };

const policyFile = z.strictObject({
  /** The public half, as base64 of its DER form: what `sign-feed.ts --new-key` prints. */
  publicKey: z
    .string()
    .nullable()
    .transform((text, context) => {
      if (text === null) return null;
      const key = ed25519Of(text);
      if (key === null) context.addIssue('is no Ed25519 key as sign-feed.ts --new-key prints it');
      return key ?? z.NEVER;
    }),
  feeds: z.array(
    z.string().transform((text, context) => {
      const address = feedAddress(text);
      if (address === null) context.addIssue(`${text} is no plain https:// address without a user name`);
      return address ?? z.NEVER;
    }),
  ),
});

/** @throws Error that names the member which is wrong */
export function parseUpdatePolicy(text: string): UpdatePolicy {
  return policyFile.parse(JSON.parse(text));
}

/** A file that is missing or wrong is a build that takes no updates. */
export function readUpdatePolicy(file: string, log: (message: string, detail: string) => void): UpdatePolicy {
  try {
    return parseUpdatePolicy(readFileSync(file, 'utf8'));
  } catch (problem) {
    log('this build takes no updates', String(problem));
    return noUpdates;
  }
}

/** Whether the build lets this address be followed: it is one of its own, to the letter. */
export function allowsFeed({ feeds }: UpdatePolicy, text: string): boolean {
  const address = feedAddress(text);
  return address !== null && feeds.includes(address);
}

/** A feed's address in the one way that it is compared in; null where it is none. */
export function feedAddress(text: string): string | null {
  try {
    const { protocol, username, password, origin, pathname, search, hash } = new URL(text);
    if (protocol !== 'https:' || username !== '' || password !== '' || search !== '' || hash !== '') return null;
    return origin + pathname.replace(/\/+$/, '');
  } catch {
    return null;
  }
}

function ed25519Of(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}
