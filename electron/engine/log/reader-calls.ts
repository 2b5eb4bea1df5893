/** The calls that a reader thread answers, and what they are made of. */
import type { CallName, CallOutput, ParsedInput } from '../../../shared/api.ts';
import type { PastCount } from '../../../shared/schemas.ts';
import type { Present } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import type { PastRequest } from '../store/past-deliveries.ts';
import { createAuditLog } from './audit-log.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { createEventLog } from './event-log.ts';
import { createPastEvents, type PastSlice } from './past-events.ts';
import { createSituationFacts, type SituationFacts } from './situation/situation-facts.ts';
import { createStatistics } from './situation/statistics.ts';

/** Calls of shared/api.ts that a reader thread answers as they come. */
export const logCalls = [
  'deliveries.list',
  'deliveries.newer',
  'deliveries.get',
  'deliveries.count',
  'events.list',
  'events.newer',
  'events.get',
  'events.story',
  'endpoints.statistics',
  'audit.list',
] as const satisfies readonly CallName[];
export type LogCallName = (typeof logCalls)[number];

export type AnswerCalls = {
  [Name in LogCallName]: { readonly input: ParsedInput<Name>; readonly output: CallOutput<Name> };
} & {
  'past.count': { readonly input: PastRequest; readonly output: PastCount };
  'past.slice': {
    readonly input: { readonly request: PastRequest; readonly afterSeq: number; readonly limit: number };
    readonly output: PastSlice;
  };
  'situation.facts': { readonly input: { readonly timeZone: string }; readonly output: SituationFacts };
  /** Empties the write-ahead log: false where a reader is in it. */
  'log.truncate': { readonly input: null; readonly output: boolean };
};

export type Answers = {
  [Name in keyof AnswerCalls]: (
    input: AnswerCalls[Name]['input'],
    present: Present,
  ) => AnswerCalls[Name]['output'] | Promise<AnswerCalls[Name]['output']>;
};

export function createAnswers(reader: ReadHandle, truncateLog: () => boolean): Answers {
  const deliveries = createDeliveryLog(reader);
  const events = createEventLog(reader);
  const statistics = createStatistics(reader);
  const audit = createAuditLog(reader);
  const situationFacts = createSituationFacts(reader);
  const past = createPastEvents(reader);
  return {
    'deliveries.list': (input, present) => deliveries.list(input, present),
    'deliveries.newer': (input) => deliveries.newer(input),
    'deliveries.get': ({ id }, present) => deliveries.get(id, present),
    'deliveries.count': (input) => deliveries.count(input, nextTurn),
    'events.list': (input, present) => events.list(input, present),
    'events.newer': (input) => events.newer(input),
    'events.get': ({ id }, present) => events.get(id, present),
    'events.story': ({ about }, present) => events.story(about, present),
    'endpoints.statistics': ({ id }, present) => statistics.ofEndpoint(id, present.wallMs),
    'audit.list': (input) => audit(input),
    'past.count': (request) => past.count(request, nextTurn),
    'past.slice': ({ request, afterSeq, limit }) => past.slice(request, afterSeq, limit),
    'log.truncate': truncateLog,
    'situation.facts': ({ timeZone }, present) => situationFacts(present, timeZone),
  };
}

/** Lets other calls have their turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
