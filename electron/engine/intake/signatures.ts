/** Whether a request is from whoever holds the secret: by the ways in which systems that send webhooks prove it. */
import { createHmac, hash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { SignatureWay } from '../../../shared/source-kinds/signature-ways.ts';
import { windowsText } from './charset.ts';
import { IntakeRefusal } from './refusal.ts';

export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  /** The body as it came: what was signed. */
  readonly bytes: Uint8Array;
}

export interface ExpectedSignature {
  readonly way: SignatureWay;
  readonly secret: string;
  /** Of the way `header`: which one carries the secret. */
  readonly header: string;
  /** Of the way `basic`. */
  readonly user: string;
}

/** Standard Webhooks: so far the sender's clock may be from ours, in milliseconds. */
const toleranceMs = 300_000;

/**
 * In constant time over the bytes as they came.
 *
 * @param nowMs of the wall clock, UTC
 * @returns null where it is signed as it has to be
 */
export function signatureRefusal(
  { way, secret, header, user }: ExpectedSignature,
  { headers, bytes }: SignedRequest,
  nowMs: number,
): IntakeRefusal | null {
  switch (way) {
    case 'none':
      return null;
    case 'frappe':
      return unless('X-Frappe-Webhook-Signature', headers, (given) => isSame(given, hmac(secret, bytes, 'base64')));
    case 'github':
      return unless('X-Hub-Signature-256', headers, (given) => isSame(given, `sha256=${hmac(secret, bytes, 'hex')}`));
    case 'standard':
      return standard(secret, headers, bytes, nowMs);
    case 'basic':
      return unless(
        'Authorization',
        headers,
        (given) => {
          const [, encoded = ''] = /^basic\s+(\S+)$/i.exec(given.trim()) ?? [];
          const given64 = Buffer.from(encoded, 'base64');
          // Whether letters beyond ASCII are UTF-8 there is for the program to choose (RFC 7617).
          return isOneOf([given64.toString('utf8'), windowsText(given64)], `${user}:${secret}`);
        },
        login,
      );
    case 'header':
      // Node reads a header's bytes as Latin-1.
      return unless(
        header,
        headers,
        (given) =>
          isOneOf([windowsText(Buffer.from(given, 'latin1')), Buffer.from(given, 'latin1').toString('utf8')], secret),
        login,
      );
  }
}

function standard(
  secret: string,
  headers: IncomingHttpHeaders,
  bytes: Uint8Array,
  nowMs: number,
): IntakeRefusal | null {
  const [id, at] = [headerOf('webhook-id', headers), headerOf('webhook-timestamp', headers)];
  if (id === '') return refusal('webhook-id', sentence('refusal.signature_missing', { member: 'webhook-id' }));
  if (at === '')
    return refusal('webhook-timestamp', sentence('refusal.signature_missing', { member: 'webhook-timestamp' }));
  if (!/^\d{1,12}$/.test(at))
    return refusal('webhook-timestamp', sentence('refusal.signature_time', { member: 'webhook-timestamp' }));
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret, 'utf8');
  const signed = Buffer.concat([Buffer.from(`${id}.${at}.`, 'utf8'), bytes]);
  const expected = `v1,${hmac(key, signed, 'base64')}`;
  const wrong = unless('webhook-signature', headers, (given) => isOneOf(given.split(' '), expected));
  if (wrong !== null) return wrong;
  return Math.abs(nowMs - Number(at) * 1000) <= toleranceMs
    ? null
    : refusal('webhook-timestamp', sentence('refusal.signature_late', { member: 'webhook-timestamp' }));
}

interface Proof {
  readonly missing: 'refusal.signature_missing' | 'refusal.login_missing';
  readonly wrong: 'refusal.signature_wrong' | 'refusal.login_wrong';
  readonly expected: string;
}

const signature: Proof = {
  missing: 'refusal.signature_missing',
  wrong: 'refusal.signature_wrong',
  expected: 'as the source is set up: the signature of this very body with its secret',
};
/** It proves who sends, and says nothing of what is sent. */
const login: Proof = {
  missing: 'refusal.login_missing',
  wrong: 'refusal.login_wrong',
  expected: 'as the source is set up: its own secret, whatever is sent',
};

function unless(
  name: string,
  headers: IncomingHttpHeaders,
  isRight: (given: string) => boolean,
  proof: Proof = signature,
): IntakeRefusal | null {
  const given = headerOf(name, headers);
  if (given !== '' && isRight(given)) return null;
  return refusal(name, sentence(given === '' ? proof.missing : proof.wrong, { member: name }), proof);
}

function headerOf(name: string, headers: IncomingHttpHeaders): string {
  const value = headers[name.toLowerCase()];
  return typeof value === 'string' ? value.trim() : '';
}

const hmac = (key: string | Uint8Array, bytes: Uint8Array, form: 'hex' | 'base64'): string =>
  createHmac('sha256', key).update(bytes).digest(form);

/** Hashed first: how long either is tells nothing. */
const isSame = (given: string, expected: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', expected, 'buffer'));

/** Each is looked at, so that which one fits does not tell. */
const isOneOf = (given: readonly string[], expected: string): boolean =>
  given.reduce((found, one) => isSame(one, expected) || found, false);

const refusal = (header: string, says: Sentence, { expected }: Proof = signature): IntakeRefusal =>
  new IntakeRefusal(401, 'not_authorized', says, { member: header, expected });
