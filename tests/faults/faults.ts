/**
 * `npm run faults`: trouble from around the engine, each kind under load, as a process of its own. For each the engine
 * has to answer within 10 s of its end, nothing acknowledged may be missing, and no raw stack may be printed. Ends with
 * `faults N, lost N, stuck N`, or with exit code 1. `--short` is the form for CI, `--places` the number of damaged
 * places, `--seed` a run that was had before.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { createMetaTable, metaKey } from '../../electron/engine/store/meta.ts';
import { migrate, migrations } from '../../electron/engine/store/migrate.ts';
import { connectControl } from '../support/control.ts';
import { spawnEngine } from '../support/engine-process.ts';
import { temporaryFolder } from '../support/folder.ts';
import { seededRandom } from '../support/random.ts';
import { type DamageSeen, damageOne, prepareWhole } from './damage.ts';
import { answersWithinMs, delay, openStand, type Stand, until } from './stand.ts';

interface Sum {
  faults: number;
  lost: number;
  stuck: number;
  readonly problems: string[];
}

const movedClock = fileURLToPath(new URL('./moved-clock.mjs', import.meta.url));

/** One kind of trouble, from its beginning to its end; the engine may be gone afterwards. */
type Trouble = (stand: Stand) => Promise<void>;

async function under(sum: Sum, stand: Stand, name: string, trouble: Trouble): Promise<void> {
  sum.faults += 1;
  stand.busy();
  await delay(300);
  await trouble(stand);
  const endedAt = performance.now();
  const answers = await stand.answers();
  const afterMs = Math.round(performance.now() - endedAt);
  await stand.quiet();
  const missing = answers ? await stand.missing() : 0;
  if (!answers) {
    sum.stuck += 1;
    sum.problems.push(`${name}: no answer within ${answersWithinMs / 1000} s: ${stand.engine().output()}`);
  }
  sum.lost += missing;
  console.log(`${name}: ${answers ? `answered ${afterMs} ms after its end` : 'STUCK'}, missing ${missing}`);
}

// — What happens around it —

const held =
  (heldMs: number): Trouble =>
  async ({ folder }) => {
    const other = new BetterSqlite3(join(folder, 'relay.db'), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    await delay(heldMs);
    other.exec('ROLLBACK');
    other.close();
  };

const clock =
  (signal: NodeJS.Signals): Trouble =>
  async (stand) => {
    process.kill(stand.engine().pid, signal);
    await delay(3_000);
    process.kill(stand.engine().pid, 'SIGCONT');
  };

const descriptors: Trouble = async ({ port }) => {
  const sockets = Array.from({ length: 400 }, () => connect(port, '127.0.0.1').on('error', () => {}));
  await delay(3_000);
  for (const socket of sockets) socket.destroy();
};

const fullDisk: Trouble = async ({ folder }) => {
  const filler = join(folder, '..', 'filler');
  const { bavail, bsize } = statfsSync(folder);
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
  await delay(5_000);
  rmSync(filler, { force: true });
};

// — Killed in the middle of —

type Begin = (folder: string) => Promise<unknown>;

const inside =
  (begin: Begin, mostMs: number, random: () => number): Trouble =>
  async (stand) => {
    // Its answer may never come.
    begin(stand.folder).catch(() => {});
    await delay(random() * mostMs);
    await stand.engine().kill();
    await stand.start();
  };

const exporting: Begin = async (folder) =>
  (await connectControl(folder)).call('export.start', { filter: {}, format: 'csv', file: null });
const backingUp: Begin = async (folder) => (await connectControl(folder)).call('backup.start', { file: null });

/** Of a backup of this very moment, so that what it brings back is what was there. */
const restoring =
  (random: () => number): Trouble =>
  async (stand) => {
    await stand.quiet();
    await stand.missing();
    const control = await connectControl(stand.folder);
    const { id } = await control.call('backup.start', { file: null });
    await until(async () => (await control.call('jobs.get', { id })).state === 'done', answersWithinMs);
    const { file } = await control.call('jobs.get', { id });
    control.call('backup.restore', { file: file ?? '' }).catch(() => {});
    await delay(random() * 150);
    await stand.engine().kill();
    // It takes the data's place at a start: killed there too.
    const starting = await spawnEngine({ dataFolder: stand.folder, port: stand.port });
    await delay(random() * 500);
    starting.child.kill('SIGKILL');
    await starting.exited;
    await stand.start();
  };

/** The night's work of a year ahead, while the PMS posts: a look of the day before has seen that year too. */
const removing =
  (random: () => number): Trouble =>
  async (stand) => {
    await stand.quiet();
    await stand.missing();
    await stand.engine().kill();
    const before = oldEvents(stand.folder);
    const database = new BetterSqlite3(join(stand.folder, 'relay.db'));
    const meta = createMetaTable(database);
    meta.put(metaKey.upkeepNight, '0');
    meta.put(metaKey.upkeepOld, JSON.stringify({ wallMs: Date.now() + 399 * 86_400_000, engineMs: 0 }));
    database.close();
    await stand.start();
    process.kill(stand.engine().pid, 'SIGUSR2');
    stand.busy();
    const isUnderWay = await until(async () => oldEvents(stand.folder) < before, 30_000);
    if (!isUnderWay) throw new Error('the removal of what is old did not begin');
    await delay(random() * 60);
    await stand.engine().kill();
    await stand.start();
  };

/** Those of the real time: what came while the clock was ahead is not old by it. */
function oldEvents(folder: string): number {
  const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
  const count = database.prepare<[number], number>('SELECT COUNT(*) FROM events WHERE received_at < ?').pluck();
  const found = count.get(Date.now() + 86_400_000) ?? 0;
  database.close();
  return found;
}

/** A database of an earlier version, whose start is killed at random moments until one goes through. */
async function migrating(sum: Sum, folder: string, rounds: number, random: () => number): Promise<void> {
  sum.faults += 1;
  mkdirSync(folder);
  const events = 20_000;
  const old = new BetterSqlite3(join(folder, 'relay.db'));
  migrate(old, migrations.slice(0, 5));
  const add = old.prepare(
    `INSERT INTO events (id, type, property_id, occurred_at, received_at, data, summary)
     VALUES (?, 'booking.created', 'prop', '2026-01-01T00:00:00Z', 1767225600000, ?, '{}')`,
  );
  old.transaction(() => {
    for (let n = 0; n < events; n += 1) add.run(`evt_${n}`, JSON.stringify({ booking_id: `bk_${n}` }));
  })();
  old.close();
  for (let round = 0; round < rounds; round += 1) {
    const starting = await spawnEngine({ dataFolder: folder });
    await delay(200 + random() * 500);
    starting.child.kill('SIGKILL');
    await starting.exited;
  }
  const last = await spawnEngine({ dataFolder: folder });
  const isUp = await until(() => Promise.resolve(last.output().includes('listening on')), answersWithinMs);
  last.child.kill('SIGKILL');
  await last.exited;
  const after = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
  const left = after.prepare<[], number>('SELECT COUNT(*) FROM events').pluck().get() ?? 0;
  const version = after.pragma('user_version', { simple: true });
  after.close();
  if (!isUp || version !== migrations.at(-1)?.version) {
    sum.stuck += 1;
    sum.problems.push(`migration: version ${version}: ${last.output()}`);
  }
  sum.lost += events - left;
  console.log(`killed inside a migration, ${rounds} times: ${isUp ? 'up' : 'STUCK'}, missing ${events - left}`);
}

// — All of them —

async function damages(sum: Sum, folder: string, places: number, random: () => number): Promise<void> {
  const whole = join(folder, 'whole');
  await prepareWhole(whole);
  const seen: DamageSeen = { places: 0, restored: 0, cutShort: 0, said: 0, lost: 0, stuck: 0, problems: sum.problems };
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < places) {
      const n = next;
      next += 1;
      await damageOne(whole, join(folder, `damaged-${n}`), n, random, seen);
    }
  };
  await Promise.all([lane(), lane()]);
  sum.faults += seen.places;
  sum.lost += seen.lost;
  sum.stuck += seen.stuck;
  console.log(
    `damaged at ${seen.places} places of database, log, key, settings and spool: ${seen.restored} repaired and ` +
      `started again, ${seen.said} said to be damaged, ${seen.cutShort} where the database's own log ended at the ` +
      `damage and how much was said, missing ${seen.lost}`,
  );
}

