/**
 * Exports: what a filter shows, written by a reader thread into a file, aside and renamed at the end; or streamed
 * to whoever writes it somewhere else. A chunk is asked for when the one before is done with: memory stays bounded.
 */
import { join } from 'node:path';
import { type CallOutput, type ParsedInput, RelayError } from '../../../shared/api.ts';
import type { Actor, Sentence } from '../../../shared/domain.ts';
import { columnsOf } from '../../../shared/export-columns.ts';
import { keptMembers } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { wallTime } from '../context.ts';
import { makeFolder } from '../files/make-folder.ts';
import { claimFreeName, claimNamedFile, type NamedFile, orDiscard } from '../files/named-file.ts';
import type { JobControl, Jobs } from '../jobs.ts';
import { localMs } from '../local-time.ts';
import type { ReaderCalls, ReaderThread } from '../reader/reader-thread-client.ts';
import { createJobStore } from '../store/jobs.ts';
import type { ExportRequest } from './export-read.ts';

export type ExportInput = Omit<ParsedInput<'export.start'>, 'file' | 'replace'>;
type Counting = (filter: ExportInput['filter']) => Promise<number>;

/** How one ended. `stopped`: the engine was, and nobody has decided anything. */
export type ExportEnd =
  | { readonly state: 'done'; readonly rows: number; readonly sizeBytes: number }
  | { readonly state: 'cancelled' | 'stopped' }
  | { readonly state: 'failed'; readonly problem: Sentence };

export interface BegunExport {
  readonly id: string;
  readonly ended: Promise<ExportEnd>;
  /** Once a person holds it up, if ever. */
  readonly paused: Promise<void>;
}

/** What whoever begins one has to do with it beside. */
export interface BesideExport {
  /** Goes into the audit's record. */
  readonly detail: object;
  /** In the transaction in which it begins. */
  readonly begun: () => void;
  /** The file is whole, and gets its name then. */
  readonly whole: (sha256: Buffer) => Promise<void>;
}

export interface Exports {
  /** Writes into a file that was claimed. @throws what the beginning of it throws; nothing of the file is left then */
  begin(input: ExportInput, file: NamedFile, actor: Actor, beside?: BesideExport): Promise<BegunExport>;
  /** Ends it, as a person does. */
  cancel(id: string): Promise<void>;
  start(input: ParsedInput<'export.start'>, actor: Actor): Promise<CallOutput<'export.start'>>;
  /** The first rows, exactly as they would leave. */
  preview(input: ParsedInput<'export.preview'>): Promise<CallOutput<'export.preview'>>;
  /** The export itself, chunk by chunk, for whoever writes it somewhere else. @param input `file`: where, for the audit */
  stream(input: ExportInput & { readonly file?: string | null }, actor: Actor): AsyncGenerator<Uint8Array, void>;
  stop(): Promise<void>;
}

/** What a person reads of an export that was under way when the engine stopped. */
export const cutOffExport = sentence('problem.export_cut_off');

const progressEveryMs = 250;
export const exportsFolder = (dataFolder: string): string => join(dataFolder, 'exports');

interface RunningExport {
  paused: Promise<void> | null;
  goOn: () => void;
  /** Somebody may wait for it. */
  readonly held: PromiseWithResolvers<void>;
  cancelled: boolean;
  stopped: boolean;
  finished: Promise<ExportEnd | null>;
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
  const control = controlOf(running, jobs);
  jobs.register('export', control);

  /** Each export has a thread of its own, which ends with it. With a file the chunks are but counted. */
  async function* chunks(request: ExportRequest, into: { file: string } | 'stream' | 'preview') {
    const thread = startThread();
    threads.add(thread);
    try {
      if (into === 'stream') yield* thread.stream('export', request);
      else if (into === 'preview') yield* thread.stream('export.preview', request);
      else yield* thread.stream('export.file', { ...request, ...into });
    } finally {
      threads.delete(thread);
      await thread.stop();
    }
  }

  /** Of what is redacted: members that the property's rules kept in it. */
  const keeping = ({ full }: ExportInput): object => {
    const kept = keptMembers(settings.current().privacyRules);
    return full !== undefined || kept.length === 0 ? {} : { kept };
  };

  const requestOf = ({ what, filter, eventFilter, format, columns, bom, full }: ExportInput): ExportRequest => ({
    what,
    filter,
    eventFilter,
    format,
    columns,
    bom,
    full: full !== undefined,
    timeZone: settings.current().timeZone,
    rules: settings.current().privacyRules,
    propertyName: settings.current().propertyName,
  });

  async function write(
    id: string,
    input: ExportInput,
    file: NamedFile,
    run: RunningExport,
    whole: BesideExport['whole'],
  ): Promise<ExportEnd> {
    let last: Uint8Array = new Uint8Array();
    let done = 0;
    let toldAt = clock.monotonicMs();
    let total: number | null = null;
    // Attempts and events are not counted beforehand: how many there are is known at the end.
    if (input.what === 'deliveries') {
      count(input.filter).then(
        (counted) => {
          total = counted;
        },
        (error: unknown) => logger.warn({ job: id, error: String(error) }, 'the rows of an export are not counted'),
      );
    }
    for await (const { bytes, rows } of chunks(requestOf(input), { file: file.aside })) {
      last = bytes;
      await run.paused;
      if (run.cancelled) break;
      done += rows;
      if (clock.monotonicMs() - toldAt < progressEveryMs) continue;
      toldAt = clock.monotonicMs();
      await jobs.progress(id, { done, total });
    }
    if (run.cancelled) {
      await file.discard();
      await (run.stopped ? jobs.end(id, 'failed', { problem: cutOffExport }) : jobs.end(id, 'cancelled'));
      return { state: run.stopped ? 'stopped' : 'cancelled' };
    }
    await whole(Buffer.from(last));
    const { sizeBytes } = await file.finish();
    await jobs.progress(id, { done, total: done });
    await jobs.end(id, 'done', { file: file.path, sizeBytes });
    return { state: 'done', rows: done, sizeBytes };
  }

