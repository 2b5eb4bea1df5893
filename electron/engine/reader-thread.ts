/**
 * Entry of a reader thread: long reads beside the delivering thread, on a connection of their own. The
 * composition root names this file (bundles carry it as a file of its own).
 */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ExportFileRequest } from './export/export-file.ts';
import type { ExportRequest } from './export/export-read.ts';
import type { Present } from './reader/present.ts';
import type { ReaderThreadData } from './reader/reader-protocol.ts';
import { type Call, type ReaderService, type Stream, serveReader } from './reader/reader-service.ts';
import { openReader } from './store/connection.ts';
import type { FolderRequest } from './support/folder-files.ts';

/** An export reads on and on, and little of it twice: SQLite's usual 16 MB would only be held on to. */
const streamCacheKb = 4096;

/** Each role loads what it needs alone. */
async function serviceOf({ dataFolder, role }: ReaderThreadData): Promise<ReaderService> {
  if (role === 'answers') {
    const { createAnswers } = await import('./log/reader-calls.ts');
    const { startCheckpoints } = await import('./upkeep/checkpoints.ts');
    const checkpoints = startCheckpoints(dataFolder);
    const { reader } = openReader(dataFolder);
    return { calls: createAnswers(reader, checkpoints.truncate) as Record<string, Call>, streams: {} };
  }
  // What takes seconds takes what the deliveries leave of the processor. Elsewhere this would slow the whole engine.
  if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  if (role === 'long') {
    const { createLongWork } = await import('./upkeep/long-work.ts');
    return { calls: createLongWork(dataFolder) as Record<string, Call>, streams: {} };
  }
  return { calls: {}, streams: streamsOf(dataFolder) };
}

/** One of them runs in a thread, and loads what it needs as it begins. */
function streamsOf(dataFolder: string): Record<string, Stream> {
  async function exporting() {
    const { createExportReader } = await import('./export/export-read.ts');
    return createExportReader(openReader(dataFolder, streamCacheKb).reader);
  }
  const read = async function* (input: ExportRequest, present: Present) {
    yield* (await exporting()).read(input, present);
  };
  return {
    export: read as Stream,
    'export.preview': async function* (input: ExportRequest, present: Present) {
      yield* (await exporting()).preview(input, present);
    } as Stream,
    'export.file': async function* (input: ExportFileRequest, present: Present) {
      const { createExportWriter } = await import('./export/export-file.ts');
      yield* createExportWriter(read)(input, present);
    } as Stream,
    'support.files': async function* (request: FolderRequest) {
      const { filesOfFolder } = await import('./support/folder-files.ts');
      const { streamFolderFiles } = await import('./support/support.ts');
      yield* streamFolderFiles(request, filesOfFolder);
    } as Stream,
  };
}

if (parentPort) {
  serveReader(parentPort, workerData as ReaderThreadData, serviceOf).catch((error: unknown) => {
    // Ends the thread: whoever started it hears of it, and starts another.
    setImmediate(() => {
      throw error;
    });
  });
}
