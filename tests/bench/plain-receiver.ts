/**
 * A receiver as cheap as Node's own HTTP server allows: plain HTTP on loopback, counts, answers 200 with the `ok` that
 * Slack's own has, without which a message to Slack is not delivered.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface PlainReceiver extends AsyncDisposable {
  readonly port: number;
  /** A way for one endpoint each: `/1`, `/2` … */
  url(endpoint: number): string;
  readonly count: number;
  /** Most connections that one endpoint had open at once: it never has more under way. */
  readonly mostConnections: number;
  /**
   * Resolves as soon as so many requests came in all since `reset`.
   * @throws where none comes for a minute before: what is measured has stopped
   */
  counted(n: number): Promise<void>;
  reset(): void;
  stop(): Promise<void>;
}

const longestSilenceMs = 60_000;

/** @param arrived is called at the end of each request, where somebody wants to look at it */
export async function startPlainReceiver(
  arrived: ((message: IncomingMessage, body: Buffer) => void) | null = null,
): Promise<PlainReceiver> {
  let count = 0;
  let mostConnections = 0;
  const open = new Map<string, number>();
  const known = new WeakSet<Socket>();
  let waiting: { n: number; resolve: () => void }[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
    if (!known.has(message.socket)) counts(message.socket, message.url ?? '');
    const chunks: Buffer[] = [];
    if (arrived === null) message.resume();
    else message.on('data', (chunk: Buffer) => chunks.push(chunk));
    message.on('end', () => {
      response.writeHead(200, { 'content-length': 2 });
      response.end('ok');
      count += 1;
      arrived?.(message, Buffer.concat(chunks));
      if (waiting.length === 0) return;
      for (const wait of waiting) if (count >= wait.n) wait.resolve();
      waiting = waiting.filter(({ n }) => count < n);
    });
  });
  function counts(socket: Socket, path: string): void {
    known.add(socket);
    const now = (open.get(path) ?? 0) + 1;
    open.set(path, now);
    mostConnections = Math.max(mostConnections, now);
    socket.once('close', () => open.set(path, (open.get(path) ?? 0) - 1));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  return {
    port,
    url: (endpoint) => `http://127.0.0.1:${port}/${endpoint}`,
    get count() {
      return count;
    },
    get mostConnections() {
      return mostConnections;
    },
    counted: (n) =>
      count >= n
        ? Promise.resolve()
        : new Promise((resolve, reject) => {
            let seen = count;
            const looking = setInterval(() => {
              if (count > seen) seen = count;
              else {
                clearInterval(looking);
                reject(new Error(`${count} of ${n} requests came, and none for a minute`));
              }
            }, longestSilenceMs);
            waiting.push({
              n,
              resolve() {
                clearInterval(looking);
                resolve();
              },
            });
          }),
    reset: () => {
      count = 0;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
