/**
 * Load: clients that post prepared requests over kept-alive sockets, written on bare TCP so that the load
 * costs as little as it can of the CPU that it shares with what is measured.
 */
import { connect, type Socket } from 'node:net';

export interface Target {
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Posted {
  readonly posts: number;
  readonly seconds: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/** A whole POST request as bytes. */
export function requestBytes(target: Target, body: string, contentType = 'application/json'): Buffer {
  const bytes = Buffer.from(body);
  const headers = { host: `127.0.0.1:${target.port}`, 'content-type': contentType, ...target.headers };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${target.path} HTTP/1.1\r\n${lines.join('')}content-length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** One kept-alive connection on which one request at a time is under way. */
export interface PostingConnection {
  /** Resolves with the status once the whole answer is here. */
  post(request: Buffer): Promise<number>;
  close(): void;
}

export async function openConnection(port: number): Promise<PostingConnection> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let pending: { resolve: (status: number) => void; reject: (error: Error) => void } | null = null;
  let received = Buffer.alloc(0);
  const fail = (error: Error) => {
    pending?.reject(error);
    pending = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('the connection was closed')));
  socket.on('data', (chunk) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = wholeAnswer(received);
    if (answer === null) return;
    received = received.subarray(answer.sizeBytes);
    const { resolve } = pending ?? { resolve: () => undefined };
    pending = null;
    resolve(answer.status);
  });
  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the connection was closed'));
        pending = { resolve, reject };
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}

function wholeAnswer(bytes: Buffer): { status: number; sizeBytes: number } | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = bytes.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head);
  const sizeBytes = headEnd + 4 + Number(length?.[1] ?? 0);
  if (bytes.length < sizeBytes) return null;
  return { status: Number(head.slice(9, 12)), sizeBytes };
}

/**
 * Posts all requests with so many clients, each posting its next one when the last was answered.
 * @throws Error where an answer is no 2xx
 */
export async function postAll(port: number, requests: Iterable<Buffer>, clients: number): Promise<Posted> {
  const connections = await Promise.all(Array.from({ length: clients }, () => openConnection(port)));
  const source = requests[Symbol.iterator]();
  const latencies: number[] = [];
  const began = performance.now();
  await Promise.all(
    connections.map(async (connection) => {
      for (let next = source.next(); next.done !== true; next = source.next()) {
        const at = performance.now();
        const status = await connection.post(next.value);
        if (status < 200 || status > 299) throw new Error(`a post was answered with ${status}`);
        latencies.push(performance.now() - at);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  for (const connection of connections) connection.close();
  return { posts: latencies.length, seconds, perSecond: latencies.length / seconds, ...summary(latencies) };
}

/**
 * Posts at a steady rate, never waiting for answers: a slow answer does not thin the load out.
 * @param posted called right before request `n` is written, and again with its status once it was answered
 */
export async function postAtRate(
  port: number,
  requests: readonly Buffer[],
  perSecond: number,
  posted: (n: number, status: number | null) => void,
): Promise<Posted> {
  const idle = await Promise.all(Array.from({ length: 20 }, () => openConnection(port)));
  const all = [...idle];
  const latencies: number[] = [];
  const underWay: Promise<void>[] = [];
  const began = performance.now();
  const send = async (n: number, request: Buffer): Promise<void> => {
    const connection = idle.pop() ?? (await openConnection(port));
    if (!all.includes(connection)) all.push(connection);
    const at = performance.now();
    posted(n, null);
    const status = await connection.post(request);
    latencies.push(performance.now() - at);
    posted(n, status);
    idle.push(connection);
  };
  await new Promise<void>((resolve) => {
    let n = 0;
    const timer = setInterval(() => {
      const due = Math.min(requests.length, Math.floor(((performance.now() - began) / 1000) * perSecond));
      for (; n < due; n++) underWay.push(send(n, requests[n] ?? Buffer.alloc(0)));
      if (n < requests.length) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  await Promise.all(underWay);
  const seconds = (performance.now() - began) / 1000;
  for (const connection of all) connection.close();
  return { posts: latencies.length, seconds, perSecond: latencies.length / seconds, ...summary(latencies) };
}

/** The value below which so many of 100 lie. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

export const summary = (latencies: readonly number[]) => ({
  p50Ms: percentile(latencies, 50),
  p99Ms: percentile(latencies, 99),
  longestMs: percentile(latencies, 100),
});
