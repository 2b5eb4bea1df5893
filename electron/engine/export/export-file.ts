/**
 * Writes an export's file in the thread that reads it: only the count of its rows goes to the delivering thread.
 * It is carried to the disk in small pieces, so that no commit waits behind hundreds of megabytes of it.
 */
import { closeSync, fdatasyncSync, openSync, writeFileSync } from 'node:fs';
import { RelayError } from '../../../shared/errors.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { Present } from '../reader/present.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { createExportReader, ExportRequest } from './export-read.ts';

export interface ExportFileRequest extends ExportRequest {
  /** It is there, and empty. */
  readonly file: string;
}

const syncEveryBytes = 4 * 1024 * 1024;
const noBytes = new Uint8Array();

export function createExportWriter(read: ReturnType<typeof createExportReader>) {
  return async function* write(request: ExportFileRequest, present: Present): AsyncGenerator<StreamChunk, void> {
    const { file, ...what } = request;
    const handle = openSync(file, 'r+');
    let unsyncedBytes = 0;
    try {
      for await (const { bytes, rows } of read(what, present)) {
        writeFileSync(handle, bytes);
        unsyncedBytes += bytes.length;
        if (unsyncedBytes >= syncEveryBytes) {
          fdatasyncSync(handle);
          unsyncedBytes = 0;
        }
        yield { bytes: noBytes, rows };
      }
      fdatasyncSync(handle);
    } catch (cause) {
      throw writingError(cause);
    } finally {
      closeSync(handle);
    }
  };
}

function writingError(cause: unknown): unknown {
  const code = (cause as { readonly code?: unknown } | null)?.code;
  const more = { detail: String(cause), cause };
  if (code === 'ENOSPC') {
    return new RelayError('store_full', sentence('problem.export_disk_full'), more);
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new RelayError('not_possible', sentence('problem.export_file_lost'), more);
  }
  return cause;
}
