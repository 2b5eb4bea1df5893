/** Listens on exactly the port that was asked for: never another one silently. */
import type { FastifyInstance } from 'fastify';
import { RelayError } from '../../../shared/api.ts';

/**
 * @param setting what a person changes to choose another port, for the message
 * @returns the port; another than asked for only where 0 was asked for
 * @throws RelayError `not_possible`, with a sentence that names the port
 */
export async function listenOn(app: FastifyInstance, host: string, port: number, setting: string): Promise<number> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    throw new RelayError('not_possible', `${reason(code, host, port)} Choose another with ${setting}.`, {
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

function reason(code: string, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is already in use by another program.`;
  if (code === 'EACCES') return `Port ${port} may not be used on this PC.`;
  if (code === 'EADDRNOTAVAIL') return `This PC has no network address ${host}.`;
  return `Nothing can listen on port ${port}.`;
}
