/**
 * Takes one file: looks through it whole, hands its rows on, and moves it out of the way. Each step is written down with
 * what it did, so that whatever ends the process between two of them, every row is taken exactly once.
 */

import { basename, join } from 'node:path';
import type { Sentence } from '../../../../../shared/domain.ts';
import { inEnglish } from '../../../../../shared/sentences/in-english.ts';
import { sentence } from '../../../../../shared/sentences/sentence.ts';
import { type FileFormat, formSaid } from '../../../../../shared/source-kinds/file-form.ts';
import { wallTime } from '../../../context.ts';
import { processedFolder, rejectedFolder } from '../../../files/moved-aside.ts';
import { localDay } from '../../../local-time.ts';
import type { FileReason, SourceFile, SourceFileTable } from '../../../store/source-files.ts';
import type { SourceRowTable } from '../../../store/source-rows.ts';
import type { KeyedRow, LookedAt } from '../../reading/file-calls.ts';
import { type FileForm, placeWord, seenForm, type WantedForm } from '../../reading/form.ts';
import { type SourceThread, ThreadTrouble } from '../../thread/thread.ts';
import { createSnapshot } from '../snapshot.ts';
import type { SourceMessage, SourceStart } from '../source-kind.ts';
import type { TakenFile } from './afterwards.ts';
import { moveAside } from './moving.ts';

export interface TakeFileParts extends Pick<SourceStart, 'take' | 'refusals'> {
  readonly context: Pick<SourceStart['context'], 'clock' | 'commit' | 'logger' | 'mishaps' | 'settings'>;
  readonly sourceNo: number;
  readonly folder: string;
  readonly thread: SourceThread;
  readonly files: SourceFileTable;
  readonly rows: SourceRowTable;
  readonly wanted: WantedForm;
  /** Empty: a file's rows are events, and not all there is. */
  readonly keyColumns: readonly string[];
  readonly learnsFirst: boolean;
  readonly isStopped: () => boolean;
  /** Told what a file was found to be, as soon as it is known. */
  readonly saw: (name: string, form: FileForm) => void;
  /** Told of a file that was taken and moved. */
  readonly moved: (file: TakenFile) => void;
}

/**
 * What became of a file; `later`: it was written to meanwhile, or we are stopping; `unfinished`: it does not end as a whole
 * one does.
 */
export type FileEnd = 'taken' | 'again' | 'rejected' | 'later' | 'unfinished';

/** Most reasons that are written beside a file. */
const mostReasons = 100;

/**
 * Rejects where the file cannot be opened or moved now, or nothing can be stored.
 *
 * @param isSure it is taken, or rejected, as it is; else one that cannot be read to its end may still be written
 */
export async function takeFile(parts: TakeFileParts, name: string, isSure: boolean): Promise<FileEnd> {
  const { context, sourceNo, folder, thread, files, keyColumns } = parts;
  const { commit, clock, logger, settings } = context;
  const path = join(folder, name);
  const isSnapshot = keyColumns.length > 0;
  const last = isSnapshot ? undefined : files.list(sourceNo, mostNamesLookedAt).find((file) => file.name === name);
  const before = last?.state === 'done' && last.position > 0 ? last : null;
  let looked: LookedAt;
  try {
    looked = await thread.ask<LookedAt>('look', {
      ...{ path, wanted: parts.wanted, keyColumns },
      before: before && { hash: before.hash, sizeBytes: before.sizeBytes },
    });
  } catch (error) {
    if (!(error instanceof ThreadTrouble)) throw error;
    return isSure || !oftenOfHalf.has(error.says.key) ? reject(parts, name, error.says) : 'unfinished';
  }
  if (looked.changed) return 'later';
  const { form, trouble } = looked;
  if (!isSure && mayGoOn(looked)) return 'unfinished';
  // A picture is no table, although each of its bytes is a letter of some character set.
  if (trouble?.key === 'file.no_text') return reject(parts, name, trouble);
  parts.saw(name, form);
  if (trouble !== null) {
    return reject(parts, name, trouble, formSaid(name, { ...seenForm(form), charset: form.charset }));
  }
  const known = files.find(sourceNo, looked.hash);
  if (known?.state === 'done' && known.movedTo === null) {
    await moveTaken(parts, name, known, looked);
    return 'taken';
  }
  if (known?.state === 'done' && (!isSnapshot || files.list(sourceNo, 1)[0]?.no === known.no)) {
    logger.info({ source: sourceNo, file: name, before: known.name }, 'a file came that was taken before');
    const cameAt = known.endedAt ?? known.beganAt;
    const says = sentence('file.came_before', { name: known.name, cameAt });
    const { timeZone } = settings.current();
    const lies = await moveAside(folder, name, processedToday(parts), `${inEnglish(says, { timeZone })}\n`);
    parts.moved({ ...looked, name, lies, rows: looked.rows });
    return 'again';
  }
  if (isSnapshot && looked.rows === 0 && parts.rows.hasAny(sourceNo)) {
    return reject(parts, name, sentence('file.snapshot_empty'));
  }
  // One that grows under its name: its rows of before are no news. A list that closes with a bracket never is one.
  const grown = looked.goesOn && growing.has(form.format) ? before : null;
  const begin = () => {
    const learns = isSnapshot && parts.learnsFirst && !files.list(sourceNo, 50).some(({ state }) => state === 'done');
    files.begin(sourceNo, { hash: looked.hash, name, sizeBytes: looked.sizeBytes, learns }, wallTime(clock));
    if (grown === null) return;
    const says = sentence('file.grown', { count: grown.position, cameAt: grown.endedAt ?? grown.beganAt });
    const no = files.find(sourceNo, looked.hash)?.no ?? 0;
    files.advance(no, { position: grown.position, taken: 0, kept: 0, reasons: [{ origin: name, says }] });
  };
  if (known?.state !== 'reading' && !isSnapshot && looked.all !== null) {
    await moveTaken(parts, name, await takeWhole(parts, name, looked, { begin, from: grown?.position ?? 0 }), looked);
    return 'taken';
  }
  if (known?.state !== 'reading') await commit.transact(begin);
  const file = files.find(sourceNo, looked.hash);
  if (file === undefined) throw new Error('a file that was begun is not known');
  const whole = await takeRows(parts, name, file, looked);
  if (!whole) return 'later';
  await moveTaken(parts, name, files.find(sourceNo, looked.hash) ?? file, looked);
  return 'taken';
}

