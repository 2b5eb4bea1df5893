/**
 * `npm run demo`: in under a minute, what Roost Relay does, with a real engine and a real HTTPS receiver on
 * this machine. Ends with 0 only if all that it tells really happened.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { request } from 'undici';
import type { CallOutput } from '../../shared/api.ts';
import { catalogue, eventTypes, type PmsEventType } from '../../shared/events.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { type Control, connectControl } from './control.ts';
import { type EngineProcess, startEngineProcess } from './engine-process.ts';
import { temporaryFolder } from './folder.ts';
import { isSignedWith, type Receiver, startReceiver } from './receiver.ts';

type Delivery = CallOutput<'deliveries.list'>['rows'][number];

interface Scene {
  readonly engine: EngineProcess;
  readonly control: Control;
  readonly receiver: Receiver;
  readonly endpoint: CallOutput<'endpoints.get'>;
  readonly secret: string;
  readonly token: string;
}

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code: number) => (text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
const [bold, dim, green, yellow] = [paint(1), paint(2), paint(32), paint(33)];
const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Somebody asked for the end of the demo. */
const ending = new AbortController();

const say = (line = '') => console.log(line);
function chapter(n: number, title: string): void {
  ending.signal.throwIfAborted();
  say(`\n${bold(`${n}  ${title}`)}`);
}

/** What the demo tells has to be true. */
function check(happened: boolean, what: string): void {
  if (!happened) throw new Error(`This did not happen: ${what}.`);
}

async function demo(): Promise<void> {
  const beganAt = performance.now();
  await using folder = await temporaryFolder();
  await using receiver = await startReceiver();
  say(bold('Roost Relay: from the PMS to a signed webhook'));

  chapter(1, 'The engine starts on an empty folder');
  await using engine = await startEngineProcess({ dataFolder: folder.path });
  say(`   takes events on http://127.0.0.1:${engine.port}/v1/events after ${inWords(engine.startedInMs)}`);

  const scene = await connectEndpoint(engine, folder.path, receiver);
  await deliverSamples(scene);
  await receiverGoesDown(scene);
  await receiverComesBack(scene);
  await showLog(scene);

  check((await engine.stop()) === 0, 'the engine ended cleanly');
  say(`\n${green('All of it really happened')}, in ${inWords(performance.now() - beganAt)}.`);
}

async function connectEndpoint(engine: EngineProcess, dataFolder: string, receiver: Receiver): Promise<Scene> {
  chapter(2, 'A source for the PMS, and an endpoint');
  const control = await connectControl(dataFolder);
  await control.call('settings.change', { change: { propertyId: 'prop_abc123', timeZone } });
  const { token } = await control.call('sources.add', { name: 'Front desk PMS' });
  const { endpoint, secret } = await control.call('endpoints.add', {
    endpoint: {
      url: receiver.url,
      description: 'Channel manager',
      events: [...eventTypes],
      // The receiver's certificate comes from an authority of its own, trusted for this endpoint alone.
      caPem: receiver.caPem,
    },
  });
  say(`   Channel manager ${dim(receiver.url)}, secret …${endpoint.secretTail}`);
  const test = await control.call('endpoints.test', { id: endpoint.id });
  check(test.ok && receiver.requests.length === 1, 'the test send arrived');
  await control.call('endpoints.enable', { id: endpoint.id });
  say(`   a test send was answered with ${test.attempt.status}, so it is switched on`);
  receiver.clear();
  return { engine, control, receiver, endpoint, secret, token };
}

async function deliverSamples({ engine, receiver, secret, token }: Scene): Promise<void> {
  chapter(3, 'The PMS posts one of each of the nine events');
  for (const [n, event] of eventTypes.entries()) {
    const postedAt = performance.now();
    await post(engine, token, event, catalogue[event].sample);
    const acceptedMs = performance.now() - postedAt;
    const got = (await receiver.received(n + 1))[n];
    const arrivedMs = performance.now() - postedAt;
    check(got !== undefined && got.headers['x-roostsync-event'] === event, `${event} arrived`);
    check(got !== undefined && isSignedWith(got, secret), `${event} was signed`);
    say(
      `   ${event.padEnd(18)} ${subject(event).padEnd(22)} safe after ${inWords(acceptedMs).padStart(6)}, ` +
        `arrived after ${inWords(arrivedMs).padStart(6)}, ${green('signature right')}`,
    );
  }
}

