/**
 * The opt-in listener for a PMS on another machine of the property (decision 20): on the chosen interface,
 * for allowed addresses alone, with a token always.
 */
import { type BlockList, isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import type { Settings } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { closeSoon, listenOn, tryPort } from '../listen.ts';
import { allowList } from '../store/allow-list.ts';
import { createIntakeServer, type IntakeHttpParts } from './http.ts';
import { listenerCertificate } from './lan-certificate.ts';
import { allAddresses, ownAddresses } from './own-addresses.ts';
import { IntakeRefusal } from './refusal.ts';
import { ownNames } from './request-guard.ts';

/** Wait before a listener that could not be opened is tried again, in milliseconds. */
const lanAgainMs = 30_000;

export type LanSettings = Settings['lan'];

/** Where the listener can be reached; `fingerprint` is null where it speaks plain HTTP. */
export interface LanAddress {
  readonly address: string;
  readonly fingerprint: string | null;
  /** PEM, for a machine that is to trust it. */
  readonly certificate: string | null;
}

export interface LanListener {
  address(): LanAddress | null;
  /** Why it is not there although it is switched on. */
  problem(): Sentence | null;
  /** Does what the settings say; ends what they no longer say. A problem is kept, not thrown. */
  apply(lan: LanSettings): Promise<void>;
  /** Whether a listener could be opened as these settings say. @throws RelayError where not, with the member */
  tryOut(lan: LanSettings): Promise<void>;
  stop(): Promise<void>;
}

export function createLanListener(context: EngineContext, parts: IntakeHttpParts): LanListener {
  let app: FastifyInstance | null = null;
  let current: LanAddress | null = null;
  let problem: Sentence | null = null;
  let applied: Promise<void> = Promise.resolve();
  /** What was last applied. */
  let wanted: LanSettings | null = null;
  let cancelRetry = (): void => {};
  let stopped = false;

  async function close(): Promise<void> {
    const closing = app;
    app = null;
    current = null;
    if (closing) await closeSoon(closing);
  }

  async function open(lan: LanSettings): Promise<void> {
    const shownHost = isAnyAddress(lan.host) ? (ownAddresses()[0]?.address ?? '127.0.0.1') : lan.host;
    const certificate = lan.tls ? await listenerCertificate(context, hostsOf(lan.host)) : null;
    const allowed = allowList(lan.allow);
    const server = createIntakeServer(parts, {
      statusNeedsToken: true,
      knowsHost: (name) =>
        hostsOf(lan.host).includes(name.replace(/^\[|\]$/g, '')) ||
        context.settings.current().intakeHosts.includes(name),
      check: ({ socket }) => refuseAddress(allowed, socket.remoteAddress ?? ''),
      ...(certificate ? { tls: { cert: certificate.cert, key: certificate.key } } : {}),
    });
    try {
      await listenOn(server, lan.host, lan.port, 'lan');
    } catch (error) {
      await server.close();
      throw error;
    }
    app = server;
    current = {
      address: `${certificate ? 'https' : 'http'}://${inUrl(shownHost)}:${lan.port}`,
      fingerprint: certificate?.fingerprint ?? null,
      certificate: certificate?.cert ?? null,
    };
  }

  async function apply(lan: LanSettings): Promise<void> {
    cancelRetry();
    wanted = lan;
    await close();
    problem = null;
    try {
      if (lan.enabled) await open(lan);
    } catch (error) {
      tryAgain();
      problem = error instanceof RelayError ? error.says : sentence('problem.lan_failed');
      context.logger.error({ error: String(error) }, 'no listener on the local network');
    }
    context.changes.touch('situation');
  }

  /** The other program may end, the network may come: at the start of a PC it often does later than we do. */
  function tryAgain(): void {
    if (stopped) return;
    cancelRetry = context.clock.after(lanAgainMs, () => {
      if (wanted !== null && !stopped) context.mishaps.own('the listener of the local network', applyInTurn(wanted));
    });
  }

  function applyInTurn(lan: LanSettings): Promise<void> {
    applied = applied.then(() => apply(lan));
    return applied;
  }

  return {
    address: () => current,
    problem: () => problem,
    apply: applyInTurn,
    async tryOut(lan) {
      if (!lan.enabled) return;
      // What our own listener holds is free for the next one; the address is still to be one of this PC's.
      const isOurs = app !== null && wanted?.port === lan.port;
      await tryPort(lan.host, isOurs ? 0 : lan.port, 'lan', 'lan.port', 'lan.host');
      if (lan.tls) await listenerCertificate(context, hostsOf(lan.host));
    },
    async stop() {
      stopped = true;
      cancelRetry();
      await applied;
      await close();
    },
  };
}

function refuseAddress(allowed: BlockList, remote: string): void {
  const address = remote.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  const version = isIP(address);
  if (version !== 0 && allowed.check(address, version === 6 ? 'ipv6' : 'ipv4')) return;
  throw new IntakeRefusal(403, 'not_allowed', sentence('refusal.address_not_allowed', { address }));
}

const isAnyAddress = (host: string): boolean => host === '0.0.0.0' || host === '::';
const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/** What a PMS may call this listener. */
function hostsOf(host: string): string[] {
  return [
    ...(isAnyAddress(host) ? [...allAddresses().map(({ address }) => address), '127.0.0.1'] : [host]),
    ...ownNames(),
  ];
}
