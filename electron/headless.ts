/** Composition root without a desktop: the same engine, the same window in a browser on loopback. */
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { RelayError } from '../shared/api.ts';
import { sentence } from '../shared/sentences/sentence.ts';
import type { Bridge } from './bridge/bridge.ts';
import { openPreferencesFile } from './bridge/preferences-file.ts';
import { browserSurface } from './bridge/surface-calls.ts';
import { CommandError } from './cli/command-error.ts';
import { dataFolder } from './data-folder.ts';
import { createVault, type Engine, headlessDataKey, startEngine, systemClock } from './engine/engine.ts';
import { openLogFile } from './log-file.ts';
import { version } from './version.ts';

export const headlessUsage = `usage: npm start -- --headless [--data DIR] [--port N] [--window-port N] [--no-window] [--property ID]`;

export interface HeadlessOptions {
  readonly data?: string | undefined;
  /** Of the intake; absent: as the settings in the data folder say, at first 4780. */
  readonly port?: number | undefined;
  /** Of the window; absent: the intake's port + 1. */
  readonly windowPort?: number | undefined;
  readonly window: boolean;
  /** The property's id, for events of sources that name none. */
  readonly property?: string | undefined;
  /** For benchmarks and tests: endpoints may be `http:` on loopback. */
  readonly allowPlainLoopback: boolean;
}

/** @throws CommandError `bad_input` that names the option at fault */
export function parseHeadlessArguments(args: readonly string[]): HeadlessOptions {
  const { values } = readArguments(args);
  return {
    data: values.data,
    port: port('--port', values.port),
    windowPort: port('--window-port', values['window-port']),
    window: !values['no-window'],
    property: values.property,
    // Not an option: no user is to find it by accident.
    allowPlainLoopback: process.env.ROOST_RELAY_PLAIN_LOOPBACK === '1',
  };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        data: { type: 'string' },
        port: { type: 'string' },
        'window-port': { type: 'string' },
        'no-window': { type: 'boolean' },
        property: { type: 'string' },
      },
    });
  } catch (cause) {
    throw new CommandError('bad_input', `${cause instanceof Error ? cause.message : cause}\n${headlessUsage}`, {
      cause,
    });
  }
}

function port(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 65535) return number;
  throw new CommandError('bad_input', `${option}: expected a port from 1 to 65535, got "${text}".`, { member: option });
}

export interface Headless {
  readonly engine: Engine;
  readonly bridge: Bridge | null;
  stop(): Promise<void>;
}

/**
 * Starts engine and window and says in a few lines what runs where.
 *
 * @param buildWindow makes the window's files where they are not there yet, while the engine works already
 */
export async function startHeadless(
  options: HeadlessOptions,
  say: (line: string) => void,
  buildWindow: () => Promise<void> = async () => {},
): Promise<Headless> {
  const folder = dataFolder(options.data);
  const logger = openLogFile(folder);
  let bridge: Bridge | null = null;
  const engine = await startEngine({
    dataFolder: folder,
    version,
    vault: createVault(headlessDataKey(folder), false),
    logger,
    readerThread: new URL('./engine/reader-thread.ts', import.meta.url),
    senderThread: new URL('./engine/sender-thread.ts', import.meta.url),
    ...(options.property === undefined ? {} : { defaults: { propertyId: options.property } }),
    ...(options.port === undefined ? {} : { intakePort: options.port }),
    openWindow: () => {
      if (bridge !== null) return bridge.openAddress();
      throw new RelayError('not_possible', sentence('problem.no_window'));
    },
    allowPlainLoopback: options.allowPlainLoopback,
  });
  say(`Roost Relay ${version}, without a desktop.`);
  say(`listening on ${engine.intakeAddress}`);
  say(`  events    POST ${engine.intakeAddress}/v1/events`);
  say(`  data      ${folder}`);
  if (options.window) {
    await buildWindow().catch((error: Error) => say(`  window    ${error.message}`));
    bridge = await openWindow(options, folder, engine, say);
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

/** The engine takes and delivers events without the window too: a taken port is said and ends nothing. */
async function openWindow(
  options: HeadlessOptions,
  folder: string,
  engine: Engine,
  say: (line: string) => void,
): Promise<Bridge | null> {
  const windowFolder = fileURLToPath(new URL('../dist/window', import.meta.url));
  if (!existsSync(windowFolder)) {
    say('  window    not built; run `npm run build:window`');
    return null;
  }
  try {
    // Loaded only where there is a window: without one it would be memory for nothing.
    const { startBridge } = await import('./bridge/bridge.ts');
    const bridge = await startBridge({
      engine,
      clock: systemClock,
      surface: browserSurface(version, openPreferencesFile(folder)),
      port: options.windowPort ?? Number(new URL(engine.intakeAddress).port) + 1,
      windowFolder,
      dataFolder: folder,
    });
    say(`  window    ${bridge.openAddress()}`);
    say('            (good for one minute; `npm run -s relay -- open` prints a new one)');
    return bridge;
  } catch (error) {
    if (!(error instanceof RelayError) || options.windowPort !== undefined) throw error;
    say(`  window    ${error.message}`);
    return null;
  }
}

/** Runs until SIGTERM or SIGINT; returns the exit status. */
export async function runHeadless(args: readonly string[], buildWindow?: () => Promise<void>): Promise<number> {
  const asked = new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  try {
    const headless = await startHeadless(parseHeadlessArguments(args), (line) => console.log(line), buildWindow);
    // Kept now, for a start after a power cut.
    flushCompileCache();
    await asked;
    await headless.stop();
    return 0;
  } catch (error) {
    if (!(error instanceof RelayError || error instanceof CommandError)) throw error;
    console.error(`roost-relay: ${error.message}`);
    return error.code === 'bad_input' ? 2 : 1;
  }
}

/** The end of the process: its own, so that its log is written out, or after a moment in spite of what holds it. */
export function endWith(status: number): void {
  process.exitCode = status;
  setTimeout(() => process.exit(), longestEndMs).unref();
}

const longestEndMs = 1_000;

if (import.meta.main) endWith(await runHeadless(process.argv.slice(2)));
