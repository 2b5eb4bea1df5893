/** The calls that a reader thread answers, and what they are made of. */
import {
  type CallOutput,
  type EngineCallName,
  engineCalls,
  type LogCallName,
  type ParsedInput,
} from '../../../shared/api.ts';
import type { PastCount } from '../../../shared/schemas.ts';
import type { Present } from '../reader/present.ts';
import type { ReadHandle } from '../store/connection.ts';
import type { OutageTally } from '../store/outages.ts';
import type { PastRequest } from '../store/past-deliveries.ts';
import { createAuditLog } from './audit-log.ts';
import { createDeliveryLog } from './delivery-log.ts';
import { createEventLog } from './event-log.ts';
import { createEventMembers } from './event-members.ts';
import { createHeldLog } from './held-log.ts';
import { createPastEvents, type PastSlice } from './past-events.ts';
import { createPreview, type PreviewMade, type PreviewOrder } from './preview.ts';
import { createOutages } from './situation/outages.ts';
import { createSituationFacts, type SituationFacts } from './situation/situation-facts.ts';
import { createStatistics } from './situation/statistics.ts';
import { createWeek, type WeekAsked, type WeekNumbers } from './week.ts';

/** Calls of shared/api.ts that a reader thread answers as they come. */
export const logCalls = (Object.keys(engineCalls) as EngineCallName[]).filter(
  (name): name is LogCallName => 'ofLog' in engineCalls[name],
);

export type AnswerCalls = {
  [Name in LogCallName]: { readonly input: ParsedInput<Name>; readonly output: CallOutput<Name> };
} & {
  'past.count': { readonly input: PastRequest; readonly output: PastCount };
  'past.slice': {
    readonly input: { readonly request: PastRequest; readonly afterSeq: number; readonly limit: number };
    readonly output: PastSlice;
  };
  'preview.make': { readonly input: PreviewOrder; readonly output: PreviewMade };
  'week.numbers': { readonly input: WeekAsked; readonly output: WeekNumbers };
  'situation.facts': { readonly input: { readonly timeZone: string }; readonly output: SituationFacts };
  /** What became of what outages held up that are over, see `store/outages.ts`. */
  'outages.tallies': { readonly input: null; readonly output: readonly OutageTally[] };
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
  const situationFacts = createSituationFacts(reader);
  const past = createPastEvents(reader);
  const outages = createOutages(reader);
  const week = createWeek(reader);
  const { ofEndpoint: statistics } = createStatistics(reader);
  const { list, newer, get, count } = deliveries;
  return {
    ...named('deliveries', {
      list,
      newer,
      get,
      count: (input: ParsedInput<'deliveries.count'>) => count(input, nextTurn),
    }),
    ...named('events', createEventLog(reader)),
    ...named('held', createHeldLog(reader)),
    ...named('endpoints', { statistics, members: createEventMembers(reader) }),
    ...named('audit', createAuditLog(reader)),
    ...named('outages', { list: outages.list, tallies: outages.tallies }),
    'past.count': (request) => past.count(request, nextTurn),
    'past.slice': ({ request, afterSeq, limit }) => past.slice(request, afterSeq, limit),
    'preview.make': createPreview(reader),
    'week.numbers': (asked) => week(asked, nextTurn),
    'log.truncate': truncateLog,
    'situation.facts': ({ timeZone }, present) => situationFacts(present, timeZone),
  };
}

/** A part's own functions as calls: `list` of `events` is `events.list`. */
const named = <Area extends string, Part extends object>(area: Area, part: Part) =>
  Object.fromEntries(Object.entries(part).map(([name, answer]) => [`${area}.${name}`, answer])) as {
    readonly [Name in keyof Part & string as `${Area}.${Name}`]: Part[Name];
  };

/** Lets other calls have their turn. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