/** Of so many files before one is looked for that had the same name. */
const mostNamesLookedAt = 200;

/** Files to whose end a program adds. */
const growing: ReadonlySet<FileFormat> = new Set(['csv', 'ndjson']);

/** Nothing is in it yet, or a letter of its last bytes is cut. */
const oftenOfHalf: ReadonlySet<string> = new Set(['file.empty', 'file.mixed_charsets']);

/** Whether it ends as a file does of which more is to come. */
function mayGoOn({ form: { format }, trouble, endsLine }: LookedAt): boolean {
  // The cell in which a table ends may be half of one; an object that is closed is whole.
  if (trouble === null) return format === 'csv' && !endsLine;
  // Zeros stand where a program makes room first and writes then.
  if (trouble.key === 'file.quote_open' || trouble.key === 'file.no_text') return true;
  return format === 'json' || format === 'xml' || !endsLine;
}

/** A file of few rows is begun, taken and ended in one transaction. */
async function takeWhole(
  parts: TakeFileParts,
  name: string,
  { all, form, hash }: LookedAt,
  { begin, from }: { readonly begin: () => void; readonly from: number },
): Promise<SourceFile> {
  const { context, sourceNo, files } = parts;
  const rows = all ?? [];
  const messages = rows.slice(from).map(({ raw, number }) => ({
    raw,
    origin: `${name} ${placeWord[form.format]} ${number}`,
    key: null,
  }));
  const mark = (taken: number, kept: number, reasons: readonly FileReason[]) => {
    begin();
    const { no, reasons: told } = files.find(sourceNo, hash) ?? { no: 0, reasons: [] };
    const all = [...told, ...reasons];
    files.advance(no, { position: rows.length, taken, kept, reasons: all });
    files.end(no, 'done', all, wallTime(context.clock));
  };
  if (messages.length === 0) await context.commit.transact(() => mark(0, 0, []));
  else {
    await parts.take(messages, (so) =>
      mark(
        so.taken,
        so.kept,
        so.troubles.map(({ origin, says }) => ({ origin, says })),
      ),
    );
  }
  const file = files.find(sourceNo, hash);
  if (file === undefined) throw new Error('a file that was taken is not known');
  return file;
}

