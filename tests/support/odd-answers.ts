/**
 * Answers put together at random out of what receivers get wrong, the same ones every time. Left out is what curls of
 * different ages take differently: a tab behind the version, a status with letters behind it, `http` in small letters.
 */
import fc from 'fast-check';
import type { OddReceiver } from './receiver-zoo.ts';

/** Mostly the first, now and then one of the others. */
const mostly = (usual: string, ...odd: string[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...odd) });

const lineEnd = mostly('\r\n', '\n', '\r\r\n');

const statusLine = fc
  .tuple(
    mostly('HTTP/1.1', 'HTTP/1.0', 'HTTP/1.2', 'HTTP/1.9', 'HTTP/2', 'HTTP/1', 'HTTP/1.10', 'ICY', '\r\nHTTP/1.1'),
    mostly('200', '201', '204', '404', '500', '304', '099', '2000', '999', '20'),
    mostly(' OK', '', ' ', ' O\0K', ' señor'),
  )
  .map(([version, status, reason]) => `${version} ${status}${reason}`);

const contentLength = fc
  .tuple(
    mostly('Content-Length', 'content-length', 'Content-Length ', 'Content_Length'),
    mostly(' ', '', '\t'),
    mostly('2', '+2', '2 2', '2,3', '3', '1', '0', '-1', '', 'two', '0x2', '2.0', '002', '99999999999999999999', '++2'),
  )
  .map(([name, blank, value]) => `${name}:${blank}${value}`);

const transferEncoding = fc
  .tuple(
    mostly('Transfer-Encoding', 'transfer-encoding', 'Transfer-Encoding ', 'TE'),
    mostly(
      'chunked',
      'Chunked',
      'identity',
      'chunked, chunked',
      'identity, chunked',
      'chunkedx',
      'chunked,',
      ',chunked',
    ),
  )
  .map(([name, value]) => `${name}: ${value}`);

const otherHeader = fc.constantFrom(
  'X: y',
  'X:',
  ': y',
  'X : y',
  'nonsense',
  'X: a\0b',
  'X: a\rb',
  'X: \x01',
  'é: é',
  'HTTP/1.1 404 X',
  'Connection: close',
  'Connection: keep-alive',
  'Connection: upgrade',
  'Location: //',
  'Keep-Alive: timeout=x',
  '\rX: y',
  '\r',
);

const header = fc.oneof(contentLength, transferEncoding, otherHeader);

const chunk = fc
  .tuple(mostly('2', '02', '2;x', '2 ', ' 2', '+2', '-2', '', 'g', '2x', '1', '00000000000000002'), lineEnd, lineEnd)
  .map(([size, end, behind]) => `${size}${end}ok${behind}`);

const body = fc.oneof(
  mostly('ok', '', 'o', 'okk', `ok${'HTTP/1.1 500 No\r\n\r\n'}`),
  fc
    .tuple(
      fc.array(chunk, { maxLength: 2 }),
      mostly('0\r\n', '00\n', '0;x\r\n', '', '0', '+0\r\n', '\r\n'),
      mostly('\r\n', '\n', '', '\r', 'X: y\r\n\r\n', 'X: y\r\n', '\r\nHTTP/1.1 500 No\r\n\r\n'),
    )
    .map(([chunks, last, trailer]) => `${chunks.join('')}${last}${trailer}`),
);

const announcement = mostly(
  '',
  'HTTP/1.1 100 Continue\r\n\r\n',
  'HTTP/1.1 103 Early Hints\r\nLink: x\r\nContent-Length: 3\r\n\r\n',
  'HTTP/1.1 102 Processing\r\nnonsense\r\n\r\n',
);

const answer = fc
  .tuple(announcement, statusLine, fc.array(fc.tuple(header, lineEnd), { maxLength: 3 }), lineEnd, body)
  .map(([before, status, headers, end, text]) => `${before}${status}\r\n${headers.flat().join('')}${end}${text}`);

/** @returns as many receivers that answer so and close */
export function oddAnswers(count: number, seed: number): OddReceiver[] {
  return fc
    .sample(fc.tuple(answer, fc.nat({ max: 400 }), fc.boolean()), { numRuns: count, seed })
    .map(([text, cut, inTwo]) => ({
      name: JSON.stringify(text),
      steps: [...(inTwo ? [text.slice(0, cut), 'pause' as const, text.slice(cut)] : [text]), 'pause', 'close'],
    }));
}
