/**
 * Keeps the engine process running: starts it, matches answers to calls, starts it again after a crash (waiting
 * longer each time) or when it hangs, and stops it so that attempts in flight may end.
 */
import {
  type CallInput,
  type CallOutput,
  callErrorOf,
  type EngineCallName,
  everythingChanged,
  type Push,
  RelayError,
  type Result,
} from '../../shared/api.ts';
import type { Actor, Sentence } from '../../shared/domain.ts';
import { inEnglish } from '../../shared/sentences/in-english.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { MishapsSeen, NoticeSurface } from '../engine/engine.ts';
import type { EngineStart, FromEngine, ToEngine } from './engine-messages.ts';
import { type HangWatch, watchForHang } from './hang-watch.ts';
import { crashesAfter, restartDelayMs } from './restarts.ts';

/** The process that an engine runs in; a test passes in its own. */
export interface EngineChild {
  postMessage(message: ToEngine): void;
  onMessage(listener: (message: FromEngine) => void): void;
  onExit(listener: (code: number) => void): void;
  /** Ends it at once, even where it hangs. */
  kill(): void;
}

export type EngineState = { readonly state: 'running' | 'restarting' | 'stopped'; readonly problem: Sentence | null };

export interface SupervisorParts {
  readonly fork: () => EngineChild;
  /** Asked anew for every start: a key that could not be unwrapped may be there the next time. */
  readonly startWith: () => Promise<EngineStart>;
  /** Which way the system says leads to an origin, as PAC files write it. */
  readonly resolveProxy: (origin: string) => Promise<string>;
  /** Prints a page as PDF; absent where there is no screen. */
  readonly printPage?: (html: string) => Promise<Uint8Array>;
  /** Calls `run` once after `delayMs`; the function returned cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly nowMs: () => number;
  readonly log: (message: string, detail: string) => void;
  /** Hears that nothing in the database waits for the data key that it was started without. */
  readonly nothingSealed: () => void;
  /** Hears that the engine ended although nobody asked it to, and did not say why. */
  readonly broke: (what: string, detail: string) => void;
}

export interface EngineSupervisor {
  start(): void;
  call<Name extends EngineCallName>(
    name: Name,
    input: CallInput<Name>,
    actor: Actor,
  ): Promise<Result<CallOutput<Name>>>;
  onPush(listener: (push: Push) => void): () => void;
  onState(listener: (state: EngineState) => void): () => void;
  /** Another engine wants the folder, and this one was started to give way. */
  onGiveWay(listener: () => void): () => void;
  readonly state: EngineState;
  suspend(): void;
  resume(): void;
  /** Has the engine look for what a person should hear of; what is new comes as the push `notices`. */
  lookForNotices(surface: NoticeSurface): void;
  /** Hands in the data key once it could be unwrapped after all. @param dataKey base64 */
  unlock(dataKey: string): void;
  /** What went wrong in this process where nobody waited for it: the doctor says so. */
  tellMishaps(seen: MishapsSeen): void;
  /** Ends the process and starts it anew at once, for what takes effect at a start (a restored backup, a port). */
  restart(): Promise<void>;
  /** Attempts in flight get up to `graceMs` to end; what has not ended then is left to its lease. */
  stop(graceMs: number): Promise<void>;
}

/** A call that has had no answer for this time gets an error instead, in milliseconds. */
export const callDeadlineMs = 120_000;
/** How long after its own grace a stopping engine process is killed. */
const killAfterGraceMs = 2_000;

/** Longer than a process takes to start and to read the system's certificates, in milliseconds. */
const readRootsWithinMs = 30_000;

interface CallInFlight {
  readonly name: EngineCallName;
  readonly answer: (result: Result<unknown>) => void;
  readonly cancelDeadline: () => void;
}

interface HowItEnded {
  /** Why it could not start; null where it had. */
  readonly refusal: Sentence | null;
  /** It was ended because it hung; null where it was not. */
  readonly hung: Sentence | null;
  readonly ranMs: number;
}

