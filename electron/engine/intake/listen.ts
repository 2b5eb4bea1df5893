/** Listens on exactly the port that was asked for: never another one silently. */
import type { FastifyInstance } from 'fastify';
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';

/** The one on loopback, or the one for the local network. */
type Listener = 'intake' | 'lan';

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
    throw new RelayError('not_possible', reason(listener, code, host, port), {
      detail: `listen ${code} ${host}:${port}`,
      cause: error,
    });
  }
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** A client that keeps a request unfinished may not hold the stop up for longer, in milliseconds. */
const closeWithinMs = 2000;

/** No new requests; those under way are answered, or cut off after two seconds. */
export async function closeSoon(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), closeWithinMs);
  await app.close();
  clearTimeout(cut);
}

function reason(listener: Listener, code: string, host: string, port: number): Sentence {
  if (code === 'EADDRINUSE') return sentence(`problem.${listener}_port.taken`, { port });
  if (code === 'EACCES') return sentence(`problem.${listener}_port.forbidden`, { port });
  if (code === 'EADDRNOTAVAIL' && listener === 'lan') return sentence('problem.lan_port.no_host', { host });
  return sentence(`problem.${listener}_port.other`, { port });
}
