/** What is sent can be looked at before the secrets and logins of its kind are at hand. */
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';

it.each(['outpost', 'svix', 'convoy', 'roost_relay', 'rabbitmq_http', 'mail'])('of the kind %s', async (kind) => {
  await using test = await startTestEngine();
  const preview = (...more: string[]) =>
    relayInProcess(test.dataFolder, ['endpoint', 'preview', '--kind', kind, '--event', 'booking.created', ...more]);
  const { code, err, out } = await preview();
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^Bytes +\d/m);
});
