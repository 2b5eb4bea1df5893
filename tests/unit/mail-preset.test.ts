import { expect, test } from 'vitest';
import { compileShape, isShapeProblem } from '../../electron/engine/shaping/shape.ts';
import { mailPreset } from '../../shared/endpoint-kinds/mail-presets.ts';
import type { EventType } from '../../shared/events.ts';
import { usualScope } from '../support/shape-scope.ts';

/** What a mail says between the event in a line and where it comes from. */
function labelled(event: EventType, dataText: string, language: 'en' | 'fil' = 'en'): string[] {
  const shape = compileShape(mailPreset(language).text, 'text');
  if (isShapeProblem(shape)) throw new Error(JSON.stringify(shape));
  const made = shape.render({ ...usualScope, event, dataText });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.body.trim().split('\n').slice(2, -2);
}

test('the text of a mail says what its first line says, wherever a PMS has it', () => {
  expect(
    labelled(
      'booking.created',
      '{"guest":{"name":{"first":"Ana"}},"room":{"number":101},"checkIn":"2024-03-20","stay":{"to":"2024-02-31"},"total":{"amount":9007199254740993,"currency":"eur"},"guests":{"adults":2},"booking_id":[{"b":1}]}',
    ),
  ).toEqual([
    'Guest: Ana',
    'Room: 101',
    'Arrives: March 20, 2024',
    'Leaves: 2024-02-31',
    'Total: €9,007,199,254,740,993',
  ]);
  expect(
    labelled(
      'order.created',
      '{"table":5,"items":["Beer",{"name":"Rice","quantity":2},{"x":1}],"total":"6,000.50","outlet":{"name":"Bar"}}',
    ),
  ).toEqual(['Table: 5', 'Outlet: Bar', 'Items: 1 × Beer, 2 × Rice', 'Total: 6,000.50']);
  expect(labelled('order.created', '{"item_name":{"en":"Soap"},"total":"1e3"}')).toEqual(['Total: 1e3']);
  expect(labelled('payment.received', '{"amount":{"value":"120.50"},"method":"gcash"}')).toEqual([
    'Amount: ₱120.50',
    'Method: gcash',
  ]);
});

test('each of several amounts stands under its own name', () => {
  const data = '{"guest_name":"Ana","room":"101 - Deluxe","balance":0,"amount":"12.50","total":-5,"changed":["a","b"]}';
  expect(labelled('guest.checkin', data, 'fil')).toEqual([
    'Bisita: Ana',
    'Kuwarto: 101 - Deluxe',
    'Halaga: ₱12.50',
    'Kabuuan: -₱5',
    'Balanse: ₱0',
    'Nabago: a, b',
  ]);
});

test('an article known by its SKU alone is said once', () => {
  expect(labelled('inventory.low', '{"name":{"en":"Soap"},"sku":"S1","on_hand":3,"unit":"pcs"}')).toEqual([
    'On hand: 3 pcs',
    'SKU: S1',
  ]);
});
