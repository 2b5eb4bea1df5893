/** Events as a PMS would post them: the nine samples in turn, three of them for each booking, order or item. */
import { catalogue, eventTypes } from '../../shared/events.ts';

export interface PostedEvent {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Event `n` of a run. `id` is what the receiver's count of lost and repeated events goes by. */
export function eventNumber(n: number, run: string): PostedEvent {
  const event = eventTypes[n % eventTypes.length] ?? 'booking.created';
  const sample = catalogue[event].sample;
  const entity = Math.floor(n / 3);
  const data: Record<string, unknown> = { ...sample };
  if ('booking_id' in data) data.booking_id = `bk_${run}_${entity}`;
  else if ('order_id' in data) data.order_id = `ord_${run}_${entity}`;
  else if ('item_id' in data) data.item_id = `itm_${run}_${entity}`;
  data.number = n;
  return { id: `${run}-${n}`, event, data };
}
