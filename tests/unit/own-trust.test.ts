import type { X509Certificate } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { certificateFacts } from '../../electron/engine/sending/certificate-facts.ts';
import { parseOwnTrust } from '../../electron/engine/sending/trust.ts';
import { RelayError } from '../../shared/api.ts';
import { certificateOfKind, testAuthority } from '../support/certificates.ts';

const refusal = (text: string): RelayError => {
  try {
    parseOwnTrust(text);
  } catch (error) {
    if (error instanceof RelayError) return error;
    throw error;
  }
  throw new Error('It was taken.');
};

describe('an endpoint’s own CA or pinned certificate', () => {
  test('is read with its names, issuer, dates and fingerprint', async () => {
    const { certPem } = await certificateOfKind('expired', ['pos.local', '192.168.1.20']);
    const { facts, pem } = parseOwnTrust(`Subject: our till\n${certPem}\ntrailing words`);
    expect(facts.names).toEqual(['pos.local', '192.168.1.20']);
    expect(facts.issuer).toBe('Roost Relay test authority');
    expect(facts.validTo).toBeLessThan(Date.now());
    expect(facts.validFrom).toBeLessThan(facts.validTo);
    expect(facts.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(facts.selfSigned).toBe(false);
    expect(facts.interceptor).toBeNull();
    expect(pem).not.toContain('trailing');
    expect(pem).toContain('BEGIN CERTIFICATE');
  });

  test('names the product that intercepts by any part of its issuer’s name', () => {
    const issuer = 'C=US\nO=Cisco\nCN=Cisco Umbrella Primary SubCA';
    const dates = { validFrom: 'May 3 06:00:00 2026 GMT', validTo: 'May 3 06:00:00 2027 GMT', fingerprint256: 'AA' };
    const shown = { ...dates, subject: 'CN=a.example', subjectAltName: 'DNS:a.example', issuer };
    expect(certificateFacts(shown as X509Certificate)).toMatchObject({
      issuer: 'Cisco',
      interceptor: 'Cisco Umbrella',
    });
  });

  test('may be a bundle; its first certificate is the one that is named', async () => {
    const leaf = (await certificateOfKind('valid')).certPem;
    const { caPem } = await testAuthority();
    const bundle = parseOwnTrust(`${caPem}\n${leaf}`);
    expect(bundle.facts.selfSigned).toBe(true);
    expect(bundle.pem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  test.each([
    ['nothing', '', 'no certificate in this file'],
    ['words', 'hello', 'no certificate in this file'],
    [
      'a certificate that cannot be read',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      'cannot be read',
    ],
  ])('%s is refused with the reason', (_what, text, words) => {
    expect(refusal(text)).toMatchObject({ code: 'bad_input', member: 'caPem' });
    expect(refusal(text).message).toContain(words);
  });

  test('a file with a private key is refused, even beside a good certificate, and the key is not repeated', async () => {
    const { certPem, keyPem } = await certificateOfKind('valid');
    const error = refusal(`${certPem}\n${keyPem}`);
    expect(error.message).toContain('private key');
    expect(`${error.message} ${error.detail}`).not.toContain(keyPem.split('\n')[1]);
  });
});
