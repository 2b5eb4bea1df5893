/**
 * The certificate of the local network's listener: made by the app, kept with its key encrypted, and the same
 * from start to start, because the PMS's helper has entered its fingerprint somewhere.
 */
import { X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { isClosed } from '../ports.ts';
import { createMetaTable, metaKey } from '../store/meta.ts';

export interface ListenerCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, as `AB:CD:…`. */
  readonly fingerprint: string;
}

interface Kept {
  /** What it was made for. */
  readonly hosts: readonly string[];
  readonly cert: string;
  readonly sealedKey: string;
}

const sealContext = 'meta.lan_certificate';
/** How long before the old one ends a new one is made, in milliseconds. */
const renewBeforeMs = 30 * 86_400_000;

/**
 * @param hosts the addresses and names that the PMS may use
 * @throws RelayError `secret_unreadable` while the vault is locked: a new certificate would be another one
 */
export async function listenerCertificate(
  context: Pick<EngineContext, 'writer' | 'commit' | 'vault' | 'clock'>,
  hosts: readonly string[],
): Promise<ListenerCertificate> {
  const { writer, commit, vault, clock } = context;
  const meta = createMetaTable(writer);
  if (isClosed(vault)) {
    throw new RelayError('secret_unreadable', sentence('problem.lan_certificate'));
  }
  const row = meta.get(metaKey.lanCertificate);
  const kept = row === undefined ? null : (JSON.parse(row) as Kept);
  const key = kept && vault.open(Buffer.from(kept.sealedKey, 'base64'), sealContext);
  if (kept && key !== null && isGoodFor(kept, key, hosts, clock.wallMs())) return withFingerprint(kept.cert, key);
  // The library behind it is large, and few properties need it.
  const { issueSelfSigned } = await import('../certificates.ts');
  const made = await issueSelfSigned({ hosts });
  const sealedKey = Buffer.from(vault.seal(made.keyPem, sealContext)).toString('base64');
  await commit.transact(() =>
    meta.put(metaKey.lanCertificate, JSON.stringify({ hosts, cert: made.certPem, sealedKey } satisfies Kept)),
  );
  return withFingerprint(made.certPem, made.keyPem);
}

const withFingerprint = (cert: string, key: string): ListenerCertificate => ({
  cert,
  key,
  fingerprint: new X509Certificate(cert).fingerprint256,
});

/** One that is damaged, or whose key is another one's, is good for nothing: a new one is made. */
function isGoodFor({ cert, hosts: covered }: Kept, key: string, hosts: readonly string[], nowMs: number): boolean {
  try {
    createSecureContext({ cert, key });
    const covers = hosts.every((host) => covered.includes(host));
    return covers && new X509Certificate(cert).validToDate.getTime() - nowMs > renewBeforeMs;
  } catch {
    return false;
  }
}
