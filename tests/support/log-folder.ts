/** An engine's context on a real database, without an engine: for tests of single parts. */
import { createChanges } from '../../electron/engine/changes.ts';
import type { EngineContext } from '../../electron/engine/context.ts';
import { createEngineTime } from '../../electron/engine/engine-time.ts';
import { noMeter } from '../../electron/engine/ports.ts';
import { createAudit } from '../../electron/engine/store/audit.ts';
import { type OpenedDatabase, openDatabase, openReader } from '../../electron/engine/store/connection.ts';
import { createGroupCommit } from '../../electron/engine/store/group-commit.ts';
import { createIdSource } from '../../electron/engine/store/ids.ts';
import { createSettingsStore, defaultSettings } from '../../electron/engine/store/settings.ts';
import type { Push } from '../../shared/api.ts';
import type { Settings } from '../../shared/schemas.ts';
import { createFakeClock, type FakeClock } from './clock.ts';
import { createKeptLog, createTestMishaps, createTestVault, type KeptLog } from './ports.ts';

export interface TestContext extends EngineContext {
  readonly clock: FakeClock;
  readonly logger: KeptLog;
  readonly database: OpenedDatabase;
  readonly pushes: readonly Push[];
  close(): void;
}

const loggingTo = (logger: KeptLog) => ({ logger, meter: noMeter, mishaps: createTestMishaps(logger) });

/** Opens `folder` as engine.ts does, with doubles of the ports. */
export function openContext(
  folder: string,
  {
    clock = createFakeClock(),
    settings = {},
    vault = createTestVault(),
  }: {
    readonly clock?: FakeClock;
    readonly settings?: Partial<Settings>;
    readonly vault?: EngineContext['vault'];
  } = {},
): TestContext {
  const database = openDatabase(folder);
  const { reader, connection } = openReader(folder);
  const { writer } = database;
  const commit = createGroupCommit(writer);
  const recordAct = createAudit(writer, clock);
  const pushes: Push[] = [];
  const push = (one: Push) => void pushes.push(one);
  const changes = createChanges(clock, push);
  return {
    ...{
      dataFolder: folder,
      version: '1.0.0',
      bootId: 'boot-test',
      clock,
      writer,
      reader,
      commit,
      changes,
      push,
      recordAct,
    },
    ...{ vault, database, pushes },
    time: createEngineTime(clock, writer),
    ids: createIdSource(),
    ...loggingTo(createKeptLog()),
    settings: createSettingsStore(writer, commit, recordAct, vault, {
      ...defaultSettings(),
      timeZone: 'Asia/Manila',
      ...settings,
    }),
    close() {
      changes.stop();
      commit.flush();
      connection.close();
      database.close();
    },
  };
}
