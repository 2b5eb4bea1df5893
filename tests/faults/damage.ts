/** Damage at random places of what lies in a data folder: each start takes events, or ends with one sentence. */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { writeSpoolFiles } from '../../electron/engine/intake/spool-file.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { relayInProcess } from '../support/command-line.ts';
import { connectControl } from '../support/control.ts';
import { type EngineProcess, spawnEngine, startEngineProcess } from '../support/engine-process.ts';
import { answersWithinMs, until } from './stand.ts';

const kinds = ['relay.db', 'relay.db-wal', 'data-key.json', 'preferences.json', 'spool'] as const;
type Kind = (typeof kinds)[number];

export interface DamageSeen {
  places: number;
  /** Places at which a start was refused, and a backup was restored. */
  restored: number;
  /** Places at which SQLite gave up what stood behind the damage in its log, and the engine said how much that was. */
  cutShort: number;
  /** Places where it runs, cannot read all, and says that it is damaged. */
  said: number;
  lost: number;
  stuck: number;
  readonly problems: string[];
}

const kept = 60;
const spooled = 10;
const inLog = 10;

/** A folder that was killed in its work: a backup of all, a log that was not carried over, and spooled events. */
export async function prepareWhole(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  let engine = await startEngineProcess({ dataFolder: folder });
  let control = await connectControl(folder);
  await control.call('settings.change', {
    change: { propertyId: 'prop_faults', internetCheck: { use: 'off', own: [] } },
  });
  await control.call('sources.add', { name: 'PMS' });
  for (let n = 0; n < kept; n += 1) {
    const dataText = JSON.stringify({ booking_id: `bk_${n}`, note: 'x'.repeat(1_500) });
    await control.call('events.emit', { event: 'booking.created', dataText });
  }
  const { id } = await control.call('backup.start', { file: null });
  await until(async () => (await control.call('jobs.get', { id })).state === 'done', answersWithinMs);
  // Carried over into the database at a stop; what comes after that is in its log alone.
  await engine.stop();
  engine = await startEngineProcess({ dataFolder: folder });
  control = await connectControl(folder);
  for (let n = 0; n < inLog; n += 1) {
    await control.call('events.emit', {
      event: 'booking.created',
      dataText: JSON.stringify({ booking_id: `log_${n}` }),
    });
  }
  await engine.kill();
  const ids = createIdSource();
  await writeSpoolFiles(
    folder,
    Array.from({ length: spooled }, (_, n) => ({
      id: ids.event(Date.now()),
      spooledAtMs: Date.now(),
      text: JSON.stringify({ event: 'booking.created', data: { booking_id: `bk_spooled_${n}` } }),
    })),
  );
  writeFileSync(join(folder, 'preferences.json'), JSON.stringify({ language: 'fil', theme: 'dark', dense: true }));
}

/** Damages one place of a copy, and sees what becomes of it. */
export async function damageOne(
  whole: string,
  folder: string,
  n: number,
  random: () => number,
  seen: DamageSeen,
): Promise<void> {
  const kind = kinds[n % kinds.length] ?? 'relay.db';
  const where = `${kind}, place ${n}`;
  cpSync(whole, folder, { recursive: true });
  const file = fileOf(folder, kind, random);
  scribble(file, random);
  seen.places += 1;
  const spoiltSpool = kind === 'spool' ? 1 : 0;
  let isRestored = false;
  try {
    let engine = await startOrRefused(folder, where, seen);
    if (engine === 'refused') {
      seen.restored += 1;
      if (kind === 'data-key.json') cpSync(join(whole, 'data-key.json'), file);
      else {
        isRestored = true;
        const ran = await relayInProcess(folder, ['restore', '--last', '--yes']);
        if (ran.code !== 0) seen.problems.push(`${where}: no restore: ${ran.err}`);
      }
      engine = await startOrRefused(folder, `${where}, after its repair`, seen);
    }
    if (engine === 'refused') {
      seen.stuck += 1;
      return;
    }
    const missing = kept + (isRestored ? 0 : inLog) + spooled - spoiltSpool - (await countEvents(folder));
    const isSaid = missing > 0 && kind === 'relay.db' ? await saysDamaged(folder) : false;
    const cutShort = missing > 0 && kind === 'relay.db-wal' ? await saysLost(folder) : 0;
    await engine.kill();
    if (missing <= 0) return;
    if (isSaid) seen.said += 1;
    // What SQLite's log gave up behind the damage is nowhere else: the PMS has to say it again.
    else if (cutShort === missing) seen.cutShort += 1;
    else {
      seen.lost += missing;
      seen.problems.push(`${where}: ${missing} events are missing`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function startOrRefused(folder: string, where: string, seen: DamageSeen): Promise<EngineProcess | 'refused'> {
  const trial = await spawnEngine({ dataFolder: folder });
  const listens = () => Promise.resolve(trial.output().includes('listening on http://'));
  const ended = trial.exited.then((code) => ({ code }));
  const first = await Promise.race([ended, until(listens, answersWithinMs)]);
  if (typeof first === 'object') {
    const output = trial.output();
    const isOneSentence = /^roost-relay: [^\n]+\n(?: {2}[^\n]+\n)?$/.test(output);
    if (first.code !== 1 || !isOneSentence) seen.problems.push(`${where}: ended with ${first.code}: ${output}`);
    return 'refused';
  }
  trial.child.kill('SIGKILL');
  await trial.exited;
  if (!first) {
    seen.stuck += 1;
    seen.problems.push(`${where}: neither takes events nor ends: ${trial.output()}`);
    return 'refused';
  }
  if (/\n\s+at /.test(trial.output())) seen.problems.push(`${where}: a raw stack: ${trial.output()}`);
  return startEngineProcess({ dataFolder: folder });
}

/** Whether a person is told to restore a backup. */
async function saysDamaged(folder: string): Promise<boolean> {
  const control = await connectControl(folder);
  return until(async () => (await control.call('situation.get', {})).database.state === 'damaged', answersWithinMs);
}

/** How many events a person is told are missing. */
async function saysLost(folder: string): Promise<number> {
  const control = await connectControl(folder);
  return (await control.call('situation.get', {})).database.lost?.count ?? 0;
}

/** All that the database says it has, once the spooled ones are in. */
async function countEvents(folder: string): Promise<number> {
  let found = 0;
  const count = async (): Promise<boolean> => {
    const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
    try {
      found = database.prepare<[], number>('SELECT COUNT(*) FROM events').pluck().get() ?? 0;
    } catch {
      found = 0;
    } finally {
      database.close();
    }
    return found >= kept + inLog + spooled;
  };
  await until(count, 1_000);
  return found;
}

function fileOf(folder: string, kind: Kind, random: () => number): string {
  if (kind !== 'spool') return join(folder, kind);
  const names = readdirSync(join(folder, kind)).sort();
  return join(folder, kind, names[Math.floor(random() * names.length)] ?? '');
}

/** Up to 64 bytes from a random place on are others. */
function scribble(file: string, random: () => number): void {
  const { size } = statSync(file);
  const bytes = readFileSync(file);
  const from = Math.floor(random() * size);
  const length = 1 + Math.floor(random() * 64);
  for (let at = from; at < Math.min(size, from + length); at += 1) bytes[at] = Math.floor(random() * 256);
  writeFileSync(file, bytes);
}
