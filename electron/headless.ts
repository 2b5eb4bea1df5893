/** Composition root without a desktop: the same engine, the same window in a browser on loopback. */
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RelayError } from '../shared/api.ts';
import { missedMeaning, missedStep } from '../shared/conditions/listeners.ts';
import type { Sentence } from '../shared/domain.ts';
import { harmless, harmlessLines } from '../shared/harmless.ts';
import { intakePaths } from '../shared/intake-paths.ts';
import { inEnglish } from '../shared/sentences/in-english.ts';
import { sentence } from '../shared/sentences/sentence.ts';
import { isForBackup } from '../shared/start-problems.ts';
import type { Bridge } from './bridge/bridge.ts';
import { openPreferencesFile } from './bridge/preferences-file.ts';
import { browserSurface } from './bridge/surface-calls.ts';
import { CommandError } from './cli/command-error.ts';
import { dataFolder, makeDataFolder } from './data-folder.ts';
import {
  backupsIn,
  createMishaps,
  createVault,
  type Engine,
  headlessDataKey,
  holdsSealed,
  type Mishaps,
  startEngine,
  storeError,
  systemClock,
} from './engine/engine.ts';
import { tryPort } from './engine/listen.ts';
import { folderName, type HeadlessOptions, headlessUsage, parseHeadlessArguments } from './headless-arguments.ts';
import { endedBeforeName, type FromHeadless, type ToHeadless } from './headless-parent.ts';
import { invocationInCheckout, withDataFolder } from './invocation.ts';
import { catchTheRest } from './last-handler.ts';
import { openLogFile } from './log-file.ts';
import { systemRootsByNode } from './system-roots.ts';
import { version } from './version.ts';

export interface Headless {
  readonly engine: Engine;
  readonly bridge: Bridge | null;
  stop(): Promise<void>;
}

export interface HeadlessAround {
  /** Makes the window's files where they are not there yet, while the engine works already. */
  readonly buildWindow?: () => Promise<void>;
  /** Told once the engine works, before anything is said. */
  readonly started?: () => void;
  /** Told that the desktop app wants the folder, where the options say that it is to have it. */
  readonly giveWay?: () => void;
  /** Resolves once somebody wants the end: no window is waited for any more. */
  readonly asked?: Promise<unknown>;
}

const never = new Promise<never>(() => {});

/** Starts engine and window and says in a few lines what runs where. */
export async function startHeadless(
  options: HeadlessOptions,
  say: (line: string) => void,
  around: HeadlessAround = {},
): Promise<Headless> {
  const { buildWindow = async () => {}, started = () => {}, giveWay = () => {}, asked = never } = around;
  const folder = dataFolder(options.data);
  makeDataFolder(folder, folderName(options));
  const logger = openLogFile(folder);
  const mishaps = createMishaps(systemClock, logger);
  heard = mishaps;
  const before = process.env[endedBeforeName];
  if (before !== undefined) mishaps.note(before, new Error('it did not end by itself'));
  let bridge: Bridge | null = null;
  let whyNone: Sentence = sentence(options.window ? 'problem.window_not_yet' : 'problem.no_window');
  const engine = await startEngine({
    dataFolder: folder,
    version,
    vault: createVault(
      headlessDataKey(folder, { newKey: options.newKey, holdsSecrets: () => holdsSealed(folder) }),
      false,
    ),
    logger,
    mishaps,
    readerThread: new URL('./engine/reader-thread.ts', import.meta.url),
    senderThread: new URL('./engine/sender-thread.ts', import.meta.url),
    sourceThread: new URL('./engine/source-thread.ts', import.meta.url),
    ...(options.property === undefined ? {} : { defaults: { propertyId: options.property } }),
    ...(options.port === undefined ? {} : { intakePort: options.port }),
    openWindow: () => {
      if (bridge !== null) return bridge.openAddress();
      throw new RelayError('not_possible', whyNone);
    },
    notices: 'log',
    systemRoots: systemRootsByNode,
    ...(options.giveWay ? { giveWay } : {}),
    allowPlainLoopback: options.allowPlainLoopback,
  });
  // Before anything is said to run. Once it has run it goes on without a window instead: events come first.
  if (options.window && options.windowPort !== undefined && before === undefined) {
    await tryPort('127.0.0.1', options.windowPort, 'intake', '--window-port').catch(async (error: unknown) => {
      await engine.stop({ graceMs: 0 });
      throw error;
    });
  }
  started();
  say(`Roost Relay ${version}, without a desktop.`);
  say(`listening on ${engine.intakeAddress}`);
  await sayIfElsewhere(engine, say);
  say(`  events    POST ${engine.intakeAddress}${intakePaths.events}`);
  say(`  data      ${folder}`);
  if (options.window) {
    const built = await Promise.race([
      buildWindow().catch((error: Error) => error),
      asked.then(() => 'not wanted any more' as const),
    ]);
    if (built instanceof Error) say(`  window    ${built.message}`);
    const opened = built === 'not wanted any more' ? null : await openWindow(options, folder, engine, say);
    if (opened !== null && 'key' in opened) whyNone = opened;
    else bridge = opened;
  }
  return {
    engine,
    bridge,
    async stop() {
      await bridge?.stop();
      await engine.stop({ graceMs: 5000 });
    },
  };
}

/** Nobody reads the conditions yet: a port that is taken is said here too. */
async function sayIfElsewhere(engine: Engine, say: (line: string) => void): Promise<void> {
  const situation = await engine.call('situation.get', {}, { account: '', surface: 'engine' });
  if (!situation.ok || situation.value.intake.missed === null) return;
  const { missed, address } = situation.value.intake;
  say(`  ${inEnglish(missedMeaning(missed, address))}`);
  say(`  ${inEnglish(missedStep(missed, address))}`);
}

