/** The engine's side of the two processes: takes messages, answers calls, passes pushes on. Knows no Electron. */
import { type CallError, callErrorOf, RelayError } from '../../shared/api.ts';
import { sentence } from '../../shared/sentences/sentence.ts';
import type { Engine, PagePrinter, SystemProxy, SystemRoots } from '../engine/engine.ts';
import type { EngineStart, FromEngine, ToEngine } from './engine-messages.ts';

export interface HostParts {
  readonly send: (message: FromEngine) => void;
  /**
   * Starts the engine; rejects where it cannot be. `unlock` hands a data key to its vault.
   * @param system asks the main process: for the system's proxy settings, for its certificates as they are now, and for
   *   a page as PDF
   */
  readonly start: (
    start: EngineStart,
    system: { readonly proxy: SystemProxy; readonly roots: SystemRoots; readonly pages: PagePrinter },
  ) => Promise<{ engine: Engine; unlock: (dataKey: string) => void; nothingSealed?: boolean }>;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/** @returns the listener for what the main process says */
export function hostEngine({
  send,
  start,
  exit,
}: HostParts): (message: Exclude<ToEngine, { type: 'restore' | 'mishaps' | 'read_roots' }>) => void {
  let starting: ReturnType<HostParts['start']> | null = null;
  let isStopping = false;
  const proxies = createQuestions<string>((askId, origin: string) => send({ type: 'ask_proxy', askId, origin }));
  const roots = createQuestions<readonly string[]>((askId) => send({ type: 'ask_roots', askId }));
  const pages = createQuestions<string>((askId, html: string) => send({ type: 'ask_print', askId, html }));
  const system = {
    proxy: { resolve: proxies.ask },
    roots: { read: () => roots.ask('') },
    pages: { print: async (html: string) => Buffer.from(await pages.ask(html), 'base64') },
  };

  async function begin(options: EngineStart) {
    try {
      starting = start(options, system);
      const { engine, nothingSealed } = await starting;
      engine.onPush((push) => send({ type: 'push', push }));
      send({ type: 'started' });
      if (nothingSealed) send({ type: 'nothing_sealed' });
    } catch (problem) {
      send({ type: 'refused', error: errorOf(problem) });
      if (!isStopping) exit(1);
    }
  }

  async function stop(graceMs: number) {
    isStopping = true;
    try {
      const running = await starting;
      await running?.engine.stop({ graceMs });
      exit(0);
    } catch {
      // It never started, which was said, or it could not close its database: a lease covers what was under way.
      exit(1);
    }
  }

  async function handle(
    message: Exclude<
      ToEngine,
      { type: 'start' | 'stop' | 'ping' | 'restore' | 'proxy' | 'roots' | 'read_roots' | 'printed' | 'mishaps' }
    >,
  ) {
    const running = await starting;
    if (!running) return;
    if (message.type === 'suspend') running.engine.suspend();
    else if (message.type === 'resume') running.engine.resume();
    else if (message.type === 'notices') running.engine.lookForNotices(message.surface);
    else if (message.type === 'unlock') running.unlock(message.dataKey);
    else {
      const result = await running.engine.callUnparsed(message.name, message.input, message.actor);
      send({ type: 'answer', callId: message.callId, result });
    }
  }

  /** Not even what happened could be said: whoever holds this process sees that it ends. */
  const ended = () => exit(1);

  return (message) => {
    if (message.type === 'start') {
      if (!isStopping) begin(message.start).catch(ended);
    } else if (message.type === 'stop') stop(message.graceMs).catch(ended);
    // Answered at once, whatever else is awaited: it tells that this thread gets its turns.
    else if (message.type === 'ping') send({ type: 'pong', ping: message.ping });
    else if (message.type === 'proxy') proxies.told(message.askId, message.list);
    else if (message.type === 'roots') roots.told(message.askId, message.pems);
    else if (message.type === 'printed') pages.told(message.askId, message.pdf);
    // A start that failed was answered with `refused`, and the process is about to end.
    else handle(message).catch(() => {});
  };
}

/** What only the main process can tell: asked by number, and told with the same; null where it could not tell. */
function createQuestions<Answer>(send: (askId: number, of: string) => void) {
  const asked = new Map<number, PromiseWithResolvers<Answer>>();
  let nextAskId = 1;
  return {
    ask(of: string): Promise<Answer> {
      const askId = nextAskId++;
      const answer = Promise.withResolvers<Answer>();
      asked.set(askId, answer);
      send(askId, of);
      return answer.promise;
    },
    told(askId: number, told: Answer | null): void {
      const answer = asked.get(askId);
      asked.delete(askId);
      if (told === null) answer?.reject(new Error('the desktop could not tell'));
      else answer?.resolve(told);
    },
  };
}

function errorOf(problem: unknown): CallError {
  if (problem instanceof RelayError) return callErrorOf(problem);
  const detail = problem instanceof Error ? `${problem.name}: ${problem.message}` : String(problem);
  return callErrorOf(new RelayError('internal', sentence('problem.engine_start_failed', { detail }), { detail }));
}
