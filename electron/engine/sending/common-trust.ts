/**
 * Authorities that every endpoint is trusted by, beside those that this process found in the system's store when it
 * began: those of the settings, and what the store has got since. The store is read anew, by a process of its own
 * (one process is told the same for life: Node and Chromium keep what they read first), after a certificate of an
 * unknown issuer: only then may there be something in it that helps.
 */
import { getCACertificates } from 'node:tls';
import type { SettingsStore } from '../context.ts';
import type { Clock, Logger, SystemRoots } from '../ports.ts';

export interface CommonTrust {
  /** PEM; null where there are none. */
  pem(): string | null;
  /** A certificate of an unknown issuer was shown. */
  unknownIssuer(): void;
  /** Told when what could not be verified may be now. */
  onChange(listener: () => void): void;
}

/** Nobody beside those of the start. */
export const noFurtherTrust: CommonTrust = { pem: () => null, unknownIssuer() {}, onChange() {} };

export interface CommonTrustParts {
  readonly settings: Pick<SettingsStore, 'current' | 'onChange'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly own: (what: string, work: Promise<unknown>) => void;
  /** Absent: the store is as it was at the start. */
  readonly system?: SystemRoots | undefined;
  /** What this process found at its start. */
  readonly known?: () => readonly string[];
}

/** The system's store is read anew at most this often, in milliseconds. */
const readEveryMs = 10_000;

export function createCommonTrust(parts: CommonTrustParts): CommonTrust {
  const { settings, clock, logger, own, system } = parts;
  const known = parts.known ?? (() => getCACertificates('system'));
  const listeners: (() => void)[] = [];
  let ofSystem = '';
  let ofSettings = settings.current().caPem;
  let readAt = Number.NEGATIVE_INFINITY;

  settings.onChange(({ caPem }) => {
    if (caPem === ofSettings) return;
    ofSettings = caPem;
    for (const listener of listeners) listener();
  });

  async function read(from: SystemRoots): Promise<void> {
    const found = await from.read();
    const before = new Set(known().map(bare));
    const added = found.filter((pem) => !before.has(bare(pem))).join('\n');
    if (added === ofSystem) return;
    ofSystem = added;
    logger.info(
      { added: added === '' ? 0 : added.split('-----BEGIN').length - 1 },
      'the system trusts other authorities',
    );
    for (const listener of listeners) listener();
  }

  return {
    pem: () => (ofSystem === '' ? ofSettings : `${ofSettings ?? ''}${ofSystem}\n`),
    unknownIssuer() {
      const now = clock.monotonicMs();
      if (system === undefined || now - readAt < readEveryMs) return;
      readAt = now;
      own('reading the system’s certificates anew', read(system));
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

const bare = (pem: string): string => pem.replace(/\s/g, '');
