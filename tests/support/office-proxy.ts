/** An office proxy on loopback that tunnels every host, existing or not, to the test's own receivers. */
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface OfficeProxy extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, as the settings take it. */
  readonly address: string;
  /** What it answers to CONNECT: it tunnels, or refuses with this status. */
  answerWith(answering: 'tunnel' | number): void;
  /** Nothing listens any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** @param portOf the receiver's port for a host */
export async function startOfficeProxy(portOf: (host: string) => number): Promise<OfficeProxy> {
  const sockets = new Set<Socket>();
  const server = createServer();
  let answering: 'tunnel' | number = 'tunnel';
  let port = 0;
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };
  server.on('connection', keep);
  server.on('connect', (request, socket: Socket) => {
    if (answering !== 'tunnel') {
      socket.end(`HTTP/1.1 ${answering} No\r\nContent-Length: 0\r\n\r\n`);
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
    answerWith: (how) => {
      answering = how;
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
