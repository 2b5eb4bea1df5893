/** A sample as a template sees it: what is tried before an endpoint is saved. */
import { sampleText } from '../../../shared/samples.ts';
import type { ShapeScope } from '../shaping/scope.ts';

export const sampleScope = (event: ShapeScope['event']): ShapeScope => ({
  event,
  timestamp: '2026-01-15T04:00:00.000Z',
  dataText: sampleText(event),
  propertyId: 'sample',
  eventId: 'evt_sample',
  test: true,
  property: { name: 'Sample', currency: 'PHP', locale: 'en-GB', timeZone: 'UTC' },
});
