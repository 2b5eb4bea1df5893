/** The part of an answer's body that is kept: its first 64 KiB after decoding, bounded while it streams. */
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib';

/** What comes of a chunk: go on, stop reading until `onRoom`, or enough: the rest need not come. */
type Taken = 'more' | 'wait' | 'enough';

export interface KeptAnswer {
  take(chunk: Buffer): Taken;
  /** The wire has given all; `done` is called once everything that came is decoded. */
  end(done: () => void): void;
  /** Frees the decoder where there is one. */
  close(): void;
  /** What is kept so far. */
  bytes(): Buffer;
  readonly truncated: boolean;
}

export interface KeptAnswerOptions {
  readonly limitBytes: number;
  /** After `wait`: there is room again. */
  readonly onRoom: () => void;
  /** More was decoded than is kept; may come at any time after a chunk was taken. */
  readonly onEnough: () => void;
}

/**
 * @param encoding the answer's `Content-Encoding`; one that is not known is kept as it came
 */
export function keepAnswer(encoding: string | null, options: KeptAnswerOptions): KeptAnswer {
  const name = encoding === null ? 'identity' : encoding.trim().toLowerCase();
  return decodable.has(name) ? new DecodedAnswer(name, options) : new PlainAnswer(options.limitBytes);
}

const decodable = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

class PlainAnswer implements KeptAnswer {
  truncated = false;
  private readonly chunks: Buffer[] = [];
  private room: number;

  constructor(limitBytes: number) {
    this.room = limitBytes;
  }

  take(chunk: Buffer): Taken {
    if (chunk.length <= this.room) {
      this.room -= chunk.length;
      this.chunks.push(chunk);
      return 'more';
    }
    this.chunks.push(chunk.subarray(0, this.room));
    this.room = 0;
    this.truncated = true;
    return 'enough';
  }

  end(done: () => void): void {
    done();
  }

  close(): void {}

  bytes(): Buffer {
    const [only] = this.chunks;
    return this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
  }
}

/**
 * Decodes while it streams. The decoder works in steps of 16 KiB and nothing is read ahead of it, so that 64 MB
 * of gzipped zeros cost no more than what is kept.
 */
class DecodedAnswer implements KeptAnswer {
  private readonly kept: PlainAnswer;
  private readonly encoding: string;
  private readonly options: KeptAnswerOptions;
  private decoder: Transform | null = null;
  /** Nothing more is decoded: its end has come, or what is no such coding. */
  private over = false;
  private undecoded: number;
  private whenDone: (() => void) | null = null;

  constructor(encoding: string, options: KeptAnswerOptions) {
    this.kept = new PlainAnswer(options.limitBytes);
    this.encoding = encoding;
    this.options = options;
    this.undecoded = options.limitBytes;
  }

  get truncated(): boolean {
    return this.kept.truncated;
  }

  take(chunk: Buffer): Taken {
    if (this.kept.truncated) return 'enough';
    if (this.over) {
      // What cannot be decoded, or stands behind it, is of no use, but the answer's end still has to be seen.
      this.undecoded -= chunk.length;
      if (this.undecoded >= 0) return 'more';
      this.kept.truncated = true;
      return 'enough';
    }
    this.decoder ??= this.startDecoder(chunk[0] ?? 0);
    return this.decoder.write(chunk) ? 'more' : 'wait';
  }

  end(done: () => void): void {
    if (this.over || this.decoder === null) {
      done();
      return;
    }
    this.whenDone = done;
    this.decoder.end();
  }

  close(): void {
    this.decoder?.destroy();
  }

  bytes(): Buffer {
    return this.kept.bytes();
  }

  private startDecoder(firstByte: number): Transform {
    const decoder = createDecoder(this.encoding, firstByte);
    decoder.on('data', (decoded: Buffer) => {
      if (this.kept.truncated || this.kept.take(decoded) === 'more') return;
      decoder.destroy();
      this.options.onEnough();
    });
    decoder.on('drain', this.options.onRoom);
    // A decoder that has come to its end takes nothing more, and says nothing of what is written to it then.
    decoder.on('end', () => this.decoded());
    decoder.on('error', () => this.decoded());
    return decoder;
  }

  private decoded(): void {
    this.over = true;
    this.options.onRoom();
    const done = this.whenDone;
    this.whenDone = null;
    done?.();
  }
}

function createDecoder(encoding: string, firstByte: number): Transform {
  switch (encoding) {
    case 'br':
      return createBrotliDecompress();
    case 'zstd':
      return createZstdDecompress();
    case 'deflate':
      // RFC 9110 means zlib's format; some servers send it bare (RFC 1950: the low four bits are 8 in zlib's).
      return (firstByte & 0x0f) === 8 ? createInflate() : createInflateRaw();
    default:
      return createGunzip();
  }
}
