/** A guest who asks to be forgotten is: no byte of the data folder speaks of her afterwards, and counts are what they were. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CallOutput } from '../../shared/api.ts';
import type { DeliveryState } from '../../shared/domain.ts';
import { relayInProcess } from '../support/command-line.ts';
import { type Control, connectControl } from '../support/control.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const guest = {
  name: 'María Quiñones Villanueva',
  mail: 'maria.quinones@example.net',
  phone: '+63 917 555 0184',
};
/** As bytes could say it: whole, in parts that nobody else has, escaped, folded. */
const needles = [
  'Quiñones',
  'Qui\\u00f1ones',
  'quinones',
  'Villanueva',
  'villanueva',
  '555 0184',
  '5550184',
  'bk_maria',
];

let folder: TemporaryFolder;
let engine: EngineProcess;
let control: Control;
let receiver: Receiver;
let source: { readonly token: string; readonly url: string };

async function relay(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await relayInProcess(folder.path, args);
  expect([code, err], args.join(' ')).toEqual([0, '']);
  return out;
}
async function post(event: string, data: object, more: object = {}): Promise<string> {
  const answer = await fetch(source.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ event, data, ...more }),
  });
  return ((await answer.json()) as { id: string }).id;
}
async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  const endsAt = performance.now() + 20_000;
  for (;;) {
    const value = await ask();
    if (good(value)) return value;
    if (performance.now() > endsAt) throw new Error(`not within 20 s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Files in which one of the needles stands, each with what it is. */
async function speaking(): Promise<string[]> {
  const names = await readdir(folder.path, { recursive: true, withFileTypes: true });
  const found = [];
  for (const entry of names.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    for (const needle of needles) if (bytes.includes(needle)) found.push(`${entry.name}: ${needle}`);
  }
  return found;
}
const eventsAll = async () => (await control.call('events.list', { limit: 500 })).rows;
const counts = async () => {
  const of = async (state: DeliveryState) =>
    (await control.call('deliveries.count', { filter: { states: [state] } })).total;
  return {
    events: (await eventsAll()).length,
    delivered: await of('delivered'),
    waiting: await of('waiting'),
    cancelled: await of('cancelled'),
  };
};

beforeAll(async () => {
  folder = await temporaryFolder();
  receiver = await startReceiver();
  // It repeats what it was sent.
  receiver.answerWith(({ text }) => ({ status: 200, body: `taken: ${text}` }));
  engine = await startEngineProcess({ dataFolder: folder.path });
  control = await connectControl(folder.path);
  source = JSON.parse(await relay('source', 'add', '--name', 'PMS', '--property', 'prop_1', '--json'));
  const caFile = join(folder.path, '..', `ca-${Date.now()}.pem`);
  await writeFile(caFile, receiver.caPem);
  const add = ['endpoint', 'add', '--url', receiver.url, '--ca-file', caFile, '--description', 'Door locks', '--json'];
  const { id } = JSON.parse(await relay(...add)) as { id: string };
  await relay('endpoint', 'enable', id, '--override');
  for (let n = 0; n < 60; n += 1) {
    await post('booking.created', { booking_id: `bk_${n}`, guest_name: `Guest Number${n}`, total: 100 + n });
  }
  await post(
    'booking.created',
    { booking_id: 'bk_maria', guest_name: guest.name, email: guest.mail, phone: '09175550184', total: 6000 },
    { id: guest.mail },
  );
  await post('guest.checkin', {
    booking_id: 'bk_maria',
    guest: { first_name: 'María', last_name: 'Quiñones Villanueva' },
  });
  // By its order alone: no name, no booking.
  await post('order.created', { booking_id: 'bk_maria', order_id: 'or_7', note: 'no nuts' });
  await post('booking.updated', {
    booking_id: 'bk_31',
    guest_name: 'Ana Cruz',
    notes: `travels with ${guest.name.toUpperCase()}`,
  });
  // A refused request, which is kept whole.
  await post('booking.deleted', { guest_name: guest.name, email: guest.mail });
  await until(eventsAll, (rows) => rows.length === 64 && rows.every(({ deliveries }) => deliveries.delivered === 1));
  await relay('endpoint', 'pause', id);
  await post('guest.checkout', { booking_id: 'bk_maria', guest_name: guest.name });
  await relay('deliveries', '--text', 'Quinones');
  await relay('export', '--text', 'quinones', '--format', 'jsonl');
  const exported = await control.call('export.start', { filter: { text: 'Quiñones' }, format: 'csv', file: null });
  await until(
    () => control.call('jobs.get', { id: exported.id }),
    ({ state }) => state === 'done',
  );
  await relay('backup');
  await mkdir(join(folder.path, 'rejected'), { recursive: true });
  await writeFile(join(folder.path, 'rejected', 'evt_x.json'), JSON.stringify({ guest_name: guest.name }));
});

afterAll(async () => {
  await engine.stop();
  await receiver.stop();
  await folder.remove();
});

describe('a guest who asks to be forgotten', () => {
  let preview: CallOutput<'forget.look'>;

  test('is found by any of it, and what has not arrived is named first; a look changes nothing', async () => {
    for (const by of [
      ['--name', 'maria QUINONES  villanueva'],
      ['--mail', guest.mail.toUpperCase()],
      ['--phone', '0063 (917) 555-0184'],
      ['--booking', 'BK_MARIA'],
    ]) {
      preview = JSON.parse(await relay('forget', ...by, '--json'));
      expect(preview.events, by.join(' ')).toBe(by[0] === '--name' ? 5 : 4);
      expect(preview.undelivered).toEqual([{ name: 'Door locks', deliveries: 1 }]);
    }
    // Of the booking alone: another guest's event names her too.
    expect(preview.elsewhere).toContainEqual({ kind: 'name', value: guest.name, events: 1 });
    const text = await relay('forget', '--name', guest.name);
    expect(text).toMatch(/^Not arrived yet:\n {2}1 for Door locks: cancelled by it\n/);
    expect(text).toMatch(/exports\/.*: removed/);
    expect(text).toMatch(/backups\/.*: rewritten/);
    expect(text).toContain('To do it: ');
    expect((await speaking()).length).toBeGreaterThan(10);
  });

  test('is not forgotten without a yes', async () => {
    const answer = await control
      .call('forget.start', { sought: { name: guest.name } })
      .catch((error: Error) => error.message);
    expect(answer).toMatch(/Not everything of this guest has arrived: 1 still to go to Door locks/);
  });

  test('is gone from every byte of the data folder, and the counts stay', async () => {
    const before = await counts();
    expect(await relay('forget', '--name', guest.name, '--mail', guest.mail, '--phone', guest.phone, '--yes')).toMatch(
      /Forgotten\.\n$/,
    );
    expect(await speaking()).toEqual([]);
    expect(await counts()).toEqual({ ...before, waiting: 0, cancelled: 1 });
    const [latest] = await control.call('forget.list', {});
    expect(latest).toMatchObject({ step: 'done', events: 5, cancelled: 1, backupsLeft: [], tracesTonight: false });
    expect(await relay('audit', '--act', 'forget.start')).toMatch(/"foundBy":\["name","mail","phone"\]/);
  });

  test('leaves stubs that cannot be sent, and say why', async () => {
    const stubs = (await eventsAll()).filter(({ gone }) => gone === 'forgotten');
    expect(stubs).toHaveLength(5);
    const created = stubs.find(({ summary }) => summary.amount !== undefined);
    expect(created).toMatchObject({ summary: { amount: 6000 }, entity: null });
    const event = await control.call('events.get', { id: created?.id as never });
    expect(event).toMatchObject({ pmsId: null, gone: 'forgotten' });
    const [row] = event.deliveryRows;
    const why = /Its guest was forgotten: what it said is gone for good/;
    await expect(control.call('deliveries.resend', { id: row?.id as never })).rejects.toThrow(why);
    await expect(
      control.call('events.send', { id: event.id, endpointId: row?.endpointId as never, confirmed: true }),
    ).rejects.toThrow(why);
    const cancelled = (await control.call('deliveries.list', { filter: { states: ['cancelled'] } })).rows;
    expect(cancelled.map(({ reason }) => reason)).toEqual(['forgotten']);
    await expect(control.call('deliveries.restore', { id: cancelled[0]?.id as never })).rejects.toThrow(why);
    const past = await control.call('endpoints.countPast', { id: row?.endpointId as never, filter: { again: true } });
    expect(past.left.gone).toBe(5);
    expect(receiver.requests.filter(({ text }) => text.includes('checkout'))).toEqual([]);
  });

  test('is not found any more, and a backup of before has her no more when it is restored', async () => {
    expect(await relay('forget', '--name', guest.name)).toBe('Nothing here speaks of that guest.\n');
    expect(await relay('forget', '--list')).toMatch(/name, mail, phone +5 /);
  });
});

test('killed in its midst, it goes on at the next start until it is done', async () => {
  const { name, token } = { name: 'Thorvald Brandvold', token: 'Brandvold' };
  for (let n = 0; n < 400; n += 1) {
    await post('payment.received', { payment_id: `pay_${n}`, booking_id: `bk_t${n % 5}`, payer: name, amount: 10 });
  }
  const holds = async () => {
    const file = await readFile(join(folder.path, 'relay.db'));
    const log = await readFile(join(folder.path, 'relay.db-wal')).catch(() => Buffer.alloc(0));
    return file.includes(token) || log.includes(token);
  };
  expect(await holds()).toBe(true);
  const { id } = await control.call('forget.start', { sought: { name }, confirmed: true });
  const stubs = async () => (await eventsAll()).filter(({ gone }) => gone === 'forgotten').length;
  await until(stubs, (count) => count > 20);
  await engine.kill();
  engine = await startEngineProcess({ dataFolder: folder.path });
  control = await connectControl(folder.path);
  const begun = (await control.call('forget.list', {})).find((one) => one.id === id);
  expect(begun?.foundBy).toEqual(['name']);
  await until(
    () => control.call('forget.list', {}),
    (all) => all.every(({ endedAt }) => endedAt !== null),
  );
  expect(await holds()).toBe(false);
  expect(await readdir(join(folder.path, 'backups'))).not.toEqual([]);
});
