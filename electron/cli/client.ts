/** Speaks to the running engine by the token in its data folder. */
import type { CallError, CallInput, CallOutput, EngineCallName, Result } from '../../shared/api.ts';
import type { Sentence } from '../../shared/domain.ts';
import { renderSentence } from '../../shared/sentences/index.ts';
import { isForBackup } from '../../shared/start-problems.ts';
import { type ControlFile, isControlFileClosed, readControlFile } from '../engine/control/control-file.ts';
import { bootHeader } from '../engine/control/control-headers.ts';
import { isThatEngine } from '../engine/control/control-hello.ts';
import { errorCodeOf, type RefusalAnswer } from '../engine/intake/refusal.ts';
import { closedFolder } from './closed-folder.ts';
import { CommandError, commandErrorOf } from './command-error.ts';

export interface ControlClient {
  /** @throws CommandError the engine's own, `engine_not_running`, or `not_allowed` where nobody can tell here */
  call<Name extends EngineCallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** One of the routes that are no call, with a body of any type. */
  post(route: string, body: string): Promise<Response>;
}

/** Longer than any call takes: a test send has 30 s. */
const longestCallMs = 90_000;

/**
 * Nothing is asked before the first call: a folder without an engine is told then.
 * @param program what commands begin with where its errors are read
 * @param isHeld whether an engine has the folder, as far as can be told
 * @param start how a person starts it, said where it does not run
 */
export function createControlClient(
  dataFolder: string,
  program: string,
  isHeld: (dataFolder: string) => Promise<boolean> = async () => false,
  start = '',
): ControlClient {
  /** The run of the engine that has shown who it is. */
  let known: string | null = null;

  async function post(route: string, body: string, signal: AbortSignal | null = null): Promise<Response> {
    const file = await readControlFile(dataFolder);
    if (file === null) throw await whyNoFile();
    if (known !== file.bootId && !(await meets(file))) throw notRunning(dataFolder, start);
    known = file.bootId;
    const response = await fetch(`http://127.0.0.1:${file.port}/control/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${file.token}` },
      body,
      signal,
    }).catch(lost);
    if (!isFrom(response, file)) {
      await response.body?.cancel();
      throw notRunning(dataFolder, start);
    }
    return response;
  }

  async function whyNoFile(): Promise<CommandError> {
    if (await isControlFileClosed(dataFolder)) return closedFolder(dataFolder);
    return (await isHeld(dataFolder)) ? notFound(dataFolder) : notRunning(dataFolder, start);
  }

  /** Whoever has as much open as it may ends a connection without a word, as who stops does. */
  async function lost(cause: unknown): Promise<never> {
    const error = lostOrNotRunning(dataFolder, start, cause);
    const brokeOff = error.message === stoppedMeanwhile && (await isHeld(dataFolder));
    throw brokeOff ? brokenOff(dataFolder, cause) : error;
  }

  const meets = (file: ControlFile): Promise<boolean> =>
    isThatEngine(file, AbortSignal.timeout(longestCallMs)).catch(lost);

  return {
    post,
    async call(name, input) {
      const response = await post(name, JSON.stringify(input), AbortSignal.timeout(longestCallMs));
      return readAnswer<CallOutput<typeof name>>(response, { program, zone }).catch((error: unknown) => {
        throw withFound(error, input);
      });
    },
  };

  /** By whose clocks the times of an error are read: the property's, asked for only then. */
  async function zone(): Promise<string> {
    const response = await post('settings.get', '{}', AbortSignal.timeout(longestCallMs));
    return (await readAnswer<CallOutput<'settings.get'>>(response)).timeZone;
  }
}

/** How an engine's error is read where its sentence is to be told in full. */
interface Reader {
  readonly program: string;
  readonly zone: () => Promise<string>;
}

/** A sentence's parameters that are moments are named so (shared/sentences/index.ts). */
const tellsTime = ({ params }: Sentence): boolean => Object.keys(params).some((name) => name.endsWith('At'));

/** Of that very run: another may have begun on the same port meanwhile. */
const isFrom = (response: Response, file: ControlFile): boolean =>
  response.headers.get(bootHeader) === file.bootId && response.status !== 401;

