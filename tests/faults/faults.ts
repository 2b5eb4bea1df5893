/**
 * `npm run faults`: trouble from around the engine, each kind under load, as a process of its own. For each the engine
 * has to answer within 10 s of its end, nothing acknowledged may be missing, and no raw stack may be printed. Ends with
 * `faults N, lost N, stuck N`, or with exit code 1. `--short` is the form for CI, `--places` the number of damaged
 * places, `--seed` a run that was had before, `--only` the kills alone whose name holds a word, with as many `--rounds`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import BetterSqlite3 from 'better-sqlite3';
import { temporaryFolder } from '../support/folder.ts';
import { seededRandom } from '../support/random.ts';
import { type DamageSeen, damageOne, prepareWhole } from './damage.ts';
import { killInsideMigration, writeOldDatabase } from './killed-migration.ts';
import { type Kill, killInside, kills } from './kills.ts';
import { answersWithinMs, delay, openStand, type Stand } from './stand.ts';

interface Sum {
  faults: number;
  lost: number;
  stuck: number;
  readonly problems: string[];
}

/** Kills inside each kind of long work, in the long form. */
const longRounds = 30;

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

/** One kind of work and no other is under way when it is killed, and all that was acknowledged is there afterwards. */
const killed =
  (kill: Kill, random: () => number): Trouble =>
  (stand) =>
    killInside(kill, stand, random);

async function migrating(sum: Sum, folder: string, rounds: number, random: () => number): Promise<void> {
  const old = join(folder, 'old.db');
  writeOldDatabase(old);
  let missing = 0;
  for (let round = 1; round <= rounds; round += 1) {
    sum.faults += 1;
    const after = await killInsideMigration(old, join(folder, `migrated-${round}`), random);
    missing += after.missing;
    if (after.problem === null) continue;
    sum.stuck += 1;
    sum.problems.push(after.problem);
  }
  sum.lost += missing;
  console.log(`killed inside a migration, ${rounds} times: missing ${missing}`);
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

/** Kills of one sort alone, for whoever works on what they hit. */
async function someKills(which: string, rounds: number, seed: number): Promise<number> {
  const chosen = kills.filter(({ name }) => name.includes(which));
  if (chosen.length === 0) throw new Error(`no kill is called so: ${kills.map(({ name }) => name).join(', ')}`);
  const random = seededRandom(seed);
  const sum: Sum = { faults: 0, lost: 0, stuck: 0, problems: [] };
  await using folder = await temporaryFolder();
  await using stand = await openStand(folder.path);
  for (let round = 1; round <= rounds; round += 1) {
    for (const kill of chosen) await under(sum, stand, `killed inside ${kill.name}`, killed(kill, random));
  }
  sum.problems.push(...stand.faults());
  return ended(sum);
}

function ended({ faults, lost, stuck, problems }: Sum): number {
  for (const problem of problems.slice(0, 20)) console.log(`problem: ${problem}`);
  console.log(`faults ${faults}, lost ${lost}, stuck ${stuck}`);
  return lost === 0 && stuck === 0 && problems.length === 0 ? 0 : 1;
}

async function faults(short: boolean, places: number, seed: number): Promise<number> {
  const random = seededRandom(seed);
  const sum: Sum = { faults: 0, lost: 0, stuck: 0, problems: [] };
  const rounds = short ? 1 : longRounds;
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
      for (const kill of kills) await under(sum, stand, `killed inside ${kill.name}`, killed(kill, random));
    }
    sum.problems.push(...stand.faults());
  }
  await onSmallDisk(sum);
  await using folder = await temporaryFolder();
  await migrating(sum, folder.path, rounds, random);
  await damages(sum, folder.path, places, random);
  return ended(sum);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      places: { type: 'string' },
      seed: { type: 'string', default: '20261128' },
      only: { type: 'string' },
      rounds: { type: 'string', default: '1' },
    },
  });
  const places = Number(values.places ?? (values.short ? 10 : 200));
  const seed = Number(values.seed);
  process.exitCode =
    values.only === undefined
      ? await faults(values.short, places, seed)
      : await someKills(values.only, Number(values.rounds), seed);
}
