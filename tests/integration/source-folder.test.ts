/** A folder into which a system writes files: each is taken once, whole, and moved out of the way. */
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileCalls } from '../../electron/engine/sources/reading/file-calls.ts';
import { RelayError } from '../../shared/errors.ts';
import type { Source } from '../../shared/schemas.ts';
import { fastClock } from '../support/fast-clock.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { operator, startIntake, type TestIntake } from '../support/intake.ts';
import { until } from '../support/until.ts';

const sourceThread = new URL('../../electron/engine/source-thread.ts', import.meta.url);

interface Watched extends AsyncDisposable {
  readonly test: TestIntake;
  readonly folder: string;
  drop(name: string, text: string | Uint8Array): void;
  /** Orders that were taken, in their order. */
  orders(): (string | null)[];
  source(): Source;
  /** Names in `processed`, whatever the day, and in `rejected`. */
  processed(): string[];
  rejected(): string[];
}

async function watch(config: Record<string, unknown> = {}, given?: TemporaryFolder): Promise<Watched> {
  const dropped = given ?? (await temporaryFolder());
  const folder = dropped.path;
  const test = await startIntake({ clock: fastClock(20), sources: { sourceThread } });
  await test.intake.handlers['sources.add'](
    { name: 'Export', kind: 'folder', config: { folder, ...config } },
    operator,
  );
  const names = (to: string): string[] =>
    existsSync(join(folder, to))
      ? readdirSync(join(folder, to), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => name)
          .sort()
      : [];
  return {
    test,
    folder,
    drop: (name, text) => writeFileSync(join(folder, name), text),
    orders: () => test.events().map(({ entity_id }) => entity_id),
    source: () => test.intake.sources()[0] as Source,
    processed: () => names('processed'),
    rejected: () => names('rejected'),
    async [Symbol.asyncDispose]() {
      await test.stop();
      await dropped.remove();
    },
  };
}

const order = (no: number | string, more = '') =>
  `{"event":"order.created","data":{"order_id":"${no}","total":6000.00${more}}}`;
const lines = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => order(from + i)).join('\n');

