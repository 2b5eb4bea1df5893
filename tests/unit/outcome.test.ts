import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Evidence, TransportFailure } from '../../electron/engine/evidence/evidence.ts';
import { classifyOutcome } from '../../electron/engine/evidence/outcome.ts';
import type { OutcomeClass } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { answered, failed, now, outcomeRows } from './outcome-rows.ts';

const says = (evidence: Evidence) =>
  renderSentence(classifyOutcome(evidence).sentence, 'en', { timeZone: 'Asia/Manila', now });

describe('what an answer, or the lack of one, means', () => {
  test.each(outcomeRows)('%s', (_what, evidence, outcome, counts, words) => {
    expect(classifyOutcome(evidence)).toMatchObject({ class: outcome, counts });
    expect(says(evidence)).toContain(words);
  });

  test.each([
    ['refused', failed('connect', 'ECONNREFUSED', { local: true, connectivity: 'offline' }), 'endpoint_down'],
    ['not found', failed('dns', 'ENOTFOUND', { local: true, connectivity: 'captive_portal' }), 'wrong_address'],
    ['timed out', failed('request', 'DEADLINE', { local: true, connectivity: 'proxy' }), 'endpoint_down'],
    ['a redirect', answered(302, { local: true, connectivity: 'captive_portal' }), 'endpoint_down'],
  ])('on the local network the internet plays no part: %s counts', (_what, evidence, outcome) => {
    expect(classifyOutcome(evidence)).toMatchObject({ class: outcome, counts: true });
  });

  test('a throttled answer says how long to wait, capped at 24 hours; without a time it says nothing', () => {
    const waits = (value: string) => classifyOutcome(answered(429, { responseHeaders: [['retry-after', value]] }));
    expect(waits('120').retryAfterMs).toBe(120_000);
    expect(waits('Wed, 20 May 2026 06:31:00 GMT').retryAfterMs).toBe(60_000);
    expect(waits('8640000').retryAfterMs).toBe(86_400_000);
    expect(classifyOutcome(answered(429))).not.toHaveProperty('retryAfterMs');
  });

  test('the property’s own name of an endpoint is used where no service is known', () => {
    expect(says(answered(500, { name: 'Housekeeping board' }))).toBe(
      'Housekeeping board had a problem of its own (500).',
    );
    expect(says(answered(429, { name: 'Housekeeping board', host: 'hooks.zapier.com' }))).toContain('Zapier');
  });
});

describe('the detail for the IT helper', () => {
  test('names the error, the certificate and its issuers', () => {
    const { detail } = classifyOutcome(
      failed('tls', 'CERT_HAS_EXPIRED', { verifiedIssuer: 'Other CA', connectivity: 'online' }),
    );
    expect(detail).toContain('tls: CERT_HAS_EXPIRED');
    expect(detail).toContain('by "Let\'s Encrypt", valid 2026-02-03 to 2026-05-03, SHA-256 AA:BB');
    expect(detail).toContain('verified before under issuer "Other CA"');
  });

  test('names a redirect’s address without its query, where tokens travel', () => {
    const { detail, sentence } = classifyOutcome(
      answered(302, { responseHeaders: [['location', 'https://u:p@login.example.org/a?token=secret#x']] }),
    );
    expect(detail).toBe('redirect to https://login.example.org/a');
    expect(JSON.stringify(sentence)).not.toContain('secret');
    const within = classifyOutcome(answered(301, { responseHeaders: [['location', '/hook/?token=secret']] }));
    expect(within.detail).toBe('redirect to /hook/');
  });

  test('is null where the sentence says it all', () => {
    expect(classifyOutcome(answered(200)).detail).toBeNull();
  });
});

