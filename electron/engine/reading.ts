/** What is asked of the log: a reader thread that is always there for questions, and one of its own for each long piece of work. */
import type { LogCallName } from '../../shared/api.ts';
import type { Fact } from '../../shared/schemas.ts';
import type { EngineContext, EngineHandlers } from './context.ts';
import { type AnswerCalls, logCalls } from './log/reader-calls.ts';
import { createSharedCount } from './log/situation/shared-count.ts';
import type { SituationFacts } from './log/situation/situation-facts.ts';
import type { Present } from './reader/present.ts';
import { createReaderThread, type ReaderCalls, type ReaderThread } from './reader/reader-thread-client.ts';
import { isDamage } from './store/connection.ts';
import type { PlaceWatch } from './store/damage/in-place.ts';
import type { LongCalls } from './upkeep/long-work.ts';

export interface Reading {
  readonly handlers: Pick<EngineHandlers, LogCallName>;
  readonly call: ReaderThread<AnswerCalls>['call'];
  /** What the store counts for the situation and for the lists: once for all who ask between the same two commits. */
  counted(): Promise<SituationFacts>;
  /** Told where the database is found to be damaged by reading in it. */
  onDamage(listener: () => void): void;
  /** Starts a thread for one long call, and ends it after that. */
  long<Name extends keyof LongCalls>(name: Name, input: LongCalls[Name]['input']): Promise<LongCalls[Name]['output']>;
  /** A thread for what is streamed; whoever asked for it ends it. */
  stream(): ReaderThread<ReaderCalls>;
  start(): void;
  stop(): Promise<void>;
}

export interface ReadingParts {
  /** The file of the reader thread. */
  readonly file: URL;
  /** "Pause deliveries" for everything, until then. */
  readonly pausedUntil: () => number | null;
  /** What is known to be wrong with this PC and its way out. */
  readonly facts: () => readonly Fact[];
  /** Whether the database is the file that it was. */
  readonly place: Pick<PlaceWatch, 'look'>;
}

export function createReading(
  { clock, time, logger, mishaps, dataFolder, settings, commit }: EngineContext,
  { file, pausedUntil, facts, place }: ReadingParts,
): Reading {
  const present = (): Present => ({
    wallMs: clock.wallMs(),
    engineMs: time.now(),
    pausedUntil: pausedUntil(),
    facts: facts(),
  });
  const damageListeners: (() => void)[] = [];
  const failed = (error: unknown, stack: string | undefined): void => {
    if (stack !== undefined) logger.error({ error: String(error), stack }, 'a reading failed');
    if (isDamage(error)) for (const listener of damageListeners) listener();
  };
  const thread = { file, dataFolder, clock, mishaps, present, failed };
  const answers = createReaderThread<AnswerCalls>({ ...thread, role: 'answers' });
  const longThreads = new Set<ReaderThread<LongCalls>>();
  const counted = createSharedCount(commit, (timeZone: string) => answers.call('situation.facts', { timeZone }));
  let lastCounted: SituationFacts | null = null;

  /** The last that were counted, where the database cannot be read any more: what is wrong with it has to be told. */
  async function countedOrLast(): Promise<SituationFacts> {
    if (lastCounted !== null && place.look() !== 'ok') return lastCounted;
    try {
      lastCounted = await counted(settings.current().timeZone);
    } catch (error) {
      if (!isDamage(error) || lastCounted === null) throw error;
    }
    return lastCounted;
  }

  return {
    /** Each goes to the reader thread as it is: its name and its input. */
    handlers: Object.fromEntries(
      logCalls.map((name) => [name, (input: never) => answers.call(name, input)]),
    ) as unknown as Reading['handlers'],
    call: answers.call,
    counted: countedOrLast,
    onDamage: (listener) => void damageListeners.push(listener),
    async long(name, input) {
      const own = createReaderThread<LongCalls>({ ...thread, role: 'long' });
      longThreads.add(own);
      try {
        return await own.call(name, input);
      } finally {
        longThreads.delete(own);
        await own.stop();
      }
    },
    stream: () => createReaderThread({ ...thread, role: 'stream' }),
    start() {
      answers.start();
      // Known before anything can happen to the database; whoever asks then hears why it failed.
      countedOrLast().catch(() => {});
    },
    async stop() {
      await Promise.all([answers, ...longThreads].map((one) => one.stop()));
    },
  };
}
