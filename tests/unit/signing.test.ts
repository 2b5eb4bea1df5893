import { createHmac } from 'node:crypto';
import { verify } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { checkOwnSecret, generateSecret } from '../../electron/engine/endpoints/secret.ts';
import {
  isStandardSecret,
  roostSyncSignature,
  signatureHeaders,
  signingKey,
  standardSignature,
} from '../../electron/engine/sending/signing.ts';
import { RelayError } from '../../shared/api.ts';
import contract from '../support/contract/signature-vectors.json' with { type: 'json' };

const bytes = (text: string) => Buffer.from(text, 'utf8');
const asMap = (flat: readonly string[]) =>
  new Map(
    flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []) as [string, string][]),
  );
/** 16 to 60 printable ASCII characters, no space at the ends: what an operator may enter. */
const ownSecret = fc.stringMatching(/^[\x21-\x7e][\x20-\x7e]{14,58}[\x21-\x7e]$/);

describe('the contract’s vectors', () => {
  test.each(contract.vectors)('X-RoostSync-Signature, vector %#', ({ secret, body, value }) => {
    expect(roostSyncSignature(signingKey(secret), bytes(body))).toBe(value);
  });

  test.each(contract.standard.vectors)('both signatures of one request, vector %#', (vector) => {
    const keys = { current: signingKey(vector.secret), next: null };
    const headers = asMap(
      signatureHeaders(keys, vector['webhook-id'], Number(vector['webhook-timestamp']), bytes(vector.body)),
    );
    expect(headers.get('webhook-signature')).toBe(vector['webhook-signature']);
    expect(headers.get('X-RoostSync-Signature')).toBe(vector['X-RoostSync-Signature']);
    expect(headers.get('webhook-id')).toBe(vector['webhook-id']);
    expect(headers.get('webhook-timestamp')).toBe(vector['webhook-timestamp']);
  });
});

describe('independent verifiers', () => {
  test('@octokit/webhooks-methods verifies X-RoostSync-Signature of any secret and body', async () => {
    await fc.assert(
      fc.asyncProperty(ownSecret, fc.json(), async (secret, body) => {
        expect(await verify(secret, body, roostSyncSignature(signingKey(secret), bytes(body)))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('standardwebhooks verifies webhook-signature of a generated secret and of an own one', () => {
    const now = Math.floor(Date.now() / 1000);
    fc.assert(
      fc.property(fc.option(ownSecret), fc.json(), (own, body) => {
        const secret = own ?? generateSecret();
        const flat = signatureHeaders({ current: signingKey(secret), next: null }, 'evt_1', now, bytes(body));
        const webhook = isStandardSecret(secret) ? new Webhook(secret) : new Webhook(bytes(secret), { format: 'raw' });
        expect(() => webhook.verify(body, Object.fromEntries(asMap(flat)))).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });

  test('neither verifies a body in which one byte differs', async () => {
    const secret = generateSecret();
    const now = Math.floor(Date.now() / 1000);
    const flat = signatureHeaders({ current: signingKey(secret), next: null }, 'evt_1', now, bytes('{"a":1}'));
    const headers = asMap(flat);
    expect(await verify(secret, '{"a":2}', headers.get('X-RoostSync-Signature') ?? '')).toBe(false);
    expect(() => new Webhook(secret).verify('{"a":2}', Object.fromEntries(headers))).toThrow();
  });
});

describe('rotation', () => {
  const [old, fresh] = [generateSecret(), generateSecret()];
  const keys = { current: signingKey(old), next: signingKey(fresh) };
  const now = Math.floor(Date.now() / 1000);
  const body = '{"event":"guest.checkin"}';
  const headers = asMap(signatureHeaders(keys, 'evt_1', now, bytes(body)));

  test('X-RoostSync-Signature stays the old secret’s, -Next is the new one’s', async () => {
    expect(await verify(old, body, headers.get('X-RoostSync-Signature') ?? '')).toBe(true);
    expect(await verify(fresh, body, headers.get('X-RoostSync-Signature-Next') ?? '')).toBe(true);
    expect(await verify(fresh, body, headers.get('X-RoostSync-Signature') ?? '')).toBe(false);
  });

  test('webhook-signature lists both, so a receiver with either secret verifies it', () => {
    expect(headers.get('webhook-signature')?.split(' ')).toHaveLength(2);
    for (const secret of [old, fresh]) {
      expect(() => new Webhook(secret).verify(body, Object.fromEntries(headers))).not.toThrow();
    }
    expect(() => new Webhook(generateSecret()).verify(body, Object.fromEntries(headers))).toThrow();
  });

  test('without a rotation there is no -Next and one signature', () => {
    const single = asMap(signatureHeaders({ current: keys.current, next: null }, 'evt_1', now, bytes(body)));
    expect(single.has('X-RoostSync-Signature-Next')).toBe(false);
    expect(single.get('webhook-signature')).not.toContain(' ');
  });
});

describe('signatures of any bytes', () => {
  test('are the plain HMAC, of a view into a larger buffer too', () => {
    fc.assert(
      fc.property(ownSecret, fc.uint8Array({ maxLength: 300 }), fc.nat(20), (secret, content, offset) => {
        const larger = new Uint8Array(content.length + offset + 7);
        larger.set(content, offset);
        const view = larger.subarray(offset, offset + content.length);
        const expected = createHmac('sha256', secret).update(content).digest('hex');
        expect(roostSyncSignature(signingKey(secret), view)).toBe(`sha256=${expected}`);
        const standard = createHmac('sha256', isStandardSecret(secret) ? Buffer.alloc(0) : secret);
        if (isStandardSecret(secret)) return;
        const signed = standard.update(Buffer.concat([bytes('evt_9.17.'), content])).digest('base64');
        expect(standardSignature(signingKey(secret), 'evt_9', 17, view)).toBe(`v1,${signed}`);
      }),
    );
  });
});

describe('secrets', () => {
  test('a generated one is whsec_ and the standard base64 of 32 bytes, new each time', () => {
    const made = Array.from({ length: 20 }, () => generateSecret());
    expect(new Set(made).size).toBe(20);
    for (const secret of made) {
      expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
      expect(checkOwnSecret(secret)).toBe(secret);
    }
  });

  test('an own one of 16 or more printable ASCII characters is taken as it is', () => {
    fc.assert(
      fc.property(ownSecret, (secret) => {
        expect(checkOwnSecret(secret)).toBe(secret);
      }),
    );
  });

  test.each([
    ['fifteen letters', 'fifteen-letters', 'at least 16 characters; this one has 15'],
    ['an accent', 'señor-secreto-2026', 'printable ASCII'],
    ['a line break', 'first line here\nsecond line', 'printable ASCII'],
    ['a space at the end', 'front desk secret 2026 ', 'begins or ends with a space'],
    ['more than 200 characters', 'x'.repeat(201), 'at most 200'],
  ])('one with %s is refused by the member’s name, and not repeated', (_what, secret, words) => {
    try {
      checkOwnSecret(secret);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RelayError);
      expect(error).toMatchObject({ code: 'bad_input', member: 'secret' });
      expect(String(error)).toContain(words);
      expect(String(error)).not.toContain(secret);
    }
  });

  test('whsec_ followed by what is no base64 is keyed by its text', () => {
    expect(isStandardSecret('whsec_not base64 at all!')).toBe(false);
    expect(isStandardSecret('whsec_')).toBe(false);
    expect(isStandardSecret('whsec_01b834c9abd4fcdaca2c3b93be52e411e1812a40')).toBe(true);
  });
});
