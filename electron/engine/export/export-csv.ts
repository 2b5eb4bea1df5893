/**
 * An export as CSV: a row a delivery, with its last answer, that Excel and LibreOffice open as it is. A cell that
 * a spreadsheet would take for a formula is defused: names and notes come from outside.
 */
import { stringify } from 'csv-stringify/sync';
import type { Sentence } from '../../../shared/domain.ts';
import type { DeliveryRow } from '../../../shared/schemas.ts';
import { renderSentence } from '../../../shared/sentences/index.ts';
import { type DeliveryFace, deliveryFace } from '../../../shared/told.ts';
import { localMs } from '../local-time.ts';

/** What a row of the export says besides the log's row. */
export interface ExportedDelivery extends DeliveryRow {
  readonly propertyId: string;
  readonly occurredAt: string;
  readonly address: string;
  /** What the last answer meant. */
  readonly sentence: Sentence | null;
  /** Why it failed last, for the IT helper. */
  readonly detail: string | null;
}

const stateWords: Record<DeliveryFace, string> = {
  waiting: 'Waiting',
  sending: 'Being sent',
  delivered: 'Delivered',
  needs_attention: 'Needs attention',
  cancelled: 'Cancelled',
  to_bench: 'To the test bench',
  too_old: 'Too old, held',
  held_back: 'Held back',
};

type Cell = string | number | null | undefined;
type Column = readonly [name: string, cell: (delivery: ExportedDelivery, timeZone: string) => Cell];

const columns: readonly Column[] = [
  ['time_utc', ({ at }) => utc(at)],
  ['time_local', ({ at }, timeZone) => local(at, timeZone)],
  ['event', ({ event }) => event],
  ['guest', ({ summary }) => summary.guest],
  ['room', ({ summary }) => summary.room],
  ['amount', ({ summary }) => summary.amount],
  ['currency', ({ summary }) => summary.currency],
  ['about', ({ entity }) => entity?.id],
  ['endpoint', ({ endpointName }) => endpointName],
  ['address', ({ address }) => address],
  ['state', (row) => stateWords[deliveryFace(row)]],
  ['reason', ({ reason }) => reason],
  ['attempts', ({ attempts }) => attempts],
  ['last_attempt_utc', ({ lastAttemptAt }) => lastAttemptAt && utc(lastAttemptAt)],
  ['last_attempt_local', ({ lastAttemptAt }, timeZone) => lastAttemptAt && local(lastAttemptAt, timeZone)],
  ['status', ({ status }) => status],
  ['outcome', ({ outcome }) => outcome],
  ['what_happened', ({ sentence, lastAttemptAt }, timeZone) => inWords(sentence, lastAttemptAt, timeZone)],
  ['detail', ({ detail }) => detail],
  ['duration_ms', ({ durationMs }) => durationMs && Math.round(durationMs)],
  ['next_attempt_utc', ({ nextAttemptAt }) => nextAttemptAt && utc(nextAttemptAt)],
  ['event_timestamp', ({ occurredAt }) => occurredAt],
  ['property_id', ({ propertyId }) => propertyId],
  ['event_id', ({ eventId }) => eventId],
  ['delivery_id', ({ id }) => id],
];

/** What the file begins with: a mark by which Excel knows UTF-8, and the columns' names. */
export const csvHead = (): string => `\uFEFF${stringify([columns.map(([name]) => name)], format)}`;

export const csvRows = (deliveries: readonly ExportedDelivery[], timeZone: string): string =>
  stringify(
    deliveries.map((delivery) => columns.map(([, cell]) => defused(cell(delivery, timeZone)))),
    format,
  );

// RFC 4180 ends lines so; a line break inside a cell is quoted whichever it is.
const format = { record_delimiter: 'windows' as const, quoted_match: /[\r\n]/ };

/**
 * A leading apostrophe tells a spreadsheet that a text is a text. Some skip blanks before a formula, which the
 * library's own `escape_formulas` does not look behind.
 */
const defused = (cell: Cell): Cell =>
  typeof cell === 'string' && /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell) ? `'${cell}` : cell;

/** As it was to be read then: moments of that day by their time, others with their day. */
const inWords = (sentence: Sentence | null, at: number | null, timeZone: string): string =>
  sentence === null ? '' : renderSentence(sentence, 'en', at === null ? { timeZone } : { timeZone, now: at });

const utc = (atMs: number): string => new Date(atMs).toISOString();
const local = (atMs: number, timeZone: string): string =>
  new Date(localMs(atMs, timeZone)).toISOString().replace('T', ' ').slice(0, 19);
