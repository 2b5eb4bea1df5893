/**
 * The one way from a text to the terminal. Only `Shown` is printed, and what goes into one was made harmless on the
 * way (shared/harmless.ts): a cell, a value, a name cannot end its line or speak to the terminal.
 */
import stringWidth from 'string-width';
import { unknownCurrency } from '../../shared/currency-code.ts';
import { harmless, harmlessJson, harmlessLines } from '../../shared/harmless.ts';
import type { EventSummary } from '../../shared/schemas.ts';

/** Text that may be printed as it is. */
export class Shown {
  readonly text: string;
  private constructor(text: string) {
    this.text = text;
  }
  /** For the makers below alone. */
  static of(text: string): Shown {
    return new Shown(text);
  }
}

export type Showable = string | number | Shown;

const inLine = (value: Showable): string => (value instanceof Shown ? value.text : harmless(String(value)));

/** A text of ours with values from anywhere. */
export const shown = (ours: TemplateStringsArray, ...values: readonly Showable[]): Shown =>
  Shown.of(String.raw({ raw: ours.map((part) => part) }, ...values.map(inLine)));

/** Several lines that somebody else wrote, each of them set in. */
export const block = (text: string, indent: string): Shown =>
  Shown.of(`${harmlessLines(text).replace(/^/gm, indent)}\n`);

/** Of several lines, such as a help text in which what a person typed may stand. */
export const lines = (text: string): Shown => Shown.of(harmlessLines(text));

export const json = (value: unknown): Shown => Shown.of(`${harmlessJson(JSON.stringify(value, null, 2))}\n`);

/**
 * A piece of an export for standard output. JSON means the same with escapes, so it always has them; CSV is shown
 * harmless to a person in a terminal, and is data as it stands to a program or a file.
 */
export function exported(piece: string, format: string, toTerminal: boolean): Shown {
  if (format === 'jsonl') return Shown.of(harmlessJson(piece));
  return Shown.of(toTerminal ? harmlessLines(piece) : piece);
}

export const together = (...parts: readonly (Shown | null)[]): Shown =>
  Shown.of(parts.map((part) => part?.text ?? '').join(''));

/** Names and values; a value that is null is left out. */
export type Facts = readonly (readonly [name: string, value: Showable | null])[];

/** One a line. */
export function facts(pairs: Facts): Shown {
  const rows = pairs.filter((pair): pair is readonly [string, Showable] => pair[1] !== null);
  const widest = Math.max(...rows.map(([name]) => width(name)));
  return Shown.of(rows.map(([name, value]) => `${name.padEnd(widest)}  ${inLine(value)}\n`).join(''));
}

/** An id, which is never cut: it is there to be copied. */
const widestId = 30;
const gap = 2;
/** Where nobody looks at it in a terminal. */
const usualColumns = 100;

/**
 * Columns as wide as their widest cell, as long as that fits. In a terminal that is too narrow a longer cell is cut;
 * elsewhere it is whole, and only the others are not spread out for its sake.
 * @param columns of the terminal; null where there is none
 */
export function table(columns: number | null, head: readonly string[], rows: readonly (readonly Showable[])[]): Shown {
  const cells = [head, ...rows].map((row) => head.map((_, i) => inLine(row[i] ?? '')));
  const natural = head.map((_, i) => Math.max(...cells.map((row) => width(row[i] ?? ''))));
  const most = widestColumn(natural, (columns ?? usualColumns) - gap * (head.length - 1));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const fitted = columns === null ? cell : cut(cell, most);
        const missing = Math.min(natural[i] ?? 0, most, columns ?? most) - width(fitted);
        return i === row.length - 1 ? fitted : fitted + ' '.repeat(Math.max(0, missing));
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return Shown.of(`${cells.map(line).join('\n')}\n`);
}

/** The widest that any column may be, so that all fit into `room`; an id's width at the least. */
function widestColumn(natural: readonly number[], room: number): number {
  const fits = (most: number) => natural.reduce((sum, columns) => sum + Math.min(columns, most), 0) <= room;
  let most = Math.max(widestId, room);
  while (most > widestId && !fits(most)) most -= 1;
  return most;
}

function cut(cell: string, most: number): string {
  if (width(cell) <= most) return cell;
  let kept = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter('en').segment(cell)) {
    used += width(segment);
    if (used > most) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** In columns of a terminal; wide, combining and emoji characters as it draws them. */
const width = (text: string): number => stringWidth(text, { countAnsiEscapeCodes: true });

export const plural = (count: number, one: string, many: string = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Guest, room, amount: what a row says of an event before its id. */
export function summaryText({ guest, room, item, outlet, amount, currency, quantity }: EventSummary): string {
  // What cannot be told is no word for a person.
  const unit = currency === unknownCurrency ? '' : (currency ?? '');
  const sum = amount === undefined ? undefined : `${unit} ${amount}`.trim();
  const left = quantity === undefined ? undefined : `${quantity} left`;
  // Many PMSs call a room "Room 204 - Sea View".
  const where = room === undefined || /^room\b/i.test(room) ? room : `room ${room}`;
  return [guest, item, outlet, where, sum, left].filter((part) => part !== undefined).join(', ');
}
