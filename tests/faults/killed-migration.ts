/** A database of an earlier version, whose start is killed between the statements of its migrations. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { migrate, migrations } from '../../electron/engine/store/migrate.ts';
import { spawnEngine } from '../support/engine-process.ts';
import { killAt } from './kills.ts';
import { answersWithinMs, until } from './stand.ts';

const oldVersion = 5;
const events = 5_000;

export interface MigrationKilled {
  readonly missing: number;
  /** What went wrong; null where nothing did. */
  readonly problem: string | null;
}

/** Writes it, to be copied for each round. */
export function writeOldDatabase(file: string): void {
  const old = new BetterSqlite3(file);
  migrate(old, migrations.slice(0, oldVersion));
  const add = old.prepare(
    `INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
     VALUES (?, 'booking.created', 'prop', '2026-01-01T00:00:00Z', 1767225600000, ?, '{}')`,
  );
  old.transaction(() => {
    for (let n = 0; n < events; n += 1) add.run(`evt_${n}`, JSON.stringify({ booking_id: `bk_${n}` }));
  })();
  old.close();
}

/** Kills it inside, proves that it was by the version that it is still of, and starts it again. */
export async function killInsideMigration(old: string, folder: string, random: () => number): Promise<MigrationKilled> {
  mkdirSync(folder);
  cpSync(old, join(folder, 'relay.db'));
  const version = oldVersion + 1 + Math.floor(random() * (migrations.length - oldVersion));
  const killed = await killAt({ folder }, `pragma user_version = ${version}$`);
  const cutOff = lookAt(folder);
  if (!killed || cutOff.version !== oldVersion) {
    return { missing: 0, problem: `migration: not killed inside it: ${killed}, version ${cutOff.version}` };
  }
  const last = await spawnEngine({ dataFolder: folder });
  const isUp = await until(async () => last.output().includes('listening on'), answersWithinMs);
  last.child.kill('SIGKILL');
  await last.exited;
  const after = lookAt(folder);
  rmSync(folder, { recursive: true, force: true });
  const isMigrated = isUp && after.version === migrations.at(-1)?.version && after.integrity === 'ok';
  return {
    missing: events - after.events,
    problem: isMigrated ? null : `migration: version ${after.version}, ${after.integrity}: ${last.output()}`,
  };
}

function lookAt(folder: string) {
  const database = new BetterSqlite3(join(folder, 'relay.db'));
  const left = database.prepare<[], number>('SELECT COUNT(*) FROM events').pluck().get() ?? 0;
  const version = database.pragma('user_version', { simple: true });
  const integrity = database.pragma('integrity_check', { simple: true });
  database.close();
  return { events: left, version, integrity };
}
