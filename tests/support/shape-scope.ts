/** What a template is given in tests of shapes: a property in the Philippines, and an event that says nothing. */
import type { ShapeScope } from '../../electron/engine/shaping/scope.ts';

export const usualScope: ShapeScope = {
  event: 'booking.created',
  timestamp: '2024-03-15T10:30:00Z',
  dataText: '{}',
  propertyId: 'prop_1',
  eventId: 'evt_1',
  test: false,
  property: { name: 'Casa Azul', currency: 'PHP', locale: 'en-PH', timeZone: 'Asia/Manila' },
};
