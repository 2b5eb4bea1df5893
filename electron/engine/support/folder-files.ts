/**
 * What of a support bundle is read from the data folder, whether or not an engine runs there and whatever state it is in.
 * Read-only; in a thread of its own where there is an engine.
 */
import { closeSync, existsSync, openSync, readdirSync, readSync, statfsSync, statSync } from 'node:fs';
import { release, totalmem } from 'node:os';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { OwnPrivacyRule } from '../../../shared/schemas.ts';
import { createExportReader } from '../export/export-read.ts';
import type { Present } from '../reader/present.ts';
import { databaseFile, type ReadHandle } from '../store/connection.ts';
import { createScrub, fileOr, type Scrub, type SupportFile } from './support-file.ts';

export interface FolderRequest {
  readonly dataFolder: string;
  readonly version: string;
  readonly wallMs: number;
  /** What the engine says of itself; null where none runs. */
  readonly live: LiveFacts | null;
}

export interface LiveFacts {
  readonly situation: LivePart;
  readonly doctor: LivePart;
}

/** A defect in one of them is no reason to have no bundle. */
export type LivePart = { readonly value: unknown } | { readonly problem: string };

/** Of the log's end, so much; in bytes. */
const logBytes = 512 * 1024;
const lastRows = 200;
/** Guests that are known by name: of the newest events. */
const knownEvents = 50_000;

const lastErrors = `SELECT a.id, a.kind, a.ordinal, a.started_at AS startedAt, a.outcome, a.status, a.sentence, a.detail, p.host,
    a.total_ms AS totalMs
  FROM (SELECT * FROM attempts ORDER BY seq DESC LIMIT 5000) a JOIN endpoints p ON p.no = a.endpoint_no
  WHERE a.outcome <> 'delivered' ORDER BY a.seq DESC LIMIT ${lastRows}`;
const refusals = `SELECT at, status, code, file, member, says, times, size_bytes AS sizeBytes FROM refusals ORDER BY seq DESC LIMIT ${lastRows}`;
const facts = 'SELECT kind, host, since, detail FROM facts';
const outages = `SELECT kind, since, until, hosts, beside, events, deliveries FROM outages ORDER BY seq DESC LIMIT ${lastRows}`;
const acts = `SELECT at, surface, act FROM audit ORDER BY seq DESC LIMIT ${lastRows}`;
const endpoints = `SELECT id, kind, host, masked_address AS address, switch, health, failing_since AS failingSince, last_status AS lastStatus,
    last_outcome AS lastOutcome, last_duration_ms AS lastDurationMs, last_answer_at AS lastAnswerAt, delivered_count AS delivered,
    json_extract(options, '$.limits') AS limits, json_extract(options, '$.ordered') AS ordered, pace, trouble FROM endpoints`;
/** What is under way: an outage of a receiver's has no row of its own before it is over. */
const troubles = `SELECT id, host, health, trouble FROM endpoints WHERE trouble IS NOT NULL AND switch <> 'removed'`;
const hours = `SELECT endpoint_no AS endpointNo, hour, delivered, failed, latencies FROM attempt_hours ORDER BY hour DESC LIMIT ${lastRows}`;

export async function filesOfFolder({ dataFolder, version, wallMs, live }: FolderRequest): Promise<SupportFile[]> {
  const database = orProblem(() => {
    const opened = new BetterSqlite3(databaseFile(dataFolder), { readonly: true, fileMustExist: true, timeout: 2_000 });
    opened.pragma('query_only = ON');
    return opened;
  });
  const scrub = createScrub(database.value && guestsIn(database.value));
  const whole = () => {
    if (database.value !== null) return database.value;
    throw new Error(database.problem);
  };
  const all = (sql: string) => whole().prepare(sql).all().map(opened);
  try {
    return [
      ...(live === null
        ? []
        : [
            await fileOr('situation.json', scrub, () => partIn(live.situation)),
            await fileOr('doctor.json', scrub, () => partIn(live.doctor)),
          ]),
      await fileOr('versions.json', scrub, () => ({
        product: version,
        node: process.version,
        electron: process.versions.electron ?? null,
        sqlite: orSaid(() => whole().prepare('SELECT sqlite_version()').pluck().get()),
        schema: orSaid(() => whole().pragma('user_version', { simple: true })),
        platform: process.platform,
        release: release(),
        architecture: process.arch,
        memoryBytes: totalmem(),
        madeAt: new Date(wallMs).toISOString(),
      })),
      await fileOr('settings.json', scrub, () => settingsIn(whole())),
      await fileOr('endpoints.json', scrub, () => all(endpoints)),
      await fileOr('facts.json', scrub, () => ({
        facts: all(facts),
        troubles: all(troubles),
        outages: all(outages),
      })),
      await fileOr('errors.json', scrub, () => ({ attempts: all(lastErrors), refusals: all(refusals) })),
      await fileOr('acts.json', scrub, () => all(acts)),
      await fileOr('integrity.json', scrub, () => ({ check: whole().pragma('quick_check(20)') })),
      await fileOr('sizes.json', scrub, () => ({
        ...sizesIn(dataFolder),
        rows: database.value === null ? { problem: database.problem } : rowsIn(database.value),
      })),
      await fileOr('timings.json', scrub, () => all(hours)),
      await fileOr('deliveries.jsonl', scrub, () => sliceOf(whole(), wallMs)),
      await fileOr('log.txt', scrub, () => logIn(dataFolder, scrub)),
    ];
  } finally {
    database.value?.close();
  }
}

