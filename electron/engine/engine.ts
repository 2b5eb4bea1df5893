/**
 * The engine's face: the implementation of shared/api.ts. It opens the store, builds the parts and puts their
 * handlers together. It knows nothing of a desktop; what differs between one and a plain Node is passed in.
 */
import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import {
  type CallInput,
  type CallOutput,
  type EngineCallName,
  engineCalls,
  type Push,
  RelayError,
  type Result,
} from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import { parseInput } from '../../shared/input.ts';
import type { Settings } from '../../shared/schemas.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import { createChanges } from './changes.ts';
import type { EngineContext } from './context.ts';
import { openWhenFree } from './control/other-engine.ts';
import type { WindowSessions } from './control/window-sessions.ts';
import { createEngineTime } from './engine-time.ts';
import type { NetworkSight } from './evidence/reachability.ts';
import { createMishaps, type Mishaps, type MishapsSeen } from './mishaps.ts';
import { createParts } from './parts.ts';
import {
  type Chance,
  type Clock,
  type Logger,
  type Meter,
  type NoticeSurface,
  type NoticesGo,
  noMeter,
  type PagePrinter,
  type SystemProxy,
  type SystemRoots,
  type Vault,
} from './ports.ts';
import { resultOf } from './result-of.ts';
import { withWeekPages } from './sending/mail/week-pages.ts';
import { userAgent } from './sending/request.ts';
import { createSenderThread } from './sending/sender-thread-client.ts';
import type { SignedSender } from './sending/signed-sender.ts';
import { createAudit } from './store/audit.ts';
import { isDamage, type OpenedDatabase, openDatabase, storeError } from './store/connection.ts';
import { watchAcknowledged } from './store/damage/acknowledged.ts';
import { keepWatchOfPlace } from './store/damage/in-place.ts';
import { watchStore } from './store/damage/store-trouble.ts';
import { createGroupCommit } from './store/group-commit.ts';
import { createIdSource } from './store/ids.ts';
import { createMetaTable, metaKey } from './store/meta.ts';
import { createSettingsStore, defaultSettings } from './store/settings.ts';
import { systemClock } from './system-clock.ts';
import { watchTimeZone } from './zone-watch.ts';

export type { WindowSessions } from './control/window-sessions.ts';
export { backupsIn } from './files/backup-files.ts';
export { createMishaps, type Mishaps, type MishapsSeen, type Own } from './mishaps.ts';
export type { NoticeDecision, NoticeLook, NoticeMemory } from './notices/decisions.ts';
export type {
  Chance,
  Clock,
  Logger,
  Meter,
  NoticeSurface,
  PagePrinter,
  SystemProxy,
  SystemRoots,
  Vault,
} from './ports.ts';
export { type RestoreWithoutEngine, restoreWithoutEngine } from './restore-without-engine.ts';
export { resultOf } from './result-of.ts';
export { storeError } from './store/connection.ts';
export { systemClock } from './system-clock.ts';
export { holdsSealed } from './upkeep/sealed-values.ts';
export { headlessDataKey } from './vault/key-envelope.ts';
export { createVault } from './vault/vault.ts';

export interface EngineOptions {
  readonly dataFolder: string;
  readonly version: string;
  readonly vault: Vault;
  readonly logger: Logger;
  /** Nobody watches unless given. */
  readonly meter?: Meter;
  /** Where the composition root notes what nobody caught; one of its own unless given. */
  readonly mishaps?: Mishaps;
  /** What went wrong in the process that holds the window, as it last told; absent where there is none. */
  readonly mishapsOfDesktop?: () => MishapsSeen | null;
  /** The file of the reader thread; bundles carry it as a file of its own. */
  readonly readerThread: URL;
  /** The file of the sending thread, likewise; absent, requests are made on the delivering thread, by its clock. */
  readonly senderThread?: URL;
  /** The file of the threads that read files and databases, likewise; absent, they are read on the delivering thread. */
  readonly sourceThread?: URL;
  readonly clock?: Clock;
  readonly chance?: Chance;
  /** How the machine's network is looked at; tests give their own. */
  readonly network?: NetworkSight;
  /** Who knows the system's proxy settings; absent, the environment's variables tell. */
  readonly systemProxy?: SystemProxy;
  /** Who reads the system's certificates anew; absent, they are as they were at the start. */
  readonly systemRoots?: SystemRoots;
  /** Who prints what goes out as PDF; absent, it goes out without. */
  readonly pagePrinter?: PagePrinter;
  /** Defaults of a new property; what is stored wins. */
  readonly defaults?: Partial<Settings>;
  /** Wins over the stored setting, for this run. */
  readonly intakePort?: number;
  /** Where conditions are told outside the window; absent, nowhere. */
  readonly notices?: NoticesGo;
  /** Prints an address that opens the window in a browser; absent on a desktop. */
  readonly openWindow?: () => string;
  /** An engine that gives way is asked to: the desktop's, where one has run since before anybody signed in. */
  readonly takesOver?: boolean;
  /** Told that another engine wants the folder: whoever holds this one ends it. Absent, it stays. */
  readonly giveWay?: () => void;
  /** Benchmarks and tests only: endpoints may be `http:` on loopback. No setting of the product leads here. */
  readonly allowPlainLoopback?: boolean;
}

