/**
 * Points endpoints at the bench and gives them their own address back. The own address stays sealed as it is
 * while it waits in a column of its own, so that it comes back whatever happens meanwhile.
 */
import { RelayError } from '../../../shared/api.ts';
import type { EndpointId } from '../../../shared/domain.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import type { EngineContext } from '../context.ts';
import type { HealthLedger } from '../dispatch/health-ledger.ts';
import { openSecret, type Targets, urlContext } from '../dispatch/targets.ts';
import type { EndpointRow, EndpointSetting, EndpointStore } from '../store/endpoints.ts';
import type { SecretStore } from '../store/secrets.ts';
import type { BenchEndpoints } from './bench.ts';

export interface BenchPointingParts {
  readonly context: Pick<EngineContext, 'commit' | 'vault' | 'recordAct'>;
  readonly endpoints: EndpointStore;
  readonly secrets: SecretStore;
  readonly targets: Targets;
  readonly ledger: HealthLedger;
  /** An endpoint as the surfaces see it. @throws RelayError `not_found` */
  readonly view: (id: EndpointId) => Endpoint | Promise<Endpoint>;
  /** What lists show of an address, and whether it is local. */
  readonly addressFacts: (url: string) => Pick<EndpointSetting, 'host' | 'maskedAddress'> & { readonly local: number };
}

export function createBenchPointing(parts: BenchPointingParts): BenchEndpoints {
  const { context, endpoints, secrets, targets, ledger, view, addressFacts } = parts;
  const { commit, vault, recordAct } = context;

  const rowOf = (id: EndpointId): EndpointRow => {
    const row = endpoints.byId(id);
    if (row === undefined) throw new RelayError('not_found', 'There is no such endpoint.');
    return row;
  };

  /** A certificate seen at one address says nothing about the other: what was learnt of issuers is forgotten. */
  const change = (row: EndpointRow, setting: Partial<EndpointSetting>): void => {
    endpoints.change(row.no, { ...setting, testedAt: null });
    ledger.put(row.no, { ...ledger.get(row.no), verifiedIssuer: null });
  };

  return {
    get: view,
    pointed: () =>
      endpoints
        .all()
        .filter(({ benchUrl }) => benchUrl !== null)
        .map(({ id }) => id),
    async point(id, { url, caPem }, actor) {
      const { no } = await commit.transact(() => {
        const row = rowOf(id);
        const own = row.benchUrl === null ? { benchUrl: row.url, benchCaPem: row.caPem } : {};
        recordAct(actor, 'bench.point', id);
        change(row, { ...own, ...addressFacts(url), url: vault.seal(url, urlContext(id)), caPem });
        return row;
      });
      targets.reload(no);
    },
    async release(id, actor) {
      const { no } = await commit.transact(() => {
        const row = rowOf(id);
        if (row.benchUrl === null) return row;
        const own = vault.open(row.benchUrl, urlContext(id));
        if (own === null) {
          throw new RelayError('secret_unreadable', 'Its own address cannot be decrypted now. Try again later.');
        }
        recordAct(actor, 'bench.release', id);
        change(row, {
          ...addressFacts(own),
          url: row.benchUrl,
          caPem: row.benchCaPem,
          benchUrl: null,
          benchCaPem: null,
        });
        return row;
      });
      targets.reload(no);
    },
    secretsOf(id) {
      const row = endpoints.byId(id);
      if (row === undefined) return [];
      const kept = secrets.of(row.no);
      return (['current', 'next'] as const).flatMap((role) => openSecret(row, kept, vault, role) ?? []);
    },
  };
}
