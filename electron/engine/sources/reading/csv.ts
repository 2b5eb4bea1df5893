/** A table as text: a header row, then a row for each thing. Cells stay text, as they stand there. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CsvError, type Info, type Options, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { delimiters, type FoundDelimiter } from '../../../../shared/source-kinds/file-form.ts';
import { type FileRow, mostColumns, mostInARow } from './form.ts';
import { UnreadableFile } from './unreadable.ts';

/** A quote within a cell that has none around it is a letter: `6" pipe`. */
const leniently: Options = {
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
  max_record_size: mostInARow,
};

interface Numbered {
  readonly info: Info;
  readonly record: readonly string[];
  /** As it stands in the text, with its quotation marks. */
  readonly raw: string;
}

/** How many rows tell what parts the cells. */
const lookedAt = 20;

/** What Excel writes as the first line for others of its kind. */
const firstLineSays = /^sep=([,;\t|])\r?\n/i;

export interface FoundDelimiterLine {
  readonly delimiter: FoundDelimiter;
  readonly saysDelimiter: boolean;
}

/**
 * @param start the text's beginning; `isWhole`: there is no more of it
 * @returns what parts most rows into equally many cells; a comma where nothing parts them
 */
export function findDelimiter(start: string, isWhole: boolean): FoundDelimiterLine {
  const said = firstLineSays.exec(start)?.[1] as FoundDelimiter | undefined;
  if (said !== undefined) return { delimiter: said, saysDelimiter: true };
  const lastLine = start.lastIndexOf('\n');
  const rows = isWhole || lastLine < 0 ? start : start.slice(0, lastLine + 1);
  const scored = Object.values(delimiters).map((delimiter) => ({ delimiter, score: scoreOf(rows, delimiter) }));
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return { delimiter: best.score > 0 ? best.delimiter : ',', saysDelimiter: false };
}

/** Even rows count most, then how many cells there are. */
function scoreOf(text: string, delimiter: FoundDelimiter): number {
  const rows: string[][] = [];
  const noted = (row: string[]) => {
    rows.push(row);
    return row;
  };
  try {
    parseAtOnce(text, { ...leniently, delimiter, to: lookedAt, on_record: noted });
  } catch (error) {
    // What lies before a quote that is never closed still tells: else the whole table would be read by a comma.
    if ((error as Partial<CsvError>).code !== 'CSV_QUOTE_NOT_CLOSED') return 0;
  }
  const width = rows[0]?.length ?? 0;
  if (width < 2) return 0;
  const even = rows.filter(({ length }) => length === width).length;
  return (even / rows.length) * 10_000 + Math.min(width, mostColumns);
}

/**
 * @param told hears of the columns as soon as they are known
 * @throws UnreadableFile with the number of the row, counted with the header as people see it
 */
export async function* csvRows(
  text: AsyncIterable<string>,
  { delimiter, saysDelimiter }: FoundDelimiterLine,
  told: (columns: readonly string[]) => void = () => {},
): AsyncGenerator<FileRow> {
  const before = saysDelimiter ? 1 : 0;
  const parser = parse({ ...leniently, delimiter, info: true, raw: true, from_line: before + 1 });
  const failed = pipeline(Readable.from(text), parser).then(
    () => null,
    (error: unknown) => error,
  );
  let names: readonly string[] | null = null;
  let number = before;
  try {
    for await (const { info, record, raw } of parser as AsyncIterable<Numbered>) {
      number = before + info.records + info.empty_lines;
      if (record.some((cell) => cell.startsWith('"')) && goesOnBehindQuote(raw, delimiter)) {
        throw new UnreadableFile(sentence('file.quote_followed', { row: number }));
      }
      // `;;;;`: Excel writes a line that was emptied so.
      if (record.every((cell) => cell.trim() === '')) continue;
      if (names === null) {
        names = namesIn(record);
        told(names.map((name) => JSON.parse(name) as string));
      } else {
        yield { raw: rawOf(names, record, number), number };
      }
    }
  } catch (error) {
    throw reasonFor(error, number + 1);
  } finally {
    parser.destroy();
  }
  const error = await failed;
  if (error !== null) throw reasonFor(error, number + 1);
  if (names === null) throw new UnreadableFile(sentence('file.empty'));
}

function reasonFor(error: unknown, row: number): unknown {
  switch ((error as Partial<CsvError>).code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return new UnreadableFile(sentence('file.quote_open', { row }), error);
    case 'CSV_MAX_RECORD_SIZE':
      return new UnreadableFile(sentence('file.row_too_large', { place: `row ${row}`, most: mostInARow }), error);
    default:
      return error;
  }
}

/** Whether a cell that is quoted has something behind its closing mark: taken leniently, its marks would be letters. */
function goesOnBehindQuote(row: string, delimiter: string): boolean {
  const quoted = /"(?:[^"]|"")*"/y;
  // The ends of empty lines before it stand there too.
  for (let at = Math.max(0, row.search(/[^\r\n]/)); at < row.length; ) {
    quoted.lastIndex = at;
    if (quoted.test(row)) {
      at = quoted.lastIndex;
      if (at < row.length && !`${delimiter}\r\n`.includes(row.charAt(at))) return true;
    } else at = row.indexOf(delimiter, at);
    if (at < 0) return false;
    at += 1;
  }
  return false;
}

/** The header's names, each as JSON text; one without a name gets its number, a second of a name too. */
function namesIn(header: readonly string[]): string[] {
  const names = withoutEmptyEnd(header).map((name) => name.trim());
  if (names.length > mostColumns) {
    throw new UnreadableFile(sentence('file.too_many_columns', { found: names.length, most: mostColumns }));
  }
  const seen = new Set<string>();
  return names.map((name, i) => {
    let free = name === '' ? `column_${i + 1}` : name;
    for (let n = 2; seen.has(free); n += 1) free = `${name === '' ? `column_${i + 1}` : name}_${n}`;
    seen.add(free);
    return JSON.stringify(free.toWellFormed());
  });
}

function rawOf(names: readonly string[], record: readonly string[], row: number): string {
  // Some systems end every row with what parts the cells.
  const cells = record.length > names.length ? withoutEmptyEnd(record, names.length) : record;
  if (cells.length !== names.length) {
    throw new UnreadableFile(sentence('file.uneven_row', { row, found: cells.length, expected: names.length }));
  }
  return `{${names.map((name, i) => `${name}:${JSON.stringify(cells[i]?.toWellFormed())}`).join(',')}}`;
}

function withoutEmptyEnd(cells: readonly string[], least = 1): readonly string[] {
  let end = cells.length;
  while (end > least && cells[end - 1]?.trim() === '') end -= 1;
  return cells.slice(0, end);
}
