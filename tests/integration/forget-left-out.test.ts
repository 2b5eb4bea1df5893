/** Of what a search for a guest found, events of a namesake can be left out: they keep everything, here and in backups. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { createTestVault } from '../support/ports.ts';
import { type Receiver, startReceiver } from '../support/receiver.ts';

const name = 'Maria Santos';
const hers = ['bk_hers', 'or_hers'];
let folder: TemporaryFolder;
let receiver: Receiver;
let engine: TestEngine;

beforeEach(async () => {
  folder = await temporaryFolder();
  receiver = await startReceiver();
  // It repeats what it was sent.
  receiver.answerWith(({ text }) => ({ status: 200, body: `taken: ${text}` }));
  // By the real clock: what is forgotten rests between its steps.
  engine = await startTestEngine({
    dataFolder: folder.path,
    vault: createTestVault(),
    clock: systemClock as never,
  });
  await engine.addEndpoint(receiver);
  await engine.post('booking.created', { booking_id: 'bk_hers', guest_name: name, email: 'hers@example.net' });
  await engine.post('order.created', { booking_id: 'bk_hers', order_id: 'or_hers' });
  await engine.post('booking.created', { booking_id: 'bk_other', guest_name: name, email: 'other@example.net' });
  await engine.post('guest.checkin', { booking_id: 'bk_other' });
  await engine.until(
    async () => (await engine.call('deliveries.count', { filter: { states: ['delivered'] } })).total,
    (total) => total === 4,
  );
  const { id } = await engine.call('backup.start', { file: null });
  await engine.until(
    () => engine.call('jobs.get', { id }),
    ({ state }) => state === 'done',
  );
});
afterEach(async () => {
  await engine.stop();
  await receiver.stop();
  await folder.remove();
});

const relay = (...args: readonly string[]) => relayInProcess(folder.path, args);
const forget = (...more: readonly string[]) => relay('forget', '--name', name, ...more);
/** Everything that a database says of the other guest's events. */
function ofOther(file: string) {
  const database = new BetterSqlite3(file, { readonly: true });
  try {
    const events = database.prepare("SELECT * FROM events WHERE data LIKE '%bk_other%' ORDER BY seq").all();
    const attempts = database
      .prepare(
        `SELECT a.* FROM attempts a JOIN deliveries d ON d.seq = a.delivery_seq JOIN events e ON e.seq = d.event_seq
         WHERE e.data LIKE '%bk_other%' ORDER BY a.seq`,
      )
      .all();
    const gone = database.prepare("SELECT COUNT(*) FROM events WHERE gone = 'forgotten'").pluck().get();
    return { events, attempts, gone };
  } finally {
    database.close();
  }
}
const backup = () => {
  const [file] = readdirSync(join(folder.path, 'backups')).filter((one) => one.endsWith('.db'));
  return join(folder.path, 'backups', file ?? '');
};

test('what is left out keeps everything, here, in the search and in backups; the rest goes', async () => {
  const before = [databaseFile(folder.path), backup()].map(ofOther);
  const { rows } = await engine.call('events.list', { filter: {} });
  const others = rows.filter(({ entity }) => !hers.includes(entity?.id ?? '')).map(({ id }) => id);
  expect(others).toHaveLength(2);
  const leaveOut = others.flatMap((id) => ['--leave-out', id]);
  const shown = (await forget(...leaveOut)).out;
  expect(shown).toMatch(/^2 events with 2 deliveries/m);
  expect(shown.match(/evt_\w+ .*\(left out: it stays\)/g)).toHaveLength(2);
  expect(shown).toContain('Left out, and stays as it is: 2 events. 1 event that you left out still holds it');
  expect(shown).not.toContain('Not among them');
  const done = await forget(...leaveOut, '--yes');
  expect(done).toMatchObject({ code: 0, err: '' });
  expect(done.out).toMatch(/Events +2\n/);
  expect(done.out).toMatch(/Left out +2\n/);
  expect(done.out).toMatch(/1 event that you left out still holds it: .*\nForgotten\.\n$/);
  const after = [databaseFile(folder.path), backup()].map(ofOther);
  expect(before.map(({ attempts }) => attempts.length)).toEqual([2, 2]);
  expect(after).toEqual(before.map((one) => ({ ...one, gone: 2 })));
  const found = await engine.call('events.list', { filter: { text: 'santos' } });
  expect(found.rows.map(({ entity }) => entity?.id)).toEqual(['bk_other']);
  expect((await relay('audit', '--act', 'forget.start')).out).toContain('"leftOut":2');
});

