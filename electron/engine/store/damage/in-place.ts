/**
 * Whether the database is still the file of its name, and as long as it has to be. On Linux and macOS a file can be
 * deleted, replaced or cut off while it is open: what is written then goes into one that nobody finds again, or beside
 * one that cannot be read any more.
 */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { RelayError } from '../../../../shared/errors.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { Clock } from '../../ports.ts';

interface Watched {
  readonly file: string;
  readonly identity: string;
  /** Whether so many bytes are all that it has to have; asked only where it has got shorter. */
  readonly isWhole: (sizeBytes: number) => boolean;
  sizeBytes: number;
}

/**
 * @param database its file; it and its log are watched as they are now, one that is not there is not
 * @returns throws RelayError `store_unavailable` once one of them is another file, gone or cut off: two looks at names,
 *   some microseconds
 */
export function watchInPlace(database: string): () => void {
  const looks = [
    { file: database, isWhole: (sizeBytes: number) => isWholeDatabase(database, sizeBytes) },
    { file: `${database}-wal`, isWhole: (sizeBytes: number) => isWholeLog(`${database}-shm`, sizeBytes) },
  ];
  const watched = looks.flatMap((look): Watched[] => {
    const found = lookAt(look.file);
    return found === null ? [] : [{ ...look, ...found }];
  });
  return () => {
    for (const one of watched) {
      const { file, identity } = one;
      const found = lookAt(file);
      if (found?.identity !== identity) {
        throw new RelayError('store_unavailable', sentence('problem.store_gone', { file }));
      }
      if (found.sizeBytes < one.sizeBytes && !one.isWhole(found.sizeBytes)) {
        throw new RelayError('store_unavailable', sentence('problem.store_emptied', { file }));
      }
      one.sizeBytes = found.sizeBytes;
    }
  };
}

function lookAt(file: string): Pick<Watched, 'identity' | 'sizeBytes'> | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : { identity: `${found.dev}:${found.ino}`, sizeBytes: Number(found.size) };
}

/**
 * A checkpoint may make it shorter, and says so in its header before that (sqlite.org/fileformat2.html, 1.3): page size
 * and number of pages.
 */
function isWholeDatabase(file: string, sizeBytes: number): boolean {
  const header = beginningOf(file, 100);
  if (sizeBytes < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return false;
  return header.readUInt32BE(28) * pageBytes(header.readUInt16BE(16)) <= sizeBytes;
}

/** What is in use of the log stands in its index, in this PC's byte order (sqlite.org/walformat.html, 2.1). */
function isWholeLog(index: string, sizeBytes: number): boolean {
  const header = new DataView(new Uint8Array(beginningOf(index, 48)).buffer);
  const frames = header.getUint32(16, isLittleEndian);
  const page = header.getUint16(14, isLittleEndian);
  return frames === 0 || logHeaderBytes + frames * (frameHeaderBytes + pageBytes(page)) <= sizeBytes;
}

const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The largest does not fit into two bytes: it is written as 1. */
const pageBytes = (written: number): number => (written === 1 ? 65_536 : written);

/** Zeros where the file is shorter. */
function beginningOf(file: string, bytes: number): Buffer {
  const beginning = Buffer.alloc(bytes);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, beginning, 0, bytes, 0);
  } finally {
    closeSync(handle);
  }
  return beginning;
}

/** `gone`: another file has its name, or none; `emptied`: it was cut off. */
export type Place = 'ok' | 'gone' | 'emptied';

export interface PlaceWatch {
  /** @throws RelayError `store_unavailable` while it is not what it was */
  check(): void;
  /** What it is: looked at now. */
  look(): Place;
  stop(): void;
}

/** Between two looks while nothing is written, in milliseconds. */
const lookEveryMs = 10_000;

/** @param changed told when it has gone or was cut off, and when it is back */
export function keepWatchOfPlace(inPlace: () => void, clock: Clock, changed: () => void): PlaceWatch {
  let place: Place = 'ok';
  let cancel: (() => void) | null = null;

  function set(now: Place): void {
    if (now === place) return;
    place = now;
    changed();
  }

  function check(): void {
    try {
      inPlace();
      set('ok');
    } catch (error) {
      set(error instanceof RelayError && error.says.key === 'problem.store_emptied' ? 'emptied' : 'gone');
      throw error;
    }
  }

  function look(): Place {
    try {
      check();
    } catch {
      // That is the answer.
    }
    return place;
  }

  function arm(): void {
    cancel = clock.after(lookEveryMs, () => {
      look();
      arm();
    });
  }

  arm();
  return { check, look, stop: () => cancel?.() };
}
