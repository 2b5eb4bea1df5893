/**
 * An export as CSV that Excel and LibreOffice open as it is. A cell that a spreadsheet would take for a formula is
 * defused: names and notes come from outside.
 */
import { stringify } from 'csv-stringify/sync';
import { type Layout, type Row, written } from './export-cells.ts';

/** What the file begins with: the columns' names, and before them where asked a mark by which Excel knows UTF-8. */
export const csvHead = ({ columns }: Layout, bom = true): string =>
  `${bom ? '\uFEFF' : ''}${stringify([columns], csvFormat)}`;

export const csvRows = (layout: Layout, rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => written(layout, row).map(defused)),
    csvFormat,
  );

// RFC 4180 ends lines so; a line break inside a cell is quoted whichever it is.
export const csvFormat = { record_delimiter: 'windows' as const, quoted_match: /[\r\n]/ };

type Cell = string | number | null | undefined;

/**
 * A leading apostrophe tells a spreadsheet that a text is a text. Some skip blanks before a formula, which the
 * library's own `escape_formulas` does not look behind.
 */
export const defused = (cell: Cell): Cell =>
  typeof cell === 'string' && /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;
