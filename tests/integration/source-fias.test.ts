/** A FIAS source against an interface of our own, written from the specification: not yet tried on a real one. */
import { afterEach, expect, it } from 'vitest';
import { createFraming } from '../../electron/engine/sources/kinds/fias/framing.ts';
import { createResync } from '../../electron/engine/sources/kinds/fias/resync.ts';
import type { SourceId } from '../../shared/domain.ts';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type FiasInterface, startFiasInterface } from '../support/fias-interface.ts';

const slowly = { timeout: 10_000, interval: 100 };
const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each[Symbol.asyncDispose]();
});

async function connected(): Promise<{ test: TestEngine; line: FiasInterface; id: string }> {
  const line = await startFiasInterface();
  opened.push(line);
  const test = await startTestEngine();
  opened.push(test);
  const config = { host: '127.0.0.1', port: line.port, ownInstance: true };
  const { id } = await test.call('sources.add', { name: 'OPERA', propertyId: 'prop_1', kind: 'fias', config });
  await expect.poll(() => line.received.some((record) => record.startsWith('LA|')), slowly).toBe(true);
  return { test, line, id };
}

const events = async (test: TestEngine) => {
  const { rows } = await test.call('events.list', { filter: {} });
  const whole = await Promise.all(rows.map(({ id }) => test.call('events.get', { id })));
  return whole.map(({ body }) => JSON.parse(body) as { event: string; data: Record<string, unknown> }).reverse();
};

it('check-in, change, room move and check-out become events; resynchronisation and card tracks do not', async () => {
  const { test, line } = await connected();
  expect(line.received.slice(0, 5).map((record) => record.slice(0, 6))).toEqual([
    'LD|DA2',
    'LR|RIG',
    'LR|RIG',
    'LR|RIG',
    'LA|DA2',
  ]);
  // A swap of the whole database is never asked for.
  expect(line.received.some((record) => record.startsWith('DR'))).toBe(false);
  line.send(
    'GI|RN2781|G#12345|GNLim, Ana|GLEA|GA261129|GD261201|GSN|$1%B4111111111111111^X|$2;4111111111111111=|$3x|',
    'GI|SF|RN1|G#1|GNAgain|GSN|',
    'GC|G#12345|RN300|RO2781|GNLim, Ana|',
    'DS|DA261129|TI014500|',
    'GI|RN2|G#2|GNUnmarked|GSN|',
    'GC|G#12345|RN300|RO2781|GNLim, Ana|',
    'GO|G#3|RN3|GSN|',
    'DE|DA261129|TI014502|',
    'GO|G#12345|RN300|GSN|',
  );
  await expect.poll(async () => (await events(test)).length, slowly).toBe(3);
  const found = await events(test);
  expect(found.map(({ event }) => event)).toEqual(['guest.checkin', 'booking.updated', 'guest.checkout']);
  expect(found[0]?.data).toEqual({
    room_number: '2781',
    reservation_id: '12345',
    guest_name: 'Lim, Ana',
    language: 'EA',
    check_in: '2026-11-29',
    check_out: '2026-12-01',
    shared: false,
  });
  expect(found[1]?.data).toMatchObject({ room_number: '300', old_room_number: '2781', changed: ['room_number'] });
  expect(JSON.stringify(found)).not.toContain('4111111111111111');
});

it('a resynchronisation that the line cuts off is over with it, and is said', async () => {
  const { test, line, id } = await connected();
  /** Health is written down once a second, by the clock of the engine. */
  const health = async () => {
    await test.clock.advance(1_000);
    return (await test.call('sources.list', {})).find((source) => source.id === id)?.health;
  };
  line.send('DS|DA261129|TI014500|', 'GI|RN1|G#1|GNAgain|GSN|', 'GI|RN2|G#2|GNAgain|GSN|');
  // What nobody can read is kept, and came behind them.
  line.send('nonsense');
  await expect
    .poll(async () => (await test.call('sources.list', {})).find((one) => one.id === id)?.kept, slowly)
    .toBe(1);
  line.dropClient();
  await expect
    .poll(async () => (await health())?.lastTrouble?.says, slowly)
    .toMatchObject({ key: 'problem.fias_resync_cut', params: { count: 2 } });
  await expect.poll(() => health().then(() => line.connections()), slowly).toBe(2);
  await expect.poll(() => line.received.filter((record) => record.startsWith('LA|')).length, slowly).toBe(2);
  line.send('GI|RN4|G#4|GNNew, Guest|GSN|');
  await expect.poll(async () => (await events(test)).length, slowly).toBe(1);
  expect((await events(test))[0]).toMatchObject({ event: 'guest.checkin', data: { reservation_id: '4' } });
});

