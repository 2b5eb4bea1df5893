/** How the command line shows things: tables that fit a terminal, local times, plain words. */
import type { EventSummary } from '../../shared/schemas.ts';

/** Columns as wide as their widest cell; the last one takes what it needs. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => (i === cells.length - 1 ? cell : cell + ' '.repeat((widths[i] ?? 0) - width(cell))))
      .join('  ')
      .trimEnd();
  return `${[head, ...rows].map(line).join('\n')}\n`;
}

/** Names and values; a value that is null is left out. */
export type Facts = readonly (readonly [name: string, value: string | null])[];

/** One a line. */
export function facts(pairs: Facts): string {
  const shown = pairs.filter((pair): pair is readonly [string, string] => pair[1] !== null);
  const widest = Math.max(...shown.map(([name]) => width(name)));
  return `${shown.map(([name, value]) => `${name.padEnd(widest)}  ${value}`).join('\n')}\n`;
}

/** This PC's local time: `2026-11-23 21:22:05`. */
export const localTime = (at: number): string => new Date(at).toLocaleString('sv-SE');
export const localTimeOr = (at: number | null, otherwise: string): string => (at === null ? otherwise : localTime(at));

export const plural = (count: number, one: string, many: string = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** Guest, room, amount: what a row says of an event before its id. */
export function summaryText({ guest, room, item, outlet, amount, currency, quantity }: EventSummary): string {
  const sum = amount === undefined ? undefined : `${currency ?? ''} ${amount}`.trim();
  const left = quantity === undefined ? undefined : `${quantity} left`;
  return [guest, item, outlet, room, sum, left].filter((part) => part !== undefined).join(', ');
}

/** Columns in a terminal; characters outside Latin, and marks, are counted as most terminals draw them. */
function width(text: string): number {
  let columns = 0;
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0) ?? 0;
    const isWide = (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf) || code >= 0x1f300;
    if (!/\p{M}/u.test(character)) columns += isWide ? 2 : 1;
  }
  return columns;
}
