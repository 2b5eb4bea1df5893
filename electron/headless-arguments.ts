/** What the engine without a desktop can be told on the command line. */
import { parseArgs } from 'node:util';
import { CommandError } from './cli/command-error.ts';

export const headlessUsage = `Usage: npm start                        the desktop app; without a display as with --headless
       npm start -- --headless [options]  the engine alone, its window in a browser

  --data DIR        where the data lies; else ROOST_RELAY_DATA, else the usual place
  --port N          the port that the PMS posts to, for this run; else as in the settings, at first 4780
  --window-port N   the port of the window in a browser; else the next one
  --no-window       no window at all
  --give-way        ends when the desktop app wants the folder: for a start before
                    anybody signs in
  --property ID     the property's id, for events of sources that name none
  --new-key         makes a new key for secrets where the kept one is missing or damaged
  --help            this text`;

export interface HeadlessOptions {
  readonly data?: string | undefined;
  /** Of the intake; absent: as the settings in the data folder say, at first 4780. */
  readonly port?: number | undefined;
  /** Of the window; absent: the intake's port + 1. */
  readonly windowPort?: number | undefined;
  readonly window: boolean;
  /** Ends when the desktop app wants the folder. */
  readonly giveWay: boolean;
  /** Says what can be asked for, and ends. */
  readonly help: boolean;
  /** The property's id, for events of sources that name none. */
  readonly property?: string | undefined;
  /** A person said so: where the data key is missing or damaged, a new one takes its place. */
  readonly newKey: boolean;
  /** For benchmarks and tests: endpoints may be `http:` on loopback. */
  readonly allowPlainLoopback: boolean;
}

/** @throws CommandError `bad_input` that names the option at fault */
export function parseHeadlessArguments(args: readonly string[]): HeadlessOptions {
  const { values } = readArguments(args);
  const intakePort = port('--port', values.port);
  const windowPort = port('--window-port', values['window-port']);
  if (windowPort !== undefined && windowPort === intakePort) {
    const message = `--window-port: expected another port than --port has, got "${windowPort}".`;
    throw new CommandError('bad_input', message, { member: '--window-port' });
  }
  return {
    data: values.data,
    port: intakePort,
    windowPort,
    window: !values['no-window'],
    giveWay: values['give-way'] ?? false,
    help: values.help ?? false,
    property: values.property,
    newKey: values['new-key'] ?? false,
    // Not an option: no user is to find it by accident.
    allowPlainLoopback: process.env.ROOST_RELAY_PLAIN_LOOPBACK === '1',
  };
}

/** What a person gave the data folder by. */
export const folderName = ({ data }: HeadlessOptions): string =>
  data === undefined ? (process.env.ROOST_RELAY_DATA ? 'ROOST_RELAY_DATA' : 'data folder') : '--data';

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        headless: { type: 'boolean' },
        // Of the desktop app alone: started by the system at login.
        hidden: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        data: { type: 'string' },
        port: { type: 'string' },
        'window-port': { type: 'string' },
        'no-window': { type: 'boolean' },
        'give-way': { type: 'boolean' },
        property: { type: 'string' },
        'new-key': { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new CommandError('bad_input', `${cause instanceof Error ? cause.message : cause}\n\n${headlessUsage}`, {
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
