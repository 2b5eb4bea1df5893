/** Doubles of what the engine is given from outside. */
import { randomBytes } from 'node:crypto';
import type { Connectivity, ConnectivityVerdict, Logger } from '../../electron/engine/ports.ts';
import { createVault, dataKeyBytes } from '../../electron/engine/vault/vault.ts';

/** Keeps what was logged, so that a test can look for secrets in it. */
export interface KeptLog extends Logger {
  readonly lines: readonly string[];
}

export function createKeptLog(): KeptLog {
  const lines: string[] = [];
  const keep = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
  return { lines, debug: keep('debug'), info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** A vault with a random key that is forgotten with the process. */
export const createTestVault = () => createVault(randomBytes(dataKeyBytes), false);

export interface FakeConnectivity extends Connectivity {
  /** The verdict from now on; listeners hear of it. */
  set(verdict: Partial<ConnectivityVerdict>): void;
  readonly probes: number;
  readonly answers: readonly { endpoint: string; serverDate: string | null }[];
}

/** Connectivity that says what it is told: online and a clock nobody has measured, to begin with. */
export function createFakeConnectivity(): FakeConnectivity {
  let verdict: ConnectivityVerdict = { state: 'online', clockSkewMs: null };
  let probes = 0;
  const answers: { endpoint: string; serverDate: string | null }[] = [];
  const listeners = new Set<(verdict: ConnectivityVerdict) => void>();
  return {
    current: () => verdict,
    probe: async () => {
      probes += 1;
      return verdict;
    },
    sawAnswer: (endpoint, serverDate) => void answers.push({ endpoint, serverDate }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set: (change) => {
      verdict = { ...verdict, ...change };
      for (const listener of listeners) listener(verdict);
    },
    get probes() {
      return probes;
    },
    answers,
  };
}
