/** What is no text is refused whole: in Windows-1252 every byte is a letter, so a picture would be read as a table. */
import { sentence } from '../../../../shared/sentences/sentence.ts';
import { UnreadableFile } from './unreadable.ts';

/** How files begin that are never a table as text, each byte a letter: zip and .xlsx, the old .xls. */
const workbooks = ['PK\x03\x04', '\xd0\xcf\x11\xe0'];
/** PDF, PNG, JPEG, GIF, gzip. */
const others = ['%PDF-', '\x89PNG', '\xff\xd8\xff', 'GIF8', '\x1f\x8b'];

/**
 * @param start the first bytes, each as a letter, or the first letters of a text
 * @throws UnreadableFile where it is a spreadsheet's own file, a picture or the like
 */
export function refuseBinary(start: string): void {
  if (workbooks.some((begins) => start.startsWith(begins))) throw new UnreadableFile(sentence('file.is_workbook'));
  if (others.some((begins) => start.startsWith(begins))) throw new UnreadableFile(sentence('file.no_text'));
}

/** @throws UnreadableFile at a zero, which no text has: a binary file, or what a power cut left of one */
export async function* onlyText(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const piece of pieces) {
    if (piece.includes('\0')) throw new UnreadableFile(sentence('file.no_text'));
    yield piece;
  }
}