it('a resynchronisation without an end is over after half a minute of silence, and after ten minutes', () => {
  const resync = createResync();
  expect(resync.takes(0)).toBe(false);
  resync.begin(0);
  expect([resync.takes(0), resync.takes(29_000)]).toEqual([true, true]);
  expect(resync.cutOff(30_000, false)).toBe(0);
  expect(resync.takes(59_000)).toBe(false);
  expect([resync.cutOff(59_000, false), resync.cutOff(59_000, true)]).toEqual([2, 0]);
  resync.begin(100_000);
  let taken = 0;
  for (let atMs = 100_000; atMs < 1_000_000; atMs += 10_000) taken += resync.takes(atMs) ? 1 : 0;
  expect(taken).toBe(60);
  resync.begin(0);
  resync.takes(1);
  resync.end();
  expect([resync.takes(2), resync.cutOff(3, true)]).toEqual([false, 0]);
});

it('a record that names neither a room nor a reservation is kept, until a person adds one', async () => {
  const { test, line, id } = await connected();
  const source = id as SourceId;
  line.send('GI|RN|GSN|', 'GO|G#|', 'GC|RO12|GNLim, Ana|', 'GO|RN14|', 'GC|G#7|');
  await expect.poll(async () => (await events(test)).length, slowly).toBe(2);
  expect((await events(test)).map(({ data }) => data)).toEqual([{ room_number: '14' }, { reservation_id: '7' }]);
  const kept = await test.call('sources.messages', { id: source, keptOnly: true, limit: 5 });
  expect(kept.map(({ trouble }) => trouble?.says.key)).toEqual(Array(3).fill('source_message.fias_unnamed'));
  expect((await test.call('sources.takeKept', { id: source })).kept).toBe(3);
  const body = '{"event":"guest.checkin","data":{"room_number":"9"}}';
  await test.call('messages.retry', { id: kept[0]?.id ?? 0, body });
  expect((await events(test)).at(-1)?.data).toEqual({ room_number: '9' });
});

it('a day that no calendar has, and a stay that ends before it begins, are kept with the reason', async () => {
  const { test, line, id } = await connected();
  line.send(
    'GI|RN1|G#1|GA261130|GD261301|',
    'GC|RN2|G#2|GA2611|GD261201|',
    'GI|RN3|G#3|GA261130|GD261125|',
    'GI|RN4|G#4|GA261130|GD|',
  );
  await expect.poll(async () => (await events(test)).length, slowly).toBe(1);
  expect((await events(test))[0]?.data).toEqual({ room_number: '4', reservation_id: '4', check_in: '2026-11-30' });
  const kept = await test.call('sources.messages', { id: id as SourceId, keptOnly: true, limit: 5 });
  expect(kept.map(({ trouble }) => trouble?.says)).toEqual([
    { key: 'source_message.fias_no_day', params: { field: 'GD', member: 'check_out', found: '261301' } },
    { key: 'source_message.fias_no_day', params: { field: 'GA', member: 'check_in', found: '2611' } },
    { key: 'refusal.stay_backwards', params: { from: '2026-11-30', to: '2026-11-25' } },
  ]);
  const body = '{"event":"guest.checkin","data":{"room_number":"1","check_in":"2026-11-30","check_out":"2026-12-01"}}';
  await test.call('messages.retry', { id: kept[0]?.id ?? 0, body });
  expect((await events(test)).at(-1)?.data.check_out).toBe('2026-12-01');
});

it('a record that nobody can read is kept with the reason, without card tracks, and can be mended', async () => {
  const { test, line, id } = await connected();
  const source = id as SourceId;
  const latin1 = (text: string) => line.write(Buffer.from(text, 'latin1'));
  latin1('\x02GI|RN118|G#4727|$2;4111111111111111=99|GNNested\x02GI|RN119|G#4728|GNAfter|\x03');
  line.send(
    'GIRN|RN113|G#4722|',
    'GI|RN114|G#4723|GNLim|GNTan|',
    'GI|RN115|RN115|G#4724|',
    'PS|RN1|',
    'GI|SF|RN9|RN8|',
  );
  latin1('\x02LA|DA2611\x02GO|RN120|G#4729');
  await expect.poll(async () => (await events(test)).length, slowly).toBe(2);
  line.dropClient();
  const kept = () => test.call('sources.messages', { id: source, keptOnly: true, limit: 9 });
  await expect.poll(async () => (await kept()).length, slowly).toBe(4);
  const rows = await kept();
  expect((await events(test)).map(({ data }) => data.reservation_id)).toEqual(['4728', '4724']);
  expect(rows.map(({ trouble }) => trouble?.says)).toEqual([
    { key: 'source_message.fias_cut_off', params: {} },
    { key: 'source_message.fias_no_record', params: { found: 'GIRN' } },
    { key: 'source_message.fias_twice', params: { field: 'GN' } },
    { key: 'source_message.fias_cut_off', params: {} },
  ]);
  const raws = await Promise.all(rows.map(({ id: row }) => test.call('messages.get', { id: row })));
  expect(JSON.parse(raws[0]?.raw ?? '')).toEqual({ record: 'GI|RN118|G#4727|GNNested', cut_off: true });
  expect(JSON.stringify(raws)).not.toContain('411111');
  const body = '{"record":"GI|RN118|G#4727|GNNested|"}';
  await test.call('messages.retry', { id: rows[0]?.id ?? 0, body });
  expect((await events(test)).at(-1)?.data).toEqual({
    room_number: '118',
    reservation_id: '4727',
    guest_name: 'Nested',
  });
});

