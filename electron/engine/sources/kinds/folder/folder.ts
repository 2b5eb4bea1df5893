/** Watches a folder and takes the files that are left in it, one after the other. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type FSWatcher, watch } from 'chokidar';
import { RelayError } from '../../../../../shared/api.ts';
import { utcMs } from '../../../../../shared/domain.ts';
import type { SourceFiles, SourceHealth } from '../../../../../shared/schemas.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import { charsetGuess, delimiters, formSaid } from '../../../../../shared/source-kinds/file-form.ts';
import type { FolderConfig } from '../../../../../shared/source-kinds/folder.ts';
import { wallTime } from '../../../context.ts';
import type { Clock } from '../../../ports.ts';
import { createSourceFileTable } from '../../../store/source-files.ts';
import { createSourceRowTable } from '../../../store/source-rows.ts';
import { noFiles } from '../../../store/sources.ts';
import { late, within } from '../../../within.ts';
import type { FileSample, LookedAt } from '../../reading/file-calls.ts';
import { type FileForm, placeWord, seenForm, type WantedForm } from '../../reading/form.ts';
import type { SourceThread } from '../../thread/thread.ts';
import type { RunningSource, SampleStart, SourceBehaviour, SourceSample, SourceStart } from '../source-kind.ts';
import { createAfterwards } from './afterwards.ts';
import { watchLeftBehind } from './left-behind.ts';
import { canMatch, isUnfinished, namesOf } from './names.ts';
import { createPassedOver, passedOver, passedOverSaid } from './passed-over.ts';
import { awaySentence, checkPlace } from './place.ts';
import { watchRejected } from './rejected.ts';
import { createStillness, type FoundFile, type WholeFile } from './stillness.ts';
import { codeOf, createStuck } from './stuck.ts';
import { setAsideChanged, type TakeFileParts, takeFile } from './take-file.ts';

/** Shares tell nothing, and a watch may miss something: the folder is looked at again so often, in milliseconds. */
const lookEveryMs = 5_000;
/** A file is read for so long at most, in milliseconds, and for so long where the source is to stop. */
const readWithinMs = 600_000;
const readEndsWithinMs = 2_000;
const toldLookEveryMs = 60_000;
/** After the watch told of something; what is renamed is taken then. */
const lookSoonMs = 100;

export const folder: SourceBehaviour = {
  async start(given) {
    const running = watchFolder(given);
    running.look();
    return running;
  },
  lookAfter: async (given) => watchLeftBehind(given, (given.config as FolderConfig).folder),
  sample: sampled,
  async check({ config, dataFolder, others }) {
    const { folder: path, snapshot, keyColumns, pattern } = config as FolderConfig;
    if (!canMatch(pattern)) {
      const member = 'config.pattern';
      throw new RelayError('bad_input', sentence('problem.source_pattern_never', { member, pattern }), { member });
    }
    if (snapshot && keyColumns.length === 0) {
      const member = 'config.keyColumns';
      throw new RelayError('bad_input', sentence('problem.source_no_key_columns', { member }), { member });
    }
    await checkPlace(
      path,
      dataFolder,
      others.flatMap(({ name, kind, config: other }) =>
        kind === 'folder' && typeof other.folder === 'string' ? [{ name, folder: other.folder }] : [],
      ),
    );
  },
};

/** The folder is known to be readable by `check`: what is in it is looked at, and the newest file. */
async function sampled({ config: given, openThread }: SampleStart): Promise<SourceSample> {
  const config = given as FolderConfig;
  const isWanted = namesOf(config.pattern);
  const entries = await readdir(config.folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile() && isWanted(entry.name)).map(({ name }) => name);
  const others = passedOver(entries, isWanted);
  const says = [
    sentence('source.try_folder', { count: names.length }),
    ...(others.length === 0 ? [] : [passedOverSaid(config.folder, others)]),
  ];
  let newest: { readonly name: string; readonly mtimeMs: number } | null = null;
  for (const name of names.slice(0, 1_000)) {
    const found = await lstat(join(config.folder, name)).catch(() => null);
    if (found !== null && found.mtimeMs > (newest?.mtimeMs ?? 0)) newest = { name, mtimeMs: found.mtimeMs };
  }
  if (newest === null) return { says, columns: [], messages: [] };
  const { name } = newest;
  const wanted = wantedFormOf(config);
  const { form, columns, rows } = await openThread('files').ask<FileSample>('sample', {
    path: join(config.folder, name),
    wanted,
  });
  const guess = charsetGuess(wanted.charset, form.charset);
  return {
    says: [...says, formSaid(name, { ...seenForm(form), charset: form.charset }), ...(guess === null ? [] : [guess])],
    columns,
    messages: rows.map(({ raw, number }) => ({
      raw,
      origin: `${name} ${placeWord[form.format]} ${number}`,
      key: null,
    })),
  };
}

/** What was chosen, as files are read. */
export const wantedFormOf = ({ format, delimiter, charset, path }: FolderConfig): WantedForm => ({
  format: format === 'auto' ? null : format,
  delimiter: delimiter === 'auto' ? null : delimiters[delimiter],
  charset: charset === 'auto' ? null : charset,
  path: path === '' ? null : path.split('/').filter((name) => name !== ''),
});