/** Runs one on a small disk of its own; says aloud where none can be had. */
async function onSmallDisk(sum: Sum): Promise<void> {
  await using mount = await temporaryFolder();
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const mounted =
    isRoot &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=700m', 'tmpfs', mount.path], { stdio: 'ignore' }).status === 0;
  if (!mounted) {
    console.log('SKIPPED: a full disk: mounting a small tmpfs needs Linux and root');
    return;
  }
  try {
    const folder = join(mount.path, 'data');
    mkdirSync(folder);
    await using stand = await openStand(folder);
    await under(sum, stand, 'disk full, then freed', fullDisk);
    sum.problems.push(...stand.faults());
  } finally {
    execFileSync('umount', ['-l', mount.path]);
  }
}

async function faults(short: boolean, places: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const sum: Sum = { faults: 0, lost: 0, stuck: 0, problems: [] };
  const rounds = short ? 1 : 5;
  console.log(`seed ${seed}, ${places} places`);
  {
    await using folder = await temporaryFolder();
    const limits = process.platform === 'win32' ? {} : { descriptors: 96 };
    await using stand = await openStand(folder.path, { nodeOptions: [`--import=${movedClock}`], ...limits });
    await under(sum, stand, 'database held by another program', held(short ? 3_000 : 6_000));
    await under(sum, stand, 'clock 400 days ahead', clock('SIGUSR2'));
    await under(sum, stand, 'clock 400 days behind', clock('SIGWINCH'));
    await under(sum, stand, 'descriptors used up', descriptors);
    for (let round = 1; round <= rounds; round += 1) {
      await under(sum, stand, 'killed inside an export', inside(exporting, 120, random));
      await under(sum, stand, 'killed inside a backup', inside(backingUp, 120, random));
      await under(sum, stand, 'killed inside a restore', restoring(random));
      await under(sum, stand, 'killed inside the removal of what is old', removing(random));
    }
    sum.problems.push(...stand.faults());
  }
  await onSmallDisk(sum);
  await using folder = await temporaryFolder();
  await migrating(sum, join(folder.path, 'old'), short ? 3 : 12, random);
  await damages(sum, folder.path, places, random);
  for (const problem of sum.problems.slice(0, 20)) console.log(`problem: ${problem}`);
  console.log(`faults ${sum.faults}, lost ${sum.lost}, stuck ${sum.stuck}`);
  return sum.lost === 0 && sum.stuck === 0 && sum.problems.length === 0 ? 0 : 1;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      places: { type: 'string' },
      seed: { type: 'string', default: '20261128' },
    },
  });
  const places = Number(values.places ?? (values.short ? 10 : 200));
  process.exitCode = await faults(values.short, places, Number(values.seed));
}
