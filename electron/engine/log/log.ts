/**
 * The log: what the window asks of the past and the present, the upkeep of the database, exports and backups.
 * Long work is done in reader threads; this part only passes it on.
 */
import type { EngineContext, EngineHandlers } from '../context.ts';
import type { AnswerCalls } from './answers.ts';
import type { Present } from './present.ts';
import { createReaderThread } from './reader-thread-client.ts';
import { createSituation, type Surroundings } from './situation.ts';
import type { EndpointFacts, SituationFacts } from './situation-facts.ts';
import type { SourceFacts } from './source-facts.ts';

export type { Surroundings } from './situation.ts';
export type { EndpointFacts, SourceFacts };

type LogHandlers = Pick<
  EngineHandlers,
  | 'situation.get'
  | 'deliveries.list'
  | 'deliveries.newer'
  | 'deliveries.get'
  | 'deliveries.count'
  | 'events.list'
  | 'events.get'
  | 'events.story'
  | 'endpoints.statistics'
  | 'audit.list'
>;

export interface Log {
  readonly handlers: LogHandlers;
  /** What the store counts of endpoints and sources: for whoever lists them. */
  facts(): Promise<SituationFacts>;
  stop(): Promise<void>;
}

export interface LogOptions {
  /** The file of the reader thread. */
  readonly readerThread: URL;
  readonly surroundings: Surroundings;
}

export function createLog(context: EngineContext, { readerThread, surroundings }: LogOptions): Log {
  const { clock, time, logger, dataFolder, settings } = context;
  const present = (): Present => ({
    wallMs: clock.wallMs(),
    engineMs: time.now(),
    pausedUntil: surroundings.pausedUntil(),
    connectivity: surroundings.connectivity().state,
  });
  const answers = createReaderThread<AnswerCalls>({
    ...{ file: readerThread, dataFolder, role: 'answers', clock, logger, present },
  });
  const facts = () => answers.call('situation.facts', { timeZone: settings.current().timeZone });

  return {
    handlers: {
      'situation.get': createSituation(context, surroundings, facts, () => ({ state: 'ok', lastBackupAt: null })),
      'deliveries.list': (input) => answers.call('deliveries.list', input),
      'deliveries.newer': (input) => answers.call('deliveries.newer', input),
      'deliveries.get': (input) => answers.call('deliveries.get', input),
      'deliveries.count': (input) => answers.call('deliveries.count', input),
      'events.list': (input) => answers.call('events.list', input),
      'events.get': (input) => answers.call('events.get', input),
      'events.story': (input) => answers.call('events.story', input),
      'endpoints.statistics': (input) => answers.call('endpoints.statistics', input),
      'audit.list': (input) => answers.call('audit.list', input),
    },
    facts,
    stop: () => answers.stop(),
  };
}