test('a namesake’s event alone is left out: what is about the same booking goes with the tick it has', async () => {
  const { rows } = await engine.call('events.list', { filter: { text: 'santos' } });
  const id = rows.find(({ entity }) => entity?.id === 'bk_other')?.id ?? '';
  expect((await forget('--leave-out', id, '--yes')).out).toMatch(/Events +3\n/);
  const stays = (await engine.call('events.list', { filter: {} })).rows.filter(({ gone }) => gone === null);
  expect(stays.map((one) => one.id)).toEqual([id]);
});

test('an id that was not found is refused by name, and so is leaving out everything; nothing changes', async () => {
  await engine.post('guest.checkin', { booking_id: 'bk_third', guest_name: 'Kenji Ito' });
  const { rows } = await engine.call('events.list', { filter: {} });
  const id = rows.find(({ entity }) => entity?.id === 'bk_third')?.id ?? '';
  for (const more of [[], ['--yes']]) {
    const { code, err } = await forget('--leave-out', id, ...more);
    expect(code).not.toBe(0);
    expect(err).toContain(`The event ${id} is not among what was found, so it cannot be left out.`);
  }
  const all = rows.filter(({ entity }) => entity?.id !== 'bk_third').flatMap((row) => ['--leave-out', row.id]);
  expect((await forget(...all, '--yes')).err).toContain('Everything that was found is left out.');
  expect(await engine.call('forget.list', {})).toEqual([]);
  expect(ofOther(databaseFile(folder.path)).gone).toBe(0);
});

test('what comes of the namesake’s booking while it goes on is not taken for the guest’s', async () => {
  const { rows } = await engine.call('events.list', { filter: {} });
  const others = rows.filter(({ entity }) => !hers.includes(entity?.id ?? '')).map(({ id }) => id);
  await engine.call('forget.start', { sought: { name }, leaveOut: others, confirmed: true });
  await engine.post('booking.updated', { booking_id: 'bk_other', guest_name: name });
  // Its end alone is waited for: the pages are looked through and the database made anew before it.
  const areAllDone = async () => (await engine.call('forget.list', {})).every(({ endedAt }) => endedAt !== null);
  await expect.poll(areAllDone, { timeout: 60_000, interval: 100 }).toBe(true);
  expect((await engine.call('events.list', { filter: { text: 'santos' } })).rows).toHaveLength(2);
});

test('before many are sent again it is counted how many cannot be, and why', { timeout: 40_000 }, async () => {
  const why = 'of them cannot be sent again: Its guest was forgotten';
  expect((await relay('resend', '--state', 'delivered')).out).not.toContain('cannot be sent');
  await engine.call('forget.start', { sought: { booking: 'bk_hers' }, confirmed: true });
  const isDone = async () => (await engine.call('forget.list', {})).every(({ endedAt }) => endedAt !== null);
  await expect.poll(isDone, { timeout: 20_000 }).toBe(true);
  const some = await relay('resend', '--state', 'delivered');
  expect(some).toMatchObject({ code: 0, out: expect.stringContaining(`2 ${why}`) });
  expect(some.out).toMatch(/^4 deliveries match\.\n.*Send the other 2: .* --yes\n$/s);

  const hers = ['resend', '--state', 'delivered', '--event', 'order.created'];
  const none = await relay(...hers);
  expect(none).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^1 delivery matches\.\n.*\nNothing was sent\.\n$/s),
  });
  const before = receiver.requests.length;
  expect(await relay(...hers, '--yes')).toMatchObject({ code: 1, out: expect.stringContaining(`1 ${why}`) });
  expect(receiver.requests).toHaveLength(before);

  const [{ id = '', name: to = '' } = {}] = await engine.call('endpoints.list', {});
  await relay('endpoint', 'pause', id);
  expect((await relay('resend', '--state', 'delivered')).out).toContain(
    `4 of them cannot be sent again: ${to} is paused. Resume it first.`,
  );
});
