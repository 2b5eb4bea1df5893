/** A ledger of facts without an engine: what it hears and sees is the test's to say. */
import type { TransportFailure } from '../../electron/engine/evidence/evidence.ts';
import { createLedger, type FactLedger } from '../../electron/engine/evidence/ledger.ts';
import type { NetworkMemory } from '../../electron/engine/evidence/network-memory.ts';
import type { ProbeAnswer } from '../../electron/engine/evidence/probes.ts';
import type { Reach, Way } from '../../electron/engine/evidence/reachability.ts';
import { type EndpointId, utcMs } from '../../shared/domain.ts';
import { createFakeClock } from './clock.ts';
import { createKeptLog, createTestMishaps } from './ports.ts';

/** One endpoint's. */
export const way = (host: string, local = false, through?: Way['through']): Way => ({
  ...{ id: host as EndpointId, host, port: 443, local },
  ...(through ? { through } : {}),
});

/** What an address answers: its own, a page at a host, or how the way to it failed. */
export type Said = 'ok' | { readonly page: string } | { readonly status: number } | TransportFailure['code'];

export interface LedgerMore {
  readonly up?: boolean;
  readonly setBackMs?: number;
  /** The addresses that are asked, by their host, and what they answer; none unless given. */
  readonly said?: Record<string, Said>;
  /** How far this PC's clock is ahead of what those say that answer their own. */
  readonly skewMs?: number;
  /** They have answered in this PC's network before; so it is unless given. */
  readonly answeredBefore?: boolean;
  /** What was learnt in an earlier run. */
  readonly memory?: NetworkMemory;
}

function answerOf(said: Said, dateMs: number, now: number, proxy: string | null): ProbeAnswer {
  const times = { startedAt: utcMs(now), endedAt: utcMs(now), proxy, text: '' };
  if (said === 'ok') {
    return { ...times, status: 204, headers: [['date', new Date(dateMs).toUTCString()]], error: null };
  }
  if (typeof said === 'string') {
    const phase = said === 'ASLEEP' ? 'aborted' : said.startsWith('PROXY') ? 'proxy' : 'connect';
    const proxyStatus = said === 'PROXY_SIGN_IN' ? 407 : null;
    const error = { phase, code: said, message: said, proxyStatus } as const;
    return { ...times, status: null, headers: null, error };
  }
  if ('status' in said) return { ...times, status: said.status, headers: [], error: null };
  return { ...times, status: 302, headers: [['location', `http://${said.page}/login`]], error: null };
}

/** What is learnt of this PC's networks, without a database. */
export function createTestMemory(answeredBefore: boolean): NetworkMemory {
  const answered = new Set(answeredBefore ? ['true cable', 'true Wi-Fi', 'true VPN'] : []);
  let led: readonly string[] = [];
  return {
    answeredIn: (network) => void answered.add(network),
    hasAnsweredIn: (network) => answered.has(network),
    led: () => led,
    setLed(hosts) {
      led = hosts;
    },
  };
}

/** A ledger on its own: its clock, network, disk and addresses are the test's. */
export function ledgerOf(ways: Way[], reach: Record<string, Reach> = {}, more: LedgerMore = {}) {
  const clock = createFakeClock();
  const network = { up: more.up ?? true, reach, name: 'cable', leads: true };
  const checks = { said: more.said ?? {}, asked: [] as string[], skewMs: more.skewMs ?? 0 };
  const tried: string[] = [];
  const disk = { state: 'ok' as 'ok' | 'low' | 'full' | 'read_only', freeBytes: 1e12 };
  const at = { offset: 0, wall: clock.wallMs(), monotonic: clock.monotonicMs() };
  const time = {
    now() {
      at.offset -= clock.wallMs() - at.wall - (clock.monotonicMs() - at.monotonic);
      at.wall = clock.wallMs();
      at.monotonic = clock.monotonicMs();
      return utcMs(at.wall + at.offset);
    },
    toWall: (engineMs: number) => utcMs(engineMs - at.offset),
    keep: () => undefined,
  };
  const memory = more.memory ?? createTestMemory(more.answeredBefore ?? true);
  const book = {
    changed: () => undefined,
    rememberedSince: () => null,
    answered: () => undefined,
    setBackWhileClosedMs: () => more.setBackMs ?? 0,
  };
  const ledger = createLedger({
    context: { clock, time, logger: createKeptLog(), mishaps: createTestMishaps() },
    ways: () => ways,
    disk: () => disk,
    book,
    memory,
    network: {
      hasInterface: () => network.up,
      reach: async (host) => {
        tried.push(host);
        return network.reach[host] ?? 'silent';
      },
      leadsTo: () => network.leads,
      isOwn: (host) => host === '10.0.0.99',
      signature: () => `${network.up} ${network.name}`,
    },
    probes: {
      checks: () => Object.keys(checks.said).map((host) => ({ address: `http://${host}/`, expects: '204' })),
      ask: async ({ address }) => {
        const { host } = new URL(address);
        checks.asked.push(host);
        const through = ways.find(({ local }) => !local)?.through?.() ?? null;
        const proxy = through && `${through.host}:${through.port}`;
        return answerOf(checks.said[host] ?? 'ETIMEDOUT', clock.wallMs() - checks.skewMs, clock.wallMs(), proxy);
      },
    },
  });
  const saw = (host: string, seen: Partial<Parameters<FactLedger['saw']>[0]> = {}) =>
    ledger.saw({
      ...{ host, local: ways.find((one) => one.host === host)?.local ?? false, proxy: null, status: 200, error: null },
      ...{ certificate: null, verifiedIssuer: null, skewMs: null, redirectHost: null, ...seen },
    });
  const kinds = () => ledger.facts().map(({ kind }) => kind);
  return { clock, network, disk, checks, tried, ledger, saw, kinds, ways, memory };
}

export const failed = (phase: TransportFailure['phase'], code: string, proxyStatus: number | null = null) => ({
  ...{ status: null, error: { phase, code, message: code, proxyStatus } },
});