/** Where a question is not answered in time, its thread is given up: the file is tried again at the next look. */
function boundedThread(thread: SourceThread, clock: Pick<Clock, 'after'>): SourceThread {
  return {
    async ask<Value>(call: string, input: unknown): Promise<Value> {
      const answer = await within(clock, readWithinMs, thread.ask<Value>(call, input));
      if (answer !== late) return answer;
      thread.close().catch(() => {});
      throw new Error(`it was not read within ${readWithinMs / 1_000} s`);
    },
    close: () => thread.close(),
  };
}

/** A program of this PC has it open to write it, as Windows would say by itself. */
class HeldFile extends Error {
  readonly code = 'EBUSY';
}

function watchFolder(given: SourceStart): RunningSource & { look(): void } {
  const { context, source, changed, openThread } = given;
  const { clock, logger, mishaps, writer } = context;
  const config = given.config as FolderConfig;
  const { folder: path } = config;
  const sourceNo = source?.no ?? 0;
  const isWanted = namesOf(config.pattern);
  const stillness = createStillness();
  const thread = boundedThread(openThread('files'), clock);
  const afterwards = createAfterwards(path);
  const parts: TakeFileParts = {
    ...given,
    sourceNo,
    thread,
    folder: path,
    files: createSourceFileTable(writer),
    rows: createSourceRowTable(writer),
    wanted: wantedFormOf(config),
    keyColumns: config.snapshot ? config.keyColumns : [],
    learnsFirst: config.firstFile === 'remembered',
    isStopped: () => stopped,
    saw: (name: string, form: FileForm) =>
      tellFiles({ last: { name, at: wallTime(clock), charset: form.charset, ...seenForm(form) } }),
    moved: (file) => afterwards.add(file, clock.monotonicMs()),
  };
  const stuck = createStuck(path);
  const inRejected = watchRejected(path, () => wallTime(clock));
  const newlyPassedOver = createPassedOver(path);
  let rejectedLookMs = Number.NEGATIVE_INFINITY;
  let health: SourceHealth = { ...given.health, files: given.health.files ?? noFiles };
  let stopped = false;
  let toldLookAt: number | null = null;
  let running: Promise<void> | null = null;
  let isDueAgain = false;
  let cancel: (() => void) | null = null;
  let watcher: FSWatcher | null = null;

  function became(more: Partial<SourceHealth>): void {
    health = { ...health, ...more };
    changed();
  }

  /** It is written down once a minute: a look that finds nothing costs no commit. */
  function looksAgain(inMs: number): void {
    const at = wallTime(clock) + inMs;
    const isNews = Math.abs(at - (toldLookAt ?? 0)) > toldLookEveryMs;
    health = { ...health, nextLookAt: utcMs(at) };
    if (!isNews) return;
    toldLookAt = at;
    changed();
  }

  function lookIn(delayMs: number): void {
    cancel?.();
    cancel = stopped ? null : clock.after(delayMs, look);
  }

  function look(): void {
    if (stopped) return;
    if (running !== null) {
      isDueAgain = true;
      return;
    }
    cancel?.();
    running = lookNow()
      .catch((error: unknown) => {
        logger.error({ source: source?.id, error: String(error) }, 'the folder of a source could not be looked at');
        return null;
      })
      .then((nextInMs) => {
        running = null;
        const inMs = isDueAgain ? lookSoonMs : Math.min(nextInMs ?? lookEveryMs, lookEveryMs);
        isDueAgain = false;
        lookIn(inMs);
        looksAgain(inMs);
      });
    mishaps.own('the look at a folder', running);
  }

  /** @returns in how many milliseconds another file may be whole */
  async function lookNow(): Promise<number | null> {
    const found = await filesThere();
    if (found === null) return null;
    const { whole, nextInMs } = stillness.look(found.wanted, found.unfinished, clock.monotonicMs());
    const due = whole.filter(({ name }) => stuck.isDue(name, clock.monotonicMs()));
    const held = await heldOf(due.map(({ name }) => name));
    for (const file of due) {
      if (stopped) break;
      await takeOne(file, held.has(file.name));
      // Of many files the first that cannot be read is told before the last was looked at.
      if (clock.monotonicMs() - rejectedLookMs >= lookEveryMs) await lookAtRejected();
    }
    await lookAtTaken();
    await lookAtRejected();
    stuck.onlyThese(new Set(found.wanted.map(({ name }) => name)));
    tellFiles({ stuck: stuck.told() });
    return nextInMs;
  }

  function tellFiles(more: Partial<SourceFiles>): void {
    const before = health.files ?? noFiles;
    const files = { ...before, ...more };
    if (JSON.stringify(files) !== JSON.stringify(before)) became({ files });
  }

  async function lookAtRejected(): Promise<void> {
    rejectedLookMs = clock.monotonicMs();
    try {
      tellFiles(await inRejected(health.files ?? noFiles));
    } catch (error) {
      logger.debug({ source: source?.id, error: String(error) }, 'what was rejected cannot be looked at');
    }
  }

  async function filesThere(): Promise<{ readonly wanted: FoundFile[]; readonly unfinished: FoundFile[] } | null> {
    let names: string[];
    try {
      const entries = await readdir(path, { withFileTypes: true });
      // No devices, pipes or links: what a link names may lie anywhere.
      names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
      const says = newlyPassedOver(passedOver(entries, isWanted));
      // What was said before this start is not said again.
      if (says !== null && !isDeepStrictEqual(says, health.lastTrouble?.says)) {
        became({ lastTrouble: { at: wallTime(clock), says } });
      }
    } catch (error) {
      await unwatch();
      became({ away: { since: health.away?.since ?? wallTime(clock), says: awaySentence(path, error) } });
      return null;
    }
    if (health.away !== null) became({ away: null });
    watchAgain();
    const wanted: FoundFile[] = [];
    const unfinished: FoundFile[] = [];
    for (const name of names) {
      const isWhole = isWanted(name);
      if (!isWhole && !isUnfinished(name)) continue;
      const file = await foundFile(name);
      if (file !== null) (isWhole ? wanted : unfinished).push(file);
    }
    return { wanted, unfinished };
  }

  async function foundFile(name: string): Promise<FoundFile | null> {
    // Gone again, or not ours to see.
    const found = await lstat(join(path, name), { bigint: true }).catch(() => null);
    if (found === null || !found.isFile()) return null;
    return { name, sizeBytes: Number(found.size), mtimeMs: Number(found.mtimeMs), ino: found.ino };
  }

  async function heldOf(names: readonly string[]): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    try {
      return new Set(await thread.ask<readonly string[]>('held', { folder: path, names }));
    } catch (error) {
      logger.debug({ source: source?.id, error: String(error) }, 'who holds files cannot be looked at');
      return new Set();
    }
  }

  async function lookAtTaken(): Promise<void> {
    for (const file of await afterwards.look(clock.monotonicMs(), hashNow)) {
      try {
        await setAsideChanged(parts, file);
      } catch (error) {
        // Its writer holds it: what was seen of it is not forgotten.
        logger.debug({ source: source?.id, file: file.name, error: String(error) }, 'a file that was taken is held');
        afterwards.add(file, clock.monotonicMs());
        continue;
      }
      const says = sentence('source.file_written_after', { name: file.name });
      became({ lastTrouble: { at: wallTime(clock), says } });
    }
  }

  const hashNow = async (lies: string): Promise<string | null> => {
    const input = { path: join(path, lies), wanted: parts.wanted, keyColumns: [] };
    return thread.ask<LookedAt>('look', input).then(
      ({ hash }) => hash,
      () => null,
    );
  };

  /** A file that another program holds, or that cannot be moved, waits and holds up no other. */
  async function takeOne({ name, isSure }: WholeFile, isHeld: boolean): Promise<void> {
    try {
      if (isHeld) throw new HeldFile();
      const end = await takeFile(parts, name, isSure);
      if (end === 'rejected') {
        became({ lastTrouble: { at: wallTime(clock), says: sentence('source.file_rejected', { name }) } });
      }
      if (end === 'unfinished') stillness.waitLonger(name);
      else if (end !== 'later') became({ lastSeenAt: wallTime(clock) });
      stuck.forget(name);
    } catch (error) {
      if (stopped) return;
      const at = wallTime(clock);
      if (!stuck.add(name, error, { wallMs: at, monotonicMs: clock.monotonicMs() })) return;
      // Whoever writes it is not in trouble; of one that is held for long the folder tells.
      if (error instanceof HeldFile) return;
      logger.warn(
        { source: source?.id, file: name, error: String(error) },
        'a file cannot be taken now; it is tried again',
      );
      const said = sentence('source.file_stuck', { name, detail: codeOf(error) });
      became({ lastTrouble: { at, says: error instanceof RelayError ? error.says : said } });
    }
  }

  /** A hint and no more: what it misses, the next look finds. */
  function watchAgain(): void {
    if (watcher !== null || stopped) return;
    watcher = watch(path, { depth: 0, ignoreInitial: true, ignorePermissionErrors: true });
    watcher.on('add', () => {
      lookIn(lookSoonMs);
    });
    watcher.on('error', (error) => {
      logger.debug({ source: source?.id, error: String(error) }, 'the folder cannot be watched; it is looked at');
    });
  }

  async function unwatch(): Promise<void> {
    const ending = watcher;
    watcher = null;
    await ending?.close();
  }

  for (const { name, hash, sizeBytes, position, endedAt, movedTo } of parts.files.list(sourceNo, 200).toReversed()) {
    if (movedTo === null || endedAt === null) continue;
    const file = { name, hash, sizeBytes, rows: position, lies: movedTo, mtimeMs: null };
    afterwards.add(file, clock.monotonicMs(), Math.max(0, wallTime(clock) - endedAt));
  }

  return {
    look,
    health: () => health,
    async stop() {
      stopped = true;
      cancel?.();
      await unwatch();
      // What is being read ends first; a file that cannot be read to its end ends with its thread.
      if (running !== null) await within(clock, readEndsWithinMs, running);
      await thread.close();
      await running;
    },
  };
}
