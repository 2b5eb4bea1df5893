/**
 * Reads one HTTP/1.1 answer from a connection as curl reads it (decision 44). llhttp, which undici and Node use,
 * refuses an unasked 100, a repeated Content-Length, Content-Length beside chunked and bare line feeds, and offers no
 * way around that; whoever answers so has our event all the same, and would get it again and again.
 *
 * Pure: bytes in, what they say out. It never reads past what it was given, and its memory is bounded. An answer whose
 * end can be disputed (two lengths, a length beside chunked, a status line of another version …) counts as curl counts
 * it, and its connection carries nothing more: what one reader takes for the rest of a body would be another's next answer.
 */

export interface AnswerHead {
  /** 200 to 999: what only announces an answer is passed over. */
  readonly status: number;
  /** Lower-case names; values as Latin-1. */
  readonly headers: [string, string][];
  /** The connection may carry another request once the body has ended. */
  readonly persistent: boolean;
}

export interface AnswerListener {
  onHead(head: AnswerHead): void;
  onData(chunk: Buffer): void;
  /** The answer is whole. Bytes behind it are told by {@link AnswerReader.spoilt}. */
  onEnd(): void;
  /** It cannot be read as HTTP. */
  onBroken(what: string): void;
}

/** Of all header lines before a body, announcements included, in bytes: as much as curl takes. */
const mostHeadBytes = 300 * 1024;
const mostLineBytes = 16 * 1024;

type State = 'head' | 'length' | 'chunk_size' | 'chunk' | 'chunk_end' | 'trailer' | 'until_close' | 'done' | 'broken';

const lineFeed = 10;
const carriageReturn = 13;
const nothing = Buffer.alloc(0);

export class AnswerReader {
  /** Something came behind the end of the answer, or its end can be disputed: the connection carries nothing more. */
  spoilt = false;
  private readonly listener: AnswerListener;
  private state: State = 'head';
  /** Of the body or chunk, still to come. */
  private left = 0;
  /** What came of the head, or of a line of the body's framing, so far. */
  private pending: Buffer = nothing;
  private pendingBytes = 0;
  private headBytes = 0;
  /** Up to here the pending head holds no blank line. */
  private searched = 0;
  /** Every reader reads its heads as we do. */
  private isPlain = true;
  /** A transfer coding that nobody asked for and nobody here can read. */
  private unreadable: string | null = null;

  constructor(listener: AnswerListener) {
    this.listener = listener;
  }

