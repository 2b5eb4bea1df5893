/** The forms in which systems write files, as a person chooses them where they are not to be found out. */

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
