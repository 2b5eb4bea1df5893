/**
 * `kill -9` inside long work. A round counts only where what lies there afterwards proves that the work was under way:
 * one that came before it or after it is made again, and where none hits that is said as a problem.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { backupsIn } from '../../electron/engine/files/backup-files.ts';
import { readyFile, stagedFile } from '../../electron/engine/store/damage/pending-restore.ts';
import { createMetaTable, metaKey } from '../../electron/engine/store/meta.ts';
import { connectControl } from '../support/control.ts';
import { spawnEngine } from '../support/engine-process.ts';
import { killScheduledExport } from './killed-schedule.ts';
import { answersWithinMs, delay, type Stand, until } from './stand.ts';

/** One try: whether the kill hit. The engine runs again afterwards. */
type Try = (stand: Stand, random: () => number) => Promise<boolean>;

export interface Kill {
  readonly name: string;
  readonly once: Try;
}

const mostMisses = 20;

/** Tries until one hits. @throws Error where none does */
export async function killInside({ name, once }: Kill, stand: Stand, random: () => number): Promise<void> {
  for (let tries = 1; tries <= mostMisses; tries += 1) {
    const hit = await once(stand, random);
    await refuseHalfFiles(stand.folder);
    if (hit) return;
    stand.busy();
  }
  throw new Error(`killed inside ${name}: none of ${mostMisses} kills hit it`);
}

// — What a job of the engine's own says —

type Begin = (folder: string) => Promise<unknown>;

/** Its job still runs by what the database holds afterwards. */
const ofJob =
  (kind: 'export' | 'backup' | 'resend', begin: Begin, mostMs: number): Try =>
  async (stand, random) => {
    // Its answer may never come.
    begin(stand.folder).catch(() => {});
    await until(async () => isRunning(stand.folder, kind), 2_000, 2);
    await delay(random() * mostMs);
    await stand.engine().kill();
    const hit = isRunning(stand.folder, kind);
    await stand.start();
    return hit;
  };

const isRunning = (folder: string, kind: string): boolean =>
  looked(folder, (database) => {
    const running = "SELECT COUNT(*) FROM jobs WHERE kind = ? AND state = 'running'";
    return (database.prepare<[string], number>(running).pluck().get(kind) ?? 0) > 0;
  });

function looked<Found>(folder: string, look: (database: BetterSqlite3.Database) => Found): Found {
  const database = new BetterSqlite3(join(folder, 'relay.db'), { readonly: true });
  try {
    return look(database);
  } finally {
    database.close();
  }
}

const resending: Begin = async (folder) => (await connectControl(folder)).call('deliveries.resendAll', { filter: {} });
const exporting: Begin = async (folder) =>
  (await connectControl(folder)).call('export.start', { filter: {}, format: 'csv', file: null });
const backingUp: Begin = async (folder) => (await connectControl(folder)).call('backup.start', { file: null });

/** What was cut off leaves nothing that looks like a file of its kind, and no backup that cannot be read. */
async function refuseHalfFiles(folder: string): Promise<void> {
  const places = [folder, join(folder, 'backups'), join(folder, 'exports')].filter((place) => existsSync(place));
  const halves = () =>
    places.flatMap((place) => readdirSync(place)).filter((name) => /\.part(?:-journal)?$/.test(name));
  // One may be under way anew, by the clock.
  const isClear = await until(async () => halves().length === 0, answersWithinMs);
  if (!isClear) throw new Error(`${halves().join()} left behind`);
  for (const { file } of backupsIn(folder)) {
    const found = integrityOf(file);
    if (found !== null && found !== 'ok') throw new Error(`${file} is damaged: ${found}`);
  }
}

/** Null where it went meanwhile: the engine runs, and the oldest go. */
function integrityOf(file: string): unknown {
  try {
    const backup = new BetterSqlite3(file, { readonly: true });
    const found = backup.pragma('integrity_check', { simple: true });
    backup.close();
    return found;
  } catch (error) {
    if (!existsSync(file)) return null;
    throw error;
  }
}

// — Restoring —

/** A backup of this very moment, so that what it brings back is what was there. */
async function backupOfNow(stand: Stand): Promise<string> {
  await stand.quiet();
  await stand.missing();
  const control = await connectControl(stand.folder);
  const { id } = await control.call('backup.start', { file: null });
  await until(async () => (await control.call('jobs.get', { id })).state === 'done', answersWithinMs);
  return (await control.call('jobs.get', { id })).file ?? '';
}

