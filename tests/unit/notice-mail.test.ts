import { expect, test } from 'vitest';
import { behaviourOf } from '../../electron/engine/endpoints/kinds/index.ts';
import { usualOptions } from '../../shared/endpoint-kinds/options.ts';
import type { EventType } from '../../shared/events.ts';
import { sampleText } from '../../shared/samples.ts';
import { usualScope } from '../support/shape-scope.ts';

/** The mail's last line, and the language that it says it is in. */
function ofMail(event: EventType, said: 'en' | 'fil', language: 'en' | 'fil', locale = 'en-PH') {
  const mail = behaviourOf('mail');
  if (mail.isShared) throw new Error('a mail has a template');
  const scope = {
    ...usualScope,
    event,
    timestamp: '2024-03-20T06:12:40.000Z',
    dataText: sampleText(event, false, said),
    property: { ...usualScope.property, timeZone: 'Asia/Manila', locale },
  };
  const config = { from: 'a@b.example', to: ['c@d.example'], language };
  const made = mail.shape(scope, { kind: 'mail', options: usualOptions, config, secrets: [] });
  if (!made.ok) throw new Error(made.problem.why.key);
  return [made.body.toString('utf8').trim().split('\n').at(-1), made.headers.at(-1)];
}

test('a notice by mail ends with a date in the language of its sentences', () => {
  const failing = 'relay.endpoint_failing';
  expect(ofMail(failing, 'fil', 'en')).toEqual([expect.stringContaining('Marso 20, 2024'), 'fil']);
  expect(ofMail(failing, 'en', 'fil')).toEqual([expect.stringContaining('March 20, 2024'), 'en']);
  expect(ofMail(failing, 'en', 'en', 'de-DE')).toEqual([expect.stringContaining('20 March 2024'), 'en']);
  // An event's mail is in the language of its endpoint.
  expect(ofMail('booking.created', 'en', 'fil')).toEqual([expect.stringContaining('Marso 20, 2024'), 'fil']);
});