const notRunning = (dataFolder: string, start: string, cause?: unknown): CommandError =>
  new CommandError('engine_not_running', `Roost Relay is not running. ${start}`.trim(), {
    detail: `data folder: ${dataFolder}`,
    cause,
  });

const runsUnseen = 'Roost Relay runs, but its control file is missing or damaged.';

/** Whether an engine has the folder all the same, and cannot be reached for the moment. */
export const isRunningUnseen = (error: CommandError): boolean => error.message.startsWith('Roost Relay runs, ');

/** It writes the file anew by itself (control/control.ts). */
const notFound = (dataFolder: string): CommandError =>
  new CommandError('engine_not_running', `${runsUnseen} It is written anew within 15 seconds: try again then.`, {
    detail: `data folder: ${dataFolder}`,
  });

const stoppedMeanwhile = 'Roost Relay stopped while it was asked.';

const brokenOff = (dataFolder: string, cause: unknown): CommandError =>
  new CommandError(
    'engine_not_running',
    'Roost Relay runs, and breaks connections off: it has as many files and connections open as it may, or is about to stop. Try again in 15 seconds; should it last, end the program that keeps so many open, or restart Roost Relay.',
    { detail: `data folder: ${dataFolder}; ${String(codeOf(cause))}`, cause },
  );

const codeOf = (cause: unknown): unknown => (cause as { cause?: { code?: unknown } } | null)?.cause?.code;

/** The connection was refused, so nothing was sent; or it broke, and what became of it is not known. */
function lostOrNotRunning(dataFolder: string, start: string, cause: unknown): CommandError {
  const code = codeOf(cause);
  if (code === 'ECONNREFUSED') return notRunning(dataFolder, start, cause);
  if ((cause as Error | null)?.name === 'TimeoutError') {
    return new CommandError('timed_out', 'Roost Relay does not answer.', {
      detail: `data folder: ${dataFolder}`,
      cause,
    });
  }
  return new CommandError('engine_not_running', stoppedMeanwhile, {
    detail: `data folder: ${dataFolder}; ${String(code)}`,
    cause,
  });
}

/** @throws CommandError where the answer is an error: the API's, or a refusal as a PMS would read it */
export async function readAnswer<Value>(response: Response, reader?: Reader): Promise<Value> {
  const answered = (await response.json().catch((cause: unknown) => {
    throw new CommandError('engine_not_running', stoppedMeanwhile, {
      detail: 'its answer ends early',
      cause,
    });
  })) as Result<Value> | RefusalAnswer;
  if (!('ok' in answered)) throw commandErrorOf(inClosedSet(answered));
  if (!answered.ok) {
    if (reader === undefined) throw commandErrorOf(answered.error);
    const { says } = answered.error;
    const { program } = reader;
    const timeZone = tellsTime(says) ? await reader.zone() : 'UTC';
    const said = renderSentence(says, 'en', { timeZone, program });
    const message = isForBackup(says) ? `${said} Run: ${program} restore --last` : said;
    throw commandErrorOf({ ...answered.error, message });
  }
  return answered.value;
}

/** A refusal's code is the intake's own, which nobody who reads the command line's output knows. */
const inClosedSet = ({ error: { code, message, member } }: RefusalAnswer): Omit<CallError, 'says'> => ({
  code: errorCodeOf[code],
  message,
  member,
});

/** The same error with what stood in the member that it names. */
function withFound(error: unknown, input: unknown): unknown {
  if (!(error instanceof CommandError) || error.member === undefined) return error;
  const { code, message, member, detail } = error;
  const parts = member.split(/[.[\]]+/).filter((part) => part !== '');
  // Of what is given as a whole, `endpoint` or `change`, an error may name the member alone.
  const found = [input, ...Object.values(input ?? {})].map((each) => at(each, parts)).find((it) => it !== undefined);
  return new CommandError(code, message, {
    member,
    found,
    cause: error,
    ...(detail === undefined ? {} : { detail }),
  });
}

const at = (input: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((value, part) => (value as Readonly<Record<string, unknown>> | null | undefined)?.[part], input);
