import { expect, test } from 'vitest';
import { summarize } from '../../electron/engine/event-summary.ts';
import { currencyCode } from '../../shared/currency-code.ts';

test.each([
  ['usd ', 'USD'],
  ['€', 'EUR'],
  ['EURO', 'EUR'],
  ['US$', 'USD'],
  ['978', 'EUR'],
  ['36', 'AUD'],
  ['₱', 'PHP'],
  // The property's own, as whoever writes it means it.
  ['$', null],
  ['Pesos', null],
  ['n/a', null],
  // Another one: in no sum of the property's own.
  ['<b>x</b>', 'XXX'],
  ['points', 'XXX'],
])('the currency %j is %s', (text, code) => {
  expect(currencyCode(text)).toBe(code);
});

test('a currency that is a number is one', () => {
  expect(summarize('payment.received', { amount: 5, currency: 978 })).toMatchObject({ amount: 5, currency: 'EUR' });
  expect(summarize('payment.received', { amount: 5, currency: 'usd ' })).toMatchObject({ currency: 'USD' });
  expect(summarize('payment.received', { amount: 5 })).toEqual({ amount: 5 });
});