export interface Engine {
  /** `http://127.0.0.1:4780` */
  readonly intakeAddress: string;
  /** Parses the input as shared/api.ts says and answers with a result; never rejects. */
  call<Name extends EngineCallName>(
    name: Name,
    input: CallInput<Name>,
    actor: Actor,
  ): Promise<Result<CallOutput<Name>>>;
  /** The same for a name and input that come from outside and are not trusted. */
  callUnparsed(name: string, input: unknown, actor: Actor): Promise<Result<unknown>>;
  /** Of the window in a browser. */
  readonly windowSessions: WindowSessions;
  /** Whether this window is locked: it is told nothing of what happens meanwhile. */
  isLocked(actor: Actor): boolean;
  /** Returns the function that ends the listening. */
  onPush(listener: (push: Push) => void): () => void;
  /** The machine goes to sleep: nothing new is claimed. */
  suspend(): void;
  /** It is awake again: what fell due meanwhile goes out. */
  resume(): void;
  /** What could not be done until now may be possible, as with a data key that has come: looks at once. */
  sweepNow(): void;
  /** The surface looks at what a person should know: what is new is pushed to it as `notices`. */
  lookForNotices(surface: NoticeSurface): void;
  /** Attempts in flight have `graceMs` to finish; the rest is left to their leases. */
  stop(options?: { readonly graceMs?: number }): Promise<void>;
}

/**
 * Opens the data folder, starts delivering and listening.
 *
 * @throws RelayError `conflict` where another process has the folder, `store_unavailable` where it cannot be
 *   used, `not_possible` where the port is taken
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const database = await openWhenFree(
    options.dataFolder,
    () => openDatabase(options.dataFolder, undefined, undefined, noteIn(options.logger)),
    options.takesOver ?? false,
  );
  try {
    return await startOn(database, options);
  } catch (error) {
    database.close();
    throw storeError(error);
  }
}

/** Before there is an engine that counts mishaps. */
const noteIn =
  (logger: Logger) =>
  (what: string, error: unknown): void =>
    logger.error({ error: String(error), stack: (error as Error | null)?.stack }, what);

