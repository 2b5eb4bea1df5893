/** The forms in which systems write files, as a person chooses them where they are not to be found out. */
import type { Sentence } from '../domain.ts';
import { sentence } from '../sentences/sentence.ts';

export const fileFormats = ['csv', 'json', 'ndjson', 'xml'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const textCharsets = [
  ...(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'cp437', 'cp850'] as const),
] as const;
export type TextCharset = (typeof textCharsets)[number];

/** What parts a row's cells, by a name that can be typed. */
export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;
export type DelimiterName = keyof typeof delimiters;
export type FoundDelimiter = (typeof delimiters)[DelimiterName];
export const delimiterNames = Object.keys(delimiters) as readonly DelimiterName[];

/** @returns `semicolon` for `;` */
export const delimiterName = (delimiter: FoundDelimiter): DelimiterName =>
  delimiterNames.find((name) => delimiters[name] === delimiter) ?? 'comma';

/** What a file was found, or chosen, to be. */
export interface SeenForm {
  readonly format: FileFormat;
  /** Null: it came as text. */
  readonly charset: TextCharset | null;
  /** Of CSV alone. */
  readonly delimiter: DelimiterName | null;
  /** To what repeats in it; empty where that is the whole. */
  readonly path: readonly string[];
}

/** "bookings.csv is CSV in WINDOWS-1252; what stands between its cells: semicolon." */
export function formSaid(name: string, { format: given, charset, delimiter: parted, path: names }: SeenForm): Sentence {
  const [format, path] = [given.toUpperCase(), names.join('/')];
  if (charset === null) {
    if (parted !== null) return sentence('source.pasted_parted', { format, parted });
    return path === '' ? sentence('source.pasted', { format }) : sentence('source.pasted_path', { format, path });
  }
  const file = { name, format, charset: charset.toUpperCase() };
  if (parted !== null) return sentence('source.try_file_parted', { ...file, parted });
  return path === '' ? sentence('source.try_file', file) : sentence('source.try_file_path', { ...file, path });
}

/** That it may be another one, and what to do then; null where it is known. @param chosen null: it was found out */
export const charsetGuess = (chosen: TextCharset | null, charset: TextCharset | null): Sentence | null =>
  chosen === null && charset === 'windows-1252' ? sentence('source.try_charset_guess') : null;