  async function begin(
    input: ExportInput,
    file: NamedFile,
    actor: Actor,
    { detail, begun, whole }: BesideExport = nothingBeside,
  ): Promise<BegunExport> {
    const { path } = file;
    const id = ids.job(clock.wallMs());
    await orDiscard(file, () =>
      commit.transact(() => {
        const request = JSON.stringify(input);
        store.insert({ id, kind: 'export', request, total: null, startedAt: wallTime(clock), file: path });
        recordAct(actor, 'export.start', id, { ...asked(input), ...keeping(input), file: path, ...detail });
        begun();
      }),
    );
    const run: RunningExport = {
      paused: null,
      goOn: () => {},
      held: Promise.withResolvers<void>(),
      cancelled: false,
      stopped: false,
      finished: Promise.resolve(null),
    };
    running.set(id, run);
    const ended = write(id, input, file, run, whole)
      .catch(async (error: unknown): Promise<ExportEnd> => {
        logger.error({ job: id, error: String(error) }, 'an export failed');
        await file.discard().catch(() => undefined);
        const problem = problemOf(error);
        await jobs.fail(id, problem);
        return { state: 'failed', problem };
      })
      .finally(() => running.delete(id));
    run.finished = ended;
    return { id, ended, paused: run.held.promise };
  }

  async function* streamed(input: ExportInput, file: string | null, actor: Actor): AsyncGenerator<Uint8Array, void> {
    await commit.transact(() => recordAct(actor, 'export.start', null, { ...asked(input), ...keeping(input), file }));
    for await (const { bytes } of chunks(requestOf(input), 'stream')) yield bytes;
  }

  return {
    begin,
    cancel: (id) => control.cancel(id),

    async start({ file, replace = false, ...input }, actor) {
      refuseUnusable(input);
      const { what, format } = input;
      const folder = exportsFolder(dataFolder);
      if (file === null) await makeFolder(folder);
      const name = nameAt(what, clock.wallMs(), settings.current().timeZone);
      const claimed = await (file === null
        ? claimFreeName(folder, name, `.${format}`, dataFolder)
        : claimNamedFile(file, { dataFolder, replace }));
      const { id } = await begin(input, claimed, actor);
      return jobs.view(id);
    },

    async preview({ full, ...choice }) {
      refuseForeign(choice);
      const request = { ...requestOf({ ...choice, bom: false, confirmed: true }), full };
      for await (const { bytes } of chunks(request, 'preview')) {
        return JSON.parse(Buffer.from(bytes).toString('utf8')) as CallOutput<'export.preview'>;
      }
      return { columns: [], rows: [] };
    },

    stream({ file = null, ...input }, actor) {
      refuseUnusable(input);
      return streamed(input, file, actor);
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

const nothingBeside: BesideExport = { detail: {}, begun: () => {}, whole: async () => {} };

const controlOf = (running: ReadonlyMap<string, RunningExport>, jobs: Jobs): JobControl => ({
  async pause(id) {
    const run = running.get(id);
    if (!run || run.paused !== null) return;
    run.paused = new Promise((resolve) => {
      run.goOn = resolve;
    });
    run.held.resolve();
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
function nameAt(what: string, wallMs: number, timeZone: string): string {
  const shown = new Date(localMs(wallMs, timeZone)).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '.');
  return `${what} ${shown}`;
}

/** What the audit keeps of it: of a full one the reason, and that it was confirmed. */
export function asked({ what, filter, eventFilter, format, columns, full, confirmed }: ExportInput): object {
  return {
    what,
    filter: what === 'events' ? eventFilter : filter,
    format,
    ...(columns === undefined ? {} : { columns }),
    ...(full === undefined ? {} : { full: true, reason: full.reason, confirmed }),
  };
}

/** @throws RelayError `bad_input` where it cannot be made, `not_confirmed` where everything is asked for once */
export function refuseUnusable(input: ExportInput): void {
  refuseForeign(input);
  if (input.full !== undefined && !input.confirmed) {
    throw new RelayError('not_confirmed', sentence('problem.export_full'), { member: 'full' });
  }
}

function refuseForeign({
  what,
  filter,
  eventFilter,
  columns,
}: Pick<ExportInput, 'what' | 'filter' | 'eventFilter' | 'columns'>) {
  const [foreign] = Object.keys(what === 'events' ? filter : eventFilter);
  if (foreign !== undefined) {
    const member = `${what === 'events' ? 'filter' : 'eventFilter'}.${foreign}`;
    throw new RelayError('bad_input', sentence('problem.export_filter', { member: foreign, what }), { member });
  }
  const known = columnsOf(what);
  const unknown = columns?.find((column) => !known.includes(column));
  if (unknown !== undefined) {
    throw new RelayError(
      'bad_input',
      sentence('problem.export_column', { column: unknown, what, known: known.join(', ') }),
      {
        member: 'columns',
      },
    );
  }
}

const problemOf = (error: unknown): Sentence =>
  error instanceof RelayError ? error.says : sentence('problem.export_failed', { detail: String(error) });
