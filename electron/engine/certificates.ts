/**
 * Certificates that the app makes itself, because Node cannot: for the test bench and for the listener on
 * the local network. ECDSA P-256 throughout, a few milliseconds each. Import it only where one is made: the
 * library behind it is large.
 */
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 86_400_000;

/** A certificate with its private key, both PEM. */
export interface IssuedCertificate {
  readonly certPem: string;
  readonly keyPem: string;
}

export interface CertificateRequest {
  /** Names and IP addresses that the certificate is for; the first one is also its common name. */
  readonly hosts: readonly string[];
  /** UTC milliseconds; a day ago unless given, so that a slightly slow clock elsewhere accepts it. */
  readonly notBefore?: number;
  /** UTC milliseconds; 825 days after `notBefore` unless given, which is as long as Apple's systems accept. */
  readonly notAfter?: number;
}

/** A certificate authority whose key never leaves memory. */
export interface CertificateAuthority {
  /** What a client is to trust. */
  readonly caPem: string;
  /** Issues a server certificate; `certPem` carries the leaf only. */
  issue(request: CertificateRequest): Promise<IssuedCertificate>;
}

/**
 * Makes a certificate authority, valid for ten years.
 * @param name its common name, which people see in certificate dialogs and error messages
 */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const now = Date.now();
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: commonName(name),
    notBefore: new Date(now - 3650 * dayMs),
    notAfter: new Date(now + 3650 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    caPem: ca.toString('pem'),
    issue: async (request) => {
      const leaf = await generateKeys();
      const certificate = await x509.X509CertificateGenerator.create({
        subject: commonName(firstHost(request)),
        issuer: ca.subject,
        ...validity(request),
        signingAlgorithm: algorithm,
        publicKey: leaf.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          ...(await serverExtensions(request, leaf)),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      return { certPem: certificate.toString('pem'), keyPem: await privatePem(leaf) };
    },
  };
}

/** Makes a server certificate that is its own issuer. */
export async function issueSelfSigned(request: CertificateRequest): Promise<IssuedCertificate> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: commonName(firstHost(request)),
    ...validity(request),
    signingAlgorithm: algorithm,
    keys,
    extensions: await serverExtensions(request, keys),
  });
  return { certPem: certificate.toString('pem'), keyPem: await privatePem(keys) };
}

const generateKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

const commonName = (name: string) => [{ CN: [name] }];

function firstHost(request: CertificateRequest): string {
  const host = request.hosts[0];
  if (host === undefined) throw new Error('A server certificate needs at least one host.');
  return host;
}

function validity(request: CertificateRequest): { notBefore: Date; notAfter: Date } {
  const notBefore = request.notBefore ?? Date.now() - dayMs;
  return { notBefore: new Date(notBefore), notAfter: new Date(request.notAfter ?? notBefore + 825 * dayMs) };
}

async function serverExtensions(request: CertificateRequest, keys: CryptoKeyPair): Promise<x509.Extension[]> {
  const names = request.hosts.map((host) => ({
    type: isIpAddress(host) ? ('ip' as const) : ('dns' as const),
    value: host,
  }));
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
    new x509.SubjectAlternativeNameExtension(names),
    await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
}

const isIpAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');

async function privatePem(keys: CryptoKeyPair): Promise<string> {
  const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return x509.PemConverter.encode(der, x509.PemConverter.PrivateKeyTag);
}
