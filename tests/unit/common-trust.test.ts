/** Whom every endpoint is trusted by, beside what the process found in the system's store at its start. */
import { describe, expect, test } from 'vitest';
import { createCommonTrust } from '../../electron/engine/sending/common-trust.ts';
import { parseCommonTrust, trustedCertificates } from '../../electron/engine/sending/trust.ts';
import type { Settings } from '../../shared/schemas.ts';
import { certificateOfKind, testAuthority } from '../support/certificates.ts';
import { createFakeClock } from '../support/clock.ts';
import { createKeptLog, createTestMishaps } from '../support/ports.ts';

function trusting() {
  const clock = createFakeClock();
  const state = { caPem: null as string | null, system: ['A'], reads: 0, changes: 0 };
  let tell: (settings: Settings) => void = () => {};
  const trust = createCommonTrust({
    ...{ clock, logger: createKeptLog(), own: createTestMishaps().own },
    settings: {
      current: () => ({ caPem: state.caPem }) as Settings,
      onChange: (listener) => {
        tell = listener;
        return () => true;
      },
    },
    known: () => ['A\n'],
    system: {
      async read() {
        state.reads += 1;
        return state.system;
      },
    },
  });
  trust.onChange(() => {
    state.changes += 1;
  });
  return { trust, clock, state, set: (caPem: string | null) => tell({ caPem } as Settings) };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe('whom every endpoint is trusted by', () => {
  test('the authorities of the settings, at once', () => {
    const { trust, set, state } = trusting();
    expect(trust.pem()).toBeNull();
    set('CA');
    expect([trust.pem(), state.changes]).toEqual(['CA', 1]);
    set('CA');
    expect(state.changes).toBe(1);
    set(null);
    expect([trust.pem(), state.changes]).toEqual([null, 2]);
  });

  test('what the system’s store has got since: read after an unknown issuer, at most every ten seconds', async () => {
    const { trust, clock, state, set } = trusting();
    trust.unknownIssuer();
    trust.unknownIssuer();
    await soon();
    // What was there at the start is no news.
    expect([state.reads, state.changes, trust.pem()]).toEqual([1, 0, null]);
    state.system = ['A', 'B'];
    trust.unknownIssuer();
    await soon();
    expect(state.reads).toBe(1);
    await clock.advance(10_000);
    trust.unknownIssuer();
    await soon();
    expect([state.reads, state.changes, trust.pem()]).toEqual([2, 1, 'B\n']);
    set('CA\n');
    expect(trust.pem()).toBe('CA\nB\n');
    state.system = ['A'];
    await clock.advance(10_000);
    trust.unknownIssuer();
    await soon();
    expect(trust.pem()).toBe('CA\n');
  });
});

describe('a certificate that all are to be trusted by', () => {
  test('is kept alone, and told by name, issuer, end and fingerprint', async () => {
    const { caPem } = await testAuthority();
    const { pem } = parseCommonTrust(`Bag Attributes\n${caPem}\nmore`);
    expect(pem.trim()).toBe(caPem.trim());
    expect(trustedCertificates(pem)).toMatchObject([
      { name: 'Roost Relay test authority', issuer: 'Roost Relay test authority' },
    ]);
    expect(trustedCertificates(pem)[0]?.fingerprint).toMatch(/^([0-9A-F]{2}:){31}/);
    expect(trustedCertificates(null)).toEqual([]);
  });

  test('is an authority’s, readable, and without a key', async () => {
    const { caPem } = await testAuthority();
    const { certPem, keyPem } = await certificateOfKind('valid');
    expect(() => parseCommonTrust(certPem)).toThrow(/no authority’s/);
    expect(() => parseCommonTrust(caPem + certPem)).toThrow(/no authority’s/);
    expect(() => parseCommonTrust(caPem + keyPem)).toThrow(/private key/);
    for (const text of ['nothing', '']) expect(() => parseCommonTrust(text)).toThrow(/no certificate/);
    const refused = (() => {
      try {
        parseCommonTrust(certPem);
      } catch (error) {
        return error;
      }
    })();
    expect(refused).toMatchObject({ code: 'bad_input', member: 'caPem' });
  });
});
