/**
 * Exports: what a filter shows, written by a reader thread into a file, aside and renamed at the end; or streamed
 * to whoever writes it somewhere else. A chunk is asked for when the one before is done with: memory stays bounded.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallOutput, type ParsedInput, RelayError } from '../../../shared/api.ts';
import type { Actor, Sentence } from '../../../shared/domain.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { wallTime } from '../context.ts';
import { claimFreeName, claimNamedFile, type NamedFile, orDiscard } from '../files/named-file.ts';
import type { JobControl, Jobs } from '../jobs.ts';
import { localMs } from '../local-time.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { ReaderCalls, ReaderThread } from '../reader/reader-thread-client.ts';
import { createJobStore } from '../store/jobs.ts';

type ExportInput = Pick<ParsedInput<'export.start'>, 'filter' | 'format'>;
type Counting = (filter: ExportInput['filter']) => Promise<number>;

export interface Exports {
  start(input: ParsedInput<'export.start'>, actor: Actor): Promise<CallOutput<'export.start'>>;
  /** The export itself, chunk by chunk, for whoever writes it somewhere else. */
  stream(input: ExportInput, actor: Actor): AsyncGenerator<Uint8Array, void>;
  stop(): Promise<void>;
}

/** What a person reads of an export that was under way when the engine stopped. */
export const cutOffExport = sentence('problem.export_cut_off');

const progressEveryMs = 250;
export const exportsFolder = (dataFolder: string): string => join(dataFolder, 'exports');

interface RunningExport {
  paused: Promise<void> | null;
  goOn: () => void;
  cancelled: boolean;
  stopped: boolean;
  finished: Promise<void>;
}

export function createExports(
  context: EngineContext,
  jobs: Jobs,
  startThread: () => ReaderThread<ReaderCalls>,
  count: Counting,
): Exports {
  const { writer, commit, clock, ids, settings, dataFolder, logger, recordAct } = context;
  const store = createJobStore(writer);
  const running = new Map<string, RunningExport>();
  const threads = new Set<ReaderThread<ReaderCalls>>();
  jobs.register('export', controlOf(running, jobs));

  /** Each export has a thread of its own, which ends with it. With a file the chunks are but counted. */
  async function* chunks({ filter, format }: ExportInput, file?: string): AsyncGenerator<StreamChunk, void> {
    const thread = startThread();
    threads.add(thread);
    const { timeZone } = settings.current();
    try {
      if (file === undefined) yield* thread.stream('export', { filter, format, timeZone });
      else yield* thread.stream('export.file', { filter, format, timeZone, file });
    } finally {
      threads.delete(thread);
      await thread.stop();
    }
  }

  async function write(id: string, input: ExportInput, file: NamedFile, run: RunningExport): Promise<void> {
    let done = 0;
    let toldAt = clock.monotonicMs();
    let total: number | null = null;
    count(input.filter).then(
      (counted) => {
        total = counted;
      },
      () => {},
    );
    for await (const { rows } of chunks(input, file.aside)) {
      await run.paused;
      if (run.cancelled) break;
      done += rows;
      if (clock.monotonicMs() - toldAt < progressEveryMs) continue;
      toldAt = clock.monotonicMs();
      await jobs.progress(id, { done, total });
    }
    if (run.cancelled) {
      await file.discard();
      return run.stopped ? jobs.end(id, 'failed', { problem: cutOffExport }) : jobs.end(id, 'cancelled');
    }
    const { sizeBytes } = await file.finish();
    await jobs.progress(id, { done, total: done });
    await jobs.end(id, 'done', { file: file.path, sizeBytes });
  }

  return {
    async start({ filter, format, file, replace = false }, actor) {
      const folder = exportsFolder(dataFolder);
      if (file === null) await mkdir(folder, { recursive: true, mode: 0o700 });
      const claimed = await (file === null
        ? claimFreeName(folder, nameAt(clock.wallMs(), settings.current().timeZone), `.${format}`, dataFolder)
        : claimNamedFile(file, { dataFolder, replace }));
      const { path } = claimed;
      const id = ids.job(clock.wallMs());
      await orDiscard(claimed, () =>
        commit.transact(() => {
          const request = JSON.stringify({ filter, format });
          store.insert({ id, kind: 'export', request, total: null, startedAt: wallTime(clock), file: path });
          recordAct(actor, 'export.start', id, { filter, format, file: path });
        }),
      );
      const run: RunningExport = {
        paused: null,
        goOn: () => {},
        cancelled: false,
        stopped: false,
        finished: Promise.resolve(),
      };
      running.set(id, run);
      run.finished = write(id, { filter, format }, claimed, run)
        .catch(async (error: unknown) => {
          logger.error({ job: id, error: String(error) }, 'an export failed');
          await claimed.discard().catch(() => undefined);
          await jobs.fail(id, problemOf(error));
        })
        .finally(() => running.delete(id));
      return jobs.view(id);
    },

    async *stream(input, actor) {
      await commit.transact(() => recordAct(actor, 'export.start', null, { ...input, file: null }));
      for await (const { bytes } of chunks(input)) yield bytes;
    },

    async stop() {
      for (const run of running.values()) {
        run.cancelled = true;
        run.stopped = true;
        run.goOn();
      }
      await Promise.all([...running.values()].map(({ finished }) => finished));
      // What is streamed to somebody else ends where it is.
      await Promise.all([...threads].map((thread) => thread.stop()));
    },
  };
}

const controlOf = (running: ReadonlyMap<string, RunningExport>, jobs: Jobs): JobControl => ({
  async pause(id) {
    const run = running.get(id);
    if (!run || run.paused !== null) return;
    run.paused = new Promise((resolve) => {
      run.goOn = resolve;
    });
    await jobs.state(id, 'paused');
  },
  async resume(id) {
    const run = running.get(id);
    if (!run?.paused) return;
    await jobs.state(id, 'running');
    run.paused = null;
    run.goOn();
  },
  async cancel(id) {
    const run = running.get(id);
    if (!run) return jobs.end(id, 'cancelled');
    run.cancelled = true;
    run.goOn();
    await run.finished;
  },
});

/** `deliveries 2024-03-15 18.30.00`: no colons, which Windows does not allow. */
function nameAt(wallMs: number, timeZone: string): string {
  const shown = new Date(localMs(wallMs, timeZone)).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return `deliveries ${shown}`;
}

const problemOf = (error: unknown): Sentence =>
  error instanceof RelayError ? error.says : sentence('problem.export_failed', { detail: String(error) });
