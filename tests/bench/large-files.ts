/**
 * A file as large as systems leave now and then, in each form: until it lies in `processed`, each of its rows an event.
 * What it takes of memory, and how long it holds up what is delivered meanwhile.
 */
import { closeSync, mkdirSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { FileFormat } from '../../shared/source-kinds/file-form.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startEngineUnderTest } from './engine-under-test.ts';
import { residentMb } from './process-usage.ts';
import type { Measured } from './report.ts';
import { refuseLess } from './rows-taken.ts';
import { delay, watched, watching } from './watched.ts';

const formats: readonly FileFormat[] = ['csv', 'ndjson', 'json', 'xml'];
/** Longest part of a file that is written at once, in characters. */
const atOnce = 4_000_000;
/** More than at rest, while a file is taken, in MB. */
const mostMoreMb = 400;

/** @param mb how large each file is */
export async function measureLargeFiles(mb: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const format of formats) measured.push(...(await measureOne(format, mb, nodeOptions)));
  return measured;
}

async function measureOne(format: FileFormat, mb: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  await using folder = await temporaryFolder();
  // Paused, so that each event has its delivery and none goes out.
  await using engine = await startEngineUnderTest({
    ...{ urls: ['http://127.0.0.1:9/'], paused: true, ...watching },
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
  });
  const { pid } = engine.process;
  const exported = join(folder.path, 'export');
  mkdirSync(exported);
  await engine.control.call('sources.add', {
    ...{ name: 'Export', kind: 'folder', config: { folder: exported }, shaping: { preset: 'generic_csv' } },
  });
  /** As a system does that writes under another name first: it is whole at once. */
  const left = async (name: string, sizeBytes: number, meanwhile: () => void): Promise<number> => {
    const rows = writeRows(join(exported, `${name}.tmp`), format, sizeBytes, name);
    await delay(2_000);
    meanwhile();
    renameSync(join(exported, `${name}.tmp`), join(exported, name));
    while (readdirSync(exported).includes(name)) {
      await delay(100);
      meanwhile();
    }
    return rows;
  };
  await delay(2_000);
  const restMb = residentMb(pid);
  // The first rows of a process are read before its code is compiled.
  const warm = await left(`warm.${format}`, 2_097_152, () => {});
  await watched(engine);
  let mostMb = restMb ?? 0;
  const name = `large.${format}`;
  let began = 0;
  const rows = await left(name, mb * 1_048_576, () => {
    if (began === 0) began = performance.now();
    mostMb = Math.max(mostMb, residentMb(pid) ?? 0);
  });
  const seconds = (performance.now() - began) / 1_000;
  const loop = await watched(engine);
  refuseLess(engine.dataFolder, name, warm + rows);
  const part = 'large';
  const what = `${mb} MB of ${format.toUpperCase()}`;
  return [
    { part, what: `${what}: ${rows} rows`, value: rows / seconds, unit: 'rows/s' },
    { part, what: `${what}: until it lies in processed`, value: seconds, unit: 's' },
    {
      ...{ part, what: `${what}: memory beside that at rest`, unit: 'MB', goal: { atMost: mostMoreMb } },
      value: restMb === null ? null : mostMb - restMb,
    },
    {
      part,
      what: `${what}: longest turn, the engine's own CPU`,
      value: loop.longestOwnCpu,
      unit: 'ms',
      goal: { atMost: 20 },
    },
    { part, what: `${what}: longest turn, with collections`, value: loop.longestCpu, unit: 'ms' },
    { part, what: `${what}: longest turn by the clock, without its commit`, value: loop.longest, unit: 'ms' },
  ];
}

/** @param run tells its bookings from those of another file; @returns how many rows there are */
function writeRows(path: string, format: FileFormat, sizeBytes: number, run: string): number {
  const { head, between, tail, row } = forms[format];
  const file = openSync(path, 'w');
  let written = 0;
  let rows = 0;
  let text = head;
  while (written + text.length < sizeBytes) {
    text += `${rows === 0 ? '' : between}${row(`${run}-${rows}`)}`;
    rows += 1;
    if (text.length < atOnce) continue;
    written += writeSync(file, text);
    text = '';
  }
  writeSync(file, text + tail);
  closeSync(file);
  return rows;
}

const note = 'As a PMS writes it: arrives late, wants a quiet room to the garden, pays on departure. '.repeat(4);
const objectOf = (no: string): string =>
  JSON.stringify({
    ...{ event: 'in', booking_id: `b-${no}`, guest_name: `María Peña ${no}`, room: '101' },
    ...{ checkin: '2026-03-20 14:00', total: '6000.00', note },
  });

const forms: Readonly<
  Record<FileFormat, { head: string; between: string; tail: string; row: (no: string) => string }>
> = {
  csv: {
    ...{ head: 'event;booking_id;guest_name;room;checkin;total;note\r\n', between: '\r\n', tail: '\r\n' },
    row: (no) => `in;b-${no};María Peña ${no};101;2026-03-20 14:00;6000.00;${note}`,
  },
  ndjson: { head: '', between: '\n', tail: '\n', row: objectOf },
  json: { head: '[', between: ',\n', tail: ']', row: objectOf },
  xml: {
    ...{ head: '<?xml version="1.0" encoding="UTF-8"?>\n<Export>\n', between: '\n', tail: '\n</Export>\n' },
    row: (no) =>
      `<Row><event>in</event><booking_id>b-${no}</booking_id><guest_name>María Peña ${no}</guest_name><room>101</room>` +
      `<checkin>2026-03-20 14:00</checkin><total>6000.00</total><note>${note}</note></Row>`,
  },
};
