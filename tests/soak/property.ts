/** The engine of a soak, in this process, on a real folder; and power cuts. */
import { appendFileSync, copyFileSync, existsSync, linkSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { Agent, request } from 'undici';
import { type Engine, startEngine } from '../../electron/engine/engine.ts';
import type { Logger } from '../../electron/engine/ports.ts';
import { databaseFile } from '../../electron/engine/store/connection.ts';
import { type MetaReader, metaKey, readMeta } from '../../electron/engine/store/meta.ts';
import { hourAt } from '../../electron/engine/upkeep/upkeep-times.ts';
import type { CallInput, CallOutput, EngineCallName } from '../../shared/api.ts';
import type { Actor, EndpointId } from '../../shared/domain.ts';
import { type FakeClock, settled } from '../support/clock.ts';
import { freePort } from '../support/engine-process.ts';
import { createTestVault } from '../support/ports.ts';
import type { Internet } from './internet.ts';
import type { SoakReceivers } from './receivers.ts';
import type { PmsEvent } from './stories.ts';

export interface PropertyParts {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly internet: Internet;
  readonly receivers: SoakReceivers;
  readonly timeZone: string;
  readonly retentionDays: number;
  readonly random: () => number;
  /** What the engine logs as an error. */
  readonly error: (what: string) => void;
}

/** What the engine holds of its events now, endpoints a bit each. */
export interface Held {
  readonly waiting: ReadonlyMap<number, number>;
  readonly attention: ReadonlyMap<number, number>;
}

export interface Property extends AsyncDisposable {
  /** Whether the engine said that the event is safe. */
  post(event: PmsEvent): Promise<boolean>;
  call<Name extends EngineCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  readonly endpoints: readonly EndpointId[];
  /** Resolves once nothing is under way and nothing falls due within a second; simulated time passes meanwhile. */
  calm(): Promise<void>;
  /** The power fails while an event is being posted, and comes back. */
  cutPower(during: PmsEvent): Promise<void>;
  held(): Held;
  /** When the last night's work began; null where there was none. */
  nightAt(): number | null;
  /** Resolves once what was old is gone. */
  nightOver(): Promise<void>;
  /** Attempts that were used up, by endpoint, but for those that said something of the event. */
  usedUp(): ReadonlyMap<number, number>;
  /** Of the database without its log, which the real time empties. */
  sizeBytes(): number;
  backups(): readonly string[];
}

const actor: Actor = { account: 'tester', surface: 'window' };
/** Timers sooner than this are waited for, in milliseconds. */
const soonMs = 1_000;
/** Nothing may be under way for longer than this, in real milliseconds. */
const stuckAfterMs = 60_000;
/** Hours of the property's clocks. */
const [waitsFrom, waitsUntil] = [2, 5];
/** So often in a row nothing is found under way: a thread may be at work. */
const quietLooks = 3;

export async function openProperty(parts: PropertyParts): Promise<Property> {
  const { clock, internet, receivers, random } = parts;
  const vault = createTestVault();
  const intakePort = await freePort();
  const agent = new Agent({ keepAliveTimeout: 60_000 });
  const logger: Logger = {
    ...{ debug: () => {}, warn: () => {} },
    info: (_, message) => {
      if (message === 'what was older than is kept was removed') nightsOver += 1;
    },
    error: (fields, message) => parts.error(`${message} ${JSON.stringify(fields)}`),
  };
  let starts = 0;
  let nightsOver = 0;
  let nightsSeen = 0;
  let folder = '';
  let engine: Engine;
  let reader: BetterSqlite3.Database;
  let underWay: BetterSqlite3.Statement<[], number>;
  let meta: MetaReader;
  let backedUpAt = 0;

  async function start(): Promise<void> {
    engine = await startEngine({
      ...{ version: '1.0.0', vault, logger, dataFolder: folder, clock, intakePort, chance: random },
      readerThread: new URL('../../electron/engine/reader-thread.ts', import.meta.url),
      defaults: {
        ...{ propertyId: 'prop_soak', timeZone: parts.timeZone, retentionDays: parts.retentionDays },
        internetCheck: { use: 'own', own: [...internet.checks] },
      },
      network: internet.sight,
    });
    reader = new BetterSqlite3(databaseFile(folder), { readonly: true });
    meta = readMeta(reader);
    backedUpAt = latestBackupDue();
    underWay = reader.prepare<[], number>('SELECT COUNT(*) FROM leases').pluck();
  }

  const latestBackupDue = () =>
    Math.max(Number(meta.get(metaKey.upkeepNight) ?? 0), Number(meta.get(metaKey.upkeepHour) ?? 0));

  /** As the names of backups have it. */
  const backupTime = (atMs: number) => new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-');
  const latestBackup = () =>
    backupNames(folder)
      .map((name) => name.split(' ').at(-1)?.slice(0, 19) ?? '')
      .sort()
      .at(-1) ?? '';

  /** What a disk holds at this moment, with a write at its end that was torn. Nothing else runs meanwhile. */
  function imageOf(from: string, to: string): void {
    mkdirSync(to);
    for (const name of ['relay.db-wal', 'relay.db', ...readdirSync(from)]) {
      const whole = join(from, name);
      if (!existsSync(whole) || existsSync(join(to, name)) || name.endsWith('-shm')) continue;
      if (statSync(whole).isFile()) copyFileSync(whole, join(to, name));
      else {
        mkdirSync(join(to, name));
        for (const inner of readdirSync(whole)) {
          if (statSync(join(whole, inner)).isFile()) linkSync(join(whole, inner), join(to, name, inner));
        }
      }
    }
    appendFileSync(join(to, 'relay.db-wal'), Buffer.alloc(700, 0x5a));
  }

  const newFolder = () => join(parts.folder, `life-${starts++}`);
  folder = newFolder();
  mkdirSync(folder);
  await start();
  const call: Property['call'] = async (name, input) => {
    const result = await engine.call(name, input, actor);
    if (!result.ok) throw new Error(`${name}: ${result.error.message} ${result.error.detail ?? ''}`);
    return result.value;
  };
  const { token } = await call('sources.add', { name: 'PMS' });
  const endpoints: EndpointId[] = [];
  for (const one of receivers.all) {
    const { endpoint, secret } = await call('endpoints.add', {
      confirmed: true,
      endpoint: { url: one.url, description: one.name, events: [...one.events], caPem: one.receiver.caPem },
    });
    one.secret = secret;
    endpoints.push(endpoint.id);
    await call('endpoints.enable', { id: endpoint.id, override: true });
  }

  async function post({ n, type, data }: PmsEvent): Promise<boolean> {
    try {
      const answer = await request(`http://127.0.0.1:${intakePort}/v1/events`, {
        method: 'POST',
        dispatcher: agent,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ id: `pms-${n}`, event: type, data }),
      });
      const text = await answer.body.text();
      if (answer.statusCode !== 202) throw new Error(`event ${n} was answered ${answer.statusCode}: ${text}`);
      return true;
    } catch (error) {
      if (receivers.isCut) return false;
      throw error;
    }
  }

  /** Backups are made by a thread, in real time: before a night's work one of the hour's is waited for, or it would be late. */
  async function calm(): Promise<void> {
    await pass();
    const hour = hourAt(clock.wallMs(), parts.timeZone);
    if (backedUpAt > 0 && (hour < waitsFrom || hour >= waitsUntil)) return;
    const endsAt = performance.now() + stuckAfterMs;
    for (const due = latestBackupDue(); backedUpAt < due; ) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      await pass();
      if (latestBackup() >= backupTime(due)) backedUpAt = due;
      if (performance.now() > endsAt) throw new Error(`stuck: no backup of ${backupTime(due)}: ${backupNames(folder)}`);
    }
  }

  async function pass(): Promise<void> {
    const endsAt = performance.now() + stuckAfterMs;
    for (let quiet = 0; quiet < quietLooks; ) {
      await settled();
      const next = clock.nextTimerMs();
      if (next !== null && next < soonMs) {
        await clock.advance(next);
        quiet = 0;
      } else if ((underWay.get() ?? 0) === 0) quiet += 1;
      else {
        quiet = 0;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      if (performance.now() > endsAt) throw new Error(`${underWay.get()} attempts did not end: stuck`);
    }
  }

  return {
    post,
    call,
    endpoints,
    calm,
    async cutPower(during) {
      const posted = post(during);
      const aliveUntil = performance.now() + random() * 6;
      while (performance.now() < aliveUntil) await new Promise((resolve) => setImmediate(resolve));
      const from = folder;
      folder = newFolder();
      receivers.isCut = true;
      imageOf(from, folder);
      const stopped = engine.stop({ graceMs: 0 });
      reader.close();
      await posted;
      await stopped;
      rmSync(from, { recursive: true });
      receivers.isCut = false;
      await start();
    },
    held() {
      const rows = reader
        .prepare<[], { endpoint: number; state: string; data: string }>(
          `SELECT d.endpoint_no AS endpoint, d.state AS state, e.data AS data FROM deliveries d
           JOIN events e ON e.seq = d.event_seq WHERE d.state IN ('waiting', 'needs_attention')`,
        )
        .all();
      const waiting = new Map<number, number>();
      const attention = new Map<number, number>();
      for (const { endpoint, state, data } of rows) {
        const { n } = (JSON.parse(data) as { soak: { n: number } }).soak;
        const held = state === 'waiting' ? waiting : attention;
        held.set(n, (held.get(n) ?? 0) | (1 << (endpoint - 1)));
      }
      return { waiting, attention };
    },
    nightAt() {
      const at = meta.get(metaKey.upkeepNight);
      return at === undefined ? null : Number(at);
    },
    async nightOver() {
      const endsAt = performance.now() + stuckAfterMs;
      while (nightsOver === nightsSeen) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        await calm();
        if (performance.now() > endsAt) throw new Error("the night's work did not end: stuck");
      }
      nightsSeen = nightsOver;
      await calm();
    },
    usedUp() {
      const rows = reader
        .prepare<[], { endpoint: number; count: number }>(
          `SELECT endpoint_no AS endpoint, COUNT(*) AS count FROM attempts
           WHERE counts = 1 AND outcome != 'delivered' AND IFNULL(status, 0) != 422 GROUP BY endpoint_no`,
        )
        .all();
      return new Map(rows.map(({ endpoint, count }) => [endpoint - 1, count]));
    },
    sizeBytes: () => statSync(databaseFile(folder)).size,
    backups: () => backupNames(folder).map((name) => join(folder, 'backups', name)),
    async [Symbol.asyncDispose]() {
      reader.close();
      await engine.stop({ graceMs: 0 });
      await agent.close();
    },
  };
}

const backupNames = (folder: string): string[] =>
  readdirSync(join(folder, 'backups')).filter((name) => name.endsWith('.db'));
