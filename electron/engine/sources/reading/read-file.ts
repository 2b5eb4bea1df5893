/** Reads a file that a system wrote: finds out what it is, then gives its rows one by one and keeps none of them. */

import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import type { FileFormat } from '../../../../shared/source-kinds/file-form.ts';
import { saidByXml } from '../../../../shared/source-kinds/file-text.ts';
import { csvRows, findDelimiter } from './csv.ts';
import { decoded, findCharset } from './decoding.ts';
import type { FileForm, FileRow, WantedForm } from './form.ts';
import { jsonRows, ndjsonRows } from './json.ts';
import { onlyText, refuseBinary } from './only-text.ts';
import { UnreadableFile } from './unreadable.ts';
import { findXmlPath, xmlRows } from './xml.ts';

/** How much is read at a time, in bytes. */
const pieceBytes = 131_072;
/** How much of the text is looked at to find out what it is, in characters. */
const lookedAt = 65_536;

/** No system's export is so large; what claims to be has no end. */
const mostBytes = 1_073_741_824;

/**
 * A device, a pipe or a link is no file that a program left; opening one must not wait for somebody at its other end.
 *
 * @throws Error where it is no regular file
 */
async function openRegular(path: string): Promise<FileHandle> {
  // Windows knows neither: there they are absent.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const file = await open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw new Error('it is no regular file');
}

/** What is known of a file before its rows are read. */
export interface LookedFile {
  readonly form: FileForm;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly hash: string;
  readonly sizeBytes: number;
  /** Whether its last line is ended. */
  readonly endsLine: boolean;
  /** It begins with all that was in the file before, and goes on in a line of its own. */
  readonly goesOn: boolean;
}

/** What was in a file before: SHA-256 of its bytes, in hexadecimal. */
export interface Beginning {
  readonly hash: string;
  readonly sizeBytes: number;
}

/**
 * Reads a file once to its end, to know what it is.
 *
 * @param before what a file of this name was when it was taken
 * @throws UnreadableFile where it is empty or no text
 */
export async function lookAtFile(
  path: string,
  wanted: WantedForm,
  before: Beginning | null = null,
): Promise<LookedFile> {
  const file = await openRegular(path);
  try {
    const hash = createHash('sha256');
    const charset = findCharset();
    let sizeBytes = 0;
    let goesOn = false;
    let start = Buffer.alloc(0);
    let end = Buffer.alloc(0);
    for await (const bytes of piecesOf(file)) {
      const there = before === null ? 0 : before.sizeBytes - sizeBytes;
      if (there > 0 && there < bytes.length) {
        const isSame = hash.copy().update(bytes.subarray(0, there)).digest('hex') === before?.hash;
        const ending = Buffer.concat([end, bytes.subarray(0, there)]).subarray(-4);
        goesOn = isSame && (endsLine(ending) || beginsLine(bytes.subarray(there, there + 2)));
      }
      hash.update(bytes);
      charset.add(bytes);
      sizeBytes += bytes.length;
      if (start.length < lookedAt * 2) start = Buffer.concat([start, bytes]);
      end = Buffer.concat([end, bytes.subarray(-4)]).subarray(-4);
    }
    const form = await formOf(start, sizeBytes, wanted, wanted.charset ?? charset.found());
    return { form, hash: hash.digest('hex'), sizeBytes, endsLine: endsLine(end), goesOn };
  } finally {
    await file.close();
  }
}

/** A line break, whichever half of UTF-16 its zero is; DOS programs put their end mark behind it. */
function endsLine(end: Buffer): boolean {
  const last = end.findLast((byte) => byte !== 0 && byte !== 0x1a);
  return last === 0x0a || last === 0x0d;
}

/** Whether a line that was not ended ends here: what stands behind it, of which UTF-16 may have a zero first. */
function beginsLine([first, second]: Uint8Array): boolean {
  const sign = first === 0 ? second : first;
  return sign === 0x0a || sign === 0x0d;
}