describe('for any evidence', () => {
  const evidence: fc.Arbitrary<Evidence> = fc
    .record({
      status: fc.option(fc.integer({ min: 100, max: 599 })),
      phase: fc.constantFrom<TransportFailure['phase'][]>(
        'proxy',
        'dns',
        'connect',
        'tls',
        'request',
        'answer',
        'aborted',
      ),
      code: fc.constantFrom('DEADLINE', 'ECONNRESET', 'ENOTFOUND', 'CERT_HAS_EXPIRED', 'ASLEEP', 'anything'),
      fails: fc.boolean(),
      proxyStatus: fc.option(fc.integer({ min: 100, max: 599 })),
      connectivity: fc.constantFrom<Evidence['connectivity'][]>(
        'online',
        'offline',
        'captive_portal',
        'tls_interception',
        'proxy',
        'unknown',
      ),
      skewMs: fc.option(fc.integer({ min: -1e9, max: 1e9 })),
      local: fc.boolean(),
      retryAfter: fc.option(fc.string()),
      location: fc.option(fc.webUrl()),
    })
    .map(({ status, phase, code, fails, proxyStatus, retryAfter, location, ...rest }) =>
      answered(status ?? 200, {
        ...rest,
        status: fails && phase !== 'answer' ? null : (status ?? 200),
        error: fails ? { phase, code, message: code, proxyStatus } : null,
        responseHeaders: [
          ...(retryAfter === null ? [] : [['retry-after', retryAfter] as const]),
          ...(location === null ? [] : [['location', location] as const]),
        ],
      }),
    );

  test('only a whole 2xx is delivered, and it never counts', () => {
    fc.assert(
      fc.property(evidence, (seen) => {
        const outcome = classifyOutcome(seen);
        const success = seen.error === null && seen.status !== null && seen.status >= 200 && seen.status <= 299;
        expect(outcome.class === 'delivered').toBe(success);
        if (success) expect(outcome.counts).toBe(false);
      }),
    );
  });

  test('what is not the receiver’s doing never counts', () => {
    const never: readonly OutcomeClass[] = [
      'offline',
      'captive_portal',
      'clock',
      'tls_interception',
      'proxy',
      'interrupted',
    ];
    fc.assert(
      fc.property(evidence, (seen) => {
        const outcome = classifyOutcome(seen);
        if (never.includes(outcome.class)) expect(outcome.counts).toBe(false);
      }),
    );
  });

  test('the sentence is whole in both languages: every value it names is there', () => {
    fc.assert(
      fc.property(evidence, fc.constantFrom('en' as const, 'fil' as const), (seen, language) => {
        const text = renderSentence(classifyOutcome(seen).sentence, language, { timeZone: 'Asia/Manila', now });
        expect(text).not.toMatch(/[{}]|undefined|NaN|null/);
        expect(text).toMatch(/[.!]$/);
      }),
    );
  });
});

describe('words about the signature lead to the secret, whatever status they come with', () => {
  test.each([
    '{"error":"invalid signature"}',
    '{"error":"invalid_signature"}',
    '{"code":"InvalidSignature"}',
    '{"error":{"message":"Signature mismatch"}}',
    'signature does not match',
    'Signatures do not match',
    "Signature didn't match",
    'The request signature we calculated does not match the signature you provided.',
    'Invalid HMAC',
    'HMAC validation failed',
    'HMAC verification failed.',
    'No matching signature found',
    'No signatures found matching the expected signature for payload.',
    'Webhook signature verification failed',
    'signature could not be verified',
    'Unable to verify signature',
    'Failed to verify webhook signature',
    'wrong signature',
    'bad signature',
    'incorrect webhook secret',
    '<h1>Invalid Signature</h1>',
  ])('%s', (body) => {
    for (const status of [400, 401, 403, 422]) {
      const outcome = classifyOutcome(answered(status, { body }));
      expect([outcome.class, outcome.counts, outcome.sentence.key]).toEqual([
        'setup',
        true,
        'outcome.signature_refused',
      ]);
    }
    // Between successes the secret was right a moment ago.
    expect(classifyOutcome(answered(401, { body, othersGetThrough: true })).class).toBe('event_refused');
    expect(classifyOutcome(answered(500, { body })).class).toBe('endpoint_down');
  });

  test.each([
    '{"error":"data.guest.signature: is not valid"}',
    '{"message":"phone is required"}',
    'The guest has not signed',
    'Missing header X-Api-Key',
    'design atures failed',
  ])('and nothing else does: %s', (body) => {
    expect(classifyOutcome(answered(400, { body })).sentence.key).toBe('outcome.event_refused');
  });
});
