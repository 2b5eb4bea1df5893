/** What the log shows, as the address says it, and back. */
import type { DeliveryId } from '../../../shared/domain.ts';
import { type DeliveryFilter, deliveryFilter, deliveryId } from '../../../shared/schemas.ts';
import { type FilterView, filterAddress } from '../../lib/filter-address.ts';

export interface LogView extends FilterView<DeliveryFilter> {
  /** The delivery shown beside the list. */
  readonly delivery: DeliveryId | null;
}

export const emptyView: LogView = { filter: {}, span: null, delivery: null };

const address = filterAddress<DeliveryFilter>(deliveryFilter, [
  { param: 'text', member: 'text', kind: 'text' },
  { param: 'state', member: 'states', kind: 'list' },
  { param: 'bench', member: 'toBench', kind: 'flag' },
  { param: 'held-back', member: 'heldBack', kind: 'flag' },
  { param: 'too-old', member: 'tooOld', kind: 'flag' },
  { param: 'endpoint', member: 'endpointIds', kind: 'list' },
  { param: 'event', member: 'eventTypes', kind: 'list' },
  { param: 'answer', member: 'statusClasses', kind: 'list' },
  { param: 'status', member: 'status', kind: 'number' },
  { param: 'about', member: 'entity', kind: 'text' },
  { param: 'ids', member: 'ids', kind: 'list' },
  { param: 'failed-in', member: 'failedIn', kind: 'text' },
]);

/** Reads an address's parameters. */
export function viewOf(params: URLSearchParams): LogView {
  const delivery = deliveryId.safeParse(params.get('delivery'));
  return { ...address.read(params), delivery: delivery.success ? delivery.data : null };
}

/** The parameters that say a view. */
export function paramsOf(view: LogView): URLSearchParams {
  const params = address.write(view);
  if (view.delivery !== null) params.set('delivery', view.delivery);
  return params;
}

/** The path of the window that shows a filter; used wherever another screen leads into the log. */
export function pathToLog(filter: DeliveryFilter, delivery: DeliveryId | null = null): string {
  const params = paramsOf({ filter, span: null, delivery }).toString();
  return params === '' ? '/deliveries' : `/deliveries?${params}`;
}
