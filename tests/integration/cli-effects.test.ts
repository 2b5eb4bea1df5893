/** Each command of the terminal once, as a process of its own on an engine of its own: what it says, and what comes of it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DeliveryRow, Endpoint, EventRow, Job } from '../../shared/schemas.ts';
import { relayInProcess, runCommand, spawnCommand } from '../support/command-line.ts';
import { type Control, connectControl } from '../support/control.ts';
import { startTestEngine } from '../support/engine.ts';
import { type EngineProcess, startEngineProcess } from '../support/engine-process.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { down, isSignedWith, type Receiver, startReceiver } from '../support/receiver.ts';

let folder: TemporaryFolder;
let engine: EngineProcess;
let control: Control;
let receiver: Receiver;
let endpoint: Endpoint;
let source: { readonly id: string; readonly token: string; readonly url: string };

/** What is done by a command: exit 0, and nothing is wrong. */
async function relay(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runCommand(folder.path, args);
  expect([code, err], args.join(' ')).toEqual([0, '']);
  return out;
}
/** What is only looked at afterwards, inside this process. */
async function look<Value>(...args: readonly string[]): Promise<Value> {
  const { out } = await relayInProcess(folder.path, [...args, '--json']);
  return JSON.parse(out) as Value;
}
async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  const endsAt = performance.now() + 15_000;
  for (;;) {
    const value = await ask();
    if (good(value)) return value;
    if (performance.now() > endsAt) throw new Error(`not within 15 s: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

let bookings = 0;
/** Posts as the PMS does, and gives the event's id. */
async function post(more: object = {}): Promise<string> {
  bookings += 1;
  const data = { booking_id: `bk_${bookings}`, guest_name: `Guest ${bookings}`, ...more };
  const answer = await fetch(source.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ event: 'booking.created', id: `pms-${bookings}`, data }),
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}
const deliveryOf = async (eventId: string): Promise<DeliveryRow | undefined> =>
  (await control.call('deliveries.list', { filter: { text: eventId } })).rows[0];
const stateIs = (eventId: string, state: DeliveryRow['state'], more: (row: DeliveryRow) => boolean = () => true) =>
  until(
    () => deliveryOf(eventId),
    (row) => row?.state === state && more(row),
  ) as Promise<DeliveryRow>;

beforeAll(async () => {
  folder = await temporaryFolder();
  receiver = await startReceiver();
  engine = await startEngineProcess({ dataFolder: folder.path });
  control = await connectControl(folder.path);
  source = await look('source', 'add', '--name', 'PMS', '--property', 'prop_1');
  const caFile = join(folder.path, 'ca.pem');
  await writeFile(caFile, receiver.caPem);
  const { id } = await look<Endpoint>(
    'endpoint',
    'add',
    '--url',
    receiver.url,
    '--ca-file',
    caFile,
    '--description',
    'Books',
  );
  endpoint = await look('endpoint', 'enable', id, '--override');
}, 30_000);
afterAll(async () => {
  await engine?.stop();
  await receiver?.stop();
  await folder?.remove();
});

describe('endpoint', () => {
  test('change: the next request has the new header, and the rest stays', async () => {
    const said = await relay(
      'endpoint',
      'change',
      'Books',
      '--header',
      'X-Key: k1',
      '--per-second',
      '50',
      '--unordered',
    );
    expect(said).toMatch(/Headers +X-Key/);
    expect(said).toMatch(/Limits +5 at once, 50 a second/);
    await stateIs(await post(), 'delivered');
    expect(receiver.requests.at(-1)?.headers['x-key']).toBe('k1');
    await relay('endpoint', 'change', 'Books', '--remove-header', 'x-key', '--description', 'Bookkeeping', '--ordered');
    await stateIs(await post(), 'delivered');
    expect(receiver.requests.at(-1)?.headers['x-key']).toBeUndefined();
    expect(await control.call('endpoints.get', { id: endpoint.id })).toMatchObject({
      ...{ name: 'Bookkeeping', ordered: true, headers: [], limits: { inFlight: 5, perSecond: 50 } },
    });
  });

  test('enter-again: what is sent is signed with the secret that was entered', async () => {
    const secret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    await relay('endpoint', 'enter-again', endpoint.id, '--secret', secret);
    await stateIs(await post(), 'delivered');
    const last = receiver.requests.at(-1);
    expect(last && isSignedWith(last, secret)).toBe(true);
  });

  test('send-waiting: what was to be tried again in a minute has arrived', async () => {
    receiver.answerNext(down);
    const event = await post();
    await stateIs(event, 'waiting', ({ failures }) => failures === 1);
    expect(await relay('endpoint', 'send-waiting', endpoint.id)).toBe('1 delivery is due now for Bookkeeping.\n');
    await stateIs(event, 'delivered');
  });

  test('statistics: as many as arrived and failed', async () => {
    const { delivered, failed } = await control.call('endpoints.statistics', { id: endpoint.id });
    const said = await relay('endpoint', 'statistics', endpoint.id);
    expect(said).toMatch(new RegExp(`^Delivered +${delivered}$`, 'm'));
    expect(said).toMatch(new RegExp(`^Failed +${failed}$`, 'm'));
    expect([delivered, failed]).toEqual([4, 1]);
  });
});

describe('what happened', () => {
  test('events, event and story tell of the same booking', async () => {
    const event = await post({ guest_name: 'Ana Reyes', room: '204' });
    await stateIs(event, 'delivered');
    const rows = (await look<{ rows: EventRow[] }>('events', '--limit', '1')).rows;
    expect(rows[0]?.id).toBe(event);
    expect(await relay('events', '--text', 'Reyes')).toMatch(new RegExp(`Ana Reyes.*PMS.*1 of 1 delivered.*${event}`));
    const one = await relay('event', event);
    expect(one).toMatch(new RegExp(`^PMS id +pms-${bookings}$`, 'm'));
    expect(one).toMatch(/Bookkeeping +delivered +dlv_/);
    expect(await relay('story', 'Ana Reyes')).toMatch(/booking.created .*Ana Reyes.*Bookkeeping: delivered/);
  });

  test('cancel and uncancel: it is not sent, and then it is', async () => {
    await control.call('endpoints.pause', { id: endpoint.id, until: null });
    const event = await post();
    const { id } = await stateIs(event, 'waiting');
    expect(await relay('cancel', id)).toContain(`uncancel ${id}`);
    await stateIs(event, 'cancelled');
    expect(await relay('uncancel', id)).toBe(`${id} to Bookkeeping is back: waiting.\n`);
    await control.call('endpoints.resume', { id: endpoint.id });
    await stateIs(event, 'delivered');
  });

  test('pause and resume hold up everything', async () => {
    expect(await relay('pause', '--for', '30m')).toMatch(/^All deliveries are paused until \d{4}-/);
    const event = await post();
    await stateIs(event, 'waiting', ({ reason }) => reason === 'all_paused');
    await relay('resume');
    await stateIs(event, 'delivered');
  });
});

test('source change and refusals', async () => {
  expect(await relay('source', 'change', 'PMS', '--name', 'Front desk', '--property', 'prop_2')).toBe(
    `Front desk (${source.id}), property prop_2.\n`,
  );
  const event = await post();
  expect(await control.call('events.get', { id: event as EventRow['id'] })).toMatchObject({
    ...{ sourceName: 'Front desk', propertyId: 'prop_2' },
  });
  await fetch(source.url, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.token}`, 'content-type': 'application/json' },
    body: '{"event":"booking.created","data":{"booking_id":"bk_r"},"more":1}',
  });
  const [, number = ''] =
    /^(\d+) .*more: there is no such member/m.exec(await relay('source', 'refusals', 'Front desk')) ?? [];
  expect(await relay('refusal', 'show', number)).toContain('"booking_id":"bk_r"');
  const mended = '{"event":"booking.created","data":{"booking_id":"bk_r"}}';
  const taken = await relay('refusal', 'retry', number, '--body', mended);
  await stateIs(/evt_\w+/.exec(taken)?.[0] ?? '', 'delivered');
});