/** False where we are stopping: the rest follows when it is started again. */
async function takeRows(parts: TakeFileParts, name: string, file: SourceFile, looked: LookedAt): Promise<boolean> {
  const { context, sourceNo, folder, thread, files, keyColumns, rows: table } = parts;
  const { commit, clock } = context;
  const snapshot = createSnapshot(table, sourceNo);
  const word = placeWord[looked.form.format];
  const originOf = ({ number }: KeyedRow) => `${name} ${word} ${number}`;
  let { position, reasons } = file;

  /** In one transaction: what the rows became, and that they were taken. */
  async function store(messages: readonly SourceMessage[], next: number, also: () => void): Promise<void> {
    const mark = (taken: number, kept: number, more: readonly FileReason[]) => {
      also();
      const all = [...reasons, ...more].slice(0, mostReasons);
      files.advance(file.no, { position: next, taken, kept, reasons: all });
      return all;
    };
    let marked = reasons;
    if (messages.length === 0) {
      await commit.transact(() => {
        marked = mark(0, 0, []);
      });
    } else {
      await parts.take(messages, (so) => {
        marked = mark(
          so.taken,
          so.kept,
          so.troubles.map(({ origin, says }) => ({ origin, says })),
        );
      });
    }
    [position, reasons] = [next, marked];
  }

  for (;;) {
    if (parts.isStopped()) return false;
    const rows =
      looked.all?.slice(position) ??
      (await thread.ask<readonly KeyedRow[]>('rows', {
        path: join(folder, name),
        form: looked.form,
        keyColumns,
        from: position,
      }));
    if (rows.length === 0) break;
    const next = position + rows.length;
    if (keyColumns.length === 0) {
      await store(
        rows.map((row) => ({ raw: row.raw, origin: originOf(row), key: null })),
        next,
        () => {},
      );
      continue;
    }
    const shown = rows.map((row) => ({ key: row.key ?? '', raw: row.raw, origin: originOf(row) }));
    const { messages, keep } = await snapshot.changed(shown, file.no, file.learns);
    await store(messages, next, keep);
  }
  while (keyColumns.length > 0) {
    if (parts.isStopped()) return false;
    const gone = snapshot.gone(file.no, name);
    if (gone === null) break;
    await store(gone.messages, position, gone.keep);
  }
  await commit.transact(() => files.end(file.no, 'done', reasons, wallTime(clock)));
  return true;
}

async function moveTaken(parts: TakeFileParts, name: string, file: SourceFile, looked: LookedAt): Promise<void> {
  const { timeZone } = parts.context.settings.current();
  const to = await moveAside(parts.folder, name, processedToday(parts), textOf(file.reasons, file.kept, timeZone));
  parts.moved({ ...looked, name, lies: to, rows: file.position });
  // Shares the next one's commit: where it is lost, the file is gone from its folder all the same.
  const { commit, mishaps } = parts.context;
  mishaps.own(
    'the note of where a file was moved',
    commit.transact(() => parts.files.moved(file.no, to)),
  );
}

/** What came after a file was taken is taken by nobody: it lies where a person sees to it. */
export async function setAsideChanged(
  { folder, keyColumns, sourceNo, refusals, context }: TakeFileParts,
  { name, lies, rows }: TakenFile,
): Promise<void> {
  const says = sentence('file.written_after', { count: rows });
  // A file that holds all there is shows what differs.
  const step = sentence(keyColumns.length > 0 ? 'file.written_after_again' : 'file.written_after_rest');
  const to = await moveAside(folder, name, rejectedFolder, `${inEnglish(says)}\n${inEnglish(step)}\n`, lies);
  context.logger.warn(
    { source: sourceNo, file: name },
    'a file was written to after it was taken; it lies in rejected',
  );
  refusals.keep(sourceNo, { status: 400, code: 'bad_member', file: basename(to), says }, true, null);
}

/** @param readAs what it was found to be: a wrong guess is why, now and then */
async function reject(parts: TakeFileParts, name: string, says: Sentence, readAs?: Sentence): Promise<FileEnd> {
  const { context, folder, sourceNo } = parts;
  const reason = [says, ...(readAs === undefined ? [] : [readAs])].map((one) => `${inEnglish(one)}\n`).join('');
  const to = await moveAside(folder, name, rejectedFolder, reason);
  context.logger.warn(
    { source: sourceNo, file: name, reason: inEnglish(says) },
    'a file cannot be read; it lies in rejected',
  );
  parts.refusals.keep(sourceNo, { status: 400, code: 'bad_member', file: basename(to), says }, true, null);
  return 'rejected';
}

const processedToday = ({ context: { clock, settings } }: TakeFileParts): string =>
  join(processedFolder, localDay(wallTime(clock), settings.current().timeZone).toString());

/** What lies beside a file of which rows are kept, or were taken before. */
function textOf(reasons: readonly FileReason[], kept: number, timeZone: string): string | null {
  const grown = reasons.filter(isOfGrown).map(({ says }) => `${inEnglish(says, { timeZone })}\n`);
  const lines = reasons.filter((one) => !isOfGrown(one)).map(({ origin, says }) => `${origin}: ${inEnglish(says)}`);
  if (kept > 0) grown.push(`${inEnglish(sentence('file.rows_kept', { count: kept }))}\n\n${lines.join('\n')}\n`);
  return grown.length === 0 ? null : grown.join('\n');
}

const isOfGrown = ({ says }: FileReason): boolean => says.key === 'file.grown';