  take(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      switch (this.state) {
        case 'head':
          rest = this.takeHead(rest);
          break;
        case 'length':
        case 'chunk':
          rest = this.takeBody(rest);
          break;
        case 'until_close':
          this.hand(rest);
          return;
        case 'done':
          this.spoilt = true;
          return;
        case 'broken':
          return;
        default:
          rest = this.takeLine(rest);
      }
    }
  }

  /** The other side says no more. Returns false where the answer is not whole. */
  end(): boolean {
    // As curl: who has said a whole status line and closes in good order has answered.
    const lastLine = this.pending.lastIndexOf(lineFeed, this.pendingBytes - 1);
    if (this.state === 'head' && this.pendingBytes > 0 && lastLine >= 0) {
      this.begin(this.pending.toString('latin1', 0, lastLine + 1));
    }
    const isLastLine = this.state === 'trailer' && this.pending.toString('latin1', 0, this.pendingBytes) === '\r';
    if (this.state === 'until_close' || isLastLine) this.finish();
    return this.state === 'done' || this.state === 'broken';
  }

  // — The head —

  private takeHead(chunk: Buffer): Buffer {
    const fresh = this.pendingBytes === 0;
    const all = fresh ? chunk : this.append(chunk);
    if (!beginsAsHttp(all)) return this.broke('it does not begin with HTTP/1.1');
    const end = headEnd(all, this.searched);
    const bytes = end < 0 ? all.length : end;
    if (this.headBytes + bytes > mostHeadBytes) return this.broke(`its headers are over ${mostHeadBytes / 1024} kB`);
    if (end < 0) {
      this.searched = Math.max(0, all.lastIndexOf(lineFeed));
      if (fresh) this.append(chunk);
      return nothing;
    }
    const rest = all.subarray(end);
    const text = all.toString('latin1', 0, end);
    this.forget();
    this.headBytes += bytes;
    this.begin(text);
    // What was appended may be written over by what comes next.
    return fresh ? rest : Buffer.from(rest);
  }

  private begin(text: string): void {
    const head = headOf(text);
    if (typeof head === 'string') return void this.broke(head);
    const { status, headers, framing } = head;
    this.isPlain &&= head.isPlain;
    if (status === 101) return void this.broke('it changes to a protocol that nobody asked for');
    if (status < 200) return;
    this.state = 'until_close';
    this.unreadable = framing.unreadable;
    this.listener.onHead({ status, headers, persistent: this.isPlain && framing.isPlain && head.staysOpen });
    if (this.isBroken()) return;
    if (framing.lengthBytes === 0) this.finish();
    else if (framing.chunked) this.state = 'chunk_size';
    else if (framing.lengthBytes !== null) {
      this.state = 'length';
      this.left = framing.lengthBytes;
    }
  }

  // — The body —

  private takeBody(chunk: Buffer): Buffer {
    const piece = chunk.length <= this.left ? chunk : chunk.subarray(0, this.left);
    this.left -= piece.length;
    this.hand(piece);
    if (this.left === 0 && !this.isBroken()) {
      if (this.state === 'length') this.finish();
      else this.state = 'chunk_end';
    }
    return chunk.subarray(piece.length);
  }

  private hand(piece: Buffer): void {
    if (this.unreadable === null) this.listener.onData(piece);
    else this.broke(`its body is in the transfer coding ${this.unreadable}`);
  }

  /** A chunk's size, the line behind its data, or a trailer. */
  private takeLine(chunk: Buffer): Buffer {
    const at = chunk.indexOf(lineFeed);
    const piece = at < 0 ? chunk : chunk.subarray(0, at + 1);
    const all = this.append(piece);
    if (all.length > mostLineBytes) return this.broke('a line of its chunks is too long');
    if (at < 0) return nothing;
    const line = all.toString('latin1').replace(/\r?\n$/, '');
    this.forget();
    this.understand(line);
    return chunk.subarray(at + 1);
  }

  private understand(line: string): void {
    if (this.state === 'trailer') {
      this.headBytes += line.length + 1;
      if (line === '') this.finish();
      else if (this.headBytes > mostHeadBytes) this.broke('its trailers are too long');
    } else if (this.state === 'chunk_end') {
      this.spoilt ||= line !== '';
      if (/^\r*$/.test(line)) this.state = 'chunk_size';
      else this.broke('a chunk is longer than it says');
    } else {
      // Behind the digits may stand an extension, or anything else.
      const size = /^([0-9a-f]{1,16})(?![0-9a-f])/i.exec(line)?.[1];
      this.spoilt ||= !/^[0-9a-f]+[ \t]*(?:;|$)/i.test(line);
      this.left = size === undefined ? Number.NaN : Number.parseInt(size, 16);
      if (!Number.isSafeInteger(this.left)) this.broke('the size of a chunk makes no sense');
      else this.state = this.left === 0 ? 'trailer' : 'chunk';
    }
  }

  private finish(): void {
    this.state = 'done';
    this.listener.onEnd();
  }

  private broke(what: string): Buffer {
    this.state = 'broken';
    this.listener.onBroken(what);
    return nothing;
  }

  /** Nobody wants the rest. */
  stop(): void {
    this.state = 'broken';
  }

  private isBroken(): boolean {
    return this.state === 'broken';
  }

  /** Room grows by doubling: a head that comes byte by byte costs no more than one that comes at once. */
  private append(chunk: Buffer): Buffer {
    const bytes = this.pendingBytes + chunk.length;
    if (bytes > this.pending.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes, 2 * this.pending.length, 512));
      this.pending.copy(larger, 0, 0, this.pendingBytes);
      this.pending = larger;
    }
    chunk.copy(this.pending, this.pendingBytes);
    this.pendingBytes = bytes;
    return this.pending.subarray(0, bytes);
  }

  private forget(): void {
    this.pendingBytes = 0;
    this.searched = 0;
  }
}

const http = 'http/';

function beginsAsHttp(bytes: Buffer): boolean {
  return http.startsWith(bytes.toString('latin1', 0, http.length).toLowerCase());
}

/** Where the body begins: behind the first line that is blank, or begins with a CR; -1 where that has not come. */
function headEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2;
    if (bytes[at + 1] === carriageReturn) {
      const lineEnd = bytes.indexOf(lineFeed, at + 2);
      return lineEnd < 0 ? -1 : lineEnd + 1;
    }
  }
  return -1;
}

interface Head {
  readonly status: number;
  readonly headers: [string, string][];
  readonly framing: Framing;
  readonly staysOpen: boolean;
  /** Nothing in it is read by one reader so and by another otherwise. */
  readonly isPlain: boolean;
}

interface Framing {
  readonly chunked: boolean;
  /** Null where the body ends with the connection, or is chunked. */
  readonly lengthBytes: number | null;
  /** The name of a transfer coding that cannot be read. */
  readonly unreadable: string | null;
  /** Every reader finds the same end. */
  readonly isPlain: boolean;
}

/**
 * Read in one pass, since each answer has one.
 *
 * @param text up to its blank line, or without one where the connection has ended
 * @returns what is wrong, where curl gives up on it too
 */
