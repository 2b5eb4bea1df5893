/**
 * Power cuts without pulling a plug: every write of SQLite is recorded, and a cut is the record up to some
 * moment, less an arbitrary part of what was not synced by then. Wants gcc and Linux.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';

/** Why power cuts cannot be simulated here, or null where they can. */
export function powerCutObstacle(): string | null {
  if (process.platform !== 'linux') return 'the recording file system is built for Linux only';
  return spawnSync('gcc', ['--version']).status === 0 ? null : 'there is no gcc here';
}

export interface WriteRecording {
  /** How much has been written down by now: a moment to cut at. */
  moment(): number;
  /** The record so far, write by write. */
  operations(): readonly Operation[];
  close(): void;
}

export interface Operation {
  readonly op: 'write' | 'truncate' | 'sync' | 'delete';
  readonly file: string;
  readonly offset: number;
  readonly bytes: Buffer;
  /** The moment right after it. */
  readonly until: number;
}

/**
 * From now on everything that SQLite writes in this process is recorded.
 * @param folder where the extension and the record are kept
 */
export function recordWrites(folder: string): WriteRecording {
  const extension = join(folder, 'recordingvfs.so');
  const source = fileURLToPath(new URL('./recording-vfs.c', import.meta.url));
  const headers = fileURLToPath(new URL('../../../node_modules/better-sqlite3/deps/sqlite3', import.meta.url));
  execFileSync('gcc', ['-O1', '-fPIC', '-shared', '-Wall', `-I${headers}`, source, '-o', extension]);
  const database = new BetterSqlite3(':memory:');
  database.loadExtension(extension);
  const record = join(folder, 'writes');
  database.prepare('SELECT record_writes(?)').get(record);
  const recorded = database.prepare<[], number>('SELECT recorded_bytes()').pluck();
  return {
    moment: () => recorded.get() ?? 0,
    operations: () => {
      recorded.get();
      return readOperations(readFileSync(record));
    },
    close: () => database.close(),
  };
}

const operationNames = { 1: 'write', 2: 'truncate', 3: 'sync', 4: 'delete' } as const;

function readOperations(record: Buffer): Operation[] {
  const operations: Operation[] = [];
  for (let at = 0; at < record.length; ) {
    const op = operationNames[record.readUInt8(at) as keyof typeof operationNames];
    const nameEnd = at + 5 + record.readUInt32LE(at + 1);
    const file = record.toString('utf8', at + 5, nameEnd);
    const size = record.readUInt32LE(nameEnd + 8);
    at = nameEnd + 12 + size;
    operations.push({
      op,
      file,
      offset: Number(record.readBigUInt64LE(nameEnd)),
      bytes: record.subarray(at - size, at),
      until: at,
    });
  }
  return operations;
}

/** What happens to a write that was not synced: it is there, it is not, or only its first sectors are. */
export type UnsyncedFate = (operation: Operation) => 'kept' | 'lost' | 'torn';

const sectorBytes = 512;

/**
 * Leaves in `folder` the files as they are after a power cut at `moment`.
 * @param fate is asked of each write and truncation that its file had not been synced after
 */
export function cutPower(operations: readonly Operation[], moment: number, folder: string, fate: UnsyncedFate): void {
  const before = operations.filter(({ until }) => until <= moment);
  const lastSync = new Map<string, number>();
  before.forEach(({ op, file }, n) => {
    if (op === 'sync') lastSync.set(file, n);
  });
  const files = new Map<string, FileImage>();
  for (const [n, operation] of before.entries()) {
    if (operation.op === 'sync') continue;
    if (operation.op === 'delete') {
      files.delete(operation.file);
      continue;
    }
    const fated = n < (lastSync.get(operation.file) ?? -1) ? 'kept' : fate(operation);
    if (fated === 'lost') continue;
    const image = files.get(operation.file) ?? { bytes: Buffer.alloc(64 * 1024), size: 0 };
    files.set(operation.file, image);
    apply(image, operation, fated === 'torn');
  }
  mkdirSync(folder, { recursive: true });
  for (const [file, { bytes, size }] of files) writeFileSync(join(folder, file), bytes.subarray(0, size));
}

/** A file's content in the making; bytes past `size` are zero. */
interface FileImage {
  bytes: Buffer;
  size: number;
}

function apply(image: FileImage, { op, offset, bytes }: Operation, torn: boolean): void {
  const part = torn ? bytes.subarray(0, Math.floor(bytes.length / 2 / sectorBytes) * sectorBytes) : bytes;
  const end = op === 'truncate' ? offset : Math.max(image.size, offset + part.length);
  if (end > image.bytes.length) image.bytes = Buffer.concat([image.bytes, Buffer.alloc(end)]);
  if (op === 'truncate') image.bytes.fill(0, offset, Math.max(offset, image.size));
  else part.copy(image.bytes, offset);
  image.size = end;
}
