/**
 * What long work holds up: an export, a backup, searches and retention over a large log, while events come and go
 * at a steady rate. Nothing on the delivering thread may take longer than 20 ms (decision 31).
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import type { Job } from '../../shared/schemas.ts';
import { type EngineUnderTest, startEngineUnderTest } from './engine-under-test.ts';
import { eventNumber } from './events.ts';
import { fillPaused } from './log.ts';
import type { LoopWatched } from './loop-watch.ts';
import { startPlainReceiver } from './plain-receiver.ts';
import { openConnection, percentile, requestBytes } from './posting.ts';
import { residentMb } from './process-usage.ts';
import { type Measured, toLine } from './report.ts';
import { delay, watched, watching } from './watched.ts';

const perSecond = 100;
const longestTurnMs = 20;
const quietMs = 10_000;
/** A day's engine is no new one: its code is compiled, and its first exchange with each thread lies behind it. */
const warmUpMs = 65_000;
const searchMs = 10_000;
const minuteMs = 60_000;
/** More than at rest, while a million rows leave. */
const mostMoreMb = 100;

export async function measureBeside(deliveries: number, nodeOptions: readonly string[]): Promise<Measured[]> {
  const now = Date.now();
  await using receiver = await startPlainReceiver();
  await using engine = await startEngineUnderTest({
    urls: [receiver.url(1)],
    ...watching,
    nodeOptions: [...watching.nodeOptions, ...nodeOptions],
    fill(folder) {
      fillPaused(folder, deliveries, now);
      putNight(folder, now);
    },
  });
  const load = startLoad(engine);
  const rows: Measured[] = [];
  const beside = async (what: string, work: () => Promise<unknown>) => {
    await watched(engine);
    load.takeTimes();
    await work();
    told(rowsOf(what, await watched(engine), load.takeTimes()));
  };
  // Each as it comes: all of them take an hour on a busy machine.
  const told = (more: readonly Measured[]) => {
    rows.push(...more);
    for (const one of more) console.error(`${one.part}: ${toLine(one).trim()}`);
  };
  await delay(warmUpMs);
  await beside('nothing else', () => delay(quietMs));
  for (const format of ['xlsx', 'csv', 'jsonl'] as const) {
    const what = `an export as ${format}`;
    const memory = watchMemory(engine);
    await beside(what, async () => {
      const { file } = await ended(engine, await engine.control.call('export.start', { format, file: null }));
      if (file !== null) rmSync(file);
    });
    told([
      {
        part: `delivering thread, beside ${what}`,
        what: 'most memory, more than at rest',
        value: memory.mostMoreMb(),
        unit: 'MB',
        goal: { atMost: mostMoreMb },
      },
    ]);
  }
  await beside('searches and counts', () => search(engine, performance.now() + searchMs));
  await beside('a backup', async () => ended(engine, await engine.control.call('backup.start', { file: null })));
  await engine.control.call('settings.change', { change: { retentionDays: 60 } });
  putNight(engine.dataFolder, null);
  await beside('the backup and the retention of a night', () => nightOver(engine));
  await load.stop();
  return rows;
}

function rowsOf(what: string, loop: LoopWatched, answerMs: readonly number[]): Measured[] {
  const part = `delivering thread, beside ${what}`;
  return [
    { part, what: 'a turn without its commit, half within', value: loop.p50, unit: 'ms' },
    { part, what: 'a turn without its commit, 99 % within', value: loop.p99, unit: 'ms' },
    { part, what: 'longest turn without its commit', value: loop.longest, unit: 'ms' },
    { part, what: 'turns over 20 ms', value: loop.over20, unit: '' },
    { part, what: 'most CPU time in a turn', value: loop.longestCpu, unit: 'ms', goal: { atMost: longestTurnMs } },
    { part, what: 'the same where nothing was collected', value: loop.longestOwnCpu, unit: 'ms' },
    { part, what: 'longest garbage collection', value: loop.longestCollection, unit: 'ms' },
    { part, what: 'longest commit', value: loop.longestCommit, unit: 'ms' },
    {
      part,
      what: 'longest wait for the write lock',
      value: loop.longestBegin,
      unit: 'ms',
      goal: { atMost: longestTurnMs },
    },
    { part, what: 'a post answered, 99 % within', value: percentile(answerMs, 99), unit: 'ms', goal: { atMost: 250 } },
  ];
}

/** Posts at a steady rate until it is stopped. */
function startLoad({ target }: EngineUnderTest) {
  let times: number[] = [];
  let going = true;
  let n = 0;
  const post = async () => {
    const connection = await openConnection(target.port);
    while (going) {
      const at = performance.now();
      await connection.post(requestBytes(target, JSON.stringify(eventNumber(n++, 'beside'))));
      times.push(performance.now() - at);
      await delay(Math.max(0, (clients * 1000) / perSecond - (performance.now() - at)));
    }
    connection.close();
  };
  const clients = 10;
  const ends = Array.from({ length: clients }, post);
  return {
    takeTimes(): readonly number[] {
      const taken = times;
      times = [];
      return taken;
    },
    async stop(): Promise<void> {
      going = false;
      await Promise.all(ends);
    },
  };
}

/** How much more of it the engine's process ever has than when this is asked for; null where nobody can tell. */
function watchMemory({ process: { pid } }: EngineUnderTest): { mostMoreMb(): number | null } {
  const atRest = residentMb(pid);
  let most = 0;
  const look = () => {
    most = Math.max(most, residentMb(pid) ?? 0);
  };
  const looking = setInterval(look, 100);
  return {
    mostMoreMb() {
      clearInterval(looking);
      look();
      return atRest === null ? null : most - atRest;
    },
  };
}

async function ended({ control }: EngineUnderTest, started: Job): Promise<Job> {
  let job = started;
  while (job.state === 'running') {
    await delay(100);
    job = await control.call('jobs.get', { id: job.id });
  }
  if (job.state !== 'done') throw new Error(`${job.kind} ended as ${job.state}: ${job.problem}`);
  return job;
}

async function search({ control }: EngineUnderTest, until: number): Promise<void> {
  while (performance.now() < until) {
    await control.call('deliveries.list', { filter: { text: 'maria' } });
    await control.call('deliveries.list', { filter: { statusClasses: ['5xx'] }, limit: 500 });
    await control.call('deliveries.count', { filter: { text: 'santos' } });
    await control.call('situation.get', {});
  }
}

/** When the night's work was done last; null: never. */
function putNight(dataFolder: string, atMs: number | null): void {
  const database = new BetterSqlite3(databaseFile(dataFolder));
  database.pragma('busy_timeout = 5000');
  const keys = ['upkeep.night', 'upkeep.hour'];
  for (const key of keys) {
    if (atMs === null) database.prepare('DELETE FROM meta WHERE key = ?').run(key);
    else database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, String(atMs));
  }
  database.close();
}

/** The engine looks once a minute; it says in its log when all is removed. */
async function nightOver({ dataFolder }: EngineUnderTest): Promise<void> {
  const end = performance.now() + 15 * minuteMs;
  const log = join(dataFolder, 'logs', 'relay.log');
  while (!readFileSync(log, 'utf8').includes('what was older than is kept was removed')) {
    if (performance.now() > end) throw new Error('the night did not end');
    await delay(200);
  }
}