async function receiverGoesDown({ engine, control, receiver, endpoint, token }: Scene): Promise<void> {
  chapter(4, 'The receiver goes down; the PMS goes on');
  await receiver.stop();
  const bookings = ['bk_20001', 'bk_20002', 'bk_20003'];
  for (const booking_id of bookings) {
    await post(engine, token, 'booking.created', { ...catalogue['booking.created'].sample, booking_id });
    say(`   booking.created    ${booking_id.padEnd(22)} safe`);
  }
  const rows = await until(
    () => waitingRows(control),
    (found) => found.length === 3 && found.every(({ attempts }) => attempts > 0),
  );
  const [row] = rows;
  const delivery = row && (await control.call('deliveries.get', { id: row.id }));
  check(delivery?.outcome === 'endpoint_down', 'the refused connection was understood');
  const state = await control.call('endpoints.get', { id: endpoint.id });
  check(state.state === 'degraded', 'the endpoint is degraded');
  if (delivery?.sentence) say(`   ${yellow(renderSentence(delivery.sentence, 'en', { timeZone, now: Date.now() }))}`);
  say(
    `   ${rows.length} events wait; the next try is at ${localTime(Math.min(...rows.map((one) => one.nextAttemptAt ?? 0)))}`,
  );
}

async function receiverComesBack({ control, receiver, endpoint, secret }: Scene): Promise<void> {
  chapter(5, 'The receiver is back; somebody presses "try now"');
  receiver.clear();
  await receiver.start();
  await control.call('endpoints.tryNow', { id: endpoint.id });
  await receiver.received(1);
  say('   the oldest one arrived');
  await control.call('endpoints.sendWaiting', { id: endpoint.id });
  const requests = await receiver.received(3);
  check(
    requests.every((got) => isSignedWith(got, secret)),
    'all were signed',
  );
  await until(
    () => waitingRows(control),
    (found) => found.length === 0,
  );
  const { state } = await control.call('endpoints.get', { id: endpoint.id });
  check(state === 'active', 'the endpoint is active again');
  say(`   "send everything that waits": the other two as well; nothing waits, the endpoint is ${green(state)}`);
}

async function showLog({ control }: Scene): Promise<void> {
  chapter(6, 'The log');
  const { rows } = await control.call('deliveries.list', {});
  check(rows.length === 12, 'the log has twelve deliveries');
  check(
    rows.every(({ state }) => state === 'delivered'),
    'every one of them was delivered',
  );
  for (const row of [...rows].reverse()) {
    const requests = row.attempts === 1 ? '1 request ' : `${row.attempts} requests`;
    say(
      `   ${localTime(row.at)}  ${row.event.padEnd(18)} ${(row.entity?.id ?? '').padEnd(12)} ${requests}  ` +
        `${row.status} ${dim(row.durationMs === null ? '' : `in ${inWords(row.durationMs)}`)}  ${green(row.state)}`,
    );
  }
}

const waitingRows = async (control: Control): Promise<readonly Delivery[]> =>
  (await control.call('deliveries.list', { filter: { states: ['waiting', 'sending'] } })).rows;

async function post(engine: EngineProcess, token: string, event: PmsEventType, data: object): Promise<void> {
  const answer = await request(`http://127.0.0.1:${engine.port}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ event, data }),
  });
  const text = await answer.body.text();
  check(answer.statusCode === 202, `${event} was taken (${answer.statusCode} ${text})`);
}

/** Asks again and again, for 10 s at most. */
async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  for (let left = 200; ; left--) {
    const value = await ask();
    if (good(value)) return value;
    check(left > 0, `in time: ${JSON.stringify(value)}`);
    await delay(50, undefined, { signal: ending.signal });
  }
}

/** Whom or what a sample is about. */
function subject(event: PmsEventType): string {
  const { guest_name, item_name, name, booking_id, order_id, item_id, payment_id } = catalogue[event].sample;
  return String(guest_name ?? item_name ?? name ?? booking_id ?? order_id ?? item_id ?? payment_id ?? '');
}

const inWords = (ms: number): string =>
  ms < 1000 ? `${Math.max(1, Math.round(ms))} ms` : `${(ms / 1000).toFixed(1)} s`;

const localTime = (at: number): string =>
  new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

if (import.meta.main) {
  // Whoever has seen enough: what was begun is put away, too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => ending.abort());
  try {
    await demo();
  } catch (error) {
    if (ending.signal.aborted) say('\nThe demo was ended before its end.');
    else {
      console.error(`\n${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
  }
}