async function formOf(
  start: Buffer,
  sizeBytes: number,
  wanted: WantedForm,
  charset: FileForm['charset'],
): Promise<FileForm> {
  refuseBinary(start.toString('latin1', 0, 8));
  const text = await startOf(start, sizeBytes, charset);
  if (text.trim() === '') throw new UnreadableFile(sentence('file.empty'));
  const format = wanted.format ?? formatOf(text);
  // Where every byte is a letter, nothing else would tell that it is another one.
  const said = format === 'xml' && wanted.charset === null && charset === 'windows-1252' ? saidByXml(text) : null;
  if (said !== null && !namesOfWindows.test(said)) {
    throw new UnreadableFile(sentence('file.unknown_charset', { charset: said }));
  }
  const isWhole = sizeBytes <= start.length && text.length < lookedAt;
  const found = format === 'csv' ? findDelimiter(text, isWhole) : { delimiter: null, saysDelimiter: false };
  return {
    format,
    charset,
    delimiter: format === 'csv' ? (wanted.delimiter ?? found.delimiter) : null,
    saysDelimiter: found.saysDelimiter,
    path: wanted.path ?? (format === 'xml' ? findXmlPath(text) : []),
  };
}

/** What XML calls it; one that says UTF-8 and is not was written by a program that says so of everything. */
const namesOfWindows = /^(?:windows-1252|cp-?1252|iso[-_]?8859-1|latin-?1|us-ascii|ascii|utf-?8)$/i;

/** The beginning as text; what is cut off in the middle of a letter is no fault of the file. */
async function startOf(start: Buffer, sizeBytes: number, charset: FileForm['charset']): Promise<string> {
  let text = '';
  try {
    for await (const piece of decoded(slices(start), charset)) text += piece;
  } catch (error) {
    if (sizeBytes <= start.length || text === '') throw error;
  }
  return text.slice(0, lookedAt);
}

function* slices(bytes: Buffer): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 4_096) yield bytes.subarray(at, at + 4_096);
}

/** By how it begins: a table is what is nothing else. */
export function formatOf(text: string): FileFormat {
  const start = text.trimStart();
  if (start.startsWith('<')) return 'xml';
  if (start.startsWith('[')) return 'json';
  if (!start.startsWith('{')) return 'csv';
  const [first = '', ...more] = start.split('\n');
  if (!more.some((line) => line.trimStart().startsWith('{'))) return 'json';
  try {
    JSON.parse(first);
    return 'ndjson';
  } catch {
    return 'json';
  }
}

async function* piecesOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let read = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(pieceBytes), 0, pieceBytes, null);
    if (bytesRead === 0) return;
    read += bytesRead;
    if (read > mostBytes) throw new UnreadableFile(sentence('file.too_large', { most: mostBytes / 1_048_576 }));
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * The rows of a file, from its first.
 *
 * @param told hears of a table's columns
 * @throws UnreadableFile at the first thing that cannot be read
 */
export async function* rowsOfFile(
  path: string,
  form: FileForm,
  told?: (columns: readonly string[]) => void,
): AsyncGenerator<FileRow> {
  const file = await openRegular(path);
  try {
    yield* rowsOfText(decoded(piecesOf(file), form.charset), form, told);
  } finally {
    await file.close();
  }
}

/** The same of a text that is at hand: pasted, or a message. */
export function rowsOfText(
  given: AsyncIterable<string>,
  { format, delimiter, saysDelimiter, path }: FileForm,
  told?: (columns: readonly string[]) => void,
): AsyncGenerator<FileRow> {
  const text = onlyText(given);
  switch (format) {
    case 'csv':
      return csvRows(text, { delimiter: delimiter ?? ',', saysDelimiter }, told);
    case 'json':
      return jsonRows(text, path);
    case 'ndjson':
      return ndjsonRows(text);
    case 'xml':
      return xmlRows(text, path);
  }
}

/** How a text that is at hand is read. @throws UnreadableFile where it is empty or no text */
export function formOfText(text: string, wanted: WantedForm): FileForm {
  if (text.trim() === '') throw new UnreadableFile(sentence('file.empty'));
  refuseBinary(text.slice(0, 8));
  const start = text.slice(0, lookedAt);
  const format = wanted.format ?? formatOf(start);
  const found = format === 'csv' ? findDelimiter(start, text.length <= lookedAt) : null;
  return {
    format,
    charset: 'utf-8',
    delimiter: format === 'csv' ? (wanted.delimiter ?? found?.delimiter ?? ',') : null,
    saysDelimiter: found?.saysDelimiter ?? false,
    path: wanted.path ?? (format === 'xml' ? findXmlPath(start) : []),
  };
}
