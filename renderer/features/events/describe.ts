/** What a row says of an event before any id: who or what it is about, and one line more. */
import type { EventType } from '../../../shared/events.ts';
import { harmless } from '../../../shared/harmless.ts';
import type { EventSummary } from '../../../shared/schemas.ts';
import type { Formats } from '../../lib/format.ts';

export interface DescribedEvent {
  readonly event: EventType;
  readonly summary: EventSummary;
  readonly entity: { readonly member: string; readonly id: string } | null;
}

/** The words that a description needs; each screen passes its `t` of the area `events`. */
export interface DescribingWords {
  nights(count: number): string;
  left(count: number): string;
}

/**
 * The guest, the item, the table or the amount, whichever the event has first; else its booking's id. What a stranger
 * wrote does nothing here but be read.
 */
export function titleOf(described: DescribedEvent, formats: Formats): string | null {
  const title = plainTitle(described, formats);
  return title === null ? null : harmless(title);
}

/** The PMS's own; what a notice is about is told by its words, and by its id only where that is looked into. */
const pmsId = ({ entity }: DescribedEvent): string | null =>
  entity === null || entity.member === 'incident' ? null : entity.id;

function plainTitle(described: DescribedEvent, formats: Formats): string | null {
  const { event, summary } = described;
  const amount =
    summary.amount === undefined ? undefined : formats.amount(summary.amountDigits ?? summary.amount, summary.currency);
  const named = summary.guest ?? summary.item;
  if (named !== undefined) return named;
  return (event === 'payment.received' ? amount : undefined) ?? summary.outlet ?? amount ?? pmsId(described);
}

/** What stands below the title, after the event's technical name: room, nights, amount, or an id. */
export function detailsOf(described: DescribedEvent, formats: Formats, words: DescribingWords): string[] {
  const { summary } = described;
  const id = pmsId(described);
  const title = titleOf(described, formats);
  const details: string[] = [];
  if (summary.room !== undefined) details.push(summary.room);
  else if (summary.outlet !== undefined) details.push(summary.outlet);
  if (summary.nights !== undefined) details.push(words.nights(summary.nights));
  if (described.event === 'inventory.low' && summary.quantity !== undefined) details.push(words.left(summary.quantity));
  if (summary.amount !== undefined)
    details.push(formats.amount(summary.amountDigits ?? summary.amount, summary.currency));
  if (id !== null) details.push(id);
  return details.map(harmless).filter((detail) => detail !== title);
}
