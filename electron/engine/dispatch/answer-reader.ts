/**
 * Reads one HTTP/1.1 answer from a connection as curl reads it (decisions 44). llhttp, which undici and Node use,
 * refuses an unasked 100, a repeated Content-Length, Content-Length beside chunked and bare line feeds, and offers no
 * way around that; whoever answers so has our event all the same, and would get it again and again.
 *
 * Pure: bytes in, what they say out. It never reads past what it was given, and its memory is bounded.
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
  /** Something came behind the end of the answer: the connection is good for nothing more. */
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
          this.listener.onData(rest);
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
      this.begin(linesOf(this.pending.toString('latin1', 0, lastLine + 1)));
    }
    if (this.state === 'until_close') this.finish();
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
      this.searched = Math.max(0, all.length - 2);
      if (fresh) this.append(chunk);
      return nothing;
    }
    const rest = all.subarray(end);
    const lines = linesOf(all.toString('latin1', 0, end));
    this.forget();
    this.headBytes += bytes;
    this.begin(lines);
    // What was appended may be written over by what comes next.
    return fresh ? rest : Buffer.from(rest);
  }

  private begin(lines: readonly string[]): void {
    const [statusLine = '', ...headerLines] = lines;
    const [, major, minor, digits] = /^http\/(\d+)(?:\.(\d+))?[ \t]+(\d{3})(?:[ \t]|$)/i.exec(statusLine) ?? [];
    const status = Number(digits);
    if (digits === undefined || status < 100) return void this.broke('its status line makes no sense');
    if (major !== '1') return void this.broke(`it speaks HTTP/${major}${minor === undefined ? '' : `.${minor}`}`);
    if (status === 101) return void this.broke('it changes to a protocol that nobody asked for');
    if (status < 200) return;
    const headers = headersOf(headerLines);
    if (typeof headers === 'string') return void this.broke(headers);
    const bodyless = status === 204 || status === 304;
    const chunked = isChunked(headers);
    const length = chunked ? null : lengthOf(headers);
    if (typeof length === 'string') return void this.broke(length);
    const delimited = bodyless || chunked || length !== null;
    this.state = 'until_close';
    this.listener.onHead({ status, headers, persistent: delimited && staysOpen(headers, minor !== '0') });
    if (this.isBroken()) return;
    if (bodyless || length === 0) this.finish();
    else if (chunked) this.state = 'chunk_size';
    else if (length !== null) {
      this.state = 'length';
      this.left = length;
    }
  }

  // — The body —

  private takeBody(chunk: Buffer): Buffer {
    const piece = chunk.length <= this.left ? chunk : chunk.subarray(0, this.left);
    this.left -= piece.length;
    this.listener.onData(piece);
    if (this.left === 0 && !this.isBroken()) {
      if (this.state === 'length') this.finish();
      else this.state = 'chunk_end';
    }
    return chunk.subarray(piece.length);
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
      if (line === '') this.state = 'chunk_size';
      else this.broke('a chunk is longer than it says');
    } else {
      const size = /^[ \t]*([0-9a-f]{1,16})[ \t]*(?:;|$)/i.exec(line)?.[1];
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

/** Where the body begins: behind the first blank line; -1 where that has not come. */
function headEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(lineFeed, from); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) {
    if (bytes[at + 1] === lineFeed) return at + 2;
    if (bytes[at + 1] === carriageReturn && bytes[at + 2] === lineFeed) return at + 3;
  }
  return -1;
}

/** Without the blank line at the end. */
const linesOf = (head: string): string[] => head.replace(/(?:\r?\n){1,2}$/, '').split(/\r?\n/);

/** @returns what is wrong, where curl gives up on it too */
function headersOf(lines: readonly string[]): [string, string][] | string {
  const headers: [string, string][] = [];
  for (const line of lines) {
    if (line.includes('\0')) return 'a NUL stands among its headers';
    const last = headers.at(-1);
    if (line.startsWith(' ') || line.startsWith('\t')) {
      // Folded, as mail headers are (RFC 9112, 5.2).
      if (last) last[1] = `${last[1]} ${line.trim()}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon < 0) return 'a header line has no colon';
    headers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return headers;
}

const valuesOf = (headers: readonly (readonly [string, string])[], name: string): string[] =>
  headers.filter(([key]) => key === name).flatMap(([, value]) => value.split(',').map((each) => each.trim()));

const isChunked = (headers: readonly (readonly [string, string])[]): boolean =>
  valuesOf(headers, 'transfer-encoding').some((coding) => coding.toLowerCase() === 'chunked');

function lengthOf(headers: readonly (readonly [string, string])[]): number | string | null {
  const [first, ...others] = valuesOf(headers, 'content-length');
  if (first === undefined) return null;
  if (!/^\d{1,15}$/.test(first)) return 'its Content-Length is no number';
  return others.every((other) => Number(other) === Number(first)) ? Number(first) : 'it has two lengths';
}

function staysOpen(headers: readonly (readonly [string, string])[], since11: boolean): boolean {
  const said = valuesOf(headers, 'connection').map((each) => each.toLowerCase());
  return since11 ? !said.includes('close') : said.includes('keep-alive');
}