async function startOn(database: OpenedDatabase, options: EngineOptions): Promise<Engine> {
  const { dataFolder, version, vault, logger, clock = systemClock, mishaps = createMishaps(clock, logger) } = options;
  const { writer, uncleanStop } = database;
  const listeners = new Set<(push: Push) => void>();
  const push = (push: Push): void => {
    for (const listener of listeners) listener(push);
  };
  const changes = createChanges(clock, push);
  const place = keepWatchOfPlace(database.inPlace, clock, () => changes.touch('situation'));
  const commit = createGroupCommit(writer, place.check, (error) => storeError(error, dataFolder));
  const meta = createMetaTable(writer);
  const store = watchStore({
    clock,
    tryToWrite: () => commit.transact(() => meta.put(metaKey.storeTried, String(Math.round(clock.wallMs())))),
    changed: () => changes.touch('situation'),
  });
  commit.onFailure(store.failed);
  const time = createEngineTime(clock, writer);
  const writeAct = createAudit(writer, clock);
  const recordAct: EngineContext['recordAct'] = (...act) => {
    writeAct(...act);
    commit.afterCommit(() => changes.touch('audit'));
  };
  const settings = createSettingsStore(
    writer,
    commit,
    recordAct,
    vault,
    { ...defaultSettings(), ...options.defaults },
    (name) => logger.warn({ setting: name }, 'a setting cannot be read, and is at its default'),
  );
  const context: EngineContext = {
    dataFolder,
    version,
    bootId: randomUUID(),
    clock,
    time,
    ids: createIdSource(),
    vault,
    logger,
    mishaps,
    meter: options.meter ?? noMeter,
    writer,
    reader: writer,
    commit,
    changes,
    push,
    settings,
    recordAct,
  };

  async function callUnparsed(name: string, input: unknown, actor: Actor): Promise<Result<unknown>> {
    return resultOf(
      () => {
        if (!Object.hasOwn(engineCalls, name)) {
          throw new RelayError('bad_input', sentence('problem.no_such_call', { call: name }));
        }
        const call = name as EngineCallName;
        // The name is known at run time only, so the types cannot pair it with its input.
        const handle = parts.handlers[call] as (input: unknown, actor: Actor) => unknown;
        const parsed = parseInput(call, input);
        parts.lock.before(call, parsed, actor);
        return hearingOfDamage(() => handle(parsed, actor));
      },
      (error) => logger.error({ call: name, error: String(error), stack: (error as Error)?.stack }, 'a call failed'),
    );
  }

  /** What a call reads beside any transaction: that it cannot be read is known from then on. */
  async function hearingOfDamage(work: () => unknown): Promise<unknown> {
    try {
      return await work();
    } catch (error) {
      if (isDamage(storeError(error))) commit.failedBeside(error);
      throw error;
    }
  }

  const acknowledged = await watchAcknowledged(dataFolder, writer, commit, clock, logger);
  await settings.sealProxyPassword();
  const sender = await makeSender(context, options);
  const parts = createParts(context, {
    ...options,
    sender,
    uncleanStop,
    callUnparsed,
    shrinking: database.shrinking,
    place,
    store,
  });
  listeners.add(({ name }) => {
    if (name === 'changed') parts.notices.changed();
  });
  const zone = options.defaults?.timeZone === undefined ? watchTimeZone(context) : null;
  await parts.start({ account: userInfo().username, surface: 'engine' });
  logger.info({ version, dataFolder, address: parts.intake.address, uncleanStop }, 'started');

  return {
    get intakeAddress() {
      return parts.intake.address;
    },
    call: (name, input, actor) => callUnparsed(name, input, actor) as Promise<Result<never>>,
    callUnparsed,
    windowSessions: parts.windowSessions,
    isLocked: parts.lock.isLocked,
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    suspend: parts.suspend,
    resume() {
      zone?.look();
      parts.resume();
    },
    sweepNow: parts.dispatch.sweepNow,
    lookForNotices: parts.notices.look,
    async stop({ graceMs = 5_000 } = {}) {
      zone?.stop();
      await parts.stop(graceMs);
      place.stop();
      store.stop();
      changes.stop();
      commit.flush();
      acknowledged.close();
      logger.info({}, 'stopped');
      database.close();
    },
  };
}

async function makeSender(context: EngineContext, options: EngineOptions): Promise<SignedSender> {
  const sender = await plainSender(context, options);
  return options.pagePrinter === undefined ? sender : withWeekPages(sender, options.pagePrinter, context);
}

async function plainSender({ clock, mishaps, version }: EngineContext, options: EngineOptions): Promise<SignedSender> {
  const { senderThread, allowPlainLoopback = false } = options;
  const format = { userAgent: userAgent(version, process.platform) };
  if (senderThread !== undefined) {
    return createSenderThread({ file: senderThread, clock, mishaps, allowPlainLoopback, format });
  }
  // Loaded only where no thread does it: the HTTP client is much of what a resting engine would hold in memory.
  const { createSender } = await import('./sending/sender.ts');
  const { createSignedSender } = await import('./sending/signed-sender.ts');
  const { withMail } = await import('./sending/transports.ts');
  return withMail(createSignedSender(createSender({ clock, allowPlainLoopback }), format), {
    clock,
    allowPlainLoopback,
  });
}
