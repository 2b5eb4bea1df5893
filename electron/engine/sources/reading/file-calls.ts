/** What the thread that reads files can be asked. A file is looked through whole before any of its rows is handed over. */
import { hash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Sentence } from '../../../../shared/domain.ts';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { memberSpans } from '../../json-spans.ts';
import { type FileForm, type FileRow, type WantedForm, withEnvelope } from './form.ts';
import { heldToWrite } from './held-to-write.ts';
import { type Beginning, lookAtFile, rowsOfFile } from './read-file.ts';
import { UnreadableFile } from './unreadable.ts';

export interface LookInput {
  readonly path: string;
  readonly wanted: WantedForm;
  /** Of a snapshot; empty for other files. */
  readonly keyColumns: readonly string[];
  /** What was last taken under this name; absent: nothing was. */
  readonly before?: Beginning | null;
}

/** A row, with what tells it from others where it is of a snapshot. */
export interface KeyedRow extends FileRow {
  readonly key: string | null;
}

export interface LookedAt {
  /** It was written to meanwhile: later. */
  readonly changed: boolean;
  /** What in it cannot be read, at the first place; null: all can. */
  readonly trouble: Sentence | null;
  readonly form: FileForm;
  readonly hash: string;
  readonly sizeBytes: number;
  /** As it was when its reading began. */
  readonly mtimeMs: number;
  readonly endsLine: boolean;
  /** It begins with all that was last taken under this name, and has more. */
  readonly goesOn: boolean;
  readonly rows: number;
  readonly columns: readonly string[];
  /** All rows, where they are few. */
  readonly all: readonly KeyedRow[] | null;
}

/** The first rows of a file, and what it was found to be. */
export interface FileSample {
  readonly form: FileForm;
  readonly columns: readonly string[];
  readonly rows: readonly FileRow[];
}

export interface RowsInput {
  readonly path: string;
  readonly form: FileForm;
  readonly keyColumns: readonly string[];
  /** So many rows were taken before. */
  readonly from: number;
}

export interface HeldInput {
  readonly folder: string;
  readonly names: readonly string[];
}

/** What is handed over at a time. */
const page = { rows: 500, characters: 2_000_000 };
/**
 * Most rows of a snapshot: what tells each from the others is in memory while it is looked through. Where that has no room,
 * the thread does not end alone but the whole process.
 */
const mostKeyed = 500_000;
/** A file of up to so much is taken as one. */
const whole = { rows: 2_000, characters: 2_000_000 };

/** @param most rows of a snapshot */
export function fileCalls(most = mostKeyed) {
  let open: { readonly path: string; at: number; readonly rows: AsyncGenerator<KeyedRow> } | null = null;

  async function forget(): Promise<void> {
    const ending = open;
    open = null;
    await ending?.rows.return(undefined);
  }

  return {
    /** @throws UnreadableFile where nobody can tell what it is */
    async look({ path, wanted, keyColumns, before: last = null }: LookInput): Promise<LookedAt> {
      await forget();
      const { mtimeMs } = await stat(path);
      const before = await stampOf(path);
      const looked = await lookAtFile(path, wanted, last);
      let columns: readonly string[] = [];
      const all: KeyedRow[] = [];
      const keys = new Map<string, number>();
      let rows = 0;
      let characters = 0;
      let trouble: Sentence | null = null;
      try {
        for await (const row of keyed(
          rowsOfFile(path, looked.form, (names) => (columns = names)),
          keyColumns,
        )) {
          rows += 1;
          characters += row.raw.length;
          if (row.key !== null) refuseTwice(keys, row, keyColumns, most);
          if (rows <= whole.rows && characters <= whole.characters) all.push(row);
        }
      } catch (error) {
        if (!(error instanceof UnreadableFile)) throw error;
        trouble = error.says;
      }
      const changed = before !== (await stampOf(path));
      return { ...looked, mtimeMs, changed, trouble, columns, rows, all: all.length === rows ? all : null };
    },

    /** The next rows of it; none at its end. */
    async rows({ path, form, keyColumns, from }: RowsInput): Promise<readonly KeyedRow[]> {
      if (open === null || open.path !== path || open.at !== from) {
        await forget();
        const rows = keyed(rowsOfFile(path, form), keyColumns);
        for (let passed = 0; passed < from; passed += 1) if ((await rows.next()).done) break;
        open = { path, at: from, rows };
      }
      const found: KeyedRow[] = [];
      for (let characters = 0; found.length < page.rows && characters < page.characters; ) {
        const { value, done } = await open.rows.next();
        if (done) break;
        found.push(value);
        characters += value.raw.length;
      }
      open.at += found.length;
      if (found.length === 0) await forget();
      return found;
    },

    /** The first rows, for whoever sets it up; what is wrong further down is not found. */
    async sample({ path, wanted }: Omit<LookInput, 'keyColumns'>): Promise<FileSample> {
      const { form } = await lookAtFile(path, wanted);
      let columns: readonly string[] = [];
      const rows: FileRow[] = [];
      for await (const row of rowsOfFile(path, form, (names) => (columns = names))) {
        rows.push({ raw: withEnvelope(row), number: row.number });
        if (rows.length >= 3) break;
      }
      return { form, columns, rows };
    },

    /** Of these files, those that a program of this PC holds open to write them. */
    async held({ folder, names }: HeldInput): Promise<readonly string[]> {
      return heldToWrite(folder, names);
    },

    close: forget,
  };
}

/** Whether it was written to: size, time, and which file it is. */
async function stampOf(path: string): Promise<string> {
  const { size, mtimeMs, ino } = await stat(path);
  return `${size} ${mtimeMs} ${ino}`;
}

async function* keyed(rows: AsyncGenerator<FileRow>, keyColumns: readonly string[]): AsyncGenerator<KeyedRow> {
  for await (const row of rows) {
    yield keyColumns.length === 0
      ? { raw: withEnvelope(row), number: row.number, key: null }
      : { ...row, key: keyIn(row, keyColumns) };
  }
}

/** The members' own text, so that no digit of a long number is lost. */
function keyIn({ raw, number }: FileRow, keyColumns: readonly string[]): string {
  const members = new Map(memberSpans(raw, raw.indexOf('{')).map((span) => [span.name, span]));
  const parts = keyColumns.map((column) => {
    const span = members.get(column);
    const text = span && raw.slice(span.start, span.end);
    if (text === undefined || text === 'null' || text === '""') {
      throw new UnreadableFile(sentence('file.no_key', { row: number, column }));
    }
    return text;
  });
  return parts.join(',');
}

function refuseTwice(
  keys: Map<string, number>,
  { key, number }: KeyedRow,
  keyColumns: readonly string[],
  most: number,
): void {
  // As long as the next one, and no part of its row, which would stay with it.
  const told = hash('sha256', key ?? '', 'base64');
  const before = keys.get(told);
  if (before !== undefined) {
    throw new UnreadableFile(sentence('file.key_twice', { row: number, before, column: keyColumns.join(', ') }));
  }
  if (keys.size >= most) throw new UnreadableFile(sentence('file.too_many_rows', { most }));
  keys.set(told, number);
}
