/**
 * Odoo, ERPNext and QloApps tell how a record is each time it is saved: a confirmed booking whose dates were changed is
 * confirmed once more. It is no new booking then, and a payment that was only reconciled is no second one.
 */
import type { EventType } from '../../../shared/events.ts';
import type { SaidEvent, SaidTable } from '../store/said-before.ts';
import type { ReceivedEvent } from './parse.ts';

/** Of a stay one of these holds at a time. */
const ofStays: ReadonlySet<EventType> = new Set([
  'booking.created',
  'booking.cancelled',
  'guest.checkin',
  'guest.checkout',
]);
/** What happens once to a thing of this kind. */
const once: Partial<Record<EventType, string>> = { 'payment.received': 'payment_id', 'order.completed': 'order_id' };

export type SaidAgain = { readonly kind: 'changed' } | { readonly kind: 'same'; readonly before: SaidEvent };

/** @returns null where it is said for the first time */
export function saidAgain(table: SaidTable, sourceNo: number, event: ReceivedEvent): SaidAgain | null {
  const { type, entity } = event;
  const record = recordOf(event.id);
  if (entity === null || record === null || !(ofStays.has(type) || once[type] === entity.member)) return null;
  const ofRecord = table.of(sourceNo, entity).filter(({ pmsId }) => recordOf(pmsId) === record);
  if (ofStays.has(type)) {
    return ofRecord.find((one) => ofStays.has(one.type))?.type === type ? { kind: 'changed' } : null;
  }
  const before = ofRecord.find((one) => one.type === type);
  return before !== undefined && before.amount === (event.summary.amount ?? null) ? { kind: 'same', before } : null;
}

/** `hotel.reservation:7` of `hotel.reservation:7:2026-03-15 10:30:00`; null where no time of a change is in it. */
const recordOf = (id: string | null): string | null =>
  /^(.+):\d{4}-\d\d-\d\d[T ]\d\d:\d\d[^:]*(?::[^:]*)?$/s.exec(id ?? '')?.[1] ?? null;