it('that is connected again is not away any more, though it does not begin the link anew', async () => {
  const { test, line, id } = await connected();
  line.beginsLink = false;
  line.dropClient();
  const health = async () => {
    await test.clock.advance(1_000);
    return (await test.call('sources.list', {})).find((source) => source.id === id)?.health;
  };
  await expect.poll(async () => (await health())?.away?.says.key, slowly).toBe('problem.fias_ended');
  await expect.poll(() => health().then(() => line.connections()), slowly).toBe(2);
  line.send('GI|RN1|G#1|');
  await expect.poll(async () => (await health())?.away, slowly).toBe(null);
  expect((await health())?.nextLookAt).toBe(null);
});

it('a name beyond ASCII, split in the middle of a record, comes whole', async () => {
  const { test, line } = await connected();
  const bytes = Buffer.from('\x02GI|RN9|G#7|GNPeña, Zoë|GSN|\x03', 'latin1');
  line.write(bytes.subarray(0, 21));
  expect(await events(test)).toEqual([]);
  line.write(bytes.subarray(21));
  await expect.poll(async () => (await events(test))[0]?.data.guest_name, slowly).toBe('Peña, Zoë');
});

it('who is thrown out says so, and comes back', async () => {
  const { test, line, id } = await connected();
  line.dropClient();
  /** Health is written down once a second, by the clock of the engine. */
  const away = async () => {
    await test.clock.advance(1_000);
    return (await test.call('sources.list', {})).find((source) => source.id === id)?.health.away;
  };
  await expect.poll(async () => (await away())?.says.key, slowly).toBe('problem.fias_ended');
  await expect.poll(() => away().then(() => line.connections()), slowly).toBe(2);
  await expect.poll(away, slowly).toBe(null);
});

it('is not set up unless a person says that nothing else is connected there', async () => {
  const test = await startTestEngine();
  opened.push(test);
  const add = test.call('sources.add', { name: 'OPERA', kind: 'fias', config: { host: '127.0.0.1', port: 5010 } });
  await expect(add).rejects.toThrow('throws the other one out');
  expect((await test.call('sources.list', {})).filter(({ kind }) => kind === 'fias')).toEqual([]);
});

it('the command line asks for a yes before it connects', async () => {
  const { test, line } = await connected();
  const add = ['source', 'add', 'Suite8', '--kind', 'fias', '--set', 'host=127.0.0.1', '--set', `port=${line.port}`];
  const refused = await relayInProcess(test.dataFolder, add);
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('throws the other one out');
  expect(refused.err).toContain('--yes');
  expect(line.connections()).toBe(1);
  expect((await relayInProcess(test.dataFolder, [...add, '--yes'])).code).toBe(0);
  await expect.poll(() => line.connections(), slowly).toBe(2);
});

it('frames are found in pieces, between noise, none is endless, and what was cut off is told as such', () => {
  const framing = createFraming();
  const told = (frames: ReturnType<typeof framing.add>) =>
    frames.map(({ bytes, isWhole }) => `${isWhole ? '' : 'cut '}${bytes.toString('latin1')}`);
  const text = (bytes: string) => told(framing.add(Buffer.from(bytes, 'latin1')));
  expect(text('noise\x02AB')).toEqual([]);
  expect(text('CD\x03\x02EF\x03x')).toEqual(['ABCD', 'EF']);
  expect(text('\x02one\x02whole\x03')).toEqual(['cut one', 'whole']);
  expect(text(`\x02${'x'.repeat(20_000)}`)).toEqual([]);
  expect(text(`${'x'.repeat(20_000)}\x03\x02after\x03`)).toEqual([`cut ${'x'.repeat(16_384)}`, 'after']);
  expect(told(framing.end())).toEqual([]);
  expect(text('\x03\x02rest')).toEqual([]);
  expect(told(framing.end())).toEqual(['cut rest']);
});
