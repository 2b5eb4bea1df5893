/** A forgotten guest stays so: through a restore, whatever a delivery's state says; and nobody is forgotten who is not there. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { EndpointId } from '../../shared/domain.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const vault = createTestVault();
const guest = 'Marisol Agbayani';
let folder: TemporaryFolder;
let receiver: Receiver;
let engine: TestEngine;
let id: EndpointId;

/** By the real clock: what is forgotten rests between its steps. */
const again = () => startTestEngine({ dataFolder: folder.path, vault, clock: systemClock as never });
const relay = (...args: readonly string[]) => relayInProcess(folder.path, args);
const isDone = (job: { readonly id: string }) =>
  engine.until(
    () => engine.call('jobs.get', { id: job.id as never }),
    ({ state }) => state === 'done',
  );
const states = async () =>
  (await engine.call('deliveries.list', { filter: {} })).rows
    .map(({ event, state, reason }) => [event, state, reason ?? null])
    .sort();

beforeEach(async () => {
  folder = await temporaryFolder();
  receiver = await startReceiver();
  receiver.answerWith(() => ({ status: 401 }));
  engine = await again();
  ({ id } = await engine.addEndpoint(receiver));
  for (const order of ['or_1', 'or_2', 'or_3']) {
    await engine.post('order.created', { order_id: order, guest_name: guest, total: 12 });
  }
  await engine.post('guest.checkin', { booking_id: 'bk_other', guest_name: 'Ana Cruz' });
  await engine.until(
    () => receiver.requests.length,
    (count) => count >= 1,
  );
  await isDone(await engine.call('backup.start', { file: null }));
});
afterEach(async () => {
  await engine.stop();
  await receiver.stop();
  await folder.remove();
});

test('is told as forgotten wherever it is shown, by whom and when, and not as sent empty', async () => {
  receiver.answerWith(() => ({ status: 200 }));
  await engine.call('endpoints.sendWaiting', { id });
  await engine.until(
    () => engine.call('situation.get', {}),
    ({ waiting }) => waiting === 0,
  );
  await forgetGuest();
  const { rows } = await engine.call('deliveries.list', { filter: { eventTypes: ['order.created'] } });
  const [row] = rows;
  const account = (await engine.call('audit.list', { filter: { acts: ['forget.start'] } })).rows[0]?.account;
  const said = new RegExp(`Forgotten on \\d+ \\w+ by ${account}: what was sent is not here any more\\.`);
  for (const args of [
    ['delivery', row?.id ?? ''],
    ['event', row?.eventId ?? ''],
  ]) {
    const { out } = await relay(...args);
    expect(out).toMatch(said);
    expect(out).not.toContain('"data"');
  }
  expect((await relay('events')).out.match(/forgotten/g)).toHaveLength(3);
  expect((await relay('story', 'bk_other')).out).not.toContain('forgotten');
});

async function forgetGuest() {
  expect(await relay('forget', '--name', guest, '--yes')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Forgotten.'),
  });
}
/** With an answer of 200 from now on: the guest's own may not be among what arrives, nor anything that is empty. */
async function sendAll() {
  receiver.clear();
  receiver.answerWith(() => ({ status: 200 }));
  engine = await again();
  await engine.call('endpoints.tryNow', { id });
  await engine.call('endpoints.sendWaiting', { id });
  await engine.until(
    () => engine.call('situation.get', {}),
    ({ waiting }) => waiting === 0,
  );
  const sent = receiver.requests.map(({ text }) => JSON.parse(text) as { event: string; data: object });
  expect(sent.map(({ event, data }) => [event, Object.keys(data).length])).toEqual([['guest.checkin', 2]]);
  expect(await states()).toEqual([
    ['guest.checkin', 'delivered', null],
    ...Array.from({ length: 3 }, () => ['order.created', 'cancelled', 'forgotten']),
  ]);
}

test('a backup of before that is restored sends nothing of the guest, and does not count it as waiting', async () => {
  await forgetGuest();
  const looked = await engine.call('backup.restore', { file: null, look: true });
  expect(looked).toMatchObject({ holds: { events: 4, waiting: 1 } });
  await engine.call('backup.restore', { file: null });
  await engine.stop();
  await sendAll();
});

test('whatever the state says, a forgotten event is cancelled in its turn and not sent', async () => {
  await forgetGuest();
  await engine.stop();
  const database = new BetterSqlite3(databaseFile(folder.path));
  // As a backup has them that was rewritten without its states.
  database.exec(`UPDATE deliveries SET state = 'waiting', reason = NULL, due_at = 0, settled_by = NULL
    WHERE reason = 'forgotten'`);
  database.close();
  await sendAll();
});

test('nobody is forgotten who is not there: it is said, and nothing is touched or recorded', async () => {
  const backups = () =>
    readdirSync(join(folder.path, 'backups')).map((name) => {
      const file = join(folder.path, 'backups', name);
      return [name, statSync(file).mtimeMs, readFileSync(file).toString('base64').length];
    });
  const before = backups();
  const not = async (...args: readonly string[]) => {
    const { code, out, err } = await relay('forget', ...args, '--yes');
    expect([code, out], args.join(' ')).toEqual([2, '']);
    return err;
  };
  expect(await not('--name', 'Nobody Here')).toMatch(/Nobody of that name was found/);
  expect(await not('--mail', 'nobody@example.net')).toMatch(/Nobody with that mail address was found/);
  expect(await not('--phone', '0999 111 2222')).toMatch(/Nobody with that telephone number was found/);
  expect(await not('--booking', 'bk_none')).toMatch(/No booking with that id was found/);
  expect(await not('--booking', 'bk_none', '--name', 'Nobody Here')).toMatch(/Nobody was found by any of these/);
  expect(backups()).toEqual(before);
  expect(await engine.call('forget.list', {})).toEqual([]);
  expect((await relay('audit', '--act', 'forget.start')).out).toBe('Nothing.\n');
});

test('who stands in a backup alone is found there, and forgotten in it', async () => {
  await engine.stop();
  const database = new BetterSqlite3(databaseFile(folder.path));
  database.pragma('foreign_keys = OFF');
  database.exec(`DELETE FROM attempts; DELETE FROM deliveries WHERE type = 'order.created';
    DELETE FROM events WHERE type = 'order.created'`);
  database.close();
  engine = await again();
  expect((await relay('forget', '--name', guest)).out).toMatch(/backups\/.*: rewritten/);
  await forgetGuest();
  expect((await relay('forget', '--name', guest)).out).toBe('Nothing here speaks of that guest.\n');
});
