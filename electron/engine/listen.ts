/** Listens on exactly the port that was asked for: never another one silently. */
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { RelayError } from '../../shared/api.ts';
import type { Sentence } from '../../shared/domain.ts';
import { sentence } from '../../shared/sentences/sentence.ts';

/** The one on loopback, or the one for the local network. */
type Listener = 'intake' | 'lan' | 'window';

/**
 * @param listener whose port it is: which sentence says so where nobody can listen there
 * @returns the port; another than asked for only where 0 was asked for
 * @throws RelayError `not_possible`, with a sentence that names the port
 */
export async function listenOn(app: FastifyInstance, host: string, port: number, listener: Listener): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    const free = code === 'EADDRINUSE' || code === 'EACCES' ? await freePort(host) : 0;
    throw new RelayError('not_possible', reason(listener, code, host, port, free), {
      detail: `listen ${code} ${host}:${port}`,
      cause: error,
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/**
 * Whether a listener could be opened there, by opening one and closing it.
 *
 * @param member of the settings that names the port
 * @param hostMember the one that names the address
 * @throws RelayError `not_possible` with the member; where the port is taken, one that is free is named
 */
export async function tryPort(
  host: string,
  port: number,
  listener: Listener,
  portMember: string,
  hostMember = portMember,
): Promise<void> {
  const failed = await portProblem(host, port);
  if (failed === null) return;
  const { code = 'unknown' } = failed;
  const member = code === 'EADDRNOTAVAIL' ? hostMember : portMember;
  const key = code === 'EADDRINUSE' ? 'problem.port_taken' : code === 'EACCES' ? 'problem.port_forbidden' : null;
  const says =
    key === null ? reason(listener, code, host, port, 0) : sentence(key, { member, port, free: await freePort(host) });
  throw new RelayError('not_possible', says, { member, detail: `listen ${code} ${host}:${port}`, cause: failed });
}

const portProblem = (host: string, port: number): Promise<NodeJS.ErrnoException | null> =>
  withListener(host, port, () => null);

/** One that the system gives out now, by listening there for a moment: none of its excluded ranges is among them. */
const freePort = async (host: string): Promise<number> => {
  const found = await withListener(host, 0, (server) => (server.address() as AddressInfo).port);
  return typeof found === 'number' ? found : 0;
};

function withListener<Value>(
  host: string,
  port: number,
  read: (server: Server) => Value,
): Promise<Value | NodeJS.ErrnoException> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ host, port }, () => {
      const value = read(server);
      server.close(() => resolve(value));
    });
  });
}

/** A client that keeps a request unfinished may not hold the stop up for longer, in milliseconds. */
const closeWithinMs = 2000;

/** No new requests; those under way are answered, or cut off after two seconds. */
export async function closeSoon(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), closeWithinMs);
  await app.close();
  clearTimeout(cut);
}

/** What stood in the way of an error of `listenOn`. EACCES is Windows' word for a port of its excluded ranges. */
export function whyNot(error: unknown): 'taken' | 'forbidden' | 'other' {
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  return code === 'EADDRINUSE' ? 'taken' : code === 'EACCES' ? 'forbidden' : 'other';
}

function reason(listener: Listener, code: string, host: string, port: number, free: number): Sentence {
  if (code === 'EADDRINUSE') return sentence(`problem.${listener}_port.taken`, { port, free });
  if (code === 'EACCES') return sentence(`problem.${listener}_port.forbidden`, { port, free });
  if (code === 'EADDRNOTAVAIL' && listener === 'lan') return sentence('problem.lan_port.no_host', { host });
  return sentence(`problem.${listener}_port.other`, { port });
}