/** While it is checked and made ready beside the data: what is half made lies there. */
const makingReady: Try = async (stand, random) => {
  const file = await backupOfNow(stand);
  const half = stagedFile(stand.folder);
  const control = await connectControl(stand.folder);
  control.call('backup.restore', { file }).catch(() => {});
  await until(async () => existsSync(half), 2_000, 1);
  await delay(random() * 15);
  await stand.engine().kill();
  const hit = existsSync(half);
  await stand.start();
  return hit;
};

/** Between the renames by which it takes the data's place at a start. */
const takingPlace: Try = async (stand, random) => {
  const file = await backupOfNow(stand);
  await (await connectControl(stand.folder)).call('backup.restore', { file });
  await stand.engine().kill();
  const nth = 1 + Math.floor(random() * 4);
  const killed = await killAt(stand, 'renamed? .*(before-restore-|restore-ready)', nth);
  const hit = killed && existsSync(readyFile(stand.folder)) && keptFolders(stand.folder) > 0;
  await stand.start();
  return hit;
};

const keptFolders = (folder: string): number =>
  readdirSync(folder).filter((name) => name.startsWith('before-restore-')).length;

const killer = fileURLToPath(new URL('./kill-at.mjs', import.meta.url));

/** Starts the engine and waits until it has killed itself at that step; false where it did not come to it. */
export async function killAt(
  { folder, port }: { readonly folder: string; readonly port?: number },
  step: string,
  nth = 1,
): Promise<boolean> {
  const mark = join(folder, 'killed-at');
  rmSync(mark, { force: true });
  const starting = await spawnEngine({
    ...{ dataFolder: folder, nodeOptions: [`--import=${killer}`] },
    ...(port === undefined ? {} : { port }),
    env: { KILL_AT: step, KILL_AT_NTH: String(nth), KILL_MARK: mark },
  });
  let ended = false;
  void starting.exited.then(() => {
    ended = true;
  });
  await until(async () => ended, answersWithinMs);
  starting.child.kill('SIGKILL');
  await starting.exited;
  const killed = existsSync(mark);
  rmSync(mark, { force: true });
  return killed;
}

// — The log's file, and what is old —

const logBytes = 10 * 1024 * 1024;

/** Its file is full and moved aside: killed before that, or when no file has its name. */
const rotating: Try = async (stand, random) => {
  await stand.engine().kill();
  const logs = join(stand.folder, 'logs');
  mkdirSync(logs, { recursive: true });
  const [file, aside] = [join(logs, 'relay.log'), join(logs, 'relay.1.log')];
  writeFileSync(file, '{"msg":"full"}\n'.repeat(Math.ceil(logBytes / 15)));
  rmSync(aside, { force: true });
  const isAfter = random() < 0.5;
  const killed = await killAt(stand, `${isAfter ? 'renamed' : 'rename'} .*relay\\.log`);
  const hit = killed && existsSync(file) !== isAfter && existsSync(aside) === isAfter;
  await stand.start();
  const isWritten = await until(async () => existsSync(file) && readFileSync(file).length < logBytes, answersWithinMs);
  if (!isWritten) throw new Error('the log was not moved aside, or not written any more');
  return hit;
};

/** The night's work of a year ahead, while the PMS posts: a look of the day before has seen that year too. */
const removing: Try = async (stand, random) => {
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
  const isUnderWay = await until(async () => oldEvents(stand.folder) < before, 30_000, 2);
  if (!isUnderWay) throw new Error('the removal of what is old did not begin');
  await delay(random() * 30);
  await stand.engine().kill();
  const left = oldEvents(stand.folder);
  await stand.start();
  return left > 0 && left < before;
};

/** Those of the real time: what came while the clock was ahead is not old by it. */
const oldEvents = (folder: string): number =>
  looked(
    folder,
    (database) =>
      database
        .prepare<[number], number>('SELECT COUNT(*) FROM events WHERE received_at < ?')
        .pluck()
        .get(Date.now() + 86_400_000) ?? 0,
  );

// — Forgetting a guest —

const guestEvents = 60;
const guestsSoFar = { count: 0 };

/** Everything by which a guest of this try could be found in a file's bytes. */
const newGuest = () => {
  guestsSoFar.count += 1;
  const nth = guestsSoFar.count;
  return {
    name: `Zerafina Quibranza${nth}x`,
    mail: `zq${nth}x@quibranza.example`,
    phone: `+63 917 31${nth + 10} ${nth + 4000}`,
  };
};
type Guest = ReturnType<typeof newGuest>;

