/**
 * The one gate between window and app: checks the sender, parses the argument, hands the call to the surface
 * or the engine, and answers with a result that holds no stack.
 */
import {
  type CallError,
  type CallInput,
  type CallName,
  type CallOutput,
  callErrorOf,
  calls,
  type EngineCallName,
  type ParsedInput,
  RelayError,
  type Result,
  type SurfaceCallName,
  surfaceCalls,
} from '../../shared/api.ts';
import type { Actor } from '../../shared/domain.ts';
import { parseInput } from '../../shared/input.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { ChosenFiles, FilePurpose } from './chosen-files.ts';

/** What the main process answers itself. */
export type SurfaceHandlers = {
  readonly [Name in SurfaceCallName]: (input: ParsedInput<Name>) => CallOutput<Name> | Promise<CallOutput<Name>>;
};

export interface RouterParts<Caller> {
  readonly isTrusted: (caller: Caller) => boolean;
  readonly surface: SurfaceHandlers;
  readonly engine: <Name extends EngineCallName>(
    name: Name,
    input: CallInput<Name>,
    actor: Actor,
  ) => Promise<Result<CallOutput<Name>>>;
  readonly actor: Actor;
  readonly files: ChosenFiles;
  /** Told of what was refused or went wrong; never of arguments, which may hold secrets. */
  readonly log: (message: string, detail: string) => void;
}

/** Longest argument, as JSON text: a whole event of 1 MB beside its other members. */
const argumentLimit = 1_200_000;

/**
 * Calls whose `file` is a path on this PC, and the dialog that has to have given it. The engine takes a bare name
 * of a backup for one of its own folder.
 */
const filePurposeOf: Partial<Record<CallName, FilePurpose>> = {
  'audit.save': 'export',
  'export.start': 'export',
  'support.save': 'export',
  'backup.start': 'backup',
  'backup.restore': 'restore',
  'surface.savePdf': 'page',
};

/** Calls after which files are written into a folder of this PC, by the clock. */
const writesIntoFolder: ReadonlySet<CallName> = new Set<CallName>(['schedules.add', 'schedules.change']);

const refused = (...error: ConstructorParameters<typeof RelayError>): Result<never> => ({
  ok: false,
  error: callErrorOf(new RelayError(...error)),
});

/** @returns the handler for one call: caller, call name and argument as they came over IPC, all untrusted */
export function createRouter<Caller>(parts: RouterParts<Caller>) {
  return async (caller: Caller, name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!parts.isTrusted(caller)) {
      parts.log('call refused', 'not from the main frame of a window of this app');
      return refused('not_possible', sentence('problem.not_this_page'));
    }
    if (!isCallName(name)) return refused('bad_input', sentence('problem.no_such_call', { call: String(name) }));
    const parsed = parse(name, input);
    if (!parsed.ok) return parsed;
    const file = fileOf(parsed.value);
    const purpose = filePurposeOf[name];
    const ownBackup = name === 'backup.restore' && file !== null && !/[\\/:]/.test(file);
    if (purpose !== undefined && file !== null && !ownBackup && !parts.files.isChosen(purpose, file)) {
      parts.log('file refused', name);
      return refused('not_possible', sentence('problem.not_chosen'), { member: 'file' });
    }
    const folder = folderOf(parsed.value);
    if (writesIntoFolder.has(name) && folder !== null && !parts.files.isChosen('folder', folder)) {
      parts.log('folder refused', name);
      return refused('not_possible', sentence('problem.not_chosen'), { member: 'schedule.folder' });
    }
    const isNamed = purpose !== undefined && file !== null && 'replace' in calls[name].input.shape;
    // The dialog has asked whether a file of that name may be replaced; the page has no say in it.
    const asked = isNamed ? { ...(parsed.value as object), replace: true } : parsed.value;
    try {
      if (name in surfaceCalls) return { ok: true, value: await callSurface(parts.surface, name, asked) };
      return await parts.engine(name as EngineCallName, asked as CallInput<EngineCallName>, parts.actor);
    } catch (problem) {
      return { ok: false, error: errorOf(problem, name, parts.log) };
    }
  };
}

const isCallName = (name: unknown): name is CallName => typeof name === 'string' && Object.hasOwn(calls, name);

function parse(name: CallName, input: unknown): Result<unknown> {
  if (textLength(input) > argumentLimit) return refused('bad_input', sentence('problem.too_long'));
  try {
    return { ok: true, value: parseInput(name, input) };
  } catch (problem) {
    if (problem instanceof RelayError) return { ok: false, error: callErrorOf(problem) };
    throw problem;
  }
}

/** What cannot be told as JSON (a cycle, a BigInt) is no argument of any call: longer than allowed. */
function textLength(input: unknown): number {
  try {
    return JSON.stringify(input)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const fileOf = (input: unknown): string | null => {
  const file = (input as { file?: unknown }).file;
  return typeof file === 'string' ? file : null;
};

const folderOf = (input: unknown): string | null => {
  const folder = (input as { schedule?: { folder?: unknown } }).schedule?.folder;
  return typeof folder === 'string' ? folder : null;
};

function callSurface(surface: SurfaceHandlers, name: CallName, input: unknown): unknown {
  // The input was parsed by this very call's schema, which the types cannot follow from a name known at run time.
  return (surface[name as SurfaceCallName] as (input: unknown) => unknown)(input);
}

function errorOf(problem: unknown, name: CallName, log: RouterParts<unknown>['log']): CallError {
  if (problem instanceof RelayError) return callErrorOf(problem);
  log(`${name} failed`, problem instanceof Error ? (problem.stack ?? problem.message) : String(problem));
  return callErrorOf(new RelayError('internal', sentence('problem.internal')));
}
