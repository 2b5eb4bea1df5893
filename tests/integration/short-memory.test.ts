/** Where a process may take little memory, what does not fit into it waits or is refused: the engine stays. */
import { once } from 'node:events';
import { type ClientRequest, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { request } from 'undici';
import { expect, test } from 'vitest';
import { startEngineUnderTest } from '../bench/engine-under-test.ts';
import { startPlainReceiver } from '../bench/plain-receiver.ts';
import type { Target } from '../bench/posting.ts';

const events = 200;
const clients = 60;
const note = 'Late arrival by ferry. '.repeat(15_000);

test('with 64 MB of heap, 200 events of 345 kB are all taken and delivered; what finds no room is told to come again', {
  timeout: 180_000,
}, async () => {
  await using receiver = await startPlainReceiver();
  await using engine = await startEngineUnderTest({
    urls: [receiver.url(1), receiver.url(2)],
    nodeOptions: ['--max-old-space-size=64'],
  });
  const { target } = engine;
  const refused: unknown[] = [];
  let next = 0;
  const post = async (n: number): Promise<void> => {
    const { statusCode, headers, body } = await request(`http://127.0.0.1:${target.port}${target.path}`, {
      method: 'POST',
      headers: { ...target.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'order.created', id: `e${n}`, data: { order_id: `o${n}`, note } }),
    });
    const text = await body.text();
    if (statusCode === 202) return;
    refused.push([statusCode, headers['retry-after'], JSON.parse(text).error.code]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    return post(n);
  };
  const client = async () => {
    while (next < events) await post(next++);
  };
  await Promise.all(Array.from({ length: clients }, client));
  await receiver.counted(2 * events);
  // How many come at the same moment hangs on the machine.
  for (const one of refused) expect(one).toEqual([503, '2', 'cannot_store']);
});

/** More than there is room for, whatever Node makes of the 64 MB. */
const slowClients = 16;

test('while large requests come in slowly, the next is told to come again in 2 seconds, and is taken after them', {
  timeout: 60_000,
}, async () => {
  await using engine = await startEngineUnderTest({ urls: [], nodeOptions: ['--max-old-space-size=64'] });
  const { target } = engine;
  const slow: { readonly sent: ClientRequest; readonly body: string }[] = [];
  for (let n = 0; n < slowClients; n += 1) {
    const body = largeEvent(`slow${n}`);
    const sent = post(target, { 'content-length': Buffer.byteLength(body), expect: '100-continue' });
    sent.flushHeaders();
    // "Continue" comes once its head was read: it has its place then, or found none.
    await once(sent, 'continue');
    sent.write(body.slice(0, 1_000));
    slow.push({ sent, body });
  }
  const next = largeEvent('next');
  expect(await answerTo(post(target).end(next))).toEqual(comeAgain);

  const answers = [];
  for (const { sent, body } of slow) answers.push(await answerTo(sent.end(body.slice(1_000))));
  const taken = answers.findIndex(({ status }) => status !== 202);
  expect(taken).toBeGreaterThan(0);
  expect(answers.slice(taken)).toEqual(Array(slowClients - taken).fill(comeAgain));
  expect(await answerTo(post(target).end(next))).toMatchObject({ status: 202 });
});

const comeAgain = { status: 503, retryAfter: '2', code: 'cannot_store' };

/** Of as good as the 1 MiB that a request may have. */
const largeEvent = (id: string): string =>
  JSON.stringify({ event: 'order.created', id, data: { order_id: id, note: 'x'.repeat(1_000_000) } });

const post = ({ port, path, headers }: Target, more: OutgoingHttpHeaders = {}): ClientRequest =>
  httpRequest({
    ...{ host: '127.0.0.1', port, path, method: 'POST' },
    headers: { ...headers, 'content-type': 'application/json', ...more },
  });

async function answerTo(sent: ClientRequest) {
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const { error } = JSON.parse(await text(answer));
  return { status: answer.statusCode, retryAfter: answer.headers['retry-after'] ?? null, code: error?.code ?? null };
}
