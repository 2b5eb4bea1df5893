/** What a person hands in or tries by hand: seen as events first, and kept from door locks. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { relayInProcess } from '../support/command-line.ts';
import { startTestEngine } from '../support/engine.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startReceiver } from '../support/receiver.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);
const order = (no: number) => `{"event":"order.created","data":{"order_id":"${no}","total":6000.00}}`;

describe('what is pasted', () => {
  it('is seen as events first, and goes to none that it is kept from', async () => {
    await using receiver = await startReceiver();
    await using lock = await startReceiver();
    await using engine = await startTestEngine({ sourceThread });
    await engine.addEndpoint(receiver);
    const { id: notTo } = await engine.addEndpoint(lock);
    const [source] = await engine.call('sources.list', {});
    const id = source?.id as never;
    const text = `${order(1)}\n${order(2)}\n{"event":"nonsense","data":{}}`;
    const looked = await engine.call('sources.paste', { id, text, name: 'a.ndjson', preview: true });
    expect(looked).toMatchObject({ found: 3, isTaken: false, taken: 2, kept: 1 });
    expect(looked.rows.map(({ origin, outcome }) => [origin, outcome])).toEqual([
      ['a.ndjson line 1', 'events'],
      ['a.ndjson line 2', 'events'],
      ['a.ndjson line 3', 'kept'],
    ]);
    expect(looked.rows[0]?.made[0]?.body).toContain('"total":6000.00');
    expect((await engine.call('events.list', {})).rows).toEqual([]);
    const taken = await engine.call('sources.paste', { id, text, name: 'a.ndjson', notTo: [notTo] });
    expect(taken).toMatchObject({ isTaken: true, taken: 2, kept: 1 });
    await engine.until(
      () => receiver.requests.length,
      (count) => count === 2,
    );
    expect(lock.requests).toHaveLength(0);
    // Nor does what is kept of it, mended and taken in later.
    const [kept] = await engine.call('sources.messages', { id, keptOnly: true, limit: 10 });
    await engine.call('messages.retry', { id: kept?.id as never, body: order(3) });
    await engine.until(
      () => receiver.requests.length,
      (count) => count === 3,
    );
    const { rows } = await engine.call('deliveries.list', { filter: { endpointIds: [notTo] } });
    expect(rows).toEqual([]);
    // Nor with all that came before; it is told why, and picked by hand it can still be sent.
    const past = await engine.call('endpoints.countPast', { id: notTo });
    expect(past).toMatchObject({ total: 0, left: { keptFrom: 3, rules: 0 } });
    await engine.call('endpoints.sendPast', { id: notTo });
    const [event] = (await engine.call('events.list', {})).rows;
    expect((await engine.call('events.get', { id: event?.id as never })).keptAway).toMatchObject([
      { endpointId: notTo, byHand: true },
    ]);
    const picked = { eventIds: [event?.id as never] };
    expect(await engine.call('endpoints.countPast', { id: notTo, filter: picked })).toMatchObject({ total: 1 });
    expect(lock.requests).toHaveLength(0);
    await expect(engine.call('sources.paste', { id, text: 'a,b\n1\n' })).rejects.toThrow(/Row 2 has 1 cells/);
    await expect(engine.call('sources.paste', { id, text: ' ' })).rejects.toThrow(/It is empty/);
  });
});

it('a preset by another of its kinds prints no steps of its usual one', async () => {
  await using engine = await startTestEngine({ sourceThread });
  await using folder = await temporaryFolder();
  const add = (...more: string[]) => relayInProcess(engine.dataFolder, ['source', 'add', ...more]);
  const posted = await add('--preset', 'opera_xml', '--kind', 'http');
  expect([posted.code, posted.out]).toEqual([0, expect.stringContaining('or, without headers, to')]);
  expect(posted.out).not.toMatch(/folder|In the system itself/);
  const left = await add('CSV', '--preset', 'generic_csv', '--set', `folder=${folder.path}`);
  expect([left.code, left.out]).toEqual([0, expect.stringContaining(`this folder: ${folder.path}`)]);
  expect(left.out).not.toContain('Post to');
  const none = await add('Rows', '--preset', 'generic_csv', '--kind', 'fias');
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('--kind: The preset generic_csv is not for')]);
});

describe('what is handed in by hand twice', () => {
  const csv = (delimiter: string, end: string) =>
    ['event,booking_id,guest_name', 'in,b1,Ana', 'in,b2,Zoë', 'teleported,b3,Kim'].join(end).replaceAll(',', delimiter);

  const generic = { kind: 'http', shaping: { preset: 'generic_csv' } };

  it('is taken once, whatever the file is called and whatever parts its cells, unless a person wants it again', async () => {
    await using engine = await startTestEngine({ sourceThread });
    const { id } = await engine.call('sources.add', { name: 'By hand', ...generic });
    const events = async () => (await engine.call('events.list', {})).rows.length;
    expect(await engine.call('sources.paste', { id, text: csv(';', '\r\n'), name: 'monday.csv' })).toMatchObject({
      ...{ before: null, taken: 2, kept: 1 },
    });
    const again = { id, text: `${csv(',', '\n')}\n`, name: 'copy of monday.csv' };
    const looked = await engine.call('sources.paste', { ...again, preview: true });
    expect(looked).toMatchObject({ before: { name: 'monday.csv', taken: 2, kept: 1 }, isTaken: false });
    await expect(engine.call('sources.paste', again)).rejects.toThrow(
      /already, as monday\.csv .* One of them was kept/,
    );
    expect(await events()).toBe(2);
    // Another file, though a row of it came before, and another source are others.
    await engine.call('sources.paste', { id, text: csv(',', '\n').replace('in,b1,Ana\n', '') });
    const { id: other } = await engine.call('sources.add', { name: 'Other', ...generic });
    await engine.call('sources.paste', { ...again, id: other });
    expect(await events()).toBe(5);
    const twice = await engine.call('sources.paste', { ...again, confirmed: true });
    expect(twice).toMatchObject({ isTaken: true, taken: 2, kept: 1 });
    expect(await events()).toBe(7);
  });

  it('is said on the command line, with the command that takes it in all the same', async () => {
    await using engine = await startTestEngine({ sourceThread });
    await using folder = await temporaryFolder();
    await engine.call('settings.change', { change: { timeZone: 'Asia/Manila' } });
    const { id } = await engine.call('sources.add', { name: 'By hand', ...generic });
    const file = join(folder.path, 'monday.csv');
    writeFileSync(file, csv(';', '\r\n'));
    const paste = (...more: string[]) =>
      relayInProcess(engine.dataFolder, ['source', 'paste', file, '--source', id, ...more]);
    expect(await paste('--yes')).toMatchObject({ code: 0, out: expect.stringContaining('2 taken') });
    const refused = await paste('--yes');
    expect(refused.code).not.toBe(0);
    expect(refused.err).toMatch(/already, as monday\.csv .* --yes --again\n/s);
    // By the property's clocks, as everything else.
    const clock = { timeZone: 'Asia/Manila', hour: '2-digit', minute: '2-digit' } as const;
    expect(refused.err).toContain(`(${new Intl.DateTimeFormat('en-GB', clock).format(engine.clock.wallMs())})`);
    const { out } = await paste('--preview');
    expect(out).toMatch(/already, as monday\.csv .*once more: .* --again\n/s);
    expect(out).not.toContain('--preview');
    // To look takes nothing in, whatever stands beside it.
    for (const takes of ['--yes', '--again']) {
      const both = await paste('--preview', takes);
      expect([both.code, both.err]).toEqual([2, expect.stringMatching(/--preview.*cannot be used with.*--/)]);
    }
    expect((await engine.call('events.list', {})).rows).toHaveLength(2);
    writeFileSync(file, Buffer.from('event,booking_id,guest_name\nin,b9,Pe\xa4a\n', 'latin1'));
    expect((await paste('--preview')).out).toMatch(
      /^monday\.csv is CSV in WINDOWS-1252; .*: comma\.\nIt is no UTF-8, so/,
    );
    const dos = await paste('--preview', '--charset', 'cp437');
    expect(dos.out).toContain('Peña');
    expect(dos.out).toMatch(/^monday\.csv is CSV in CP437; what stands between its cells: comma\.\n\n/);
    writeFileSync(file, Buffer.from('event,booking_id,guest_name\nin,b8,Zo\xc3\xab\nin,b9,Pe\xf1a\n', 'latin1'));
    const mixed = await paste('--preview');
    expect([mixed.code, mixed.err]).toEqual([
      2,
      expect.stringMatching(/two character sets: line 2 is UTF-8, line 3 is not\..* --charset/),
    ]);
    expect((await paste('--preview', '--charset', 'windows-1252')).out).toContain('Pe\u00f1a');
    const wrong = await paste('--preview', '--charset', 'utf-8');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--charset: the file is no text in utf-8.')]);
    writeFileSync(file, csv(';', '\r\n'));
    expect(await paste('--again')).toMatchObject({ code: 0, out: expect.stringContaining('2 taken') });
  });

  it('is taken once where two clicks hand it in together', async () => {
    await using engine = await startTestEngine({ sourceThread });
    const [source] = await engine.call('sources.list', {});
    const given = { id: source?.id as never, text: order(1) };
    const both = await Promise.allSettled([engine.call('sources.paste', given), engine.call('sources.paste', given)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await engine.call('events.list', {})).rows).toHaveLength(1);
  });

  it('goes on where it was cut off: what was taken of it is not taken again', async () => {
    const row = (no: number) => `{"event":"order.created","data":{"order_id":"${no}"}}`;
    await using engine = await startTestEngine({ sourceThread });
    const [source] = await engine.call('sources.list', {});
    const id = source?.id as never;
    // Too much is kept in the second part: nothing of that one is taken.
    const filled = Array.from({ length: 9_700 }, (_, no) => `{"nonsense":${no}}`).join('\n');
    await engine.call('sources.paste', { id, text: filled });
    const mixed = [
      ...Array.from({ length: 500 }, (_, no) => row(no)),
      ...Array.from({ length: 400 }, (_, no) => `{"more":${no}}`),
    ];
    const given = { id, text: mixed.join('\n'), name: 'long.ndjson' };
    await expect(engine.call('sources.paste', given)).rejects.toThrow(/kept already/);
    const count = async () => (await engine.call('sources.list', {}))[0]?.eventsToday;
    expect(await count()).toBe(500);
    await engine.call('messages.drop', { sourceId: id });
    expect(await engine.call('sources.paste', given)).toMatchObject({ isTaken: true, taken: 0, kept: 400 });
    expect(await count()).toBe(500);
    await expect(engine.call('sources.paste', given)).rejects.toThrow(/already, as long\.ndjson/);
  });
});

describe('a source that is tried', () => {
  it('tells what is in a folder, and of what form', async () => {
    await using engine = await startTestEngine({ sourceThread });
    await using folder = await temporaryFolder();
    mkdirSync(join(folder.path, 'export'));
    const config = { folder: join(folder.path, 'export') };
    expect(await engine.call('sources.try', { kind: 'folder', config })).toMatchObject({ ok: true, rows: [] });
    writeFileSync(join(config.folder, 'a.csv'), 'room;guest\n1;Jos\xe9\n', 'latin1');
    const trial = await engine.call('sources.try', { kind: 'folder', config });
    expect(trial).toMatchObject({ ok: true, columns: ['room', 'guest'] });
    expect(trial.says.at(-2)?.params).toEqual({
      name: 'a.csv',
      format: 'CSV',
      charset: 'WINDOWS-1252',
      parted: 'semicolon',
    });
    expect(trial.rows).toEqual([
      { origin: 'a.csv row 2', raw: '{"room":"1","guest":"José"}', outcome: null, made: [], why: null },
    ]);
    // What is no UTF-8 is a guess, and said to be one; a DOS program's letters are read once its set is chosen.
    expect(trial.says).toContainEqual({ key: 'source.try_charset_guess', params: {} });
    writeFileSync(join(config.folder, 'a.csv'), Buffer.from('room;guest\n1;Pe\xa4a \x90 \x9d\n', 'latin1'));
    const guests = async (charset: string) => {
      const { says, rows } = await engine.call('sources.try', { kind: 'folder', config: { ...config, charset } });
      expect(says.map(({ key }) => key)).not.toContain('source.try_charset_guess');
      return (JSON.parse(rows[0]?.raw ?? '{}') as { guest: string }).guest;
    };
    expect(await guests('cp437')).toBe('Peña É ¥');
    expect(await guests('cp850')).toBe('Peña É Ø');
    expect(await guests('iso-8859-15')).toBe('Pe€a \x90 \x9d');
    expect(await guests('iso-8859-1')).toBe('Pe¤a \x90 \x9d');
    writeFileSync(join(config.folder, 'a.csv'), 'room;guest\n1;Jos\xe9\n', 'latin1');
    // What its rows would become is told before the source is there.
    const shaping = { shape: '{"event":"guest.checkin","data":{{ message | json }}}' };
    const shaped = await engine.call('sources.try', { kind: 'folder', config, shaping });
    expect(shaped.rows).toMatchObject([{ outcome: 'events', made: [{ event: 'guest.checkin' }] }]);
    expect(await engine.call('sources.list', {})).toHaveLength(1);
    // Which property it is for is asked when it is added: no row is kept for want of one.
    await engine.call('settings.change', { change: { propertyId: null } });
    const [row] = (await engine.call('sources.try', { kind: 'folder', config, shaping })).rows;
    expect(row).toMatchObject({ outcome: 'events', made: [{ body: expect.stringContaining('"property_id":"…"') }] });
    writeFileSync(join(config.folder, 'a.csv'), 'Status,Booking No\nconfirmed,7\n');
    const tried = (...more: string[]) =>
      relayInProcess(engine.dataFolder, ['source', 'try', '--set', `folder=${config.folder}`, ...more]);
    expect((await tried('--preset', 'generic_csv')).out).toContain('becomes booking.created: ');
    const types = ['--types', '{"confirmed":"guest.checkin"}'];
    expect((await tried('--kind', 'folder', '--preset', 'generic_csv', ...types)).out).toContain(
      'becomes guest.checkin: ',
    );
    expect((await tried('--kind', 'folder')).out).toMatch(/told by a system that is known, --preset,/);
    await expect(
      engine.call('sources.try', { kind: 'folder', config: { folder: join(folder.path, 'none') } }),
    ).rejects.toThrow(/There is no folder/);
  });

  it('tells whether a database answers, and what its first row becomes', async () => {
    await using engine = await startTestEngine({ sourceThread });
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'pms.db');
    const database = new Sqlite(file);
    database.exec('CREATE TABLE roost_outbox (id INTEGER PRIMARY KEY, event TEXT, payload TEXT)');
    database.prepare('INSERT INTO roost_outbox VALUES (1, ?, ?)').run('order.created', '{"order_id":"1"}');
    database.close();
    const { id } = await engine.call('sources.add', { name: 'DB', kind: 'sql', config: { system: 'sqlite', file } });
    const trial = await engine.call('sources.try', { id });
    expect(trial).toMatchObject({ ok: true, columns: ['id', 'event', 'payload'] });
    expect(trial.rows[0]).toMatchObject({ origin: 'roost_outbox 1', outcome: 'events' });
    const other = await engine.call('sources.try', { id, config: { table: 'bookings' } });
    expect(other).toMatchObject({ ok: false, says: [{ key: 'source.database_no_table' }] });
  });
});
