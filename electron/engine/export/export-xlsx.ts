/**
 * An export as a workbook of one sheet, written while it is read: whatever its length, a page of rows and what the zip
 * holds back are all that is in memory. Libraries for workbooks keep every cell until the end (a million rows of these
 * columns are gigabytes), so the sheet's few elements are written here (ECMA-376, part 1, 18.3) and yazl zips them.
 * A text is a text there: nothing in it is a formula.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { RelayError } from '../../../shared/errors.ts';
import { columnTypeOf, mostSheetRows } from '../../../shared/export-columns.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { localMs } from '../local-time.ts';
import type { StreamChunk } from '../reader/reader-protocol.ts';
import type { Layout, Row, Value } from './export-cells.ts';

/** A cell takes so many characters; what is longer is cut there, as a spreadsheet would. */
const longestCell = 32_767;
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const officeRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRelations = 'http://schemas.openxmlformats.org/package/2006/relationships';
const contentTypes = 'http://schemas.openxmlformats.org/package/2006/content-types';
const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Styles by their place in `cellXfs`. */
const headStyle = 1;
const momentStyle = 2;

const parts: readonly (readonly [name: string, text: string])[] = [
  [
    '[Content_Types].xml',
    `${xml}<Types xmlns="${contentTypes}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
      `<Default Extension="xml" ContentType="application/xml"/>` +
      `<Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${sheetType}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${sheetType}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${xml}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${xml}<Relationships xmlns="${packageRelations}"><Relationship Id="rId1" Type="${officeRelations}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${officeRelations}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    `${xml}<styleSheet xmlns="${main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>` +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>' +
      '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>',
  ],
];

/**
 * @param pages of rows, read one after the other
 * @throws RelayError `not_possible` where there are more rows than a sheet has
 */
export async function* workbook(
  layout: Layout,
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<StreamChunk, void> {
  const zip = new ZipFile();
  let rows = 0;
  const counted = async function* () {
    for await (const page of pages) {
      rows += page.length;
      if (rows >= mostSheetRows) {
        throw new RelayError('not_possible', sentence('problem.export_sheet_full', { rows: mostSheetRows - 1 }), {
          member: 'format',
        });
      }
      yield page;
    }
  };
  for (const [name, text] of parts) zip.addBuffer(Buffer.from(text), name);
  const title = `<sheet name="${layout.what}" sheetId="1" r:id="rId1"/>`;
  zip.addBuffer(
    Buffer.from(`${xml}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><sheets>${title}</sheets></workbook>`),
    'xl/workbook.xml',
  );
  const sheet = Readable.from(sheetOf(layout, counted()), { objectMode: false, highWaterMark: 64 * 1024 });
  const output = zip.outputStream as Readable;
  // yazl hears of a sheet that failed, and tells nobody.
  sheet.on('error', (error) => output.destroy(error));
  zip.addReadStream(sheet, 'xl/worksheets/sheet1.xml');
  zip.end();
  let told = 0;
  try {
    for await (const bytes of output) {
      yield { bytes: bytes as Uint8Array, rows: rows - told };
      told = rows;
    }
  } finally {
    sheet.destroy();
  }
}

async function* sheetOf(layout: Layout, pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Buffer, void> {
  const { columns } = layout;
  const widths = columns.map(
    (name, i) => `<col min="${i + 1}" max="${i + 1}" width="${widthOf(layout, name)}" customWidth="1"/>`,
  );
  const frozen =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
  const head = columns.map((name) => text(name, headStyle)).join('');
  yield Buffer.from(
    `${xml}<worksheet xmlns="${main}">${frozen}<cols>${widths.join('')}</cols><sheetData><row>${head}</row>`,
  );
  for await (const page of pages) {
    yield Buffer.from(
      page.map((row) => `<row>${columns.map((name) => cell(layout, name, row[name])).join('')}</row>`).join(''),
    );
  }
  yield Buffer.from('</sheetData></worksheet>');
}

function cell({ what, timeZone }: Layout, name: Layout['columns'][number], value: Value): string {
  if (value === null || value === undefined || value === '') return '<c/>';
  if (typeof value === 'string') return text(value);
  if (!Number.isFinite(value)) return '<c/>';
  const type = columnTypeOf(what, name);
  if (type === 'number') return `<c><v>${value}</v></c>`;
  return `<c s="${momentStyle}"><v>${dayNumber(type === 'utc' ? value : localMs(value, timeZone))}</v></c>`;
}

/** Days since the spreadsheet's day 0, with the time as a part of one; to the millisecond. */
const dayNumber = (ms: number): number => Number((ms / 86_400_000 + 25_569).toFixed(9));

const text = (value: string, style?: number): string =>
  `<c${style === undefined ? '' : ` s="${style}"`} t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

/** XML 1.0 knows no control characters, no halves of characters and no U+FFFE; they become what stands for unknown ones. */
const escaped = (value: string): string =>
  (value.length > longestCell ? value.slice(0, longestCell) : value)
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\uFFFD')
    .replaceAll(/[&<>\r]/g, (sign) => escapes[sign] ?? sign);

const widthOf = ({ what }: Layout, name: Layout['columns'][number]): number => {
  const type = columnTypeOf(what, name);
  if (type === 'utc' || type === 'local') return 20;
  return type === 'number' ? 12 : /_id$|what_happened|detail|data|answer/.test(name) ? 34 : 22;
};
