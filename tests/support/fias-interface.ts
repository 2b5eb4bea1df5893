/** A FIAS interface as the specification describes it (2.20.23): one client, the newest; it begins the link, and asks for nothing. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface FiasInterface extends AsyncDisposable {
  readonly port: number;
  /** Whether it begins the link with each connection. */
  beginsLink: boolean;
  /** Every record that a client has sent, without its frame. */
  readonly received: readonly string[];
  /** Connections so far. */
  connections(): number;
  /** Without STX and ETX. */
  send(...records: readonly string[]): void;
  /** Bytes as they are. */
  write(bytes: Buffer): void;
  /** As another client that connects. */
  dropClient(): void;
}

const frame = (record: string): Buffer => Buffer.from(`\x02${record}\x03`, 'latin1');

export async function startFiasInterface(): Promise<FiasInterface> {
  const received: string[] = [];
  let client: Socket | null = null;
  let count = 0;
  const server = createServer((socket) => {
    client?.destroy();
    client = socket;
    count += 1;
    let text = '';
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      text += bytes.toString('latin1');
      for (let end = text.indexOf('\x03'); end >= 0; end = text.indexOf('\x03')) {
        const record = text.slice(text.indexOf('\x02') + 1, end);
        text = text.slice(end + 1);
        received.push(record);
        if (record.startsWith('LA|')) socket.write(frame('LA|DA261129|TI014500|'));
      }
    });
    if (line.beginsLink) socket.write(frame('LS|DA261129|TI014500|'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: FiasInterface = {
    beginsLink: true,
    port: (server.address() as AddressInfo).port,
    received,
    connections: () => count,
    send: (...records) => void client?.write(Buffer.concat(records.map(frame))),
    write: (bytes) => void client?.write(bytes),
    dropClient: () => client?.destroy(),
    async [Symbol.asyncDispose]() {
      client?.destroy();
      server.close();
    },
  };
  return line;
}
