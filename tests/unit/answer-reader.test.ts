import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AnswerHead, AnswerReader } from '../../electron/engine/sending/answer-reader.ts';
import { zoo } from '../support/receiver-zoo.ts';

interface Read {
  head: AnswerHead | null;
  body: string;
  ended: boolean;
  broken: string | null;
  spoilt: boolean;
}

/** @param cuts where the bytes are divided into pieces */
function read(bytes: Buffer, cuts: readonly number[] = [], closes = false): Read {
  const seen: Read = { head: null, body: '', ended: false, broken: null, spoilt: false };
  const reader = new AnswerReader({
    onHead: (head) => {
      seen.head = head;
    },
    onData: (chunk) => {
      seen.body += chunk.toString('latin1');
    },
    onEnd: () => {
      seen.ended = true;
    },
    onBroken: (what) => {
      seen.broken = what;
    },
  });
  const at = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  for (const [n, from] of at.entries()) reader.take(Buffer.from(bytes.subarray(from, at[n + 1] ?? from)));
  if (closes) reader.end();
  seen.spoilt = reader.spoilt;
  return seen;
}

const bytesOf = (steps: (typeof zoo)[number]['steps']) =>
  Buffer.concat(
    steps
      .filter((step) => step !== 'pause' && step !== 'close' && step !== 'reset')
      .map((step) => (typeof step === 'string' ? Buffer.from(step, 'latin1') : step)),
  );

describe('an answer', () => {
  test('is read the same, wherever the network divides it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zoo), fc.array(fc.nat({ max: 2000 }), { maxLength: 40 }), ({ steps }, cuts) => {
        const bytes = bytesOf(steps);
        expect(read(bytes, cuts, true)).toEqual(read(bytes, [], true));
      }),
      { numRuns: 400 },
    );
  });

  test('of any bytes is read without a throw, and ends at most once', () => {
    const pieces = [
      'HTTP/1.1 200 OK',
      '\r\n',
      '\n',
      ':',
      'Content-Length',
      ' 5',
      'Transfer-Encoding: chunked',
      '5',
      'zz',
      '\0',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 30 }),
        (said) => {
          const { ended, broken } = read(Buffer.from(said.join(''), 'latin1'), [7, 20], true);
          expect(ended && broken !== null).toBe(false);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test('has a folded header in one line, a folded length too (newer curls unfold, 7.88 does not)', () => {
    const { head, body, ended } = read(
      Buffer.from('HTTP/1.1 200 OK\r\nX-Folded: one\r\n  two\r\n\tthree\r\nContent-Length:\r\n 2\r\n\r\nok'),
    );
    expect(head?.headers).toEqual([
      ['x-folded', 'one two three'],
      ['content-length', '2'],
    ]);
    expect({ body, ended }).toEqual({ body: 'ok', ended: true });
  });

  test.each([
    ['its headers are over 300 kB', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(60_000)}`],
    ['its headers are over 300 kB', 'HTTP/1.1 103 Hints\r\n\r\n'.repeat(20_000)],
    ['a line of its chunks is too long', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${'0'.repeat(20_000)}`],
    [
      'its trailers are too long',
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n${'X: y\r\n'.repeat(70_000)}`,
    ],
  ])('is given up: %s', (what, text) => {
    expect(read(Buffer.from(text)).broken).toBe(what);
  });

  test.each([
    ['', true, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['chunked', true, 'HTTP/1.1 200\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nok\r\n0\r\n\r\n'],
    ['with bare LFs', true, 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok'],
    ['with the same length twice', true, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok'],
    ['of another version', false, 'HTTP/2 200 OK\r\nContent-Length: 2\r\n\r\nok'],
    ['with a status that runs on', false, 'HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok'],
    ['with two lengths', false, 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 2\r\n\r\nok'],
    ['with two lengths in a line', false, 'HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nok'],
    ['with a plus', false, 'HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nok'],
    [
      'with a length beside chunked',
      false,
      'HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n',
    ],
    ['chunked twice', false, 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n'],
    ['with a blank in a name', false, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding : chunked\r\n\r\nok'],
    [
      'with a CR in a line',
      false,
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\rTransfer-Encoding: chunked\r\n\r\nok',
    ],
    ['with a CR too many at its end', false, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\r\nok'],
  ])('%s: whether its connection carries another request: %s', (_, persistent, text) => {
    const { head, body, ended } = read(Buffer.from(text));
    expect({ persistent: head?.persistent, body, ended }).toEqual({ persistent, body: 'ok', ended: true });
  });

  test('of 290 kB of headers that comes byte by byte is read once, not again with each byte', () => {
    const bytes = Buffer.from(`HTTP/1.1 200 OK\r\n${'X-Long: yyyyyyyyyyyy\r\n'.repeat(13_000)}\r\n`);
    const begun = performance.now();
    expect(
      read(
        bytes,
        Array.from({ length: bytes.length }, (_, at) => at),
        true,
      ).head?.status,
    ).toBe(200);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });
});
