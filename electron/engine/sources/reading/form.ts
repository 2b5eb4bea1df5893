/** What a file is: its format, its character set, what parts its cells. */
import {
  delimiterName,
  type FileFormat,
  type FoundDelimiter,
  type TextCharset,
} from '../../../../shared/source-kinds/file-form.ts';

/** What a person chose of a file's form; null: it is found out from the file. */
export interface WantedForm {
  readonly format: FileFormat | null;
  readonly delimiter: FoundDelimiter | null;
  readonly charset: TextCharset | null;
  /** XML: names from the root to the element that repeats, `Export/Bookings/Booking`. JSON: members to the list. */
  readonly path: readonly string[] | null;
}

/** How a file is read, once that is known. */
export interface FileForm {
  readonly format: FileFormat;
  readonly charset: TextCharset;
  /** Of CSV alone. */
  readonly delimiter: FoundDelimiter | null;
  readonly path: readonly string[];
  /** CSV: its first line only says what parts its cells (`sep=;`, as Excel writes it). */
  readonly saysDelimiter: boolean;
}

/** As it is told. */
export const seenForm = ({ format, delimiter, path }: Pick<FileForm, 'format' | 'delimiter' | 'path'>) => ({
  format,
  delimiter: delimiter === null ? null : delimiterName(delimiter),
  path: [...path],
});

/** One row, element, line or object of a file. */
export interface FileRow {
  /** JSON text of an object. */
  readonly raw: string;
  /** Its place as a person counts: a CSV row with the header as the first, a line, an element. */
  readonly number: number;
  /** JSON of what the file says of all its rows, where that counts for each: when an OTA message was written. */
  readonly envelope?: string;
}

/** What a shape sees of a row that is no part of a snapshot, which would be another one each time: `_envelope` too. */
export function withEnvelope({ raw, envelope }: FileRow): string {
  if (envelope === undefined) return raw;
  const members = raw.trim().slice(1, -1);
  return `{${members}${members.trim() === '' ? '' : ','}"_envelope":${envelope}}`;
}

/** What a place is called: `row 14`, `line 3`, `element 2`. */
export const placeWord: Readonly<Record<FileFormat, string>> = {
  csv: 'row',
  ndjson: 'line',
  json: 'element',
  xml: 'element',
};

/** Most characters of one row: beyond, the file is no list of rows. */
export const mostInARow = 1_048_576;
/** How deep elements, objects and arrays may lie in each other. */
export const deepest = 64;
/** Most columns of a table. */
export const mostColumns = 2_000;