function headOf(text: string): Head | string {
  if (text.includes('\0')) return 'a NUL stands in its head';
  let end = text.indexOf('\n');
  const statusLine = text.slice(0, lineLength(text, 0, end));
  const said = statusOf(statusLine);
  if (typeof said === 'string') return said;
  const headers: [string, string][] = [];
  let { isPlain } = said;
  let saysConnection = false;
  let isFramed = false;
  for (let at = end + 1; at < text.length; at = end + 1) {
    end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const first = text.charCodeAt(at);
    if (first === lineFeed || first === carriageReturn) {
      isPlain &&= first === lineFeed || end === at + 1;
      break;
    }
    const line = text.slice(at, lineLength(text, at, end));
    const last = headers.at(-1);
    if (first === 0x20 || first === 0x09) {
      // Folded, as mail headers are (RFC 9112, 5.2).
      if (!last) return 'its first header line is the rest of another';
      last[1] = trimmed(`${last[1]} ${trimmed(line)}`);
      isPlain &&= !line.includes('\r');
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) return 'a header line has no colon';
    // A name with a blank behind it is another name: nothing is read out of it.
    const name = line.slice(0, colon).toLowerCase();
    isPlain &&= plainName.test(name) && !line.includes('\r');
    headers.push([name, trimmed(line.slice(colon + 1))]);
    if (name === 'content-length' || name === 'transfer-encoding') isFramed = true;
    else if (name === 'connection') saysConnection = true;
  }
  const { status, since11 } = said;
  const framing =
    status < 200 || status === 204 || status === 304 ? bodyless : isFramed ? framingOf(headers) : untilClose;
  if (typeof framing === 'string') return framing;
  return { status, headers, framing, isPlain, staysOpen: saysConnection ? staysOpen(headers, since11) : since11 };
}

const bodyless: Framing = { chunked: false, lengthBytes: 0, unreadable: null, isPlain: true };
const untilClose: Framing = { chunked: false, lengthBytes: null, unreadable: null, isPlain: false };

/** Without its line end. */
const lineLength = (text: string, at: number, end: number): number =>
  end > at && text.charCodeAt(end - 1) === carriageReturn ? end - 1 : end;

const plainName = /^[!#$%&'*+.^`|~\w()[\]-]*$/;

interface StatusLine {
  readonly status: number;
  /** Keeps its connection unless it says otherwise. */
  readonly since11: boolean;
  /** As RFC 9112 has it. */
  readonly isPlain: boolean;
}

/** Some gateways pass on what came to them over HTTP/2 with that name in front. Of HTTP/1 there are two versions. */
function statusOf(line: string): StatusLine | string {
  const [, version = '', blank, digits] = /^http\/(\d+(?:\.\d+)?)([ \t]+)(\d{3})(?!\d)/i.exec(line) ?? [];
  const status = Number(digits);
  if (digits === undefined || status < 100) return 'its status line makes no sense';
  if (!/^(?:1\.[01]|2|2\.0)$/.test(version)) return `it speaks HTTP/${version}`;
  return {
    status,
    since11: version !== '1.0',
    isPlain: version.startsWith('1') && blank === ' ' && /^.{12}(?:\s|$)/.test(line),
  };
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;

/** Without blanks around it, nor CRs behind it. */
function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text.charCodeAt(from))) from += 1;
  while (to > from && (isBlank(text.charCodeAt(to - 1)) || text.charCodeAt(to - 1) === carriageReturn)) to -= 1;
  return text.slice(from, to);
}

const valuesOf = (headers: readonly (readonly [string, string])[], name: string): string[] =>
  headers.filter(([key]) => key === name).flatMap(([, value]) => value.split(',').map(trimmed));

/** @returns what is wrong, where curl gives up on it too */
function framingOf(headers: readonly (readonly [string, string])[]): Framing | string {
  const [framing, another] = headers.filter(([name]) => name === 'content-length' || name === 'transfer-encoding');
  if (framing?.[0] === 'content-length' && another === undefined && /^\d{1,15}$/.test(framing[1])) {
    return { chunked: false, lengthBytes: Number(framing[1]), unreadable: null, isPlain: true };
  }
  const codings = valuesOf(headers, 'transfer-encoding').map((each) => each.toLowerCase());
  const lengths = valuesOf(headers, 'content-length');
  const chunked = codings.includes('chunked');
  const unreadable = codings.find((coding) => !readableCodings.has(coding)) ?? null;
  let lengthBytes: number | null = null;
  for (const [name, value] of headers) {
    if (name !== 'content-length') continue;
    const digits = /^\+?(\d+)/.exec(value)?.[1];
    if (digits === undefined) return 'its Content-Length is no number';
    // Longer than anything says nothing.
    if (digits.length < 19 || BigInt(digits) < 2n ** 63n) lengthBytes = Number(digits);
  }
  const [length] = lengths;
  const isPlain = chunked
    ? codings.length === 1 && lengths.length === 0
    : codings.length === 0 &&
      length !== undefined &&
      /^\d{1,15}$/.test(length) &&
      lengths.every((each) => each === length);
  return { chunked, lengthBytes: chunked ? null : lengthBytes, unreadable, isPlain };
}

/** As in curl: what is compressed on the way is kept as it came. */
const readableCodings = new Set(['chunked', 'identity', 'none', '', 'gzip', 'x-gzip', 'deflate', 'br', 'zstd']);

function staysOpen(headers: readonly (readonly [string, string])[], since11: boolean): boolean {
  if (headers.every(([name, value]) => name !== 'connection' || value === 'keep-alive')) return true;
  const said = valuesOf(headers, 'connection').map((each) => each.toLowerCase());
  return since11 ? !said.includes('close') : said.includes('keep-alive');
}
