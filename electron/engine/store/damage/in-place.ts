/**
 * Whether the database is still the file of its name, and as long as it has to be. On Linux and macOS a file can be
 * deleted, replaced or cut off while it is open: what is written then goes into one that nobody finds again, or beside
 * one that cannot be read any more.
 */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
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

export interface InPlace {
  /**
   * Two looks at names, some microseconds.
   * @throws RelayError `store_unavailable` once one of them is another file, gone or cut off
   */
  readonly check: () => void;
  /** Of the database, for whoever reads its bytes; null where each opens and closes one of its own. */
  readonly handle: number | null;
  /** Once no connection to it is open any more. */
  close(): void;
}

/**
 * Windows has locks for each handle. Elsewhere a process that closes any handle of a file gives up all its locks on it,
 * SQLite's among them, and another program then takes the database for nobody's: it cuts off the log's index under us
 * (SIGBUS) or removes the log (sqlite.org/howtocorrupt.html, 2.2). So handles are kept open beside the connections.
 */
const keepsHandles = process.platform !== 'win32';

/** @param database its file, open by now; it and its log are watched as they are now, one that is not there is not */
export function watchInPlace(database: string): InPlace {
  const index = `${database}-shm`;
  const handles = new Map<string, number>();
  if (keepsHandles) for (const file of [database, index]) if (existsSync(file)) handles.set(file, openSync(file, 'r'));
  const beginning = (file: string, bytes: number) => beginningOf(handles.get(file) ?? file, bytes);
  const looks = [
    { file: database, isWhole: (sizeBytes: number) => isWholeDatabase(beginning(database, 100), sizeBytes) },
    { file: `${database}-wal`, isWhole: (sizeBytes: number) => isWholeLog(beginning(index, 48), sizeBytes) },
  ];
  const watched = looks.flatMap((look): Watched[] => {
    const found = lookAt(look.file);
    return found === null ? [] : [{ ...look, ...found }];
  });
  const check = () => {
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
  return {
    check,
    handle: handles.get(database) ?? null,
    close() {
      for (const handle of handles.values()) closeSync(handle);
      handles.clear();
    },
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
function isWholeDatabase(header: Buffer, sizeBytes: number): boolean {
  if (sizeBytes < header.length || header.toString('latin1', 0, 16) !== 'SQLite format 3\0') return false;
  return header.readUInt32BE(28) * pageBytes(header.readUInt16BE(16)) <= sizeBytes;
}

/** What is in use of the log stands in its index, in this PC's byte order (sqlite.org/walformat.html, 2.1). */
function isWholeLog(index: Buffer, sizeBytes: number): boolean {
  const header = new DataView(new Uint8Array(index).buffer);
  const frames = header.getUint32(16, isLittleEndian);
  const page = header.getUint16(14, isLittleEndian);
  return frames === 0 || logHeaderBytes + frames * (frameHeaderBytes + pageBytes(page)) <= sizeBytes;
}

const logHeaderBytes = 32;
const frameHeaderBytes = 24;
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
/** The largest does not fit into two bytes: it is written as 1. */
const pageBytes = (written: number): number => (written === 1 ? 65_536 : written);

/** Zeros where the file is shorter. @param of its handle, or a file that is opened for this */
function beginningOf(of: number | string, bytes: number): Buffer {
  const beginning = Buffer.alloc(bytes);
  const handle = typeof of === 'number' ? of : openSync(of, 'r');
  try {
    readSync(handle, beginning, 0, bytes, 0);
  } finally {
    if (handle !== of) closeSync(handle);
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
  readonly handle: InPlace['handle'];
  stop(): void;
}

const placeBy: Readonly<Record<string, Place>> = {
  'problem.store_gone': 'gone',
  'problem.store_emptied': 'emptied',
};

/** Between two looks while nothing is written, in milliseconds. */
const lookEveryMs = 10_000;

/** @param changed told when it has gone or was cut off, and when it is back */
export function keepWatchOfPlace(
  inPlace: Pick<InPlace, 'check' | 'handle'>,
  clock: Clock,
  changed: () => void,
): PlaceWatch {
  let place: Place = 'ok';
  let cancel: (() => void) | null = null;

  function set(now: Place): void {
    if (now === place) return;
    place = now;
    changed();
  }

  function check(): void {
    try {
      inPlace.check();
      set('ok');
    } catch (error) {
      const place = error instanceof RelayError ? placeBy[error.says.key] : undefined;
      // A folder that may not be looked into tells nothing of what lies there.
      if (place !== undefined) set(place);
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
  return { check, look, handle: inPlace.handle, stop: () => cancel?.() };
}
