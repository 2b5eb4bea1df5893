/**
 * Signs a request's exact body bytes in both ways that a receiver can verify: `X-RoostSync-Signature` and
 * the Standard Webhooks headers. While a secret is being rotated, both secrets sign.
 */
import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

const standardPrefix = 'whsec_';
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?$/;

/** A secret made ready for signing: the text as a key, and the key of `webhook-signature`. */
export interface SigningKey {
  readonly text: KeyObject;
  readonly standard: KeyObject;
}

/** The keys of an endpoint: `next` is there from the start of a rotation to its end. */
export interface SigningKeys {
  readonly current: SigningKey;
  readonly next: SigningKey | null;
}

/**
 * Prepares a secret once, for many signatures.
 * @param secret the whole secret, `whsec_` and all where it has it
 */
export function signingKey(secret: string): SigningKey {
  const text = createSecretKey(Buffer.from(secret, 'utf8'));
  return { text, standard: isStandardSecret(secret) ? createSecretKey(standardKeyBytes(secret)) : text };
}

/**
 * `sha256=<hex>`: HMAC-SHA256 over the exact bytes of the body, keyed with the secret's whole text.
 * @param body the bytes that are sent
 */
export function roostSyncSignature(key: SigningKey, body: Uint8Array): string {
  return `sha256=${createHmac('sha256', key.text).update(body).digest('hex')}`;
}

/**
 * `v1,<base64>` over `id.timestamp.body`.
 * @param webhookId the event's id
 * @param timestampSeconds when this attempt is signed, in whole seconds since the epoch
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function standardSignature(
  key: SigningKey,
  webhookId: string,
  timestampSeconds: number,
  body: Uint8Array,
): string {
  const hmac = createHmac('sha256', key.standard).update(`${webhookId}.${timestampSeconds}.`);
  return `v1,${hmac.update(body).digest('base64')}`;
}

/**
 * All signature headers of one attempt as a flat list of names and values: during a rotation
 * `X-RoostSync-Signature` stays the old secret's, `X-RoostSync-Signature-Next` is the new one's and
 * `webhook-signature` lists both (the old one first).
 */
export function signatureHeaders(
  keys: SigningKeys,
  webhookId: string,
  timestampSeconds: number,
  body: Uint8Array,
): string[] {
  const standard = standardSignature(keys.current, webhookId, timestampSeconds, body);
  const headers = [
    'X-RoostSync-Signature',
    roostSyncSignature(keys.current, body),
    'webhook-id',
    webhookId,
    'webhook-timestamp',
    String(timestampSeconds),
    'webhook-signature',
    keys.next ? `${standard} ${standardSignature(keys.next, webhookId, timestampSeconds, body)}` : standard,
  ];
  if (keys.next) headers.push('X-RoostSync-Signature-Next', roostSyncSignature(keys.next, body));
  return headers;
}

/**
 * Whether ready-made Standard Webhooks libraries would decode this secret: it begins with `whsec_` and the
 * rest is base64. Anything else is keyed by its text's bytes.
 */
export function isStandardSecret(secret: string): boolean {
  return secret.startsWith(standardPrefix) && secret.length > standardPrefix.length && base64.test(secret.slice(6));
}

/** The bytes that a `whsec_` secret stands for. */
export function standardKeyBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(standardPrefix.length), 'base64');
}
