/** `roost-relay …`: operates a running engine without any window. */
import { Command, CommanderError } from 'commander';
import { type ErrorCode, RelayError } from '../../shared/api.ts';
import { errorCodeOf, IntakeRefusal } from '../engine/intake/refusal.ts';
import { version } from '../version.ts';
import { CommandError, commandErrorOf } from './command-error.ts';
import { addAuditCommand } from './commands/audit.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addBenchCommands } from './commands/bench.ts';
import { addDeliveryCommands } from './commands/deliveries.ts';
import { addEmitCommand } from './commands/emit.ts';
import { addEndpointCommands } from './commands/endpoint.ts';
import { addEngineCommands } from './commands/engine.ts';
import { addEventCommands } from './commands/events.ts';
import { addExportCommand } from './commands/export.ts';
import { addExportScheduleCommands } from './commands/export-schedule.ts';
import { addForgetCommand } from './commands/forget.ts';
import { addHeldCommands } from './commands/held.ts';
import { addJobCommands } from './commands/jobs.ts';
import { addPastCommands } from './commands/past.ts';
import { addPinCommands } from './commands/pin.ts';
import { addPrivacyCommands } from './commands/privacy.ts';
import { addRefusalCommands } from './commands/refusal.ts';
import { addSessionCommands } from './commands/session.ts';
import { addSettingsCommands } from './commands/settings.ts';
import { addSourceCommands } from './commands/source.ts';
import { addStartupCommands } from './commands/startup.ts';
import { addSupportCommand } from './commands/support.ts';
import { addWeekCommand } from './commands/week.ts';
import { addHelpTexts } from './help-texts.ts';
import { type CliIo, type ExitCode, exitCodes } from './io.ts';
import { lines, shown, json as shownJson } from './output.ts';
import { createRunner, type Runner } from './terminal.ts';

export type { CliIo } from './io.ts';

/**
 * @param args without the program's own name
 * @returns the exit code: 0 done, 1 it went wrong otherwise, 2 bad input, 3 could not be stored, 4 the engine is
 *   not running, 5 this account may not look into the data folder
 */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  const json = args.includes('--json');
  const { program, runner } = createProgram(io, json, args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return runner.exitCode();
  } catch (error) {
    return tell(error, json, io);
  }
}

/**
 * Every command there is.
 * @param args that it is run with, to be printed with what is to be added to them
 */
export function createProgram(
  io: CliIo,
  json: boolean,
  args: readonly string[] = [],
): { readonly program: Command; readonly runner: Runner } {
  const runner = createRunner(io, args);
  const program = new Command(io.invocation.program)
    .description("Operates Roost Relay, which keeps a property's PMS events safe and delivers them as signed webhooks.")
    .version(version)
    .option('--data <folder>', 'the data folder; else ROOST_RELAY_DATA, else the usual place')
    .option('--json', 'print JSON')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out(lines(text).text),
      writeErr: (text) => (json ? undefined : io.err(lines(text).text)),
      getOutHelpWidth: () => Math.min(io.columns ?? helpColumns, helpColumns),
      getErrHelpWidth: () => helpColumns,
    });
  program.commandsGroup('Where events come in and go:');
  addSourceCommands(program, runner);
  addRefusalCommands(program, runner);
  addEndpointCommands(program, runner);
  addEmitCommand(program, runner);
  program.commandsGroup('What happened:');
  addEventCommands(program, runner);
  addDeliveryCommands(program, runner);
  addExportCommand(program, runner);
  addExportScheduleCommands(program, runner);
  addHeldCommands(program, runner);
  program.commandsGroup('Roost Relay itself:');
  addSettingsCommands(program, runner);
  addPrivacyCommands(program, runner);
  addPinCommands(program, runner);
  addEngineCommands(program, runner);
  addAuditCommand(program, runner);
  addForgetCommand(program, runner);
  addSupportCommand(program, runner);
  addWeekCommand(program, runner);
  addStartupCommands(program, runner);
  addBackupCommands(program, runner);
  addJobCommands(program, runner);
  addSessionCommands(program, runner);
  addBenchCommands(program, runner);
  addPastCommands(program, runner);
  addHelpTexts(program);
  refuseHelpOfNothing(program);
  inheritSettings(program);
  return { program, runner };
}

/** `endpoint nonsense --help` is refused as `endpoint nonsense` is: a group's help would look as if it were its. */
function refuseHelpOfNothing(program: Command): void {
  program.addHelpText('beforeAll', ({ error, command }) => {
    const [given] = command.args;
    if (error || given === undefined || given.startsWith('-') || command.commands.length === 0) return '';
    const takes = [command, ...command.commands].some((one) => one.registeredArguments.length > 0 && isMeant(one));
    if (!takes) command.error(`error: unknown command '${given}'`, { code: 'commander.unknownCommand', exitCode: 1 });
    return '';
    /** By the group's own name: itself, or the command that it stands for. */
    function isMeant(one: Command): boolean {
      return one === command || one.name() === defaultOf(command);
    }
  });
}

/** The command that a group stands for where none is named. Commander keeps it to itself. */
const defaultOf = (group: Command): string | null | undefined =>
  (group as unknown as { readonly _defaultCommandName: string | null })._defaultCommandName;

/** A help text is read at most so wide. */
const helpColumns = 80;

/** Commander hands these down only to commands that are made after they were set. */
function inheritSettings(command: Command): void {
  for (const child of command.commands) {
    child.copyInheritedSettings(command);
    inheritSettings(child);
  }
}

function tell(thrown: unknown, json: boolean, io: CliIo): number {
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.done;
  const error = asCommandError(thrown);
  const { code, message, detail, member, command } = error;
  // Commander has said it already, in its own words.
  if (json) io.out(shownJson({ error: { code, message, detail, member, command } }).text);
  else if (!(thrown instanceof CommanderError)) {
    // SQLite's own words are no help beside ours; `--json` has them.
    const more = detail === undefined || detail.startsWith('SQLITE_') ? '' : shown`(${detail})\n`.text;
    io.err(shown`${message}\n`.text + more);
    if (command !== undefined) io.err(shown`Do it all the same: ${command}\n`.text);
  }
  return exitCodeOf(code);
}

function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  if (thrown instanceof RelayError) return commandErrorOf(thrown, thrown);
  if (thrown instanceof CommanderError) {
    const option = /(?:option|for) '(?:-\w, )?(--[\w-]+|\w+)/.exec(thrown.message)?.[1];
    return new CommandError('bad_input', thrown.message.replace(/^error: /, ''), {
      cause: thrown,
      ...(option === undefined ? {} : { member: option }),
    });
  }
  if (thrown instanceof IntakeRefusal) {
    const { code, message, member } = thrown;
    return commandErrorOf({ code: errorCodeOf[code], message, member }, thrown);
  }
  return new CommandError('internal', 'The command went wrong.', { detail: String(thrown), cause: thrown });
}

function exitCodeOf(code: ErrorCode): ExitCode {
  switch (code) {
    case 'store_full':
    case 'store_unavailable':
      return exitCodes.notStored;
    case 'engine_not_running':
      return exitCodes.notRunning;
    case 'not_allowed':
      return exitCodes.notAllowed;
    case 'internal':
    case 'timed_out':
    case 'secret_unreadable':
      return exitCodes.failed;
    default:
      return exitCodes.badInput;
  }
}
