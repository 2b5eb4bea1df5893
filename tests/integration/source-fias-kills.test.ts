/** A real engine that is killed while an interface streams records: none comes twice, none is made of what is only said again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, it } from 'vitest';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { startFiasInterface } from '../support/fias-interface.ts';
import { temporaryFolder } from '../support/folder.ts';
import { until } from '../support/until.ts';

/** What a track of a key card holds, found nowhere else. */
const track = 'KEYCARD7391';
const kills = 3;

function filesWith(folder: string, words: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return ['latin1', 'utf16le'].some((charset) => bytes.includes(Buffer.from(words, charset as BufferEncoding)));
    });
}

it('a process that is killed while records stream in takes each once, and writes no track of a card', async () => {
  await using data = await temporaryFolder();
  await using line = await startFiasInterface();
  const links = () => line.received.filter((record) => record.startsWith('LA|')).length;
  let engine = await startEngineProcess({ dataFolder: data.path });
  const control = await connectControl(data.path);
  await control.call('sources.add', {
    name: 'OPERA',
    propertyId: 'prop_1',
    kind: 'fias',
    config: { host: '127.0.0.1', port: line.port, ownInstance: true },
  });
  const log = () => new Sqlite(databaseFile(data.path), { readonly: true });
  const taken = () => {
    const database = log();
    try {
      return database
        .prepare<[], { type: string; data: string }>('SELECT type, data FROM events ORDER BY seq')
        .all()
        .map(({ type, data: text }) => `${type} ${(JSON.parse(text) as { reservation_id: string }).reservation_id}`);
    } finally {
      database.close();
    }
  };
  let sent = 0;
  const next = (more = '') => {
    sent += 1;
    return `GI|RN${sent}|G#${sent}|GNLim, Ana|GSN|$1%B4111111111111111^${track}|$2;${track}=|$3${track}|${more}`;
  };
  /** Which were sent before the process was killed, at each kill. */
  const sentAt: number[] = [];
  for (let kill = 1; kill <= kills + 1; kill += 1) {
    await until(links, (count) => count === kill, 30_000);
    // After a link an interface says again who is in the house.
    line.send('DS|DA261129|TI014500|', ...Array.from({ length: 40 }, (_, i) => `GI|SF|G#again${i}|RN${i}|$1${track}|`));
    line.send('DE|DA261129|TI014500|');
    const from = taken().length;
    if (kill > kills) break;
    // Streamed on while they are stored, until some are and others are under way.
    while (taken().length < from + 20 * kill) {
      line.send(...Array.from({ length: 25 }, () => next()));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    line.send(...Array.from({ length: 100 }, () => next()));
    await engine.kill();
    sentAt.push(sent);
    expect(filesWith(data.path, track)).toEqual([]);
    engine = await startEngineProcess({ dataFolder: data.path });
  }
  const before = taken();
  line.send(...Array.from({ length: 30 }, () => next()));
  const last = await until(taken, (events) => events.length === before.length + 30, 20_000);
  await engine.stop();
  expect(filesWith(data.path, track)).toEqual([]);
  expect(last.filter((event) => !/^guest\.checkin \d+$/.test(event))).toEqual([]);
  // Of each stretch between two kills the beginning is there, whole and in order; what was on its way is lost with the PC.
  const numbers = last.map((event) => Number(event.split(' ')[1]));
  let start = 0;
  for (const end of [...sentAt, sent]) {
    const stretch = numbers.filter((number) => number > start && number <= end);
    expect(stretch.length).toBeGreaterThanOrEqual(20);
    expect(stretch).toEqual(Array.from({ length: stretch.length }, (_, i) => start + i + 1));
    start = end;
  }
  expect(new Set(numbers).size).toBe(numbers.length);
}, 120_000);