function orProblem<Value>(open: () => Value): { readonly value: Value | null; readonly problem: string } {
  try {
    return { value: open(), problem: '' };
  } catch (error) {
    return { value: null, problem: String(error) };
  }
}

function partIn(part: LivePart): unknown {
  if ('value' in part) return part.value;
  throw new Error(part.problem);
}

/** A part that cannot be read says so in its place. */
function orSaid(read: () => unknown): unknown {
  const { value, problem } = orProblem(read);
  return problem === '' ? value : { problem };
}

/** JSON in a column is shown as what it is. */
const opened = (row: unknown): unknown =>
  Object.fromEntries(
    Object.entries(row as object).map(([name, value]) => {
      if (typeof value !== 'string' || !/^[[{]/.test(value)) return [name, value];
      return [name, orProblem(() => JSON.parse(value) as unknown).value ?? value];
    }),
  );

/** Null where they cannot be read. */
function guestsIn(database: BetterSqlite3.Database): string[] | null {
  const names = orProblem(
    () =>
      database
        .prepare<[number], string | null>(
          `SELECT DISTINCT json_extract(summary, '$.guest') FROM (SELECT summary FROM events ORDER BY seq DESC LIMIT ?)`,
        )
        .pluck()
        .all(knownEvents) as (string | null)[],
  );
  return names.value?.filter((name) => name !== null) ?? null;
}

/** Nothing of a setting that may be secret: of a proxy its host, of certificates that there are some. */
function settingsIn(database: BetterSqlite3.Database): unknown {
  const rows = database.prepare("SELECT key, value FROM meta WHERE key LIKE 'setting.%'").all();
  return Object.fromEntries(
    (rows as { key: string; value: string }[]).map(({ key, value }) => {
      const name = key.slice('setting.'.length);
      if (name === 'caPem') return [name, value === 'null' ? null : 'set'];
      if (name === 'proxy') return [name, value.replace(/\/\/[^"/]*@/, '//[secret]@').replaceAll('"', '')];
      return [name, orProblem(() => JSON.parse(value) as unknown).value];
    }),
  );
}

function sizesIn(folder: string): object {
  const size = (path: string): number | null => (existsSync(path) ? statSync(path).size : null);
  const inside = (name: string) => {
    const files = orProblem(() => readdirSync(join(folder, name), { withFileTypes: true })).value ?? [];
    const sizes = files.filter((file) => file.isFile()).map((file) => size(join(folder, name, file.name)) ?? 0);
    return { files: sizes.length, bytes: sizes.reduce((sum, one) => sum + one, 0) };
  };
  const disk = orProblem(() => statfsSync(folder)).value;
  return {
    database: size(databaseFile(folder)),
    log: size(`${databaseFile(folder)}-wal`),
    backups: inside('backups'),
    exports: inside('exports'),
    spool: inside('spool'),
    rejected: inside('rejected'),
    logs: inside('logs'),
    diskFreeBytes: disk && Number(disk.bavail) * disk.bsize,
    diskBytes: disk && Number(disk.blocks) * disk.bsize,
  };
}

const rowsIn = (database: BetterSqlite3.Database): unknown =>
  Object.fromEntries(
    ['events', 'deliveries', 'attempts', 'refusals', 'audit'].map((table) => [
      table,
      orSaid(() => database.prepare(`SELECT MAX(seq) - MIN(seq) + 1 FROM ${table}`).pluck().get()),
    ]),
  );

/** The newest deliveries, redacted as an export is. */
async function sliceOf(database: BetterSqlite3.Database, wallMs: number): Promise<string> {
  const rules = orProblem(
    () => database.prepare("SELECT value FROM meta WHERE key = 'setting.privacyRules'").pluck().get() as string,
  ).value;
  const own = (orProblem(() => JSON.parse(rules ?? '[]') as OwnPrivacyRule[]).value ?? []).filter(
    // What a property keeps in its own exports is not for strangers.
    ({ treatment }) => treatment !== 'keep',
  );
  const { read } = createExportReader(database as unknown as ReadHandle);
  const present: Present = { wallMs, engineMs: wallMs, pausedUntil: null, facts: [] };
  const request = {
    what: 'deliveries' as const,
    filter: {},
    eventFilter: {},
    format: 'jsonl' as const,
    bom: false,
    timeZone: 'UTC',
    full: false,
    rules: own,
    propertyName: '',
  };
  // A page is as much as is wanted.
  for await (const { bytes } of read(request, present)) return Buffer.from(bytes).toString('utf8');
  return '';
}

/** The end of the engine's own log, line by line. */
function logIn(folder: string, scrub: Scrub): string {
  const file = join(folder, 'logs', 'relay.log');
  if (!existsSync(file)) return '';
  const { size } = statSync(file);
  const bytes = Buffer.alloc(Math.min(size, logBytes));
  const handle = openSync(file, 'r');
  try {
    readSync(handle, bytes, 0, bytes.length, size - bytes.length);
  } finally {
    closeSync(handle);
  }
  const lines = bytes.toString('utf8').split('\n');
  // The first may be cut in two.
  return lines
    .slice(size > logBytes ? 1 : 0)
    .map((line) => {
      const parsed = orProblem(() => JSON.parse(line) as unknown).value;
      return parsed === null ? scrub.text(line) : JSON.stringify(scrub.value(parsed));
    })
    .join('\n');
}
