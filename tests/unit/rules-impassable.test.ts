import { expect, test } from 'vitest';
import { impassable } from '../../electron/engine/shaping/impassable.ts';
import { type EndpointRule, givenRules } from '../../shared/endpoint-kinds/rules.ts';
import { type EventType, eventTypes } from '../../shared/events.ts';

type Typed = readonly [path: string, is: string, value: unknown];

function never(of: readonly Typed[], match = 'all', types: readonly EventType[] = eventTypes): string | null {
  const rules = of.map(([path, is, value]) => ({ path, is, value }) as EndpointRule);
  return impassable(givenRules.parse({ match, of: rules }), types);
}

test.each<readonly Typed[]>([
  [
    ['event', 'is', 'booking.created'],
    ['event', 'is', 'order.created'],
  ],
  [
    ['event', 'is', 'booking.created'],
    ['event', 'contains', 'order'],
  ],
  [['event', 'greater', 5]],
  [['event', 'exists', false]],
  [['property_id', 'exists', false]],
  [['timestamp', 'is', '2026-12-24']],
  [
    ['data.total', 'greater', 10],
    ['data.total', 'less', 5],
  ],
  [
    ['data.total', 'greater', 5],
    ['data.total', 'less', 5],
  ],
  [
    ['data.total', 'greater', 10],
    ['data.total', 'is', '7.50'],
  ],
  [
    ['data.total', 'greater', 10],
    ['data.total', 'greater', '2026-12-24'],
  ],
  [
    ['data.check_in', 'greater', '2026-12-24'],
    ['data.check_in', 'less', '2026-12-01'],
  ],
  [
    ['data.room', 'is', 'A 1'],
    ['data.room', 'is', 'A 2'],
  ],
  [
    ['data.room', 'is', '101'],
    ['data.room', 'is_not', 101],
  ],
  [
    ['data.room', 'one_of', ['1', '2']],
    ['data.room', 'one_of', ['3']],
  ],
  [
    ['data.room', 'is', 'Villa'],
    ['data.room', 'contains', 'Suite'],
  ],
  [
    ['data.room', 'exists', false],
    ['data.room', 'is', 'Villa'],
  ],
  [
    ['data.room', 'exists', false],
    ['data.room', 'exists', true],
  ],
])('no event can pass %j and %j', (...rules) => {
  const written = rules.map(([path, is, value]) => `${path} ${is} ${String(value)}`).join('; ');
  const others: Typed[] = [['data.guest.name', 'contains', 'a']];
  expect(never([...others, ...rules])).toBe(written.replace('one_of 1,2', 'one_of 1, 2'));
});

test.each<readonly Typed[]>([
  [
    ['event', 'contains', 'booking'],
    ['event', 'is_not', 'booking.created'],
  ],
  [['timestamp', 'is', '2026-12-24T10:00:00Z']],
  [
    ['timestamp', 'greater', '2026-12-24'],
    ['timestamp', 'contains', '2026-12'],
  ],
  [
    ['data.total', 'greater', 5],
    ['data.total', 'less', 10],
    ['data.total', 'is_not', 7.5],
  ],
  [
    ['data.total', 'greater', 4.999],
    ['data.total', 'less', 5],
  ],
  [
    ['data.total', 'greater', 5],
    ['data.total', 'contains', '7'],
  ],
  [
    ['data.total', 'is', 6000],
    ['data.total', 'is', '6000.00'],
  ],
  [
    ['data.total', 'less', -1e14],
    ['data.total', 'is_not', 0],
  ],
  [
    ['data.check_in', 'greater', '2026-12-24'],
    ['data.check_in', 'less', '2026-12-25'],
  ],
  [
    ['data.check_in', 'greater', '2026-12-24 10:00'],
    ['data.check_in', 'less', '2026-12-24T10:01'],
  ],
  [
    ['data.check_in', 'greater', '2026-12-24'],
    ['data.check_in', 'is', '2027-01-01'],
  ],
  [
    ['data.tags', 'contains', 'vip'],
    ['data.tags', 'contains', 'spa'],
  ],
  [
    ['data.room', 'is', 'Suite 1'],
    ['data.room', 'contains', 'suite'],
  ],
  [
    ['data.room', 'one_of', ['1', '2']],
    ['data.room', 'is_not', '1'],
  ],
  [
    ['data.room', 'exists', false],
    ['data.room', 'is_not', 'Villa'],
  ],
  [
    ['data.vip', 'is', true],
    ['data.vip', 'is', 'true'],
  ],
  [
    ['data.items.0.sku', 'is', 'A'],
    ['data.items.1.sku', 'is', 'B'],
  ],
])('an event can pass %j and %j', (...rules) => {
  expect(never(rules)).toBeNull();
});

test('of any of them one has to be passable, and of its own events one has to pass', () => {
  expect(never([['event', 'exists', false]], 'any')).toBe('event exists false');
  expect(
    never(
      [
        ['event', 'exists', false],
        ['data.total', 'is', 1],
      ],
      'any',
    ),
  ).toBeNull();
  expect(never([['event', 'is', 'order.created']], 'all', ['booking.created'])).toBe('event is order.created');
  expect(never([['event', 'is', 'order.created']], 'all', ['booking.created', 'order.created'])).toBeNull();
});
