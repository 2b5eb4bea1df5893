/** The real intake on a real store and a real port, without the sending side. */
import { rm } from 'node:fs/promises';
import { createChanges } from '../../electron/engine/changes.ts';
import type { EngineContext } from '../../electron/engine/context.ts';
import { type ControlOptions, createControl } from '../../electron/engine/control/control.ts';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { createDiskWatch, type DiskWatch, type FreeSpace } from '../../electron/engine/intake/disk.ts';
import { createIntake, type Intake, type IntakeOptions } from '../../electron/engine/intake/intake.ts';
import { withSourceFacts } from '../../electron/engine/log/situation/situation.ts';
import type { SituationFacts } from '../../electron/engine/log/situation/situation-facts.ts';
import { type Clock, noMeter } from '../../electron/engine/ports.ts';
import { createSources, type SourceParts, type Sources } from '../../electron/engine/sources/sources.ts';
import { createAudit } from '../../electron/engine/store/audit.ts';
import { openDatabase } from '../../electron/engine/store/connection.ts';
import { createEventStore } from '../../electron/engine/store/events.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { createSettingsStore, defaultSettings } from '../../electron/engine/store/settings.ts';
import { createSourceTable } from '../../electron/engine/store/sources.ts';
import { systemClock } from '../../electron/engine/system-clock.ts';
import type { Actor } from '../../shared/domain.ts';
import type { Settings, Source } from '../../shared/schemas.ts';
import { temporaryFolder } from './folder.ts';
import { createKeptLog, createTestMishaps, createTestVault, type KeptLog } from './ports.ts';

export const operator: Actor = { account: 'helper', surface: 'command_line' };

export interface TestIntakeOptions {
  readonly clock?: Clock;
  readonly settings?: Partial<Settings>;
  readonly freeSpace?: FreeSpace;
  readonly options?: Partial<IntakeOptions>;
  readonly control?: Partial<ControlOptions>;
  readonly sources?: Partial<SourceParts>;
  /** Of an intake that ran before; it is not removed at the end. */
  readonly folder?: string;
  readonly start?: boolean;
  /** The port of the settings, which can be changed; else a free one for good. */
  readonly portOfSettings?: boolean;
}

export interface StoredEventRow {
  readonly seq: number;
  readonly id: string;
  readonly source_no: number | null;
  readonly type: string;
  readonly property_id: string;
  readonly entity_member: string | null;
  readonly entity_id: string | null;
  readonly occurred_at: string;
  readonly received_at: number;
  readonly data: string;
  readonly summary: string;
  readonly guest: string | null;
  readonly hints: string | null;
  readonly masked: number;
}

export interface TestIntake extends AsyncDisposable {
  readonly intake: Omit<Intake, 'start'> & {
    readonly handlers: Sources['handlers'];
    sources(): Source[];
    start(): Promise<void>;
  };
  readonly context: EngineContext;
  readonly disk: DiskWatch;
  readonly log: KeptLog;
  readonly folder: string;
  /** A source of this name; its token and secret path. */
  addSource(name?: string, propertyId?: string): Promise<{ id: string; token: string; url: string; secretUrl: string }>;
  events(): StoredEventRow[];
  stop(): Promise<void>;
}

const noFacts: SituationFacts = {
  waiting: 0,
  oldestWaitingAt: null,
  needsAttention: 0,
  eventsToday: 0,
  deliveredToday: 0,
  ...{
    waitingEvents: { events: 0, endpoints: 0 },
    attentionEvents: 0,
    outages: [],
    interrupted: null,
    pc: { slept: null, lateStarts: null, loginItemWorks: null },
  },
  today: { since: 0, taken: 0, needsAttention: 0, waiting: 0, bench: 0, skipped: 0, toNobody: 0, delivered: 0 },
  lastEventAt: null,
  lastDeliveredAt: null,
  hours: [],
  endpoints: [],
  sources: [],
  recoveries: [],
};

const plenty: FreeSpace = async () => ({ freeBytes: 100e9, totalBytes: 250e9 });

export async function startIntake(given: TestIntakeOptions = {}): Promise<TestIntake> {
  const folder = given.folder ?? (await temporaryFolder()).path;
  const clock = given.clock ?? systemClock;
  const log = createKeptLog();
  const database = openDatabase(folder);
  const { writer } = database;
  const commit = createGroupCommit(writer);
  const recordAct = createAudit(writer, clock);
  const ids = createIdSource();
  const time = createEngineTime(clock, writer);
  const changes = createChanges(clock, () => {});
  const context: EngineContext = {
    dataFolder: folder,
    version: '1.2.3',
    bootId: 'boot-1',
    clock,
    time,
    ids,
    vault: createTestVault(),
    logger: log,
    meter: noMeter,
    mishaps: createTestMishaps(log),
    writer,
    reader: writer,
    commit,
    changes,
    push: () => {},
    settings: createSettingsStore(writer, commit, recordAct, createTestVault(), {
      ...defaultSettings(),
      propertyId: 'prop_test',
      ...given.settings,
    }),
    recordAct,
  };
  const events = createEventStore({ writer, commit, ids, time });
  const disk = createDiskWatch(context, given.freeSpace ?? plenty);
  await disk.look();
  const table = createSourceTable(writer);
  const listeners = createIntake(context, {
    isDamaged: () => false,
    recordEvent: events.recordEvent,
    disk,
    sources: table,
    door: {
      admit: (...of) => sources.door.admit(...of),
      readingOf: (source) => sources.door.readingOf(source),
      signsIds: (source) => sources.door.signsIds(source),
    },
    control: createControl(context, {
      callUnparsed: async () => {
        throw new Error('no engine in this test');
      },
      exportStream: async function* () {},
      ...given.control,
    }),
    ...(given.portOfSettings ? {} : { port: 0 }),
    ...given.options,
  });
  const sources: Sources = createSources({
    ...{ context, table, accept: listeners.accept, takes: listeners.takes, access: listeners.access },
    ...{ refusals: listeners.refusals, log: listeners.messages, refuseNearlyFull: disk.refuseNearlyFull },
    withCounts: async (shown) => withSourceFacts(shown, noFacts),
    address: () => listeners.address,
    ...given.sources,
  });
  const intake: TestIntake['intake'] = Object.create(listeners, {
    handlers: { value: { ...listeners.handlers, ...sources.handlers } },
    sources: { value: () => sources.list(false) },
    start: {
      async value() {
        await sources.start();
        await listeners.start(() => Promise.reject(new Error('no situation in this test')));
      },
    },
    stop: {
      async value() {
        await sources.stop();
        await listeners.stop();
      },
    },
  });
  if (given.start !== false) await intake.start();
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await intake.stop();
    disk.stop();
    changes.stop();
    database.close();
    if (given.folder === undefined) await rm(folder, { recursive: true, force: true });
  };
  return {
    intake,
    context,
    disk,
    log,
    folder,
    addSource: async (name = 'PMS', propertyId) =>
      intake.handlers['sources.add']({ name, ...(propertyId === undefined ? {} : { propertyId }) }, operator),
    events: () => writer.prepare<[], StoredEventRow>('SELECT * FROM events ORDER BY seq').all(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
