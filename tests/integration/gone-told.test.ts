/** What is said of a test that was answered with "gone", or whose name nobody finds, is what is known. */
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { posted } from '../support/deliveries.ts';
import { startTestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

it('a test that hears of the end pauses nothing, and says nothing of the kind', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const endpoint = await test.addEndpoint(receiver);
  receiver.answerWith({ status: 410 });
  const { out } = await relayInProcess(test.dataFolder, ['endpoint', 'test', endpoint.id]);
  expect(out).toContain('says it is gone for good (410).');
  expect(out).not.toContain('Nothing more is sent');
  expect((await test.call('endpoints.get', { id: endpoint.id })).state).toBe('active');
});

it('one that a 410 paused is resumed with what to expect, and doctor names that as the remedy of a mistake', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver);
  receiver.answerWith({ status: 410 });
  await posted(test, 'booking.created', { booking_id: 'bk_1' });
  const state = async () => (await test.call('endpoints.get', { id })).state;
  await expect.poll(state).toBe('paused');
  const doctor = await relayInProcess(test.dataFolder, ['doctor']);
  expect(doctor.out.replace(/\s+/g, ' ')).toContain('If they say that the 410 was a mistake, resume it.');
  receiver.answerWith({ status: 200 });
  const { out } = await relayInProcess(test.dataFolder, ['endpoint', 'resume', id]);
  expect(out).toContain('is tried once more: it stays on if its receiver takes that, and another 410 pauses it again.');
});

it('a name that is not found, where nobody else was heard of, may be misspelt, or this PC cannot look it up', async () => {
  await using test = await startTestEngine();
  const { endpoint } = await test.call('endpoints.add', {
    confirmed: true,
    endpoint: { url: 'https://hooks.roost-relay-nobody.invalid/hooks', events: ['booking.created'] },
  });
  const { out } = await relayInProcess(test.dataFolder, ['endpoint', 'test', endpoint.id]);
  // Where no DNS server answers at all, that is what is told.
  expect(out).toMatch(
    /was not found: it is misspelt, or this PC cannot look addresses up now|could not be looked up|No internet/,
  );
  expect(out).not.toContain('does not exist');
  expect(out.replace(/\s+/g, ' ')).toContain('Open any website on this PC.');
});