describe('a folder', () => {
  it('is what is handed in by hand known from; what came by hand is no file of it', async () => {
    await using watched = await watch({ snapshot: true, keyColumns: ['order_id'] });
    const { drop, processed, test, source } = watched;
    const handIn = (text: string) =>
      test.intake.handlers['sources.paste'](
        { id: source().id, text, name: 'by hand', preview: false, confirmed: false, notTo: [] },
        operator,
      );
    expect(await handIn(order(1))).toMatchObject({ taken: 1 });
    // The first file is still only remembered.
    const first = `[${order(2)},${order(3)}]`.replaceAll('"data":{', '').replaceAll('}}', '}');
    drop('first.json', first);
    await until(processed, (names) => names.length === 1);
    expect(test.events()).toHaveLength(1);
    await expect(handIn(first)).rejects.toMatchObject({
      ...{ code: 'not_confirmed', says: { params: { name: 'first.json' } } },
    });
    expect(await handIn(order(4))).toMatchObject({ taken: 1 });
    // The same file, and the newest of the folder: nothing in it has changed.
    drop('second.json', first);
    await until(processed, (names) => names.includes('second.json'));
    expect(
      readFileSync(
        join(
          watched.folder,
          'processed',
          readdirSync(join(watched.folder, 'processed'))[0] ?? '',
          'second.json.reason.txt',
        ),
        'utf8',
      ),
    ).toContain('as first.json');
  });

  it('gives every row of a file once, in order, digit for digit', async () => {
    await using watched = await watch();
    const { drop, orders, processed, test } = watched;
    drop('a.ndjson', lines(1, 3));
    await until(processed, (names) => names.length === 1);
    expect(orders()).toEqual(['1', '2', '3']);
    expect(test.events()[0]?.data).toBe('{"order_id":"1","total":6000.00}');
    drop('b.json', `[${order(4)},${order(5)}]`);
    await until(processed, (names) => names.length === 2);
    expect([orders(), processed()]).toEqual([
      ['1', '2', '3', '4', '5'],
      ['a.ndjson', 'b.json'],
    ]);
    expect(readdirSync(join(watched.folder, 'processed'))).toEqual([expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
    await until(watched.source, ({ health }) => health.lastSeenAt !== null && health.away === null);
  });

  it('takes the same content once, whatever its name, and never writes over a file', async () => {
    await using watched = await watch();
    const { drop, orders, processed, folder } = watched;
    drop('a.ndjson', lines(1, 2));
    await until(processed, (names) => names.length === 1);
    drop('a.ndjson', lines(1, 2));
    await until(processed, (names) => names.length === 3);
    drop('a.ndjson', lines(3, 3));
    await until(processed, (names) => names.length === 4);
    expect(orders()).toEqual(['1', '2', '3']);
    expect(processed()).toEqual(['a (2).ndjson', 'a (2).ndjson.reason.txt', 'a (3).ndjson', 'a.ndjson']);
    const [day = ''] = readdirSync(join(folder, 'processed'));
    const said = readFileSync(join(folder, 'processed', day, 'a (2).ndjson.reason.txt'), 'utf8');
    expect(said).toMatch(/^This was taken before, as a\.ndjson at [^TZ]*: nothing was taken again\.\n$/);
  });

  it('takes what is new of a file that grows under its name, and says so', async () => {
    await using watched = await watch();
    const { drop, orders, processed, folder, test } = watched;
    const reason = (name: string) => {
      const [day = ''] = readdirSync(join(folder, 'processed'));
      return readFileSync(join(folder, 'processed', day, `${name}.reason.txt`), 'utf8');
    };
    drop('log.ndjson', `${lines(1, 3)}\n`);
    await until(processed, (names) => names.length === 1);
    drop('log.ndjson', `${lines(1, 5)}\n`);
    await until(processed, (names) => names.length === 3);
    expect(orders()).toEqual(['1', '2', '3', '4', '5']);
    expect(reason('log (2).ndjson')).toMatch(
      /^It is the file of this name that was taken at .*: its first 3 rows were not/,
    );
    // Longer than what is taken as one, and behind a row that is kept.
    drop('log.ndjson', `${lines(1, 5)}\n{"event":"x"}\n${lines(6, 3_000)}\n`);
    await until(processed, (names) => names.length === 5, 20_000);
    expect(orders()).toEqual(Array.from({ length: 3_000 }, (_, i) => `${i + 1}`));
    expect(reason('log (3).ndjson')).toMatch(/its first 5 rows were not .*\n\nOne row could not/s);
    // Another name, another beginning, a line that was not ended before, and one that lost rows: no growth.
    drop('other.ndjson', `${lines(1, 2)}\n`);
    await until(processed, (names) => names.includes('other.ndjson'));
    drop('other.ndjson', `${order(2)}\n${lines(1, 2)}\n`);
    await until(processed, (names) => names.includes('other (2).ndjson'));
    expect(orders().slice(3_000)).toEqual(['1', '2', '2', '1', '2']);
    drop('table.csv', 'event,order\nx,1\nx,2');
    await until(processed, (names) => names.includes('table.csv'));
    drop('table.csv', 'event,order\nx,1\nx,23\n');
    await until(processed, (names) => names.includes('table (2).csv'));
    drop('table.csv', 'event,order\nx,1\nx,23\nx,4\n');
    await until(processed, (names) => names.includes('table (3).csv'));
    const rows = test.context.writer.prepare<[], { raw: string }>(
      "SELECT raw FROM messages WHERE origin LIKE 'table%' ORDER BY seq",
    );
    expect(rows.all().map(({ raw }) => (JSON.parse(raw) as { order: string }).order)).toEqual([
      '1',
      '2',
      '1',
      '23',
      '4',
    ]);
  }, 60_000);

  it('takes nothing of a file that cannot be read whole, and says why beside it', async () => {
    await using watched = await watch();
    const { drop, orders, rejected, folder, source } = watched;
    drop('rows.csv', `event;order\n${'x;1\n'.repeat(12)}x\n`);
    drop('half.ndjson', `${lines(1, 2)}\n{"event":`);
    drop('book.csv', Buffer.from('PK\x03\x04\x14\0\x06\0', 'latin1'));
    drop('quote.csv', `event;order\nx;1\n"x;2\nx;3\n`);
    await until(rejected, (names) => names.length === 8);
    expect(orders()).toEqual([]);
    expect(watched.processed()).toEqual([]);
    const reason = (name: string) => readFileSync(join(folder, 'rejected', `${name}.reason.txt`), 'utf8');
    expect(reason('rows.csv')).toBe(
      'Row 14 has 1 cells, the header has 2.\nrows.csv is CSV in UTF-8; what stands between its cells: semicolon.\n',
    );
    expect(reason('half.ndjson')).toBe('Line 3 is not valid JSON.\nhalf.ndjson is NDJSON in UTF-8.\n');
    expect(reason('book.csv')).toMatch(/^It is a spreadsheet’s own file .* Save it as CSV\.\n$/);
    expect(reason('quote.csv')).toMatch(/^Row 3: a quotation mark is opened and never closed\.\nquote\.csv is CSV /);
    await until(source, ({ health }) => health.lastTrouble?.says.key === 'source.file_rejected');
    // Mended and handed in again, it is taken.
    drop('half.ndjson', lines(1, 2));
    await until(orders, (taken) => taken.length === 2);
  });

  it('names each file that could not be read, until a person has mended or removed it', async () => {
    await using watched = await watch();
    const { drop, orders, rejected, folder, source, test } = watched;
    const lying = (one: Source) => one.health.files?.rejected ?? null;
    drop('a.csv', 'event;order\nx\n');
    await until(rejected, (names) => names.length === 2);
    drop('a.csv', 'event;order\nx;y;z\n');
    drop('b.ndjson', '{"event":');
    await until(source, (one) => lying(one)?.count === 3);
    expect(lying(source())?.names.sort()).toEqual(['a (2).csv', 'a.csv', 'b.ndjson']);
    const refusals = await test.intake.handlers['sources.refusals']({}, operator);
    expect(refusals.map(({ file, member }) => [file, member]).sort()).toEqual([
      ['a (2).csv', null],
      ['a.csv', null],
      ['b.ndjson', null],
    ]);
    expect(source().lastRefusal?.file).toBe(refusals[0]?.file);
    // One is mended and moved back, one removed with its reason, of one the file alone.
    writeFileSync(join(folder, 'rejected', 'b.ndjson'), order(1));
    renameSync(join(folder, 'rejected', 'b.ndjson'), join(folder, 'b.ndjson'));
    rmSync(join(folder, 'rejected', 'a.csv'));
    rmSync(join(folder, 'rejected', 'a.csv.reason.txt'));
    await until(source, (one) => lying(one)?.count === 1);
    expect(lying(source())?.names).toEqual(['a (2).csv']);
    await until(orders, (taken) => taken.length === 1);
    rmSync(join(folder, 'rejected', 'a (2).csv'));
    await until(source, (one) => lying(one) === null);
  });

  it('knows what lies in "rejected" from before, and nothing that somebody else put there', async () => {
    const dropped = await temporaryFolder();
    const rejectedBefore = join(dropped.path, 'rejected');
    mkdirSync(rejectedBefore);
    for (const name of ['old.csv', 'old.csv.reason.txt', 'alone.reason.txt', 'theirs.csv']) {
      writeFileSync(join(rejectedBefore, name), 'x');
    }
    await using watched = await watch({}, dropped);
    const { health } = await until(watched.source, (one) => one.health.files?.rejected != null);
    expect(health.files?.rejected).toMatchObject({ count: 1, names: ['old.csv'] });
  });

  it('tells what the last file was found to be, also of one that could not be read for that', async () => {
    await using watched = await watch();
    const { drop, source } = watched;
    const last = async (name: string) => (await until(source, (one) => one.health.files?.last?.name === name)).health;
    drop('a.csv', Buffer.from('event;order\r\nñ;1\r\n', 'latin1'));
    expect((await last('a.csv')).files?.last).toMatchObject({
      ...{ format: 'csv', charset: 'windows-1252', delimiter: 'semicolon', path: [] },
    });
    drop('b.xml', Buffer.from('\ufeff<a><b>1</b><b>2</b></a>', 'utf16le'));
    expect((await last('b.xml')).files?.last).toMatchObject({
      ...{ format: 'xml', charset: 'utf-16le', delimiter: null, path: ['a', 'b'] },
    });
    drop('c.csv', 'event\torder\nx\n');
    expect((await last('c.csv')).files?.last).toMatchObject({ format: 'csv', charset: 'utf-8', delimiter: 'tab' });
    drop('picture.csv', Buffer.from([0x42, 0, 1, 2, 0x80, 9, 9, 9]));
    await until(watched.rejected, (names) => names.includes('picture.csv'));
    expect(source().health.files?.last?.name).toBe('c.csv');
  });

  it('keeps a row that is no event, takes the others, and says so beside the file', async () => {
    await using watched = await watch();
    const { drop, orders, processed, folder, test } = watched;
    drop('mixed.ndjson', `${order(1)}\n{"event":"order.created"}\n${order(2)}`);
    await until(processed, (names) => names.length === 2);
    expect(orders()).toEqual(['1', '2']);
    const [day = ''] = readdirSync(join(folder, 'processed'));
    const said = readFileSync(join(folder, 'processed', day, 'mixed.ndjson.reason.txt'), 'utf8');
    expect(said).toContain('One row could not be made an event.');
    expect(said).toContain('mixed.ndjson line 2: data: expected an object');
    const kept = test.context.writer.prepare("SELECT origin FROM messages WHERE state = 'kept'").all();
    expect(kept).toEqual([{ origin: 'mixed.ndjson line 2' }]);
  });

  it('waits for a slow writer, and takes what is renamed at once', async () => {
    await using watched = await watch();
    const { drop, orders, processed, folder } = watched;
    drop('slow.ndjson', `${order(1)}\n`);
    for (let no = 2; no <= 8; no += 1) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      expect(orders()).toEqual([]);
      appendFileSync(join(folder, 'slow.ndjson'), `${order(no)}\n`);
    }
    await until(processed, (names) => names.length === 1);
    expect(orders()).toHaveLength(8);
    drop('next.ndjson.tmp', order(9));
    // By its clock, six seconds: longer than two looks.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(orders()).toHaveLength(8);
    renameSync(join(folder, 'next.ndjson.tmp'), join(folder, 'next.ndjson'));
    await until(processed, (names) => names.includes('next.ndjson'));
    expect(orders().at(-1)).toBe('9');
  });

  it.each([
    ['slow.csv', 'event,order\nx,1\nx,22', '22\nx,3\n', ['1', '2222', '3']],
    ['slow.json', `[${order(1)},`, `${order(2)}]`, ['1', '2']],
    [
      'slow.ndjson',
      `${order(1)}\n{"event":"order.cre`,
      `${order(2).slice('{"event":"order.cre'.length)}\n`,
      ['1', '2'],
    ],
    ['slow.xml', '<a><b no="1"/>', '<b no="2"/></a>', ['1', '2']],
    ['slow-empty.csv', '', 'event,order\nx,5\n', ['5']],
  ])('waits longer for one that does not end as a whole one does: %s', async (name, first, rest, taken) => {
    await using watched = await watch();
    const { drop, processed, folder, test, orders } = watched;
    drop(name, first);
    // By its clock, nine seconds.
    await new Promise((resolve) => setTimeout(resolve, 450));
    expect([processed(), watched.rejected()]).toEqual([[], []]);
    appendFileSync(join(folder, name), rest);
    await until(processed, (names) => names.includes(name));
    const messages = test.context.writer.prepare<[], { raw: string }>("SELECT raw FROM messages WHERE state = 'kept'");
    const kept = messages.all().map(({ raw }) => {
      const row = JSON.parse(raw) as { order?: string; no?: string };
      return row.order ?? row.no ?? '';
    });
    expect([...orders(), ...kept]).toEqual(taken);
  });

  it('takes a table whose last line is not ended as it is, once it has been still for half a minute', async () => {
    await using watched = await watch();
    watched.drop('open.csv', 'event,order\nx,1\nx,2');
    await until(watched.processed, (names) => names.includes('open.csv'));
    const since = watched.test.context.writer.prepare<[], { kept: number }>('SELECT kept FROM source_files').get();
    expect(since).toEqual({ kept: 2 });
  });

  it.skipIf(process.platform !== 'linux')('takes nothing that a program still holds open to write it', async () => {
    await using watched = await watch();
    const { folder, orders, processed, source } = watched;
    const file = openSync(join(folder, 'held.ndjson'), 'w');
    writeSync(file, `${order(1)}\n`);
    const reading = openSync(join(folder, 'held.ndjson'), 'r');
    await until(source, (one) => one.health.files?.stuck != null);
    expect([orders(), source().health.lastTrouble]).toEqual([[], null]);
    expect(source().health.files?.stuck).toMatchObject({
      ...{ names: ['held.ndjson'], says: { key: 'source.stuck_held', params: { folder } } },
    });
    writeSync(file, `${order(2)}\n`);
    closeSync(file);
    await until(processed, (names) => names.length === 1);
    closeSync(reading);
    expect(orders()).toEqual(['1', '2']);
    await until(source, (one) => one.health.files?.stuck === null);
  });

  it('sets a file aside that is written to after it was taken, takes nothing of it twice, and says so', async () => {
    await using watched = await watch();
    const { drop, folder, orders, processed, rejected, source, test } = watched;
    drop('log.ndjson', `${order(1)}\n${order(2)}\n`);
    drop('whole.ndjson', `${order(3)}\n`);
    await until(processed, (names) => names.length === 2);
    const [day = ''] = readdirSync(join(folder, 'processed'));
    appendFileSync(join(folder, 'processed', day, 'log.ndjson'), `${order(4)}\n`);
    // Its time is another one, and what is in it the same.
    utimesSync(join(folder, 'processed', day, 'whole.ndjson'), new Date(), new Date(0));
    await until(rejected, (names) => names.length === 2);
    expect([processed(), rejected()]).toEqual([['whole.ndjson'], ['log.ndjson', 'log.ndjson.reason.txt']]);
    const why = readFileSync(join(folder, 'rejected', 'log.ndjson.reason.txt'), 'utf8');
    expect(why).toMatch(
      /^It was written to after it was taken: .* 2 rows then\. .*\nTake the rows out that were taken/,
    );
    await until(source, ({ health }) => health.files?.rejected?.names[0] === 'log.ndjson');
    expect(source().health.lastTrouble?.says).toEqual({
      key: 'source.file_written_after',
      params: { name: 'log.ndjson' },
    });
    expect((await test.intake.handlers['sources.refusals']({}, operator))[0]?.file).toBe('log.ndjson');
    expect(orders()).toEqual(['1', '2', '3']);
    // As it says: without the rows that were taken.
    rmSync(join(folder, 'rejected', 'log.ndjson'));
    drop('log.ndjson', `${order(4)}\n`);
    await until(orders, (taken) => taken.length === 4);
    expect(orders()).toEqual(['1', '2', '3', '4']);
  });

  it.each([
    [1, '', ''],
    [2, '', ''],
    ...[1, 2].map((count) => [
      ...[
        count,
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>',
        '</s:Body></s:Envelope>',
      ],
    ]),
  ] as [number, string, string][])(
    'gives each of %s stays of an OTA file %s the time of its root',
    async (count, opens, ends) => {
      await using watched = await watch();
      const { handlers } = watched.test.intake;
      await handlers['sources.change']({ id: watched.source().id, shaping: { preset: 'opera_xml' } }, operator);
      const stay = (no: number) =>
        `<StayInfo><HotelReservation ResStatus="Reserved"><UniqueID ID="${no}"/></HotelReservation></StayInfo>`;
      const stays = Array.from({ length: count }, (_, i) => stay(i + 1)).join('');
      watched.drop(
        'stays.xml',
        `<?xml version="1.0"?>${opens}<OTA_HotelStayInfoNotifRQ TimeStamp="2026-03-20T06:00:00Z"><StayInfos>${stays}</StayInfos></OTA_HotelStayInfoNotifRQ>${ends}`,
      );
      await until(watched.orders, (taken) => taken.length === count);
      const events = watched.test.events();
      expect(events.map(({ occurred_at }) => occurred_at)).toEqual(Array(count).fill('2026-03-20T06:00:00Z'));
      expect(events[0]?.data).not.toContain('_envelope');
    },
  );

  it('reads a large file in steps, its rows once and in order', async () => {
    await using watched = await watch();
    const { drop, orders, processed } = watched;
    drop('large.ndjson', lines(1, 5_200));
    await until(processed, (names) => names.length === 1, 40_000);
    expect(orders()).toEqual(Array.from({ length: 5_200 }, (_, i) => String(i + 1)));
  });

  it('takes a thousand files that lie there at once', async () => {
    await using watched = await watch();
    for (let no = 1; no <= 1_000; no += 1) watched.drop(`f${no}.json`, order(no));
    await until(watched.processed, (names) => names.length === 1_000, 200_000);
    expect(new Set(watched.orders()).size).toBe(1_000);
    expect(watched.orders()).toHaveLength(1_000);
  }, 210_000);

  it('leaves what it is not to take: other names, hidden files, folders', async () => {
    await using watched = await watch({ pattern: 'orders-*.csv' });
    const { drop, folder, rejected } = watched;
    for (const name of ['notes.txt', '.orders-1.csv', '~orders-1.csv', 'orders-1.csv.part']) drop(name, 'x');
    mkdirSync(join(folder, 'orders-2.csv'));
    drop('ORDERS-3.CSV', '');
    await until(rejected, (names) => names.length === 2);
    expect(readdirSync(folder).sort()).toEqual(
      ['.orders-1.csv', 'notes.txt', 'orders-1.csv.part', 'orders-2.csv', 'rejected', '~orders-1.csv'].sort(),
    );
    expect(rejected()).toEqual(['ORDERS-3.CSV', 'ORDERS-3.CSV.reason.txt']);
  });

  it('leaves what Windows itself puts there', async () => {
    await using watched = await watch();
    const { drop, folder, rejected } = watched;
    for (const name of ['desktop.ini', 'Thumbs.db', 'empty.csv']) drop(name, name === 'empty.csv' ? '' : '[x]');
    await until(rejected, (names) => names.length === 2);
    expect(readdirSync(folder).sort()).toEqual(['Thumbs.db', 'desktop.ini', 'rejected']);
  });

  it.skipIf(process.platform === 'win32')('reads no link and no pipe, which may be anything', async () => {
    await using watched = await watch();
    const { drop, folder, orders, processed, test } = watched;
    const elsewhere = join(test.folder, 'elsewhere.json');
    writeFileSync(elsewhere, order('stolen'));
    symlinkSync(elsewhere, join(folder, 'link.json'));
    symlinkSync('/dev/zero', join(folder, 'endless.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    drop('real.json', order(1));
    await until(processed, (names) => names.length === 1);
    drop('next.json', order(2));
    await until(processed, (names) => names.length === 2);
    expect(orders()).toEqual(['1', '2']);
    expect(readdirSync(folder).sort()).toEqual(['endless.json', 'link.json', 'pipe.json', 'processed']);
    const { health } = await until(watched.source, (one) => one.health.lastTrouble !== null);
    const said = (names: string) => ({ key: 'source.passed_over', params: { folder, names } });
    expect(health.lastTrouble?.says).toEqual(said('endless.json, link.json, pipe.json'));
    // A folder is told by its name, ours and what is hidden are not, and nothing is told twice.
    for (const name of ['May', '.hidden', 'rejected']) mkdirSync(join(folder, name));
    symlinkSync(elsewhere, join(folder, 'link.json.tmp'));
    const after = await until(watched.source, (one) => one.health.lastTrouble?.at !== health.lastTrouble?.at);
    expect(after.health.lastTrouble?.says).toEqual(said('May'));
    const tried = await test.intake.handlers['sources.try']({ id: watched.source().id }, operator);
    expect(tried.says).toContainEqual(said('May, endless.json, link.json, pipe.json'));
    const calls = fileCalls();
    const wanted = { format: null, delimiter: null, charset: null, path: null };
    for (const name of ['link.json', 'pipe.json', 'endless.json']) {
      await expect(calls.look({ path: join(folder, name), wanted, keyColumns: [] })).rejects.toThrow();
    }
  });

  it('that is away is known since when, and read on once it is back', async () => {
    await using watched = await watch();
    const { folder, source, drop, orders, test } = watched;
    rmSync(folder, { recursive: true });
    const { health } = await until(source, (one) => one.health.away !== null);
    expect(health.away?.says).toEqual({ key: 'source.folder_away', params: { folder } });
    expect(Math.abs((health.away?.since ?? 0) - test.context.clock.wallMs())).toBeLessThan(10_000);
    mkdirSync(folder);
    await until(source, (one) => one.health.away === null);
    drop('back.json', order(1));
    await until(orders, (taken) => taken.length === 1);
  });
});

describe('a folder that shows all there is each time', () => {
  const changes = ({ test }: Watched) =>
    test.context.writer
      .prepare<[], { raw: string }>("SELECT raw FROM messages WHERE state = 'kept' ORDER BY seq")
      .all()
      .map(({ raw }) => JSON.parse(raw) as unknown);

  it('tells what was added, changed and gone since the last one', async () => {
    await using watched = await watch({ snapshot: true, keyColumns: ['room'] });
    const { drop, processed, rejected } = watched;
    drop('1.csv', 'room,guest\n1,Ana\n2,Ben\n3,Cy\n');
    await until(processed, (names) => names.length === 1);
    expect(changes(watched)).toEqual([]);
    drop('2.csv', 'room,guest\n1,Ana\n2,Bea\n4,Dee\n');
    await until(processed, (names) => names.includes('2.csv'));
    const second = [
      { room: '2', guest: 'Bea', _change: 'changed', _before: { room: '2', guest: 'Ben' } },
      { room: '4', guest: 'Dee', _change: 'added', _before: null },
      { room: '3', guest: 'Cy', _change: 'gone', _before: null },
    ];
    expect(changes(watched)).toEqual(second);
    // What it was once, it can be again.
    drop('3.csv', 'room,guest\n1,Ana\n2,Ben\n3,Cy\n');
    await until(processed, (names) => names.includes('3.csv'));
    expect(changes(watched)).toHaveLength(6);
    drop('empty.csv', 'room,guest\n');
    drop('twice.csv', 'room,guest\n1,Ana\n1,Ben\n');
    await until(rejected, (names) => names.length === 4);
    expect(changes(watched)).toHaveLength(6);
  });
});

describe('a file of more rows than can be told apart', () => {
  it('is refused with the limit, where another one of its size is read', async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'rooms.ndjson');
    writeFileSync(path, Array.from({ length: 1_001 }, (_, no) => `{"room":${no}}`).join('\n'));
    const wanted = { format: null, delimiter: null, charset: null, path: null };
    const look = (most: number, keyColumns: string[]) => fileCalls(most).look({ path, wanted, keyColumns });
    expect((await look(1_000, ['room'])).trouble).toEqual({ key: 'file.too_many_rows', params: { most: 1_000 } });
    expect(await look(1_001, ['room'])).toMatchObject({ trouble: null, rows: 1_001 });
    expect(await look(1_000, [])).toMatchObject({ trouble: null, rows: 1_001 });
  });
});

describe('a folder that cannot be a source', () => {
  it('is refused with the member and what was found', async () => {
    await using watched = await watch();
    const { test, folder } = watched;
    const add = async (config: Record<string, unknown>) => {
      try {
        return await test.intake.handlers['sources.add']({ name: 'Second', kind: 'folder', config }, operator);
      } catch (error) {
        if (!(error instanceof RelayError)) throw error;
        return { code: error.code, member: error.member, key: error.says.key };
      }
    };
    const member = 'config.folder';
    const ofSystem = 'problem.source_folder_of_system';
    expect(await add({ folder })).toEqual({ code: 'not_possible', member, key: 'problem.source_folder_used' });
    for (const aside of ['processed', join('rejected', 'deeper')]) {
      mkdirSync(join(folder, aside), { recursive: true });
      const key = 'problem.source_folder_aside';
      expect(await add({ folder: join(folder, aside) }), aside).toEqual({ code: 'not_possible', member, key });
    }
    for (const aside of ['processed', 'rejected']) rmSync(join(folder, aside), { recursive: true });
    expect(await add({ folder: test.folder })).toMatchObject({ key: 'problem.source_folder_own' });
    expect(await add({ folder: join(folder, 'nowhere') })).toMatchObject({ key: 'problem.folder_missing' });
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
    if (process.platform === 'linux') {
      for (const pseudo of ['/proc', '/proc/self/fd', '/sys', '/dev']) {
        expect(await add({ folder: pseudo }), pseudo).toEqual({ ...{ code: 'bad_input', member }, key: ofSystem });
      }
    }
    if (process.platform !== 'win32' && process.getuid?.() !== 0) {
      const shut = join(folder, 'shut');
      mkdirSync(shut, { mode: 0o555 });
      expect(await add({ folder: shut })).toMatchObject({ member, key: 'problem.source_folder_not_written' });
      rmSync(shut, { recursive: true });
    }
    // What was tried to find out whether it can be written is gone again.
    expect(readdirSync(folder)).toEqual([]);
    expect(await add({ folder: 'export' })).toMatchObject({ key: 'problem.source_folder_whole_path' });
    expect(await add({})).toMatchObject({ member });
    for (const pattern of ['[', 'in/*.csv', '*.tmp', '.*']) {
      expect(await add({ folder, pattern })).toMatchObject({ member: 'config.pattern', code: 'bad_input' });
    }
    watched.drop('file.txt.part', 'x');
    expect(await add({ folder: join(folder, 'file.txt.part') })).toMatchObject({ key: 'problem.source_folder_file' });
    expect(await add({ folder, snapshot: true })).toMatchObject({ member: 'config.keyColumns' });
  });
});
