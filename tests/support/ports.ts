/** Doubles of what the engine is given from outside. */
import { randomBytes } from 'node:crypto';
import type { FactLedger } from '../../electron/engine/evidence/ledger.ts';
import { createMishaps } from '../../electron/engine/mishaps.ts';
import type { Logger } from '../../electron/engine/ports.ts';
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

/** Counts and logs what fails where nobody waits for it. */
export const createTestMishaps = (logger: Logger = createKeptLog()) => createMishaps({ wallMs: () => 0 }, logger);

/** A vault with a random key that is forgotten with the process. */
export const createTestVault = () => createVault(randomBytes(dataKeyBytes), false);

/** A ledger that knows of nothing wrong, whatever it is told. */
export const createCalmLedger = (): FactLedger => ({
  saw: () => undefined,
  probe: async () => undefined,
  localSilence: async () => undefined,
  resumed: () => undefined,
  proxyChanged: () => undefined,
  lookNow: async () => null,
  sight: () => ({ lookedAt: null, rests: 'nothing', answeredAt: null, isAsking: true, addresses: [] }),
  knownOf: () => ({ connectivity: 'online', skewMs: null, meanwhile: null }),
  isOpen: () => true,
  facts: () => [],
  connectivity: () => ({ state: 'online', since: null }),
  clock: () => ({ skewMs: 0, wrong: false, since: null }),
  onChange: () => undefined,
  waysChanged: () => undefined,
  watch: () => undefined,
  stop: () => undefined,
});