export function superviseEngine(parts: SupervisorParts): EngineSupervisor {
  const pushListeners = new Set<(push: Push) => void>();
  const giveWayListeners = new Set<(nothing: undefined) => void>();
  const stateListeners = new Set<(state: EngineState) => void>();
  const inFlight = new Map<number, CallInFlight>();
  let state: EngineState = { state: 'stopped', problem: null };
  let child: EngineChild | null = null;
  let isStopping = false;
  let crashes = 0;
  let nextCallId = 1;
  let cancelRestart = () => {};
  let mishaps: MishapsSeen | null = null;
  let whenExited: Promise<void> = Promise.resolve();
  /** Calls that come while the engine starts for the first time wait for it rather than failing. */
  let firstStartEnded = () => {};
  const firstStart = new Promise<void>((resolve) => {
    firstStartEnded = resolve;
  });

  function become(next: EngineState) {
    state = next;
    firstStartEnded();
    for (const listener of stateListeners) listener(next);
  }

  function answer(callId: number, result: Result<unknown>) {
    const call = inFlight.get(callId);
    if (!call) return;
    inFlight.delete(callId);
    call.cancelDeadline();
    call.answer(result);
  }

  function tell(push: Push) {
    for (const listener of pushListeners) listener(push);
  }

  function launch() {
    const launched = parts.fork();
    const launchedAtMs = parts.nowMs();
    let refusal: Sentence | null = null;
    let hung: Sentence | null = null;
    let watch: HangWatch | null = null;
    child = launched;
    launched.onMessage((message) => {
      if (message.type === 'answer') answer(message.callId, message.result);
      else if (message.type === 'pong') watch?.answered(message.ping);
      else if (message.type === 'push') tell(message.push);
      else if (message.type === 'nothing_sealed') parts.nothingSealed();
      else if (message.type === 'give_way') for (const listener of giveWayListeners) listener(undefined);
      else if (message.type === 'ask_proxy') answerProxy(launched, message.askId, message.origin);
      else if (message.type === 'ask_roots') answerRoots(launched, message.askId);
      else if (message.type === 'ask_print') answerPrint(launched, message.askId, message.html);
      else if (message.type === 'started') {
        become({ state: 'running', problem: null });
        // Not before: a start may check, migrate or restore for minutes.
        watch = watchForHang({
          ask: (ping) => launched.postMessage({ type: 'ping', ping }),
          hangs(silentMs) {
            hung = sentence('problem.engine_hung');
            endHanging(launched, silentMs);
          },
          after: parts.after,
        });
        // What the process before answered may be another now: a restore that waited is done.
        tell(everythingChanged);
      } else if (message.type === 'refused') refusal = message.error.says;
    });
    whenExited = new Promise((exited) => {
      launched.onExit((code) => {
        watch?.stop();
        if (child === launched) child = null;
        for (const callId of [...inFlight.keys()]) answer(callId, notRunning());
        exited();
        if (!isStopping) afterExit(code, { refusal, hung, ranMs: parts.nowMs() - launchedAtMs });
      });
    });
    parts.startWith().then(
      (start) => {
        if (mishaps !== null) launched.postMessage({ type: 'mishaps', seen: mishaps });
        launched.postMessage({ type: 'start', start });
      },
      (problem: unknown) => {
        const detail = problem instanceof Error ? problem.message : String(problem);
        refusal = problem instanceof RelayError ? problem.says : sentence('problem.engine_start_failed', { detail });
        launched.kill();
      },
    );
  }

  function answerProxy(asking: EngineChild, askId: number, origin: string) {
    parts.resolveProxy(origin).then(
      (list) => asking.postMessage({ type: 'proxy', askId, list }),
      (problem: unknown) => {
        parts.log('the system did not say which proxy leads there', String(problem));
        asking.postMessage({ type: 'proxy', askId, list: null });
      },
    );
  }

  function answerPrint(asking: EngineChild, askId: number, html: string) {
    const told = (pdf: string | null) => asking.postMessage({ type: 'printed', askId, pdf });
    if (parts.printPage === undefined) return told(null);
    parts.printPage(html).then(
      (pdf) => told(Buffer.from(pdf).toString('base64')),
      (problem: unknown) => {
        parts.log('a page could not be printed', String(problem));
        told(null);
      },
    );
  }

  /** By a process that has not read them yet: one keeps for life what it read first. */
  function answerRoots(asking: EngineChild, askId: number) {
    const reader = parts.fork();
    let pems: readonly string[] | null = null;
    const cancel = parts.after(readRootsWithinMs, () => reader.kill());
    reader.onMessage((message) => {
      if (message.type !== 'roots') return;
      ({ pems } = message);
      reader.kill();
    });
    reader.onExit(() => {
      cancel();
      if (child === asking) asking.postMessage({ type: 'roots', askId, pems });
    });
    reader.postMessage({ type: 'read_roots' });
  }

  /** Its process is ended, which starts it anew; what was under way is covered by its leases. */
  function endHanging(hanging: EngineChild, silentMs: number) {
    if (isStopping) return;
    const calls = [...inFlight.values()].map(({ name }) => name).join(', ') || 'none';
    parts.log('the engine hangs and is ended', `silent for ${silentMs / 1000} s; calls in flight: ${calls}`);
    hanging.kill();
  }

  /** It is tried again even after a refusal: the other instance may end, the disk may come back. */
  function afterExit(code: number, { refusal, hung, ranMs }: HowItEnded) {
    parts.log('engine ended', refusal === null ? `exit code ${code}` : inEnglish(refusal));
    if (refusal === null) parts.broke(hung === null ? 'the engine ended' : 'the engine hung', `exit code ${code}`);
    crashes = crashesAfter(crashes, ranMs);
    const delayMs = restartDelayMs(crashes);
    become(refusal === null ? { state: 'restarting', problem: hung } : { state: 'stopped', problem: refusal });
    cancelRestart = parts.after(delayMs, launch);
  }

  async function stop(graceMs: number) {
    isStopping = true;
    cancelRestart();
    const stopping = child;
    if (stopping) {
      stopping.postMessage({ type: 'stop', graceMs });
      const cancelKill = parts.after(graceMs + killAfterGraceMs, () => stopping.kill());
      await whenExited;
      cancelKill();
    }
    become({ state: 'stopped', problem: null });
  }

  return {
    start() {
      isStopping = false;
      launch();
    },
    async call(name, input, actor) {
      if (!isStopping) await firstStart;
      const receiver = child;
      if (!receiver || state.state !== 'running') return notRunning();
      const callId = nextCallId++;
      return new Promise((resolve) => {
        const cancelDeadline = parts.after(callDeadlineMs, () => answer(callId, timedOut()));
        inFlight.set(callId, { name, answer: resolve as (result: Result<unknown>) => void, cancelDeadline });
        receiver.postMessage({ type: 'call', callId, name, input, actor });
      });
    },
    onPush: (listener) => listen(pushListeners, listener),
    onState: (listener) => listen(stateListeners, listener),
    onGiveWay: (listener) => listen(giveWayListeners, listener),
    get state() {
      return state;
    },
    suspend: () => child?.postMessage({ type: 'suspend' }),
    resume: () => child?.postMessage({ type: 'resume' }),
    lookForNotices: (surface) => child?.postMessage({ type: 'notices', surface }),
    unlock: (dataKey) => child?.postMessage({ type: 'unlock', dataKey }),
    tellMishaps(seen) {
      mishaps = seen;
      child?.postMessage({ type: 'mishaps', seen });
    },
    async restart() {
      await stop(5_000);
      isStopping = false;
      crashes = 0;
      become({ state: 'restarting', problem: null });
      launch();
    },
    stop,
  };
}

function listen<Value>(listeners: Set<(value: Value) => void>, listener: (value: Value) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const notRunning = (): Result<never> => ({
  ok: false,
  error: callErrorOf(new RelayError('engine_not_running', sentence('problem.engine_not_running'))),
});
const timedOut = (): Result<never> => ({
  ok: false,
  error: callErrorOf(new RelayError('timed_out', sentence('problem.timed_out'))),
});
