/**
 * Exports on a schedule, in a restore. Which files they have written, and which period is next, a backup of before does not
 * know: without it every file would be written once more, beside itself, and with less in it. That is carried into whatever
 * takes the place; the schedules themselves only out of a damaged database, as all that a person set up.
 */
import type { Database } from 'better-sqlite3';
import { type ScheduleDraft, scheduleDraft } from '../../../../shared/schemas.ts';
import type { ScheduleRow } from '../export-schedules.ts';
import { highest, openWreck, type Row, tableOf, unlessDamaged } from './wreck.ts';

/** A person sets up twenty at the most. */
const mostSchedules = 100;
/** Most rows of files that are looked at. */
const mostFiles = 100_000;

interface Scheduled extends ScheduleRow {
  readonly draft: ScheduleDraft;
}

export interface SchedulesSince {
  /** Names. */
  readonly added: readonly string[];
  /** Changed or removed. */
  readonly changed: readonly string[];
  readonly unreadable: boolean;
}

/** What is here now and is not, or is otherwise, in the backup. Nothing is written into either. */
export function schedulesSince(present: Database, backup: Database): SchedulesSince {
  const here = schedulesIn(present);
  const there = byId(schedulesIn(backup).rows);
  const now = byId(here.rows);
  const removed = here.unreadable ? [] : [...there.values()].filter(({ id }) => !now.has(id));
  const isChanged = ({ id, request }: Scheduled) => there.has(id) && there.get(id)?.request !== request;
  return {
    added: here.rows.filter(({ id }) => !there.has(id)).map(nameOf),
    changed: [...here.rows.filter(isChanged), ...removed].map(nameOf),
    unreadable: here.unreadable,
  };
}

/** Writes them as they are in the wreck into the backup; inside a transaction of the caller's. */
export function carrySchedules(wreck: Database, into: Database): void {
  const { rows, unreadable } = schedulesIn(wreck);
  const put = into.prepare(
    `INSERT INTO export_schedules (id, request, next, state) VALUES (@id, @request, @next, @state)
     ON CONFLICT (id) DO UPDATE SET request = excluded.request, next = excluded.next, state = excluded.state`,
  );
  for (const { id, request, next, state } of rows) put.run({ id, request, next, state });
  if (unreadable) return;
  const now = byId(rows);
  const remove = into.prepare('DELETE FROM export_schedules WHERE id = ?');
  for (const { id } of schedulesIn(into).rows) if (!now.has(id)) remove.run(id);
}

/**
 * Carries what the schedules have written, and how far they have come, into what takes the place; inside a transaction of
 * the caller's. What cannot be read is left: such a file is somebody else's then, and is written beside.
 *
 * @param from the database that was put aside
 */
export function carryExports(from: string, into: Database): void {
  const opened = openWreck(from, into.name);
  if (opened === null) return;
  try {
    carryFiles(opened.wreck, into);
    const present = byId(schedulesIn(opened.wreck).rows);
    const move = into.prepare('UPDATE export_schedules SET next = ?, state = ? WHERE id = ?');
    for (const { id, next, state, draft } of schedulesIn(into).rows) {
      const found = present.get(id);
      // One of another rhythm has other periods.
      const now = found?.draft.every === draft.every ? found : null;
      const written = filesOf(into, id).flatMap((path) => nextAfter(path, draft.every) ?? []);
      // In this form days are in order as texts are.
      const last = [next, now?.next ?? next, ...written].toSorted().at(-1) ?? next;
      if (last !== next) move.run(last, now?.state ?? state, id);
    }
  } finally {
    opened.close();
  }
}

function carryFiles(wreck: Database, into: Database): void {
  const last = highest(wreck, 'exported_files') ?? 0;
  // By exported_files_by_path.
  const isThere = into
    .prepare<[unknown, unknown, unknown], number>(
      'SELECT 1 FROM exported_files WHERE path = ? AND schedule_id = ? AND hash IS ?',
    )
    .pluck();
  const add = into.prepare(
    `INSERT INTO exported_files (schedule_id, path, made_at, hash, size_bytes)
     VALUES (@schedule_id, @path, @made_at, @hash, @size_bytes)`,
  );
  for (const row of tableOf(wreck, into, 'exported_files').rows(Math.max(1, last - mostFiles), last)) {
    if (!isFile(row) || isThere.get(row.path, row.schedule_id, row.hash) !== undefined) continue;
    unlessDamaged(() => add.run(row));
  }
}

const filesOf = (of: Database, id: string): readonly string[] =>
  of
    .prepare<[string], string>('SELECT path FROM exported_files WHERE schedule_id = ? AND hash IS NOT NULL')
    .pluck()
    .all(id);

/** The first day after the period that a file's name says: of a schedule that was removed since nothing else tells it. */
function nextAfter(path: string, every: ScheduleDraft['every']): string | null {
  const [, period = ''] = / (\d{4}-\d\d(?:-\d\d)?)(?: \(\d+\))?\.\w+$/.exec(path) ?? [];
  if (period.length !== (every === 'night' ? 10 : 7)) return null;
  const day = new Date(every === 'night' ? period : `${period}-01`);
  if (every === 'night') day.setUTCDate(day.getUTCDate() + 1);
  else day.setUTCMonth(day.getUTCMonth() + 1);
  return Number.isNaN(day.getTime()) ? null : day.toISOString().slice(0, 10);
}

function schedulesIn(of: Database): { readonly rows: readonly Scheduled[]; readonly unreadable: boolean } {
  const isThere = unlessDamaged(
    () => of.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'export_schedules'").get() ?? null,
  );
  // One of an earlier version has none.
  if (isThere === null) return { rows: [], unreadable: false };
  const select = 'SELECT seq, id, request, next, state FROM export_schedules NOT INDEXED';
  const all = unlessDamaged(() => of.prepare<[], Row>(`${select} ORDER BY seq LIMIT ${mostSchedules}`).all());
  if (all !== null) return readable(all, false);
  const one = unlessDamaged(() => of.prepare<[number], Row>(`${select} WHERE seq = ?`));
  const rows = Array.from({ length: mostSchedules }, (_, i) => unlessDamaged(() => one?.get(i + 1)) ?? null);
  return readable(
    rows.filter((row) => row !== null),
    true,
  );
}

/** What was damaged and still parses is not taken for a schedule. */
function readable(rows: readonly Row[], unreadable: boolean) {
  const found = rows.flatMap((row) => scheduledOf(row) ?? []);
  return { rows: found, unreadable: unreadable || found.length < rows.length };
}

function scheduledOf({ id, request, next, state }: Row): Scheduled | null {
  if (typeof id !== 'string' || typeof request !== 'string' || typeof state !== 'string') return null;
  if (typeof next !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(next)) return null;
  try {
    JSON.parse(state);
    const draft = scheduleDraft.safeParse(JSON.parse(request));
    return draft.success ? { id, request, next, state, draft: draft.data } : null;
  } catch {
    return null;
  }
}

const isFile = ({ schedule_id: schedule, path, made_at: madeAt, hash, size_bytes: size }: Row): boolean =>
  typeof schedule === 'string' &&
  typeof path === 'string' &&
  typeof madeAt === 'number' &&
  (hash === null || (Buffer.isBuffer(hash) && hash.length === 32)) &&
  (size === null || typeof size === 'number');

const byId = (rows: readonly Scheduled[]): ReadonlyMap<string, Scheduled> => new Map(rows.map((row) => [row.id, row]));

/** What a person tells it by: what it writes, and where. */
const nameOf = ({ draft: { what, format, folder } }: Scheduled): string => `${what} ${format} ${folder ?? 'exports'}`;
