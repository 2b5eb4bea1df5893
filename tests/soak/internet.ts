/** The internet of a soak: names under `.example` lead to this machine while it is there, and to nobody while it is not. */
import dns from 'node:dns';
import { createServer } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { NetworkSight } from '../../electron/engine/evidence/reachability.ts';
import type { InternetCheck } from '../../shared/internet-check.ts';

/** `unplugged`: this PC has no network; `silent`: it has one, and nobody knows any name. */
export type Way = 'open' | 'unplugged' | 'silent';

export interface Internet extends AsyncDisposable {
  way: Way;
  /** What is asked whether it is there, as the settings take it. */
  readonly checks: readonly InternetCheck[];
  /** How the engine looks at it. */
  readonly sight: NetworkSight;
}

/** Stands in for the system's resolver of this process; sockets and TLS are the real ones. */
export async function openInternet(): Promise<Internet> {
  const { lookup } = dns;
  const checked = createServer((_, response) => response.writeHead(204).end());
  await new Promise<void>((resolve) => checked.listen(0, '127.0.0.1', resolve));
  const { port } = checked.address() as AddressInfo;
  const internet: Internet = {
    way: 'open',
    checks: ['one', 'two'].map((name) => ({ address: `http://check.${name}.example:${port}/`, expects: '204' })),
    sight: {
      hasInterface: () => internet.way !== 'unplugged',
      reach: async () => (internet.way === 'open' ? 'reached' : 'no_network'),
    },
    async [Symbol.asyncDispose]() {
      dns.lookup = lookup;
      syncBuiltinESMExports();
      checked.closeAllConnections();
      await new Promise((resolve) => checked.close(resolve));
    },
  };
  const asked = (hostname: string, ...rest: unknown[]): void => {
    const call = lookup as unknown as (...given: unknown[]) => void;
    const isAway = hostname.endsWith('.example');
    if (!isAway || internet.way === 'open') {
      call(isAway ? '127.0.0.1' : hostname, ...rest);
      return;
    }
    const answer = rest.at(-1) as (error: Error) => void;
    const error = Object.assign(new Error(`getaddrinfo EAI_AGAIN ${hostname}`), {
      code: 'EAI_AGAIN',
      syscall: 'getaddrinfo',
    });
    setImmediate(answer, error);
  };
  dns.lookup = Object.assign(asked, lookup) as unknown as typeof dns.lookup;
  syncBuiltinESMExports();
  return internet;
}