/** With a backup and a full export that hold the guest too: killed from its first row on, whichever step it is at. */
const forgetting: Try = async (stand, random) => {
  await stand.quiet();
  await stand.missing();
  const guest = newGuest();
  await leaveTraces(stand, guest);
  const sought = { mail: guest.mail };
  (await connectControl(stand.folder)).call('forget.start', { sought, confirmed: true }).catch(() => {});
  const before = forgettings(stand.folder).length;
  // What is looked through first takes seconds on a busy machine.
  await until(async () => forgettings(stand.folder).length > before, 20_000, 2);
  await delay(random() * 1_000);
  await stand.engine().kill();
  const isBegun = forgettings(stand.folder).length > before;
  const hit = forgettings(stand.folder).some((one) => one.endedAt === null);
  await stand.start();
  if (!isBegun && remembered(stand.folder, guest) !== guestEvents) throw new Error('a guest is half forgotten');
  if (!isBegun) return false;
  const isOver = await until(async () => forgettings(stand.folder).every((one) => one.endedAt !== null), 60_000);
  if (!isOver) throw new Error(`a forgetting does not go on: ${stand.engine().output()}\n${troublesIn(stand.folder)}`);
  const left = filesWith(stand.folder, Object.values(guest));
  if (left.length > 0) throw new Error(`a guest who was forgotten stands in ${left.join()}`);
  return hit;
};

/** What the engine has logged as a warning or worse, the last of it. */
const troublesIn = (folder: string): string =>
  readFileSync(join(folder, 'logs', 'relay.log'), 'utf8')
    .split('\n')
    .filter((line) => /"level":"?(?:[456]0|warn|error|fatal)/.test(line))
    .slice(-10)
    .join('\n');

async function leaveTraces(stand: Stand, { name, mail, phone }: Guest): Promise<void> {
  const control = await connectControl(stand.folder);
  const { token } = await control.call('sources.add', { name: `PMS of guest ${guestsSoFar.count}` });
  for (let nth = 1; nth <= guestEvents; nth += 1) {
    const data = { booking_id: `bk_guest${guestsSoFar.count}_${nth}`, step: 0, guest_name: name, email: mail, phone };
    const { status } = await fetch(`http://127.0.0.1:${stand.port}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ event: 'booking.updated', data }),
    });
    if (status !== 202) throw new Error(`an event of the guest was answered with ${status}`);
  }
  const full = { reason: 'a forgetting that is killed' };
  const jobs = [
    await control.call('backup.start', { file: null }),
    await control.call('export.start', {
      ...{ what: 'events', format: 'csv', filter: {}, file: null, full, confirmed: true },
    }),
  ];
  for (const { id } of jobs) {
    await until(async () => (await control.call('jobs.get', { id })).state === 'done', answersWithinMs);
  }
  const places = filesWith(stand.folder, [mail]);
  if (!places.some((place) => place.includes('backups')) || !places.some((place) => place.includes('exports'))) {
    throw new Error(`the guest does not stand in a backup and an export to begin with: ${places.join()}`);
  }
}

const forgettings = (folder: string) =>
  looked(folder, (database) =>
    database.prepare<[], { readonly endedAt: number | null }>('SELECT ended_at AS endedAt FROM forgettings').all(),
  );

const remembered = (folder: string, { mail }: Guest): number =>
  looked(
    folder,
    (database) =>
      database.prepare<[string], number>('SELECT COUNT(*) FROM events WHERE instr(data, ?) > 0').pluck().get(mail) ?? 0,
  );

/** Files of the data folder in whose bytes one of these stands, the database's own log and unused pages among them. */
const filesWith = (folder: string, needles: readonly string[]): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => existsSync(file))
    .filter((file) => {
      const bytes = readFileSync(file);
      return needles.some((needle) => bytes.includes(needle) || bytes.includes(needle.toLowerCase()));
    });

/** In this order: a resend needs what the last one removes. */
export const kills: readonly Kill[] = [
  { name: 'an export', once: ofJob('export', exporting, 60) },
  { name: 'a scheduled export', once: (_stand, random) => killScheduledExport(random) },
  { name: 'a backup', once: ofJob('backup', backingUp, 60) },
  { name: 'a resend of many', once: ofJob('resend', resending, 120) },
  { name: 'the making ready of a restore', once: makingReady },
  { name: 'a restore that takes the place', once: takingPlace },
  { name: "the log's rotation", once: rotating },
  { name: 'the forgetting of a guest', once: forgetting },
  { name: 'the removal of what is old', once: removing },
];
