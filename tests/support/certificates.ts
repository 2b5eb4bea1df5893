/**
 * Server certificates as receivers have them, good and bad. One authority a process: what a test trusts is
 * `(await testAuthority()).caPem`.
 */
import {
  type CertificateAuthority,
  createCertificateAuthority,
  type IssuedCertificate,
  issueSelfSigned,
} from '../../electron/engine/bench/certificates.ts';

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
    case 'valid':
      return (await testAuthority()).issue({ hosts });
  }
}
