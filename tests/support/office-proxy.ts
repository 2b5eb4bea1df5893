/**
 * An office proxy on loopback that leads every host, existing or not, to the test's own servers: it tunnels (`CONNECT`),
 * and passes plain requests on, which come in absolute form.
 */
import { createServer, request as requestOf } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface OfficeProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, as the settings take it. */
  readonly address: string;
  /** The plain requests that it passed on, by their address. */
  readonly passed: readonly string[];
  /** What it does with what comes: it leads there, or refuses with this status and, of a 407 to CONNECT, these ways to sign in. */
  answerWith(answering: 'tunnel' | number, ...challenges: readonly string[]): void;
  /** What it was given as `Proxy-Authorization` with a CONNECT, the last last; empty where nothing was. */
  readonly given: readonly string[];
  /** Nothing listens any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param portOf the port of a host's server */
export async function startOfficeProxy(portOf: (host: string) => number): Promise<OfficeProxy> {
  const sockets = new Set<Socket>();
  const server = createServer();
  const passed: string[] = [];
  let answering: 'tunnel' | number = 'tunnel';
  let asking = '';
  const given: string[] = [];
  let port = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  server.on('connection', keep);
  server.on('request', (request, response) => {
    if (answering !== 'tunnel' || !URL.canParse(request.url ?? '')) {
      response.writeHead(answering === 'tunnel' ? 400 : answering).end();
      return;
    }
    const { hostname, host, pathname, search } = new URL(request.url ?? '');
    passed.push(request.url ?? '');
    const to = { host: '127.0.0.1', port: portOf(hostname), path: `${pathname}${search}`, headers: { host } };
    const far = requestOf(to, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    far.on('error', () => response.writeHead(502).end());
    far.end();
  });
  server.on('connect', (request, socket: Socket) => {
    given.push(request.headers['proxy-authorization'] ?? '');
    if (answering !== 'tunnel') {
      socket.end(`HTTP/1.1 ${answering} No\r\n${asking}Content-Length: 0\r\n\r\n`);
      return;
    }
    const far = keep(connect(portOf((request.url ?? '').split(':')[0] ?? ''), '127.0.0.1'));
    far.once('connect', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      far.pipe(socket).pipe(far);
    });
    far.on('close', () => socket.destroy());
    socket.on('close', () => far.destroy());
  });
  const start = async () => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  };
  const stop = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await start();
  return {
    address: `http://127.0.0.1:${port}`,
    passed,
    given,
    answerWith: (how, ...challenges) => {
      answering = how;
      asking = challenges.map((challenge) => `Proxy-Authenticate: ${challenge}\r\n`).join('');
      // What is tunnelled already would go on past the proxy's new mind.
      if (how !== 'tunnel') for (const socket of sockets) socket.destroy();
    },
    stop,
    start,
    [Symbol.asyncDispose]: async () => {
      if (server.listening) await stop();
    },
  };
}
