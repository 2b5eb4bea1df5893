/** What a failure was about is put right here: what failed is tried at once, not when its retry would have come. */
import { expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { startReceiver } from '../support/receiver.ts';

const posted = (test: TestEngine, id: string) => test.post('booking.created', { booking_id: id });
const rows = async (test: TestEngine) => (await test.call('deliveries.list', {})).rows;
const failed = (test: TestEngine, count: number) =>
  test.until(
    () => rows(test),
    (all) => all.filter(({ failures, state }) => failures === 1 && state === 'waiting').length === count,
  );
const delivered = (test: TestEngine, count: number) =>
  test.until(
    () => rows(test),
    (all) => all.filter(({ state }) => state === 'delivered').length === count,
  );

it('an authority added in the settings lets go what failed for the lack of it', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  await test.addEndpoint(receiver, { caPem: null });
  for (const id of ['bk_1', 'bk_2']) await posted(test, id);
  await failed(test, 2);
  await test.call('settings.change', { change: { caPem: receiver.caPem } });
  expect(await delivered(test, 2)).toHaveLength(2);
});

it('so does one added to the endpoint, and another header', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver, { caPem: null });
  await posted(test, 'bk_1');
  await failed(test, 1);
  await test.call('endpoints.change', { id, change: { caPem: receiver.caPem } });
  expect(await delivered(test, 1)).toHaveLength(1);
  receiver.answerNext({ status: 404 });
  await posted(test, 'bk_2');
  await failed(test, 1);
  await test.call('endpoints.change', { id, change: { headers: [{ name: 'x-key', value: 'right' }] } });
  expect(await delivered(test, 2)).toHaveLength(2);
});

it('flags that contradict each other are refused, and both are named', async () => {
  await using receiver = await startReceiver();
  await using test = await startTestEngine();
  const { id } = await test.addEndpoint(receiver);
  const relay = (...args: readonly string[]) => relayInProcess(test.dataFolder, args);
  for (const [words, flags] of [
    [
      ['settings', 'set', '--ca-file', 'ca.pem', '--no-ca'],
      ['--ca-file', '--no-ca'],
    ],
    [
      ['settings', 'set', '--no-ca', '--ca-file', 'ca.pem'],
      ['--ca-file', '--no-ca'],
    ],
    [
      ['endpoint', 'change', id, '--ca-file', 'ca.pem', '--no-ca'],
      ['--ca-file', '--no-ca'],
    ],
    [
      ['endpoint', 'rotate', id, '--finish', '--cancel'],
      ['--finish', '--cancel'],
    ],
    [
      ['settings', 'set', '--internet-check', 'off', 'standard'],
      ['--internet-check', 'off'],
    ],
  ] as const) {
    const { code, err } = await relay(...words);
    expect([code, flags.filter((flag) => !err.includes(flag))]).toEqual([2, []]);
  }
  expect(await relay('held', 'skip', id, '--yes')).toMatchObject({ out: expect.stringContaining('holds nothing') });
});
