/**
 * Writes an export's file in the thread that reads it: only the count of its rows goes to the delivering thread.
 * It is carried to the disk in small pieces, so that no commit waits behind hundreds of megabytes of it. The last chunk is
 * the file's SHA-256.
 */
import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, writeFileSync } from 'node:fs';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { nameOf, noRoomFor } from '../files/named-file.ts';
import type { Present } from '../reader/present.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { ExportRequest } from './export-read.ts';

export interface ExportFileRequest extends ExportRequest {
  /** It is there, and empty. */
  readonly file: string;
}

const syncEveryBytes = 4 * 1024 * 1024;
const noBytes = new Uint8Array();

type Read = (request: ExportRequest, present: Present) => AsyncGenerator<StreamChunk, void>;

export function createExportWriter(read: Read) {
  return async function* write(request: ExportFileRequest, present: Present): AsyncGenerator<StreamChunk, void> {
    const { file, ...what } = request;
    const handle = openSync(file, 'r+');
    const hash = createHash('sha256');
    let unsyncedBytes = 0;
    try {
      for await (const { bytes, rows } of read(what, present)) {
        writeFileSync(handle, bytes);
        hash.update(bytes);
        unsyncedBytes += bytes.length;
        if (unsyncedBytes >= syncEveryBytes) {
          fdatasyncSync(handle);
          unsyncedBytes = 0;
        }
        yield { bytes: noBytes, rows };
      }
      fdatasyncSync(handle);
      yield { bytes: hash.digest(), rows: 0 };
    } catch (cause) {
      throw writingError(cause, file);
    } finally {
      closeSync(handle);
    }
  };
}

/** Not ours to write, or gone: a share, a drive that was pulled out. */
const lostCodes = new Set<unknown>([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOENT',
  'EIO',
  'ENXIO',
  'ENODEV',
  'ENOTCONN',
  'ESTALE',
  'EHOSTDOWN',
  'EBUSY',
]);

function writingError(cause: unknown, file: string): unknown {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const more = { detail: String(cause), cause };
  const noRoom = noRoomFor(nameOf(file), cause);
  if (noRoom !== null) return noRoom;
  if (lostCodes.has(code)) {
    return new RelayError('not_possible', sentence('problem.export_file_lost'), more);
  }
  return cause;
}
