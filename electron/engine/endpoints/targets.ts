/** The endpoints as sending needs them: addresses, headers and secrets opened once, and kept in memory. */

import type { EndpointId } from '../../../shared/domain.ts';
import type { SealedPart } from '../../../shared/schemas.ts';
import { isClosed, type Logger, type Vault } from '../ports.ts';
import type { CustomHeader } from '../sending/custom-headers.ts';
import { signingKey } from '../sending/signing.ts';
import type { Access, Target } from '../sending/target.ts';
import { type EndpointRow, type EndpointStore, headersContext, healthOf, urlContext } from '../store/endpoints.ts';
import { type SecretRow, type SecretStore, secretContext } from '../store/secrets.ts';
import { optionsOf } from './endpoint-options.ts';
import type { HealthLedger } from './health-ledger.ts';
import { areKindSecretsReadable, setUpOf, shapeVersionOf } from './kind-settings.ts';
import { behaviourOf } from './kinds/index.ts';

export interface Targets {
  all(): readonly Target[];
  get(endpointNo: number): Target | undefined;
  byId(id: EndpointId): Target | undefined;
  /** Reads one again, after a transaction that changed it. Its health is read only the first time. */
  reload(endpointNo: number): Target | undefined;
  /** Tries again to open what could not be: a keyring may be locked at login. */
  reopen(): readonly Target[];
  onChange(listener: (target: Target) => void): void;
}

export interface TargetParts {
  readonly endpoints: EndpointStore;
  readonly secrets: SecretStore;
  readonly vault: Vault;
  readonly ledger: HealthLedger;
  readonly logger: Logger;
}

export function createTargets({ endpoints, secrets, vault, ledger, logger }: TargetParts): Targets {
  const byNo = new Map<number, Target>();
  const byId = new Map<EndpointId, Target>();
  const listeners: ((target: Target) => void)[] = [];

  function read(row: EndpointRow): Target {
    const setUp = setUpOf(row, vault);
    const access = openAccess(row, secrets.of(row.no), vault);
    if (access === null && row.switch !== 'removed') {
      logger.warn({ endpoint: row.id }, 'a secret, header or address of this endpoint cannot be decrypted');
    }
    const { kind, options, fellBack } = optionsOf(row);
    if (fellBack.length > 0) {
      logger.warn(
        { endpoint: row.id, options: fellBack },
        'options of this endpoint are stored as this version does not know them: their defaults are used',
      );
    }
    return {
      no: row.no,
      id: row.id,
      switch: row.switch,
      name: row.description === '' ? null : row.description,
      local: row.local === 1,
      toBench: row.benchUrl !== null,
      ownPem: row.benchUrl === null ? options.caPem : row.benchCaPem,
      behaviour: behaviourOf(kind),
      options,
      ofKind: setUp,
      shapeVersion: shapeVersionOf(row),
      digestMs: (setUp && behaviourOf(kind).digest?.everyMs(setUp)) ?? null,
      pausedUntil: row.pausedUntil,
      access,
    };
  }

  function keep(row: EndpointRow): Target {
    const target = read(row);
    if (!byNo.has(row.no)) ledger.load(row.no, healthOf(row));
    byNo.set(row.no, target);
    byId.set(row.id, target);
    for (const listener of listeners) listener(target);
    return target;
  }

  for (const row of endpoints.all()) keep(row);

  return {
    all: () => [...byNo.values()],
    get: (no) => byNo.get(no),
    byId: (id) => byId.get(id),
    reload(no) {
      const row = endpoints.byNo(no);
      return row && keep(row);
    },
    reopen() {
      if (isClosed(vault)) return [];
      const closed = [...byNo.values()].filter(({ access, switch: now }) => access === null && now !== 'removed');
      return closed.flatMap(({ no }) => {
        const row = endpoints.byNo(no);
        return row && openAccess(row, secrets.of(no), vault) ? [keep(row)] : [];
      });
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

/** Which parts cannot be decrypted; of headers only where there are any. */
export function unreadableParts(row: EndpointRow, secrets: readonly SecretRow[], vault: Vault): SealedPart[] {
  const hasHeaders = (JSON.parse(row.headerNames) as unknown[]).length > 0;
  return [
    ...(vault.open(row.url, urlContext(row.id)) === null ? (['address'] as const) : []),
    ...(openSecret(row, secrets, vault, 'current') === null ? (['secret'] as const) : []),
    ...(areKindSecretsReadable(row, vault) ? [] : (['config'] as const)),
    ...(hasHeaders && vault.open(row.headers, headersContext(row.id)) === null ? (['headers'] as const) : []),
  ];
}

/** Null where any part cannot be decrypted. */
export function openAccess(row: EndpointRow, secrets: readonly SecretRow[], vault: Vault): Access | null {
  const url = vault.open(row.url, urlContext(row.id));
  const headers = vault.open(row.headers, headersContext(row.id));
  const current = openSecret(row, secrets, vault, 'current');
  const next = openSecret(row, secrets, vault, 'next');
  if (url === null || headers === null || current === null || !URL.canParse(url)) return null;
  const setUp = setUpOf(row, vault);
  if (setUp === null) return null;
  const { addressOf, headersOf } = behaviourOf(setUp.kind);
  const address = row.benchUrl === null ? (addressOf?.(url, setUp) ?? url) : url;
  const { host, hostname } = new URL(address);
  return {
    url: address,
    hostAndPort: host,
    host: hostname,
    headers: [...(headersOf?.(setUp) ?? []), ...(JSON.parse(headers) as CustomHeader[])],
    keys: { current: signingKey(current), next: next === null ? null : signingKey(next) },
  };
}

/** The secret as text; null where there is none, or it cannot be decrypted. */
export function openSecret(
  row: Pick<EndpointRow, 'id'>,
  secrets: readonly SecretRow[],
  vault: Vault,
  role: SecretRow['role'],
): string | null {
  const secret = secrets.find((each) => each.role === role);
  return secret ? vault.open(secret.sealed, secretContext(row.id)) : null;
}
