/** What the lists of events, deliveries and acts have in common: what is looked for, page by page. */
import type { Command } from 'commander';
import type { UtcMs } from '../../shared/domain.ts';
import type { EventType } from '../../shared/events.ts';
import { CommandError } from './command-error.ts';
import { knownEvents } from './known-events.ts';
import { type Showable, type Shown, shown, together } from './output.ts';
import type { Terminal } from './terminal.ts';

/** For an option that may be given several times. */
export const repeated = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

export interface SpanOptions {
  readonly from?: string;
  readonly to?: string;
}

export interface EventFilterOptions extends SpanOptions {
  readonly event?: readonly string[];
  readonly entity?: string;
  readonly text?: string;
}

export interface PageOptions {
  readonly limit?: string;
  readonly cursor?: string;
}

export const withSpan = (command: Command): Command =>
  command
    .option('--from <time>', "by the property's clocks: 2026-11-23, '2026-11-23 14:30', or 2h ago as 2h")
    .option('--to <time>', 'before this time');

/** Which events, or whose deliveries. */
export const withEventFilter = (command: Command): Command =>
  withSpan(
    command
      .option('--event <types>', 'such as booking.created or booking.*', repeated)
      .option('--entity <id>', 'of a booking, order, item or payment')
      .option('--text <text>', "event id, entity id, or part of a guest's name"),
  );

export const withPages = (command: Command): Command =>
  command.option('--limit <n>', 'rows (50)').option('--cursor <cursor>', 'the next page of a list');

/** @throws CommandError `bad_input` that names the option */
export async function spanOf(terminal: Terminal, { from, to }: SpanOptions): Promise<{ from?: UtcMs; to?: UtcMs }> {
  if (from === undefined && to === undefined) return {};
  const at = await terminal.atProperty();
  const span = {
    ...(from === undefined ? {} : { from: at.moment('--from', from) }),
    ...(to === undefined ? {} : { to: at.moment('--to', to) }),
  };
  if (span.from !== undefined && span.to !== undefined && span.from > span.to) {
    const shown = `${at.time(span.from)}, and --to is ${at.time(span.to)}`;
    throw new CommandError('bad_input', `--from: expected a time before --to; it is ${shown}.`, { member: '--from' });
  }
  return span;
}

interface EventsAsked {
  eventTypes?: EventType[];
  entity?: string;
  text?: string;
  from?: UtcMs;
  to?: UtcMs;
}

/** @throws CommandError `bad_input` that names the option */
export async function eventFilterOf(terminal: Terminal, options: EventFilterOptions): Promise<EventsAsked> {
  const { event, entity, text } = options;
  return {
    ...(event === undefined ? {} : { eventTypes: knownEvents(event, '--event') }),
    ...(entity === undefined ? {} : { entity }),
    ...(text === undefined ? {} : { text }),
    ...(await spanOf(terminal, options)),
  };
}

/** How many rows are shown, 50 unless given, and from where on. @throws CommandError `bad_input` */
export function pageOf({ limit: given, cursor }: PageOptions): { limit: number; cursor?: string } {
  const limit = given === undefined ? 50 : Number(given);
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new CommandError('bad_input', `--limit: expected 1 to 500, got "${given}".`, { member: '--limit' });
  }
  return { limit, ...(cursor === undefined ? {} : { cursor }) };
}

interface Page {
  readonly rows: readonly unknown[];
  readonly next: string | null;
  readonly complete: boolean;
}

/** One answer of the engine's takes 50 ms at most; a person at a terminal would rather wait than ask on. */
const longestSearchMs = 5_000;

/**
 * A page as it was asked for: where the engine's time for one answer ended its search, it is asked on, until the page is
 * full, all is looked at, or five seconds have passed. What is still missing then is behind `next`.
 */
export async function wholePage<Whole extends Page>(
  options: PageOptions,
  ask: (input: { limit: number; cursor?: string }) => Promise<Whole>,
): Promise<Whole> {
  const asked = pageOf(options);
  const endsAt = performance.now() + longestSearchMs;
  let page = await ask(asked);
  while (!page.complete && page.next !== null && page.rows.length < asked.limit && performance.now() < endsAt) {
    const more = await ask({ limit: asked.limit - page.rows.length, cursor: page.next });
    // What is newest is the first answer's word.
    page = { ...page, rows: [...page.rows, ...more.rows], next: more.next, complete: more.complete };
  }
  return page;
}

interface PageText {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Showable[])[];
  readonly next: string | null;
  /** False where the search ended before all was looked at. */
  readonly complete?: boolean;
  /** What is said where there is nothing. */
  readonly none: string;
}

export function pageText(terminal: Terminal, { head, rows, next, complete = true, none }: PageText): Shown {
  if (rows.length === 0 && complete) return shown`${none}\n`;
  return together(terminal.table(head, rows), next === null ? null : shown`\nMore: --cursor ${next}\n`);
}
