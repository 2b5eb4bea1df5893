/**
 * A zoo of receivers: one raw TLS server that answers byte for byte in each odd way that real ones do. What a kind
 * should come to is not written here: curl is asked (`curlVerdicts`), since a receiver whose answer curl takes as 200
 * has answered 200 (principle 7).
 */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { certificateOfKind, testAuthority } from './certificates.ts';
import { temporaryFolder } from './folder.ts';

/** Text is sent as Latin-1; `pause` lets the other side read what came so far as a piece of its own. */
type Step = string | Buffer | 'pause' | 'close' | 'reset';

export interface OddReceiver {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Answers once the request's head is there, and reads none of its body. */
  readonly early?: boolean;
  /** The request's body, in bytes; small unless given. */
  readonly bodyBytes?: number;
  /** What else goes by the same connection is spoilt: the next request needs a fresh one. */
  readonly spoils?: boolean;
}

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const nl = (text: string) => text.replaceAll('\r\n', '\n');

/** All of decision 44, and their neighbours. */
export const zoo: readonly OddReceiver[] = [
  { name: 'an ordinary answer', steps: [ok] },
  { name: 'byte by byte', steps: [...ok].flatMap((byte): Step[] => [byte, 'pause']) },
  { name: 'an unasked 100', steps: [`HTTP/1.1 100 Continue\r\n\r\n${ok}`] },
  { name: 'an unasked 100 with headers, then a pause', steps: ['HTTP/1.1 100 Continue\r\nX: y\r\n\r\n', 'pause', ok] },
  { name: 'an unasked 102', steps: [`HTTP/1.1 102 Processing\r\n\r\n${ok}`] },
  { name: 'an unasked 103', steps: [`HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n${ok}`] },
  {
    name: '100, 102 and 103, twice each',
    steps: [`${[100, 102, 103, 100, 102, 103].map((n) => `HTTP/1.1 ${n} X\r\n\r\n`).join('')}${ok}`],
  },
  {
    name: '100 and then a refusal',
    steps: ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 422 No\r\nContent-Length: 0\r\n\r\n'],
  },
  {
    name: 'a switch of protocols that nobody asked for',
    steps: ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n', 'close'],
  },
  {
    name: 'a header line of 20 kB',
    steps: [`HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(20_000)}\r\nContent-Length: 0\r\n\r\n`],
  },
  {
    name: 'a header line of 90 kB',
    steps: [`HTTP/1.1 200 OK\r\nX-Long: ${'a'.repeat(90_000)}\r\nContent-Length: 0\r\n\r\n`],
  },
  {
    name: 'headers of 250 kB in all',
    steps: [`HTTP/1.1 200 OK\r\n${`X-Long: ${'a'.repeat(9_990)}\r\n`.repeat(25)}Content-Length: 0\r\n\r\n`],
  },
  {
    name: 'the same Content-Length twice',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok'],
  },
  { name: 'the same Content-Length twice in one line', steps: ['HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nok'] },
  {
    name: 'Content-Length beside chunked',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    spoils: true,
  },
  {
    name: 'chunked beside Content-Length',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 500\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    spoils: true,
  },
  {
    name: 'a folded header',
    steps: ['HTTP/1.1 200 OK\r\nX-Folded: one\r\n  two\r\n\tthree\r\nContent-Length: 2\r\n\r\nok'],
  },
  { name: 'a bare LF at each line end', steps: [nl(ok)] },
  { name: 'a bare LF at some line ends', steps: ['HTTP/1.1 200 OK\nX: y\r\nContent-Length: 2\n\r\nok'] },
  {
    name: 'a bare LF in chunks',
    steps: [nl('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n')],
  },
  {
    name: 'chunks with extensions, leading zeros and trailers',
    steps: [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n0002;a="b\r\nok\r\n1 \r\n!\r\n000\r\nX-Sum: 1\r\n\r\n',
    ],
  },
  {
    name: 'chunks cut anywhere',
    steps: [
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r',
      'pause',
      '\n1',
      'pause',
      '0\r',
      'pause',
      '\n0123456789abcde',
      'pause',
      'f\r\n0\r',
      'pause',
      '\n\r',
      'pause',
      '\n',
    ],
  },
  {
    name: 'chunked, closed before the last chunk',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n', 'pause', 'close'],
  },
  {
    name: 'chunked, closed before the last LF',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r', 'pause', 'close'],
  },
  {
    name: 'chunked, closed after the last chunk’s size',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n', 'pause', 'close'],
  },
  {
    name: 'a chunk size that is no number',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n'],
  },
  {
    name: 'gzip before chunked',
    steps: [
      'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n',
      `${gzipSync('ok').length.toString(16)}\r\n`,
      gzipSync('ok'),
      '\r\n0\r\n\r\n',
    ],
  },
  {
    name: 'Transfer-Encoding: identity',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok', 'pause', 'close'],
  },
  { name: 'bytes after the answer’s end', steps: [`${ok}and more`], spoils: true },
  { name: 'a second answer after the first', steps: [`${ok}${ok}`], spoils: true },
  { name: 'blank lines after the answer', steps: [`${ok}\r\n\r\n`], spoils: true },
  { name: 'a body after 204', steps: ['HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok'], spoils: true },
  {
    name: '204 that says chunked',
    steps: ['HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
    spoils: true,
  },
  { name: '304', steps: ['HTTP/1.1 304 Not Modified\r\nContent-Length: 100\r\n\r\n'] },
  { name: '205 with a length of none', steps: ['HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\n\r\n'] },
  { name: 'no length, closed at its end', steps: ['HTTP/1.1 200 OK\r\n\r\nok', 'pause', 'close'] },
  {
    name: 'HTTP/1.0, closed at its end',
    steps: ['HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: 'HTTP/1.0 that keeps the connection',
    steps: ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok'],
  },
  { name: 'a body shorter than it says', steps: ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok', 'pause', 'close'] },
  { name: 'a reset inside the body', steps: ['HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nok', 'pause', 'reset'] },
  { name: 'no reason in the status line', steps: ['HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n'] },
  { name: 'a blank for a reason', steps: ['HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n'] },
  { name: 'a reason in another alphabet', steps: [Buffer.from('HTTP/1.1 200 Ayos ñ 好\r\nContent-Length: 0\r\n\r\n')] },
  { name: 'two blanks before the status', steps: ['HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n'] },
  { name: 'a status of 299', steps: ['HTTP/1.1 299 Fine\r\nContent-Length: 0\r\n\r\n'] },
  { name: 'a status of two digits', steps: ['HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'another version of HTTP', steps: ['HTTP/3.7 200 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'HTTP/2 in words of HTTP/1', steps: ['HTTP/2 200\r\nContent-Length: 2\r\n\r\nok'], spoils: true },
  { name: 'HTTP/2 that closes', steps: ['HTTP/2 200 OK\r\n\r\nok', 'pause', 'close'] },
  { name: 'HTTP/1.2', steps: ['HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'HTTP/1 without a point', steps: ['HTTP/1 200 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'a version of two digits', steps: ['HTTP/1.10 200 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'a status of four digits', steps: ['HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'a NUL in the status line', steps: ['HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n', 'close'] },
  {
    name: 'the rest of a header line before the first',
    steps: ['HTTP/1.1 200 OK\r\n folded\r\nContent-Length: 2\r\n\r\nok', 'close'],
  },
  {
    name: 'an unasked 103 with a Content-Length that is no number',
    steps: [`HTTP/1.1 103 Early Hints\r\nContent-Length: x\r\n\r\n${ok}`],
  },
  {
    name: 'an unasked 103 with a line that is no header',
    steps: [`HTTP/1.1 103 Early Hints\r\nnonsense\r\n\r\n${ok}`, 'close'],
  },
  { name: 'lower-case http', steps: ['http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', 'close'] },
  { name: 'an empty line before the status line', steps: [`\r\n${ok}`, 'close'] },
  { name: 'header names in every case', steps: ['HTTP/1.1 200 OK\r\ncOnTeNt-LeNgTh: 2\r\n\r\nok'] },
  {
    name: 'no blank after the colon, tabs and blanks about the value',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length:2\r\nX:\t y \t\r\n\r\nok'],
  },
  { name: 'a blank before the colon', steps: ['HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nok', 'pause', 'close'] },
  {
    name: 'a header line without a colon',
    steps: ['HTTP/1.1 200 OK\r\nnonsense\r\nContent-Length: 2\r\n\r\nok', 'pause', 'close'],
  },
  { name: 'a header without a name', steps: ['HTTP/1.1 200 OK\r\n: value\r\nContent-Length: 2\r\n\r\nok'] },
  { name: 'names that are no tokens', steps: ['HTTP/1.1 200 OK\r\nX (odd) [name]: y\r\nContent-Length: 2\r\n\r\nok'] },
  {
    name: 'values beyond ASCII',
    steps: [Buffer.from('HTTP/1.1 200 OK\r\nX-Name: señor 好\r\nContent-Length: 2\r\n\r\nok')],
  },
  {
    name: 'control characters in a value',
    steps: ['HTTP/1.1 200 OK\r\nX-Name: a\u0001b\u001bc\r\nContent-Length: 2\r\n\r\nok'],
  },
  {
    name: 'a NUL in a value',
    steps: ['HTTP/1.1 200 OK\r\nX-Name: a\u0000b\r\nContent-Length: 2\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: 'a Content-Length that is no number',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\nok', 'pause', 'close'],
  },
  { name: 'a Content-Length with a plus', steps: ['HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok'], spoils: true },
  {
    name: 'a Content-Length with more behind it',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 2 bytes\r\n\r\nok'],
    spoils: true,
  },
  {
    name: 'two Content-Lengths that differ',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\nok'],
    spoils: true,
  },
  {
    name: 'two Content-Lengths that differ, the last too long',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: 'a Content-Length beyond all numbers',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: 'no Content-Length after its name',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: '204 with a Content-Length that is no number',
    steps: ['HTTP/1.1 204 No Content\r\nContent-Length: none\r\n\r\n'],
  },
  {
    name: 'a blank before the colon of Transfer-Encoding',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding : chunked\r\n\r\nok', 'pause', 'close'],
  },
  {
    name: 'a transfer coding that nobody knows',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: rot13\r\n\r\nbx', 'pause', 'close'],
  },
  {
    name: 'a chunk size with a plus',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+2\r\nok\r\n0\r\n\r\n', 'close'],
  },
  {
    name: 'a chunk size with anything behind it',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 bytes\r\nok\r\n0\r\n\r\n'],
    spoils: true,
  },
  {
    name: 'a CR too many behind a chunk',
    steps: ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\r\n0\r\n\r\n'],
    spoils: true,
  },
  {
    name: 'a CR too many before the body',
    steps: ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\r\nok'],
    spoils: true,
  },
  {
    name: 'a CR in front of a line of its headers',
    steps: ['HTTP/1.1 200 OK\r\n\rContent-Length: 2\r\nok', 'pause', 'close'],
  },
  { name: 'a negative Content-Length', steps: ['HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok', 'pause', 'close'] },
  {
    name: 'a keep-alive that is closed at once',
    steps: [ok.replace('OK\r\n', 'OK\r\nConnection: keep-alive\r\n'), 'close'],
  },
  { name: 'another protocol', steps: ['SSH-2.0-OpenSSH_9.6\r\n', 'close'] },
  { name: 'a page without a status line', steps: ['<html><body>It works!</body></html>', 'close'] },
  { name: 'a binary protocol', steps: [Buffer.from([0, 0, 18, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 128]), 'close'] },
  { name: 'nothing, and closes', steps: ['close'] },
  { name: 'closes inside the status line', steps: ['HTTP/1.', 'close'] },
  { name: 'closes inside the headers', steps: ['HTTP/1.1 200 OK\r\nContent-Len', 'close'] },
  {
    name: 'an early 413, and closes',
    early: true,
    bodyBytes: 900_000,
    steps: ['HTTP/1.1 413 Too Large\r\nContent-Length: 9\r\nConnection: close\r\n\r\ntoo large', 'close'],
  },
  {
    name: 'an early 413 without a length, and closes',
    early: true,
    bodyBytes: 900_000,
    steps: ['HTTP/1.1 413 Too Large\r\nConnection: close\r\n\r\ntoo large', 'close'],
  },
  {
    name: 'an early 401 that keeps the connection',
    early: true,
    bodyBytes: 900_000,
    steps: ['HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n'],
  },
];

export interface Verdict {
  /** Of a whole answer; null where there was none. */
  readonly status: number | null;
  /** For people, when a test fails. */
  readonly why: string;
}

export interface Zoo extends AsyncDisposable {
  readonly caPem: string;
  url(kind: OddReceiver): string;
  /** What curl makes of each, in their order. */
  curlVerdicts(): Promise<Verdict[]>;
}

/** @param secure false for many kinds: a handshake for each of thousands takes a while */
export async function startZoo(kinds: readonly OddReceiver[] = zoo, secure = true): Promise<Zoo> {
  const { certPem, keyPem } = await certificateOfKind('valid');
  const { caPem } = await testAuthority();
  const folder = await temporaryFolder();
  const caFile = join(folder.path, 'ca.pem');
  await writeFile(caFile, caPem);
  const sockets = new Set<Socket>();
  const below = new Map<number, Socket>();
  const take = (socket: Socket) => {
    let came = '';
    let answered = false;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      came += chunk.toString('latin1');
      const headEnd = came.indexOf('\r\n\r\n') + 4;
      if (headEnd < 4) return;
      const kind = kinds[Number(/^POST \/(\d+)/.exec(came)?.[1])];
      const requestEnd = headEnd + Number(/content-length: (\d+)/i.exec(came)?.[1] ?? 0);
      const isWhole = came.length >= requestEnd;
      if (kind && !answered && (kind.early || isWhole)) {
        answered = true;
        if (kind.early) socket.pause();
        const reset = () => below.get(socket.remotePort ?? 0)?.resetAndDestroy();
        void answer(kind, socket, reset).then(() => socket.resume());
      }
      if (!isWhole) return;
      came = came.slice(requestEnd);
      answered = false;
    });
  };
  const server = secure ? createTlsServer({ cert: certPem, key: keyPem }, take) : createServer(take);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    below.set(socket.remotePort ?? 0, socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = (kind: OddReceiver) => `${secure ? 'https' : 'http'}://127.0.0.1:${port}/${kinds.indexOf(kind)}`;
  return {
    caPem,
    url,
    async curlVerdicts() {
      const said = await Promise.all(
        // One run of curl for each size of body.
        [...Map.groupBy(kinds, ({ bodyBytes }) => bodyBytes).values()].map(async (alike, n) => {
          const bodyFile = join(folder.path, `body-${n}.json`);
          await writeFile(bodyFile, bodyOf(alike[0] as OddReceiver));
          const verdicts = await askCurl(alike.map(url), { caFile, bodyFile, out: join(folder.path, `out-${n}`) });
          return alike.map((kind, at) => [kind, verdicts[at]] as const);
        }),
      );
      const of = new Map(said.flat());
      return kinds.map((kind) => of.get(kind) ?? { status: null, why: 'curl said nothing' });
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await folder.remove();
    },
  };
}

interface CurlFiles {
  readonly caFile: string;
  readonly bodyFile: string;
  readonly out: string;
}

async function askCurl(urls: readonly string[], { caFile, bodyFile, out }: CurlFiles): Promise<Verdict[]> {
  const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\')}"`;
  const configFile = `${out}.curl`;
  await writeFile(
    configFile,
    [
      'silent',
      'http1.1',
      'max-time = 5',
      `cacert = ${quoted(caFile)}`,
      `data-binary = ${quoted(`@${bodyFile}`)}`,
      'header = "Content-Type: application/json"',
      'header = "Expect:"',
      // Each is asked over a connection of its own.
      'header = "Connection: close"',
      'write-out = "%{http_code} %{exitcode} %{errormsg}\\n"',
      ...urls.map((url) => `url = ${quoted(url)}\noutput = ${quoted(out)}`),
    ].join('\n'),
  );
  const { stdout } = await promisify(execFile)('curl', ['--config', configFile]).catch(
    (error: { stdout: string }) => error,
  );
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [status, exit, ...why] = line.split(' ');
      return { status: exit === '0' ? Number(status) : null, why: `curl ${exit} ${status} ${why.join(' ')}` };
    });
}

/** A body of a kind's size. */
export const bodyOf = ({ bodyBytes = 30 }: OddReceiver): Buffer => Buffer.from(`{"data":"${'x'.repeat(bodyBytes)}"}`);

async function answer({ steps }: OddReceiver, socket: Socket, reset: () => void): Promise<void> {
  for (const step of steps) {
    if (step === 'pause') await new Promise((resolve) => setTimeout(resolve, 2));
    else if (step === 'close') socket.end();
    else if (step === 'reset') reset();
    else await new Promise<void>((resolve) => socket.write(Buffer.from(step as string, 'latin1'), () => resolve()));
  }
}
