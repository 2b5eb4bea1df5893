/** What the list of events shows, as the address says it, and back. */
import { type EventFilter, eventFilter } from '../../../shared/schemas.ts';
import { type FilterView, filterAddress } from '../../lib/filter-address.ts';

export type EventsView = FilterView<EventFilter>;

export const { read: viewOf, write: paramsOf } = filterAddress<EventFilter>(eventFilter, [
  { param: 'text', member: 'text', kind: 'text' },
  { param: 'event', member: 'eventTypes', kind: 'list' },
  { param: 'source', member: 'sourceIds', kind: 'list' },
  { param: 'about', member: 'entity', kind: 'text' },
]);
