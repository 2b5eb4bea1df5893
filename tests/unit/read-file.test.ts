/** Files as systems write them: what they are is found out, and every row comes out as it stands there. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { WantedForm } from '../../electron/engine/sources/reading/form.ts';
import { formOfText, lookAtFile, rowsOfFile, rowsOfText } from '../../electron/engine/sources/reading/read-file.ts';

const anyForm: WantedForm = { format: null, delimiter: null, charset: null, path: null };
const folder = mkdtempSync(join(tmpdir(), 'read-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Read {
  readonly rows: readonly unknown[];
  readonly raw: readonly string[];
  readonly numbers: readonly number[];
  readonly found: string;
  readonly columns: readonly string[];
}

async function read(content: string | Uint8Array, wanted: Partial<WantedForm> = {}): Promise<Read> {
  const path = join(folder, 'file');
  writeFileSync(path, content);
  const { form } = await lookAtFile(path, { ...anyForm, ...wanted });
  let columns: readonly string[] = [];
  const raw: string[] = [];
  const numbers: number[] = [];
  for await (const row of rowsOfFile(path, form, (names) => (columns = names))) {
    raw.push(row.raw);
    numbers.push(row.number);
  }
  const found = `${form.format} ${form.charset} ${form.delimiter ?? form.path.join('/')}`.trim();
  return { rows: raw.map((one) => JSON.parse(one) as unknown), raw, numbers, found, columns };
}

const whyNot = async (content: string | Uint8Array, wanted: Partial<WantedForm> = {}): Promise<string> => {
  try {
    const { rows } = await read(content, wanted);
    return `read: ${JSON.stringify(rows)}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

describe('a table', () => {
  it('is read by its header, cells as the text they are', async () => {
    const { rows, found, numbers, columns } = await read(
      'booking_id,guest,total\r\n007,"Cruz, Juan",6000.00\r\n8,"Line\nbreak",1e5\r\n',
    );
    expect(rows).toEqual([
      { booking_id: '007', guest: 'Cruz, Juan', total: '6000.00' },
      { booking_id: '8', guest: 'Line\nbreak', total: '1e5' },
    ]);
    expect([found, numbers, columns]).toEqual(['csv utf-8 ,', [2, 3], ['booking_id', 'guest', 'total']]);
  });

  it.each([
    ['a;b\n1,5;2\n3,5;4\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['sep=;\na;b\n1;2\n', ';'],
  ])('%j is parted by %j', async (text, delimiter) => {
    const { found, rows } = await read(text);
    expect(found).toBe(`csv utf-8 ${delimiter}`.trim());
    expect(Object.keys(rows[0] as object)).toEqual(['a', 'b']);
  });

  it('a column alone, a column without a name, a name twice', async () => {
    expect((await read('id\n1\n2\n')).rows).toEqual([{ id: '1' }, { id: '2' }]);
    expect((await read('id,,id,\n1,2,3,\n')).rows).toEqual([{ id: '1', column_2: '2', id_2: '3' }]);
  });

  it('numbers as names and __proto__ stay where they stand', async () => {
    expect((await read('b,2,__proto__,1\nw,x,y,z\n')).raw).toEqual(['{"b":"w","2":"x","__proto__":"y","1":"z"}']);
  });

  it('an uneven row is a reason with the row as a person counts it', async () => {
    expect(await whyNot('a,b\n1,2\n\n1,2,3\n')).toBe('Row 4 has 3 cells, the header has 2.');
    expect(await whyNot('a,b\n1\n')).toBe('Row 2 has 1 cells, the header has 2.');
    expect(await whyNot('sep=,\na,b\n1\n')).toBe('Row 3 has 1 cells, the header has 2.');
    expect((await read('a,b\n1,2,,\n')).rows).toEqual([{ a: '1', b: '2' }]);
  });

  it('an empty row is passed over as an empty line is, and counted as a person counts', async () => {
    const { rows, numbers } = await read('a;b;c\n;;\n1;;\n ;\t;  \n;;;;;\n"";"";""\n2;3;4\n;;\n');
    expect(rows).toEqual([
      { a: '1', b: '', c: '' },
      { a: '2', b: '3', c: '4' },
    ]);
    expect(numbers).toEqual([3, 7]);
    expect((await read(';;\na;b;c\n1;2;3\n')).rows).toEqual([{ a: '1', b: '2', c: '3' }]);
    expect(await whyNot(';;\n;;\n')).toBe('It is empty.');
  });

  it('a quotation mark within a cell is a letter, one that is never closed a reason', async () => {
    expect((await read('a,b\n6" pipe,2\n')).rows).toEqual([{ a: '6" pipe', b: '2' }]);
    for (const parted of [',', ';', '\t', '|']) {
      const table = 'a,b\n1,2\n"x,2\n3,4\n'.replaceAll(',', parted);
      expect(await whyNot(table)).toBe('Row 3: a quotation mark is opened and never closed.');
    }
  });

  it('something behind a closing quotation mark is a reason with its row', async () => {
    const behind = (row: number) => `Row ${row}: something stands behind the quotation mark that closes a cell.`;
    expect(await whyNot('a;b\n1;2\n"booked";"Q8"x\n3;4\n')).toBe(behind(3));
    expect(await whyNot('a,b\n"x\ny"z,2\n')).toBe(behind(2));
    expect(await whyNot('a,b\r\n1,2\r\n\r\n\r\n"x"y,2\r\n')).toBe(behind(5));
    expect(await whyNot('a,"b"c\n1,2\n')).toBe(behind(1));
    const { rows } = await read('a,b\r\n"""Q8""x","6"" pipe"\r\n6" pipe,"""x"\r\n"","""a"""');
    expect(rows).toEqual([
      { a: '"Q8"x', b: '6" pipe' },
      { a: '6" pipe', b: '"x' },
      { a: '', b: '"a"' },
    ]);
  });

  it('one endless row is no row', async () => {
    expect(await whyNot(`a,b\n1,"${'x'.repeat(1_100_000)}"\n`)).toContain('longer than 1048576 characters');
  });
});

describe('what is no text', () => {
  const workbook = 'It is a spreadsheet’s own file (.xlsx, .xls) or an archive, and no text. Save it as CSV.';
  it.each([
    ['a workbook', Buffer.from('PK\x03\x04\x14\0\x06\0a,b\n1,2\n', 'latin1'), workbook],
    ['an old workbook', Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1a,b\n1,2\n', 'latin1'), workbook],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1'), /^It is no text/],
    ['a PDF', Buffer.from('%PDF-1.4\n1 0 obj\n'), /^It is no text/],
    ['a table with zeros far behind', Buffer.from(`a,b\n${'1,2\n'.repeat(90_000)}\0\0\0\0`), /^It is no text/],
  ])('%s is refused, whatever format was chosen', async (_what, bytes, says) => {
    for (const format of [null, 'csv'] as const) expect(await whyNot(bytes, { format })).toMatch(says);
  });

  it('is refused where it is pasted', () => {
    expect(() => formOfText('PK\x03\x04a,b\n', anyForm)).toThrow(workbook);
  });
});

describe('a character set', () => {
  const text = 'gast;preis\nJosé Ñuñez;€ 10\n';
  const utf16be = Buffer.from(text, 'utf16le').swap16();
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be])],
    ['utf-16be', utf16be],
    ['windows-1252', Buffer.from(text.replace('€', '\x80'), 'latin1')],
  ])('%s is found', async (charset, bytes) => {
    const { found, rows } = await read(bytes);
    expect(found).toBe(`csv ${charset} ;`);
    expect(rows).toEqual([{ gast: 'José Ñuñez', preis: '€ 10' }]);
  });

  it('a letter that is not UTF-8 far behind makes the file Windows-1252', async () => {
    const rows = `id;name\n${'1;plain\n'.repeat(40_000)}`;
    const { found, rows: read_ } = await read(Buffer.concat([Buffer.from(rows), Buffer.from('2;Jos\xe9\n', 'latin1')]));
    expect(found).toBe('csv windows-1252 ;');
    expect(read_.at(-1)).toEqual({ id: '2', name: 'José' });
  });

  it('what was chosen and is not so is a reason', async () => {
    expect(await whyNot(Buffer.from('a;b\nJos\xe9;2\n', 'latin1'), { charset: 'utf-8' })).toContain('is not UTF-8');
  });

  it('that is two in one file is refused with a line of each, unless one was chosen', async () => {
    const mixed = Buffer.concat([Buffer.from('a;b\nNi\u00f1o;1\n'), Buffer.from('Jos\xe9;2\n', 'latin1')]);
    expect(await whyNot(mixed)).toMatch(/two character sets: line 2 is UTF-8, line 3 is not\./);
    const quoted = Buffer.from('a;b\nJos\xe9;1\n\xe2\x80\x93;2\n', 'latin1');
    expect(await whyNot(quoted)).toMatch(/line 3 is UTF-8, line 2 is not\./);
    expect(await whyNot(Buffer.from('a;b\nx;Ni\u00f1').subarray(0, -1))).toMatch(/^read: /);
    expect(await whyNot(mixed, { charset: 'windows-1252' })).toContain('Ni\u00c3\u00b1o');
    // What Windows-1252 has beside each other in French and German is no letter of UTF-8.
    const french = Buffer.from('a;b\ncaf\xe9\xa0\xbb;\xdc\x93 \xe9t\xe9\n', 'latin1');
    expect((await read(french)).rows).toEqual([{ a: 'caf\u00e9\u00a0\u00bb', b: '\u00dc\u201c \u00e9t\u00e9' }]);
  });

  it('that XML says and nobody here reads is refused by its name, where its bytes are no UTF-8', async () => {
    const xml = (charset: string, name: string) =>
      Buffer.from(`<?xml version="1.0" encoding="${charset}"?><a><b n="${name}"/><b n="2"/></a>`, 'latin1');
    expect(await whyNot(xml('KOI8-R', '\xe9\xd7\xc1\xce'))).toMatch(
      /^It says that its text is KOI8-R, which is not read\./,
    );
    expect(await whyNot(xml('windows-1251', '\xc8\xe2'))).toContain('windows-1251');
    expect(await whyNot(xml('KOI8-R', '\xe9\xd7'), { charset: 'cp437' })).toMatch(/^read: /);
    for (const charset of ['ISO-8859-1', 'Windows-1252', 'UTF-8']) {
      expect((await read(xml(charset, 'Jos\xe9'))).rows[0], charset).toEqual({ n: 'Jos\u00e9' });
    }
    expect((await read(xml('KOI8-R', 'plain'))).rows[0]).toEqual({ n: 'plain' });
  });
});

describe('JSON', () => {
  it('keeps every object as it stands', async () => {
    const { raw, found } = await read('[ {"b": 6000.00,"a":"\\u00e9"},\n{"id":12345678901234567890} ]');
    expect(raw).toEqual(['{"b": 6000.00,"a":"\\u00e9"}', '{"id":12345678901234567890}']);
    expect(found).toBe('json utf-8');
  });

  it('one object, a line each, a list further in, an empty list', async () => {
    expect((await read('{"a":1}')).raw).toEqual(['{"a":1}']);
    expect((await read('{\n"a":1,\n"b":{\n}}')).raw).toHaveLength(1);
    const lines = await read('{"a":1}\r\n\r\n{"a":2}\n');
    expect([lines.raw, lines.numbers, lines.found]).toEqual([['{"a":1}', '{"a":2}'], [1, 3], 'ndjson utf-8']);
    const inside = '{"n":[1,{"items":"]"}],"data":{"x":"}","items":[{"i":1},{"i":2}],"y":"\\"]"},"z":[{}]}';
    expect((await read(inside, { path: ['data', 'items'] })).raw).toEqual(['{"i":1}', '{"i":2}']);
    expect((await read('[]')).raw).toEqual([]);
  });

  it.each([
    ['[{"a":1},{"a":2}', 'It ends before it is complete.'],
    ['[{"a":1} {"a":2}]', 'It is not valid JSON: it goes wrong at element 2.'],
    ['[{"a":1},]', 'It is not valid JSON: it goes wrong at element 2.'],
    ['[{"a":1},{"a":tru}]', 'It is not valid JSON: it goes wrong at element 2.'],
    ['[{"a":1},7]', 'Element 2 of the list is no JSON object.'],
    ['[{"a":1}] x', 'It is not valid JSON: it goes wrong at element 2.'],
    ['{"a":1}\n{"a"}', 'Line 2 is not valid JSON.'],
    ['  \n', 'It is empty.'],
    ['', 'It is empty.'],
    [`[{"a":${'['.repeat(100)}${']'.repeat(100)}}]`, 'Its parts lie more than 64 deep in each other.'],
  ])('%s is refused', async (text, reason) => {
    expect(await whyNot(text)).toBe(reason);
  });

  it('a path that is not there', async () => {
    expect(await whyNot('{"data":{"a":1}}', { path: ['data', 'items'] })).toBe('There is no data/items in it.');
  });

  it('is read alike however it is cut into pieces', async () => {
    const value = fc.jsonValue({ maxDepth: 3 }).map((one) => ({ one }));
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 5 }), fc.integer({ min: 1, max: 7 }), async (list, cut) => {
        const text = JSON.stringify({ skipped: list, deep: { list, more: list }, end: 'x"]}' }, null, cut % 3);
        async function* pieces() {
          for (let at = 0; at < text.length; at += cut) yield text.slice(at, at + cut);
        }
        const form = { ...formOfText(text, anyForm), format: 'json' as const, path: ['deep', 'list'] };
        const read_: unknown[] = [];
        for await (const { raw } of rowsOfText(pieces(), form)) read_.push(JSON.parse(raw));
        expect(read_).toEqual(JSON.parse(JSON.stringify(list)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('XML', () => {
  const file = `<?xml version="1.0"?><!-- x --><o:Export xmlns:o="urn:x"><Head><Made>now</Made></Head><Stays>
    <Stay id="7" status="in"><Guest>José &amp; Ana</Guest><Room>12</Room><Room>14</Room></Stay>
    <Stay id="8"><Note><![CDATA[<b>]]></Note><Empty/></Stay></Stays></o:Export>`;

  it('gives what repeats, its attributes and elements as members', async () => {
    const { rows, found } = await read(file);
    expect(found).toBe('xml utf-8 Export/Stays/Stay');
    expect(rows).toEqual([
      { id: '7', status: 'in', Guest: 'José & Ana', Room: ['12', '14'] },
      { id: '8', Note: '<b>', Empty: '' },
    ]);
  });

  it('is read at the path that was chosen', async () => {
    expect((await read(file, { path: ['Export', 'Head'] })).rows).toEqual([{ Made: 'now' }]);
    expect((await read('<a x="1"><b>t</b></a>')).rows).toEqual([{ x: '1', b: 't' }]);
  });

  it.each([
    ['<a><b></a>', 'It is not valid XML: it goes wrong at line 1.'],
    ['<a>\n<b>&unknown;</b></a>', 'It is not valid XML: it goes wrong at line 2.'],
    ['<a><b>1</b>', 'It is not valid XML: it goes wrong at line 1.'],
    [
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><b>&x;</b></a>',
      'It defines entities of its own in its DOCTYPE, which are not read, for safety.',
    ],
    [`${'<a>'.repeat(80)}${'</a>'.repeat(80)}`, 'Its parts lie more than 64 deep in each other.'],
  ])('%s is refused', async (text, reason) => {
    expect(await whyNot(text)).toBe(reason);
  });

  it('one endless element is no row', async () => {
    expect(await whyNot(`<a><b>${'x'.repeat(1_100_000)}</b><b/></a>`)).toContain('longer than 1048576 characters');
  });
});

it('whatever bytes a file holds, it is read or refused with a reason', async () => {
  const start = fc.constantFrom('', '{', '[{"a":', '<a>', 'a;b\n', '\ufeff"');
  await fc.assert(
    fc.asyncProperty(start, fc.uint8Array({ maxLength: 200 }), async (text, bytes) => {
      const why = await whyNot(Buffer.concat([Buffer.from(text), bytes]));
      expect(why).not.toMatch(/undefined|\{|TypeError/.test(why.replace(/^read: .*/s, '')) ? /^/ : /^$/);
    }),
    { numRuns: 300 },
  );
});
