/**
 * Server certificates as receivers have them, good and bad. One authority a process: what a test trusts is
 * `(await testAuthority()).caPem`.
 */
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
  issueSelfSigned,
} from '../../electron/engine/certificates.ts';

const dayMs = 86_400_000;
export const loopbackHosts = ['127.0.0.1', 'localhost', '::1'] as const;

let shared: Promise<CertificateAuthority> | undefined;

/** The authority that all certificates of this process come from, made at first use. */
export function testAuthority(): Promise<CertificateAuthority> {
  shared ??= createCertificateAuthority('Roost Relay test authority');
  return shared;
}

/** What is right or wrong with a receiver's certificate. */
export const certificateKinds = [
  'valid',
  'expired',
  'not_yet_valid',
  'self_signed',
  'wrong_host',
  'unknown_issuer',
  'unreadable',
] as const;
export type CertificateKind = (typeof certificateKinds)[number];

/**
 * A certificate for `hosts`. All but `self_signed` and `unknown_issuer` come from `testAuthority`.
 * @param hosts loopback's names and addresses unless given
 */
export async function certificateOfKind(
  kind: CertificateKind,
  hosts: readonly string[] = loopbackHosts,
): Promise<IssuedCertificate> {
  const now = Date.now();
  switch (kind) {
    case 'self_signed':
      return issueSelfSigned({ hosts });
    case 'unknown_issuer':
      return (await createCertificateAuthority('An authority nobody knows')).issue({ hosts });
    case 'wrong_host':
      return (await testAuthority()).issue({ hosts: ['another-host.example'] });
    case 'expired':
      return (await testAuthority()).issue({ hosts, notBefore: now - 400 * dayMs, notAfter: now - 30 * dayMs });
    case 'not_yet_valid':
      return (await testAuthority()).issue({ hosts, notBefore: now + 30 * dayMs, notAfter: now + 400 * dayMs });
    case 'unreadable':
      return withDateThatNobodyCanRead(await issueSelfSigned({ hosts, notBefore: Date.UTC(2060, 0, 1) }));
    case 'valid':
      return (await testAuthority()).issue({ hosts });
  }
}

/** From 2050 on dates are written as GeneralizedTime: of 15 digits, in which no thirteenth month is foreseen. */
function withDateThatNobodyCanRead({ certPem, keyPem }: IssuedCertificate): IssuedCertificate {
  const der = Buffer.from(certPem.replace(/-----.*?-----/g, ''), 'base64');
  const at = der.indexOf('20600101000000Z');
  if (at < 0) throw new Error('The certificate has no such date.');
  der.write('99999999999999Z', at, 'latin1');
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return { certPem: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`, keyPem };
}
