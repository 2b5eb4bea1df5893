/**
 * Lines into a file that is moved aside when it has grown large. Made for a log: nothing that happens to the file
 * (a full disk, a folder in its place, somebody who holds it open) stops or holds up whoever writes; lines are lost
 * at worst, and how many is said in the file once it takes lines again.
 *
 * Our own instead of a library: pino's destination and pino-roll end the process by an `error` event that nobody
 * hears on a full disk, and flush in a loop at its end (measured on a tmpfs).
 */
import { closeSync, fstatSync, openSync, renameSync, truncateSync, write, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolderSync } from './engine/files/make-folder.ts';

export interface RollingFile {
  /** Takes one line with its line break; never throws, never waits. */
  write(line: string): void;
}

export interface RollingFileParts {
  /** Absolute; what is moved aside gets `.1` before its ending. */
  readonly file: string;
  readonly largestBytes: number;
  /** The line that tells how many were lost. */
  readonly lostLine: (lines: number) => string;
}

/** What waits for the file at most; more is lost. */
const mostPendingBytes = 1024 * 1024;
/** How long the file is left alone after a failure, in milliseconds. */
const againAfterMs = 1_000;

export function openRollingFile({ file, largestBytes, lostLine }: RollingFileParts): RollingFile {
  let pending: string[] = [];
  let pendingBytes = 0;
  let lost = 0;
  let fd: number | null = null;
  let sizeBytes = 0;
  let isBusy = false;

  function open(): number {
    if (fd !== null) return fd;
    makeFolderSync(dirname(file));
    fd = openSync(file, 'a', 0o600);
    sizeBytes = fstatSync(fd).size;
    return fd;
  }

  function close(): void {
    if (fd === null) return;
    const open = fd;
    fd = null;
    try {
      closeSync(open);
    } catch {
      // It is let go of either way.
    }
  }

  /** A file that somebody holds cannot be moved on Windows: it grows on, to twice its size, and is then emptied. */
  function roll(): void {
    if (fd === null || sizeBytes < largestBytes) return;
    close();
    try {
      renameSync(file, file.replace(/(\.[^.]*)?$/, '.1$1'));
    } catch {
      if (sizeBytes >= 2 * largestBytes) truncateSync(file);
    }
  }

  function take(): string {
    const told = lost === 0 ? '' : lostLine(lost);
    const text = told + pending.join('');
    pending = [];
    pendingBytes = 0;
    return text;
  }

  function flush(): void {
    isBusy = true;
    const lines = pending.length;
    const told = lost;
    try {
      open();
      roll();
      const bytes = Buffer.from(take());
      write(open(), bytes, 0, bytes.length, null, (error, written) => {
        if (error || written < bytes.length) fail(lines);
        else {
          lost -= told;
          sizeBytes += written;
          goOn();
        }
      });
    } catch {
      take();
      fail(lines);
    }
  }

  function fail(lines: number): void {
    lost += lines;
    close();
    setTimeout(goOn, againAfterMs).unref();
  }

  function goOn(): void {
    isBusy = false;
    if (pending.length > 0) flush();
  }

  /** The last lines of a process that ends: one try. */
  function flushAtEnd(): void {
    if (pending.length === 0) return;
    try {
      writeSync(open(), take());
    } catch {
      // Lost, like any other.
    }
  }

  // Opened now, so that a process that ends at once has somewhere to say why.
  try {
    open();
    roll();
  } catch {
    close();
  }
  process.on('exit', flushAtEnd);

  return {
    write(line) {
      if (pendingBytes > mostPendingBytes) {
        lost += 1;
        return;
      }
      pending.push(line);
      pendingBytes += line.length;
      if (!isBusy) {
        isBusy = true;
        setImmediate(flush);
      }
    },
  };
}
