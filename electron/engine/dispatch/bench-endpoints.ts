/** What the test bench needs of endpoints: pointed at it with one click, and given their own address back. */
import type { Actor, EndpointId } from '../../../shared/domain.ts';
import type { Endpoint } from '../../../shared/schemas.ts';
import type { EndpointSetting } from '../store/endpoints.ts';
import { opened } from './endpoint-acts.ts';
import { checkAddress } from './endpoint-address.ts';
import type { EndpointDesk } from './endpoint-desk.ts';
import { openSecret, urlContext } from './targets.ts';

export interface BenchEndpoints {
  get(id: EndpointId): Promise<Endpoint>;
  /** Those that have the bench's address instead of their own. */
  pointed(): readonly EndpointId[];
  /** Gives the endpoint this address and CA; its own are remembered unless they are already. */
  point(id: EndpointId, to: { readonly url: string; readonly caPem: string }, actor: Actor): Promise<void>;
  release(id: EndpointId, actor: Actor): Promise<void>;
  /** The secrets that a request may be signed with; none where they cannot be read. */
  secretsOf(id: EndpointId): readonly string[];
}

export function createBenchEndpoints(desk: EndpointDesk): BenchEndpoints {
  const { context, endpoints, secrets, ledger } = desk;
  const { vault } = context;

  /**
   * What was tested and seen at one address says nothing about the other: a draft that was tested at the bench is
   * not tested, and the bench's certificate is none that its receiver had before.
   */
  const move = (no: number, setting: Partial<EndpointSetting>): void => {
    endpoints.change(no, { ...setting, testedAt: null });
    ledger.put(no, { ...ledger.get(no), verifiedIssuer: null });
  };

  return {
    get: desk.view,
    pointed: () => endpoints.all().flatMap((row) => (row.benchUrl === null ? [] : [row.id])),
    async point(id, to, actor) {
      const row = desk.findPresent(id);
      const { url, host, masked, local } = checkAddress(to.url);
      await desk.act(actor, 'bench.point', row, {}, () =>
        move(row.no, {
          ...{
            url: vault.seal(url, urlContext(id)),
            host,
            maskedAddress: masked,
            local: local ? 1 : 0,
            caPem: to.caPem,
          },
          ...(row.benchUrl === null ? { benchUrl: row.url, benchCaPem: row.caPem } : {}),
        }),
      );
    },
    async release(id, actor) {
      const row = desk.find(id);
      if (row.benchUrl === null) return;
      const own = checkAddress(opened(vault.open(row.benchUrl, urlContext(id)), 'address'), true);
      await desk.act(actor, 'bench.release', row, {}, () =>
        move(row.no, {
          ...{ url: row.benchUrl ?? row.url, host: own.host, maskedAddress: own.masked, local: own.local ? 1 : 0 },
          ...{ caPem: row.benchCaPem, benchUrl: null, benchCaPem: null },
        }),
      );
    },
    secretsOf(id) {
      const row = endpoints.byId(id);
      if (!row) return [];
      const kept = secrets.of(row.no);
      return [openSecret(row, kept, vault, 'current'), openSecret(row, kept, vault, 'next')].filter(
        (secret) => secret !== null,
      );
    },
  };
}
