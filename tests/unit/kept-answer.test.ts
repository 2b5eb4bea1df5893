import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerText } from '../../electron/engine/evidence/answer-text.ts';
import { type KeptAnswer, keepAnswer } from '../../electron/engine/sending/kept-answer.ts';

const encoders = {
  identity: (body: Uint8Array) => body,
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  'deflate, raw': deflateRawSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
} as const;
type Encoding = keyof typeof encoders;
const encodingNames = Object.keys(encoders) as Encoding[];

interface Fed {
  readonly kept: Buffer;
  readonly truncated: boolean;
  /** How much of what is on the wire was taken before it was enough. */
  readonly takenBytes: number;
}

/** Feeds a body in pieces, waiting where it is told to, as the connection does. */
async function feed(wire: Uint8Array, encoding: string | null, limitBytes: number, pieceBytes: number): Promise<Fed> {
  let room = () => {};
  let enough = false;
  const answer: KeptAnswer = keepAnswer(encoding, {
    limitBytes,
    onRoom: () => room(),
    onEnough: () => {
      enough = true;
      room();
    },
  });
  let takenBytes = 0;
  for (let at = 0; at < wire.length && !enough; at += pieceBytes) {
    const piece = Buffer.from(wire.subarray(at, at + pieceBytes));
    takenBytes += piece.length;
    const taken = answer.take(piece);
    if (taken === 'enough') enough = true;
    if (taken === 'wait' && !enough) {
      await new Promise<void>((resolve) => {
        room = resolve;
      });
    }
  }
  if (!enough) {
    await new Promise<void>((resolve) => {
      room = resolve;
      answer.end(resolve);
    });
  }
  const fed = { kept: Buffer.from(answer.bytes()), truncated: answer.truncated, takenBytes };
  answer.close();
  return fed;
}
const headerOf = (encoding: Encoding) => (encoding === 'deflate, raw' ? 'deflate' : encoding);

describe('what is kept of an answer', () => {
  test('is the beginning of the body, whatever its encoding and however it comes in pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.constantFrom(...encodingNames),
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 2500 }),
        async (body, encoding, pieceBytes, limitBytes) => {
          const fed = await feed(encoders[encoding](body), headerOf(encoding), limitBytes, pieceBytes);
          expect(fed.kept.equals(Buffer.from(body.subarray(0, limitBytes)))).toBe(true);
          expect(fed.truncated).toBe(body.length > limitBytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('never exceeds the limit, whatever bytes come under whatever name', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 4000 }),
        fc.oneof(fc.constantFrom(...encodingNames), fc.string()),
        fc.integer({ min: 1, max: 1000 }),
        async (wire, encoding, limitBytes) => {
          const fed = await feed(wire, encoding, limitBytes, 300);
          expect(fed.kept.length).toBeLessThanOrEqual(limitBytes);
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each(['gzip', 'br', 'zstd', 'deflate'] as const)(
    'of 64 MB of zeros in %s little of the wire is read',
    async (encoding) => {
      // Incompressible bytes behind the zeros: were the whole read, these would be counted.
      const wire = Buffer.concat([encoders[encoding](Buffer.alloc(64 * 1024 * 1024)), Buffer.alloc(1_000_000, 1)]);
      const fed = await feed(wire, encoding, 65_536, 1024);
      expect(fed.kept.equals(Buffer.alloc(65_536))).toBe(true);
      expect(fed.truncated).toBe(true);
      // The decoder's own queue holds 64 KiB of the wire.
      expect(fed.takenBytes).toBeLessThan(100_000);
    },
  );

  test('of a gzipped body that ends in the middle is what could be decoded', async () => {
    const body = Buffer.from('the quick brown fox '.repeat(500));
    const whole = gzipSync(body);
    const fed = await feed(whole.subarray(0, whole.length / 2), 'gzip', 65_536, 64);
    expect(body.subarray(0, fed.kept.length).equals(fed.kept)).toBe(true);
    expect(fed.truncated).toBe(false);
  });

  test('whose encoding nobody knows is kept as it came', async () => {
    const fed = await feed(Buffer.from('abc'), 'rot13', 100, 10);
    expect(fed.kept.toString()).toBe('abc');
  });
});

describe('an answer as text', () => {
  test('of any UTF-8 cut anywhere has no character that was not in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(200), (text, cut) => {
        const bytes = Buffer.from(text, 'utf8');
        const shown = answerText(bytes.subarray(0, cut), cut < bytes.length);
        expect(text.replace(/^\ufeff/, '').startsWith(shown)).toBe(true);
      }),
    );
  });
});

describe('rubbish behind a body that has come to its end', () => {
  test.each(['br', 'deflate', 'gzip', 'zstd'] as const)('of %s spoils nothing, however it comes', async (encoding) => {
    const wire = encoders[encoding](Buffer.from('{"ok":true}'));
    for (const rubbish of [Buffer.from('x'), Buffer.alloc(200_000, 0x55)]) {
      // In one piece with the body, and in pieces of its own.
      for (const pieceBytes of [wire.length + rubbish.length, wire.length, 7]) {
        const fed = await feed(Buffer.concat([wire, rubbish]), encoding, 1_000, pieceBytes);
        // Of gzip, whose members follow each other, zlib gives nothing back then: the answer is over all the same.
        expect(encoding === 'gzip' ? ['', '{"ok":true}'] : ['{"ok":true}']).toContain(fed.kept.toString());
      }
    }
  });
});