test('export-schedule: an export is scheduled into a folder, run, changed, and removed without its files', async () => {
  const out = join(folder.path, '..', `exports-${process.pid}`);
  try {
    const [id = ''] =
      /^sch_\w+/.exec(await relay('export-schedule', 'add', '--folder', out, '--state', 'delivered')) ?? [];
    expect(await relay('export-schedule', 'list')).toMatch(
      new RegExp(
        `^${id}  deliveries, every night, csv\n  only state delivered\n  into .*exports-${process.pid}, kept for 90 days\n  next \\d{4}-`,
      ),
    );
    const file = /^Written to (.*\.csv): \d+ rows?\.$/m.exec(await relay('export-schedule', 'run', id))?.[1] ?? '';
    expect(await readFile(file, 'utf8')).toContain('time_utc,time_local,event');
    expect(await relay('export-schedule', 'change', id, '--every', 'month', '--keep', 'always')).toContain(
      'kept always',
    );
    const kept = await look<{ filter: object; every: string }[]>('export-schedule', 'list');
    expect(kept).toMatchObject([{ every: 'month', filter: { states: ['delivered'] } }]);
    const full = await runCommand(folder.path, [
      'export-schedule',
      'change',
      id,
      '--full',
      '--reason',
      'tax inspection',
    ]);
    expect(full.code).toBe(2);
    expect(full.err).toContain('--yes');
    const moments = await runCommand(folder.path, ['export-schedule', 'add', '--from', '2024-01-01']);
    expect(moments.err).toMatch(/^--from: a schedule has its own days/);
    expect(await relay('export-schedule', 'remove', id)).toBe('Removed. What it wrote stays: 1 file.\n');
    expect(await readFile(file, 'utf8')).not.toBe('');
    expect(await relay('export-schedule', 'list')).toBe('No export is scheduled.\n');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
});

test('job: a resend that takes long is seen, held up, taken up again and ended', async () => {
  for (let n = 0; n < 5; n += 1) await stateIs(await post(), 'delivered');
  await control.call('endpoints.change', { id: endpoint.id, change: { limits: { inFlight: 1, perSecond: 0.5 } } });
  const before = receiver.requests.length;
  const { ended } = spawnCommand(folder.path, [
    'resend',
    '--endpoint',
    'Bookkeeping',
    '--state',
    'delivered',
    '--yes',
    '--json',
  ]);
  const [job] = await until(
    () => look<Job[]>('job', 'list'),
    (jobs) => jobs.some(({ kind, state }) => kind === 'resend' && state === 'running'),
  );
  const id = job?.id ?? '';
  expect(await relay('job', 'show', id)).toMatch(/State +running/);
  expect(await relay('job', 'pause', id)).toContain(`${id} (resend): paused`);
  expect(await relay('job', 'resume', id)).toContain(`${id} (resend): running`);
  expect(await relay('job', 'cancel', id)).toContain(`${id} (resend): cancelled`);
  // While it is only just running, how many there are may not be known yet.
  const over = JSON.parse((await ended).out) as Job;
  expect(over).toMatchObject({ id, state: 'cancelled' });
  expect(receiver.requests.length - before).toBeLessThan(over.total ?? 0);
  await control.call('endpoints.change', { id: endpoint.id, change: { limits: { inFlight: 5, perSecond: 50 } } });
});

test('bench: it answers as it is told to, shows what came, and forgets it', async () => {
  expect(await relay('bench', 'start')).toMatch(/Test bench +takes requests/);
  expect(await relay('bench', 'behave', '--as', 'error_500')).toMatch(/Answers +error 500/);
  await control.call('bench.point', { id: endpoint.id, confirmed: true });
  const event = await post();
  await stateIs(event, 'waiting', ({ status }) => status === 500);
  expect(await relay('bench', 'show')).toMatch(new RegExp(`booking.created +\\S+ +500 +${event}`));
  await relay('bench', 'behave', '--as', 'ok');
  await control.call('endpoints.sendWaiting', { id: endpoint.id });
  await stateIs(event, 'cancelled', ({ toBench }) => toBench);
  const own = new URL(receiver.url).host;
  expect(await relay('endpoint', 'list')).toMatch(
    new RegExp(`Bookkeeping.*the test bench took 1 .*${own}.*now: test bench`),
  );
  expect(await relay('endpoint', 'show', endpoint.id)).toMatch(
    new RegExp(`Sends to +\\S*${own}[^]*Now +to the test bench`),
  );
  await control.call('bench.release', { id: endpoint.id });
  expect(await relay('bench', 'leave', endpoint.id)).toContain('is not sent on to Bookkeeping');
  expect((await control.call('endpoints.get', { id: endpoint.id })).swallowed).toBe(0);
  expect(await relay('bench', 'clear')).toContain('Nothing has arrived.');
  expect(await relay('bench', 'stop')).toMatch(/Test bench +is off/);
});

test('activity and settings addresses tell what there is', async () => {
  const activity = await relay('activity', '--limit', '200');
  for (const act of ['endpoints.change', 'deliveries.cancel', 'relay.pause', 'sources.change', 'bench.leave']) {
    expect(activity).toContain(act);
  }
  // Moments as the property's clocks show them, here as everywhere.
  expect(activity).toMatch(/relay\.pause +\{"until":"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"\}/);
  const own = Object.values(networkInterfaces()).flatMap((all = []) => all.filter(({ internal }) => !internal));
  const said = await relay('settings', 'addresses');
  for (const { address } of own.filter(({ family }) => family === 'IPv4')) expect(said).toContain(address);
});

test('backup and restore: what came after the backup is gone, and kept aside', async () => {
  const before = await post();
  const file = join(folder.path, 'aside.db');
  expect(await relay('backup', '--file', file)).toBe(`Written to ${file}.\n`);
  expect(await relay('backup')).toMatch(/^Written to .*asked for.*\.db\.$/m);
  const [, name = ''] = /(asked for \S+ ?\S*\.db)/.exec(await relay('backups')) ?? [];
  const after = await post();
  await stateIs(after, 'delivered');
  expect(await relay('restore', name)).toContain('would take the place of all data');
  // By the time that it is pasted another backup may be the newest: the line names the one that was looked at.
  expect(await relay('restore', '--last')).toMatch(/Do it: .*restore .*asked for .*\.db['"]? --yes$/m);
  expect(await relay('restore', name, '--yes')).toContain(`${name} takes the data's place`);
  expect(await relay('restore', '--keep-present')).toBe('The present data stays.\n');
  await relay('restore', file, '--yes');
  receiver.answerWith(down);
  const open = await post({ note: 'two\nlines' });
  await stateIs(open, 'waiting', ({ attempts }) => attempts > 0);
  receiver.answerWith({ status: 200 });
  await engine.stop();
  engine = await startEngineProcess({ dataFolder: folder.path });
  control = await connectControl(folder.path);
  expect((await control.call('events.get', { id: before as EventRow['id'] })).id).toBe(before);
  await expect(control.call('events.get', { id: after as EventRow['id'] })).rejects.toThrow('not in the log');
  expect(await relay('backups')).toContain('the data of before is kept in');
  // Two came after it, of which one had arrived: the other one's way to its receiver is a command.
  const { out: told } = await relayInProcess(folder.path, ['doctor']);
  expect(told.replace(/\s+/g, ' ')).toContain('2 events that came after that were put aside');
  expect(told.replace(/\s+/g, ' ')).toContain('not yet with every receiver: 1.');
  const [, list = ''] = /emit --file "([^"]+)"/.exec(told.replace(/\n\s*/g, ' ')) ?? [];
  expect((await relayInProcess(folder.path, ['emit', '--file', list])).out).toBe('1 event taken.\n');
  const sent = await until(
    async () => receiver.requests.filter(({ text }) => text.includes(`"bk_${bookings}"`)).at(-1)?.text ?? '',
    (text) => text.includes('two\\nlines'),
  );
  expect(JSON.parse(sent)).toMatchObject({ event: 'booking.created', data: { booking_id: `bk_${bookings}` } });
  expect((await relayInProcess(folder.path, ['emit', '--file', list])).out).toBe(
    '0 events taken. 1 event came before.\n',
  );
  expect((await relayInProcess(folder.path, ['restore', '--done'])).out).toBe('The last restore is told of no more.\n');
  expect((await relayInProcess(folder.path, ['doctor'])).out).not.toContain('put aside');
  expect((await relayInProcess(folder.path, ['restore', '--done'])).err).toContain('No restore is told of any more.');
}, 60_000);

test('a start with the PC that the system has switched off is said by doctor and status, with what to do', async () => {
  await using own = await startTestEngine({ notices: 'surface' });
  const look = (loginItemWorks: boolean) =>
    own.engine.lookForNotices({
      ...{ toasts: true, quietHours: { enabled: false, from: '', to: '' }, showing: [], keepAwake: null },
      loginItemWorks,
    });
  const said = async (command: string) => (await relayInProcess(own.dataFolder, [command])).out.replace(/\s+/g, ' ');
  look(false);
  expect(await said('doctor')).toMatch(
    /no longer starts when this PC starts.*After the next restart.*switch “Start when this PC starts” on again/,
  );
  expect(await said('status')).toContain('no longer starts when this PC starts');
  look(true);
  expect(await said('doctor')).not.toContain('when this PC starts');
});

test('session list and end: a browser that was signed in is not any more', async () => {
  await using own = await startTestEngine();
  const { windowSessions } = own.engine;
  const { cookie } = await windowSessions.open('Firefox on the reception PC');
  const list = await runCommand(own.dataFolder, ['session', 'list']);
  const [, id = ''] = /(ses_\w+) .*Firefox on the reception PC/.exec(list.out) ?? [];
  expect(windowSessions.ofCookie(cookie)).toBe(id);
  expect((await runCommand(own.dataFolder, ['session', 'end', id])).out).toBe('1 browser was signed out.\n');
  expect(windowSessions.ofCookie(cookie)).toBe(null);
});