/**
 * The engine takes and delivers events without the window too: a taken port is said and ends nothing.
 *
 * @returns why there is none, to be said to whoever asks for it later
 */
async function openWindow(
  options: HeadlessOptions,
  folder: string,
  engine: Engine,
  say: (line: string) => void,
): Promise<Bridge | Sentence> {
  const asked = options.data === undefined ? null : folder;
  const program = withDataFolder(invocationInCheckout(), asked);
  const openCommand = `${program} open`;
  const windowFolder = fileURLToPath(new URL('../dist/window', import.meta.url));
  if (!existsSync(windowFolder)) {
    say('  window    not built; run `npm run build:window`');
    return sentence('problem.window_not_built');
  }
  try {
    // Loaded only where there is a window: without one it would be memory for nothing.
    const { startBridge } = await import('./bridge/bridge.ts');
    const bridge = await startBridge({
      engine,
      clock: systemClock,
      surface: browserSurface(version, openPreferencesFile(folder), program),
      port: options.windowPort ?? Number(new URL(engine.intakeAddress).port) + 1,
      windowFolder,
      dataFolder: folder,
      openCommand,
    });
    say(`  window    ${bridge.openAddress()}`);
    say(`            (good for one minute; \`${openCommand}\` prints a new one)`);
    return bridge;
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    say(`  window    ${error.message}`);
    return error.says;
  }
}

/** Of the engine that runs here, for what nobody catches. */
let heard: Mishaps | null = null;

/** Runs until it is told to end; returns the exit status. */
export async function runHeadless(args: readonly string[]): Promise<number> {
  const parent = hearParent();
  const wanted = Promise.withResolvers<void>();
  const asked = Promise.race([signalled(), parent.saysStop, wanted.promise]);
  try {
    const options = parseHeadlessArguments(args);
    if (options.help) {
      console.log(headlessUsage);
      return 0;
    }
    const say = (line: string) => console.log(harmless(line));
    const giveWay = () => {
      say('The desktop app takes over.');
      wanted.resolve();
    };
    const started = () => parent.say({ type: 'started' });
    const headless = await startHeadless(options, say, {
      buildWindow: parent.windowIsBuilt,
      ...{ started, giveWay, asked },
    });
    // Kept now, for a start after a power cut.
    flushCompileCache();
    await asked;
    await headless.stop();
    return 0;
  } catch (error) {
    return tellWhyNot(error, args);
  }
}

/** One sentence for the person, with the command that helps where there is one; never a stack. @returns the exit status */
function tellWhyNot(thrown: unknown, args: readonly string[]): number {
  const error = storeError(thrown);
  if (error instanceof RelayError && error.code === 'conflict' && args.includes('--give-way')) {
    // The desktop app has the folder: all is as it should be.
    console.log(`roost-relay: ${harmlessLines(error.message)}`);
    return 0;
  }
  if (!(error instanceof RelayError || error instanceof CommandError)) {
    heard?.note('the start of the engine', error);
    const [detail = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    console.error(`roost-relay: ${harmlessLines(inEnglish(sentence('problem.engine_start_failed', { detail })))}`);
    return 1;
  }
  console.error(`roost-relay: ${harmlessLines(error.message)}`);
  if (error instanceof RelayError && isForBackup(error.says)) {
    const { data } = parseHeadlessArguments(args);
    const folder = dataFolder(data);
    const command = `${withDataFolder(invocationInCheckout(), data === undefined ? null : folder)} restore --last`;
    console.error(
      backupsIn(folder).length > 0 ? `  ${command}` : `  There is no backup in ${join(folder, 'backups')}.`,
    );
  }
  return error.code === 'bad_input' ? 2 : 1;
}

/** Resolves with the first of the signals that ask for an end; further ones do not cut the clean end off. */
function signalled(): Promise<void> {
  const signals: NodeJS.Signals[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
  if (process.platform === 'win32') signals.push('SIGBREAK');
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve());
  });
}

/** The process that `npm start` began with, where there is one (headless-parent.ts). */
function hearParent() {
  const stop = Promise.withResolvers<void>();
  const built = Promise.withResolvers<void>();
  if (process.send === undefined) built.resolve();
  // A parent that has gone is told nothing more, which `disconnect` tells.
  const say = (message: FromHeadless): void => {
    process.send?.(message, undefined, undefined, () => {});
  };
  process.on('message', (message: ToHeadless) => {
    if (message.type === 'ping') say({ type: 'pong', ping: message.ping });
    else if (message.type === 'stop') stop.resolve();
    else if (message.problem === null) built.resolve();
    else built.reject(new Error(message.problem));
  });
  // A parent that was killed cannot say it any more.
  process.once('disconnect', () => stop.resolve());
  // Nobody may be waiting for it: without a window, or after a start that failed.
  built.promise.catch(() => {});
  return { say, saysStop: stop.promise, windowIsBuilt: () => built.promise };
}

/** The end of the process: its own, so that its log is written out, or after a moment in spite of what holds it. */
export function endWith(status: number): void {
  process.exitCode = status;
  if (process.connected) process.disconnect();
  setTimeout(() => process.exit(), longestEndMs).unref();
}

const longestEndMs = 1_000;

if (import.meta.main) {
  catchTheRest(() => heard);
  endWith(await runHeadless(process.argv.slice(2)));
}
