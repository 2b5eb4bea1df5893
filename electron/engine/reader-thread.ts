/**
 * Entry of a reader thread: long reads beside the delivering thread, on a connection of their own. The
 * composition root names this file (bundles carry it as a file of its own).
 */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReaderThreadData } from './reader/reader-protocol.ts';
import { type Call, type ReaderService, type Stream, serveReader } from './reader/reader-service.ts';
import { openReader } from './store/connection.ts';
import type { FolderRequest } from './support/folder-files.ts';

/** Each role loads what it needs alone. */
async function serviceOf({ dataFolder, role }: ReaderThreadData): Promise<ReaderService> {
  const { reader } = openReader(dataFolder);
  if (role === 'long') {
    const { createLongWork } = await import('./upkeep/long-work.ts');
    const { createExportReader } = await import('./export/export-read.ts');
    const { filesOfFolder } = await import('./support/folder-files.ts');
    const { streamFolderFiles } = await import('./support/support.ts');
    const { createExportWriter } = await import('./export/export-file.ts');
    // What takes seconds takes what the deliveries leave of the processor. Elsewhere this would slow the whole engine.
    if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
    // Prepared by whoever exports: in a database that is damaged that fails, and the check of it is asked here too.
    let prepared: ReturnType<typeof createExportReader> | null = null;
    const exporting = () => {
      prepared ??= createExportReader(reader);
      return prepared;
    };
    const read: Stream = (input, present) => exporting().read(input, present);
    return {
      calls: createLongWork(dataFolder) as Record<string, Call>,
      streams: {
        export: read,
        'export.preview': ((input: never, present) => exporting().preview(input, present)) as Stream,
        'support.files': ((request: FolderRequest) => streamFolderFiles(request, filesOfFolder)) as Stream,
        'export.file': createExportWriter((input, present) => exporting().read(input, present)) as Stream,
      },
    };
  }
  const { createAnswers } = await import('./log/reader-calls.ts');
  const { startCheckpoints } = await import('./upkeep/checkpoints.ts');
  const checkpoints = startCheckpoints(dataFolder);
  return { calls: createAnswers(reader, checkpoints.truncate) as Record<string, Call>, streams: {} };
}

if (parentPort) {
  serveReader(parentPort, workerData as ReaderThreadData, serviceOf).catch((error: unknown) => {
    // Ends the thread: whoever started it hears of it, and starts another.
    setImmediate(() => {
      throw error;
    });
  });
}
