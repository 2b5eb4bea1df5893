/**
 * A scheduled export that is killed while it writes, into a folder outside of the data: by an engine of its own, whose log
 * has the days that are due. Afterwards each day has one file, and all of the day is in it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { due, lastOver, periodFrom } from '../../electron/engine/export/periods.ts';
import { connectControl } from '../support/control.ts';
import { startEngineProcess } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { seed } from '../support/seed.ts';
import { delay, until } from './stand.ts';

const timeZone = 'Asia/Manila';
const deliveries = 24_000;
/** So many nights were missed when it begins. */
const missed = 2;
/** In this time it has begun its second file. */
const mostMs = 400;
const madeUpWithinMs = 60_000;

/** @returns whether the kill came while a file was written. @throws Error where one is half, missing or there twice */
export async function killScheduledExport(random: () => number): Promise<boolean> {
  await using data = await temporaryFolder();
  await using place = await temporaryFolder();
  seed(data.path, { deliveries, days: missed + 2 });
  withDatabase(data.path, (database) => {
    // Nothing of it is anybody's to get.
    database.exec("UPDATE endpoints SET switch = 'paused'");
  });
  // What the log was filled with has no key of its own.
  const first = await startEngineProcess({ dataFolder: data.path, options: ['--new-key'] });
  const control = await connectControl(data.path);
  await control.call('settings.change', {
    change: { propertyId: 'prop_faults', timeZone, internetCheck: { use: 'off', own: [] } },
  });
  await control.call('schedules.add', {
    schedule: { every: 'night', what: 'deliveries', format: 'csv', folder: place.path },
  });
  await first.kill();
  const days = dueDays();
  withDatabase(data.path, (database) => database.prepare('UPDATE export_schedules SET next = ?').run(days[0]));

  const killed = await startEngineProcess({ dataFolder: data.path });
  // Its answer may never come.
  run(data.path).catch(() => {});
  await until(async () => isWriting(data.path), 5_000, 2);
  await delay(random() * mostMs);
  await killed.kill();
  const hit = isWriting(data.path);

  await using last = await startEngineProcess({ dataFolder: data.path });
  await run(data.path);
  const again = await connectControl(data.path);
  const listed = async () => (await again.call('schedules.list', {}))[0];
  const isMadeUp = await until(async () => {
    const now = await listed();
    return now?.running === null && now.last?.state === 'done' && now.last.period === days.at(-1);
  }, madeUpWithinMs);
  if (!isMadeUp)
    throw new Error(`a scheduled export does not go on: ${JSON.stringify(await listed())} ${last.output()}`);
  refuseOthers(data.path, place.path, days);
  return hit;
}

/** The last days that are over and due, in their order. */
function dueDays(): string[] {
  const days: string[] = [];
  let day = lastOver('night', Date.now(), timeZone);
  // Between midnight and three the last one is not due yet.
  if (due('night', day.first, Date.now(), timeZone).period === null) day = before(day.first);
  for (; days.length < missed; day = before(day.first)) days.unshift(day.name);
  return days;
}

const before = (first: string) => {
  const at = new Date(`${first}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - 1);
  return periodFrom('night', at.toISOString().slice(0, 10), timeZone);
};

/** What is due is written, oldest first; where nothing is, the last day once more. */
async function run(folder: string): Promise<void> {
  const control = await connectControl(folder);
  const [schedule] = await control.call('schedules.list', {});
  if (schedule === undefined) throw new Error('the schedule is gone');
  await control.call('schedules.run', { id: schedule.id });
}

const isWriting = (folder: string): boolean =>
  withDatabase(
    folder,
    (database) =>
      (database
        .prepare<[], number>("SELECT COUNT(*) FROM jobs WHERE kind = 'export' AND state = 'running'")
        .pluck()
        .get() ?? 0) > 0,
  );

/** @throws Error unless each day has its one file, which holds all of it, and nothing else lies there */
function refuseOthers(folder: string, place: string, days: readonly string[]): void {
  const files = readdirSync(place).sort();
  const wanted = days.map((day) => `prop-faults deliveries ${day}.csv`);
  if (files.join() !== wanted.join()) throw new Error(`expected ${wanted.join()}, found ${files.join()}`);
  for (const day of days) {
    const { fromMs, toMs } = periodFrom('night', day, timeZone);
    const all = withDatabase(folder, (database) =>
      database
        .prepare<[number, number], number>('SELECT COUNT(*) FROM deliveries WHERE created_at >= ? AND created_at < ?')
        .pluck()
        .get(fromMs, toMs),
    );
    const written = readFileSync(join(place, `prop-faults deliveries ${day}.csv`), 'utf8').trimEnd();
    const rows = written.split('\r\n').length - 1;
    if (all === 0 || rows !== all) throw new Error(`the export of ${day} holds ${rows} of ${all} deliveries`);
  }
}

function withDatabase<Found>(folder: string, look: (database: BetterSqlite3.Database) => Found): Found {
  const database = new BetterSqlite3(join(folder, 'relay.db'));
  try {
    return look(database);
  } finally {
    database.close();
  }
}
