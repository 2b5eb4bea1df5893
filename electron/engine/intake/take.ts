/**
 * Takes messages of a source in, in their order: what its shape makes of each becomes events, is ignored with a reason, or
 * the message is kept as it came, with what is wrong. Whatever comes, none is refused into nothing.
 */
import { hash } from 'node:crypto';
import { RelayError } from '../../../shared/api.ts';
import type { Sentence, UtcMs } from '../../../shared/domain.ts';
import type { EventType } from '../../../shared/events.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { createEventKeyTable } from '../store/event-keys.ts';
import { createMessageTable, type MessageTrouble, type StoredMessage } from '../store/messages.ts';
import type { SourceTable } from '../store/sources.ts';
import type { MessageLog } from './message-log.ts';
import { maskedMessage } from './message-log.ts';
import { pacedTurns, readMadeInSteps, type ShapedReading } from './parse.ts';
import { IntakeRefusal } from './refusal.ts';
import {
  type AcceptedEvent,
  type EventOrigin,
  type ForeseenKeys,
  type IntakeRequest,
  type Keys,
  keysIn,
  type Storing,
} from './storing.ts';

/** One message as it came from a source that is read. */
export interface SourceMessage {
  /** JSON text, as a rule of an object: a row, a record, a body. */
  readonly raw: string;
  /** Where it stood, for a person: "bookings.csv row 14". */
  readonly origin: string;
  /**
   * The kind's own key of the message within its source: what came with it before is dropped as a duplicate, whatever it
   * says now. Null: the ids of its events tell, or nothing does.
   */
  readonly key: string | null;
}

/** How a source's messages are read. */
export interface MessageReading extends ShapedReading {
  /** Our envelope as JSON text, of one or more, made of what came; null: what came is our envelope. Never throws. */
  readonly shape: ((raw: string) => { readonly text: string } | { readonly trouble: MessageTrouble }) | null;
  /** What its shape sees of a message that is kept in another form; never throws. */
  readonly open?: (raw: string) => Generator<void, { readonly text: string } | { readonly says: Sentence }>;
  /** Each message says how a record is, not what happened to it: said again, it is a change. */
  readonly saysStates?: boolean;
  /** What an event of it cannot mean, though all of it can be read; null: nothing is known against it. */
  readonly refuses?: (event: { readonly type: EventType; readonly dataText: string }) => Sentence | null;
  /** It is being set up: everything is kept, until a person switches it on. */
  readonly isDraft: boolean;
  /** Endpoints that a person keeps its events from. */
  readonly keptFrom?: readonly number[];
}

export interface Taken {
  /** Messages of which at least one event is new. */
  readonly taken: number;
  /** Messages that came before. */
  readonly duplicates: number;
  readonly ignored: number;
  readonly kept: number;
  /** The events of those that were taken, in their order. */
  readonly events: readonly AcceptedEvent[];
  /** Of those that are kept, the first hundred: what is wrong, and the number by which a person finds it. */
  readonly troubles: readonly (MessageTrouble & { readonly origin: string; readonly reference: number })[];
}

/** @throws RelayError where nothing could be stored, or too much is kept already: then nothing of it is */
export type Take = (
  source: EventOrigin,
  reading: MessageReading,
  messages: readonly SourceMessage[],
  /** Done in the same transaction, told what became of them. */
  also?: (taken: Taken) => void,
) => Promise<Taken>;

export interface Takes {
  readonly take: Take;
  /**
   * Tries kept messages once more, in their order; those of which still nothing comes stay, with the present reason.
   *
   * @param also done in the same transaction, told what became of them
   */
  retake(
    source: EventOrigin,
    reading: MessageReading,
    kept: readonly StoredMessage[],
    also: (taken: Taken) => void,
  ): Promise<Taken>;
  /** What would become of a message; stores nothing. */
  preview(source: EventOrigin, reading: MessageReading, raw: string): Promise<Outcome>;
  /** What would become of messages, one after the other: what one brings, the next ones bring no more. */
  foresee(source: EventOrigin, reading: MessageReading): (raw: string) => Promise<Foreseen>;
}

export interface Foreseen {
  readonly outcome: Outcome;
  /** How many events of it would be new. */
  readonly fresh: number;
}

export type Outcome =
  | { readonly kind: 'events'; readonly request: IntakeRequest; readonly keys: Keys }
  | { readonly kind: 'ignored'; readonly trouble: MessageTrouble }
  | { readonly kind: 'kept'; readonly trouble: MessageTrouble };

/** Most that is kept of one source: beyond it nothing more is acknowledged, so that the disk does not fill up. */
export const mostKept = { messages: 10_000, characters: 100_000_000 };
const mostTroubles = 100;
/** More messages are stored in several turns of the thread. */
const mostInATurn = 50;
const lastEventEveryMs = 1000;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export interface TakeParts {
  readonly context: Pick<EngineContext, 'clock' | 'commit' | 'changes' | 'writer' | 'meter'>;
  readonly storing: Storing;
  readonly sources: Pick<SourceTable, 'sawEvent' | 'sawMessage' | 'tookLater'>;
  readonly log: MessageLog;
  /** Throws where what is stored now may be found by nobody. */
  readonly refuseDamaged: () => void;
}

interface Prepared {
  readonly message: SourceMessage;
  readonly outcome: Outcome;
  /** As it is kept; null where it need not be. */
  readonly masked: string | null;
  /** It was kept before: its row. */
  readonly row: StoredMessage | null;
  readonly keptFrom: readonly number[];
}

export function createTakes({ context, storing, sources, log, refuseDamaged }: TakeParts): Takes {
  const { clock, commit, changes, writer, meter } = context;
  const keys = createEventKeyTable(writer);
  const table = createMessageTable(writer);
  const seenAt = new Map<number, number>();
  /** Apart from what was only seen: a message that is kept must not hide the event right after it. */
  const eventAt = new Map<number, number>();
  const paced = pacedTurns(turn);

  async function prepare(
    source: EventOrigin,
    reading: MessageReading,
    message: SourceMessage,
    row: StoredMessage | null,
  ): Promise<Prepared> {
    // What a person kept it from when it came holds when it is taken in later.
    const keptFrom = row?.keptFrom ?? reading.keptFrom ?? [];
    const outcome = await paced(outcomeInSteps(source, { ...reading, keptFrom }, message.raw));
    const masked = outcome.kind === 'kept' && row === null ? await paced(maskedMessage(message.raw)) : null;
    return { message, outcome, masked, row, keptFrom };
  }

  async function run(source: EventOrigin, prepared: readonly Prepared[], also?: (taken: Taken) => void) {
    const at = wallTime(clock);
    // What a person takes in came before: a source that is silent is not heard from again by that.
    const before = prepared.flatMap(({ row }) => (row === null ? [] : [row.at]));
    const isNew = before.length < prepared.length;
    const isDue = isNew && Math.abs(at - (seenAt.get(source.no) ?? 0)) >= lastEventEveryMs;
    if (isDue) seenAt.set(source.no, at);
    const work = function* () {
      refuseDamaged();
      const tally = new Tally();
      for (const one of prepared) {
        yield* settle(source.no, one, tally);
        yield;
      }
      if (tally.kept > 0) refuseTooMuch(source.no);
      also?.(tally);
      const isEventDue = isNew && Math.abs(at - (eventAt.get(source.no) ?? 0)) >= lastEventEveryMs;
      if (!isNew && tally.taken > 0) sources.tookLater(source.no, Math.max(...before) as UtcMs);
      else if (isEventDue && tally.taken > 0) {
        eventAt.set(source.no, at);
        sources.sawEvent(source.no, at);
      } else if (isDue) sources.sawMessage(source.no, at);
      return tally;
    };
    const tally = await (prepared.length > mostInATurn
      ? commit.transactInSteps(work)
      : commit.transact(() => atOnce(work())));
    for (const entry of tally.seen) log.saw(entry);
    meter.count('events_accepted', tally.events.filter(({ duplicate }) => !duplicate).length);
    for (const what of ['events', 'deliveries', 'situation', 'sources'] as const) changes.touch(what);
    return tally;
  }

  /** Inside the transaction: one message, wholly or not at all. */
  function* settle(sourceNo: number, one: Prepared, tally: Tally): Generator<void, void> {
    const { message, row, keptFrom } = one;
    const at = wallTime(clock);
    const key = message.key === null ? null : `message:${message.key}`;
    const stub = { bodyHash: noHash, answer: [] };
    if (key !== null && row === null && !keys.keep(sourceNo, key, stub, at)) {
      tally.duplicates += 1;
      return;
    }
    const outcome = storable(one.outcome);
    const seen = { sourceNo, at, origin: message.origin, key: message.key, raw: message.raw, keptFrom };
    if (outcome.kind === 'kept') {
      tally.kept += 1;
      if (row !== null) table.stillKept(row.id, outcome.trouble);
      const raw = one.masked ?? atOnce(maskedMessage(message.raw));
      const reference = row?.id ?? table.add({ ...seen, raw, state: 'kept', trouble: outcome.trouble, events: [] });
      if (tally.troubles.length < mostTroubles) {
        tally.troubles.push({ ...outcome.trouble, origin: message.origin, reference });
      }
      return;
    }
    let events: readonly AcceptedEvent[] = [];
    if (outcome.kind === 'events') {
      events = yield* storing.store(outcome.request, outcome.keys);
      tally.events.push(...events);
      if (events.every(({ duplicate }) => duplicate)) tally.duplicates += 1;
      else tally.taken += 1;
    } else tally.ignored += 1;
    const ids = events.map(({ id }) => id);
    const state = outcome.kind === 'events' ? 'taken' : 'ignored';
    const trouble = outcome.kind === 'events' ? null : outcome.trouble;
    if (row !== null) table.settle(row.id, { state, trouble, events: ids, at });
    else if (outcome.kind === 'ignored' || events.some(({ duplicate }) => !duplicate)) {
      tally.seen.push({ ...seen, state, trouble, events: ids });
    }
  }

  /** What only the store can tell: that its id came before with another content, or that no property is known. */
  const storable = (outcome: Outcome): Outcome => foreseen(outcome).outcome;

  function foreseen(outcome: Outcome, before?: ForeseenKeys): Foreseen {
    if (outcome.kind !== 'events') return { outcome, fresh: 0 };
    try {
      return { outcome, fresh: storing.check(outcome.request, outcome.keys, before) };
    } catch (error) {
      if (error instanceof IntakeRefusal) return { outcome: { kind: 'kept', trouble: troubleOf(error) }, fresh: 0 };
      throw error;
    }
  }

  function refuseTooMuch(sourceNo: number): void {
    const { messages, characters } = table.countKept(sourceNo);
    if (messages <= mostKept.messages && characters <= mostKept.characters) return;
    throw new RelayError('store_full', sentence('problem.too_much_kept', { most: mostKept.messages }));
  }

  return {
    async take(source, reading, messages, also) {
      const prepared: Prepared[] = [];
      for (const message of messages) prepared.push(await prepare(source, reading, message, null));
      return run(source, prepared, also);
    },
    async retake(source, reading, kept, also) {
      const prepared: Prepared[] = [];
      for (const row of kept) prepared.push(await prepare(source, reading, row, row));
      return run(source, prepared, also);
    },
    async preview(source, reading, raw) {
      const outcome = await paced(outcomeInSteps(source, { ...reading, isDraft: false }, raw));
      const found = storable(outcome);
      return found.kind === 'events' ? { ...found, request: storing.asStored(found.request, found.keys) } : found;
    },
    foresee(source, reading) {
      const before: ForeseenKeys = new Map();
      return async (raw) => foreseen(await paced(outcomeInSteps(source, { ...reading, isDraft: false }, raw)), before);
    },
  };
}

/** Told apart by its key alone. */
const noHash = hash('sha256', '', 'buffer');

class Tally implements Taken {
  taken = 0;
  duplicates = 0;
  ignored = 0;
  kept = 0;
  readonly events: AcceptedEvent[] = [];
  readonly troubles: (MessageTrouble & { readonly origin: string; readonly reference: number })[] = [];
  /** What the source's page shows of them. */
  readonly seen: Parameters<MessageLog['saw']>[0][] = [];
}

function* outcomeInSteps(origin: EventOrigin, reading: MessageReading, raw: string): Generator<void, Outcome> {
  if (reading.isDraft) return { kind: 'kept', trouble: plainTrouble(sentence('source_message.draft')) };
  const opened = reading.open === undefined ? { text: raw } : yield* reading.open(raw);
  if ('says' in opened) return { kind: 'kept', trouble: plainTrouble(opened.says) };
  // Of a source with a shape nobody expects our envelope.
  if (reading.shape !== null && opened.text.trim() === '')
    return { kind: 'kept', trouble: plainTrouble(sentence('file.empty')) };
  const made = reading.shape === null ? opened : reading.shape(opened.text);
  if ('trouble' in made) return { kind: 'kept', trouble: made.trouble };
  yield;
  try {
    const { events, form, ignored } = yield* readMadeInSteps(made.text, reading);
    const [why] = ignored;
    if (events.length === 0 && why) return { kind: 'ignored', trouble: plainTrouble(why) };
    for (const event of events) {
      const says = reading.refuses?.(event) ?? null;
      if (says !== null) return { kind: 'kept', trouble: plainTrouble(says) };
    }
    const request: IntakeRequest = {
      received: { events, form },
      origin,
      idempotencyKey: null,
      isShaped: made.text !== opened.text,
      saysStates: reading.saysStates ?? false,
      keptFrom: reading.keptFrom,
    };
    return { kind: 'events', request, keys: keysIn(request) };
  } catch (error) {
    if (error instanceof IntakeRefusal) return { kind: 'kept', trouble: troubleOf(error) };
    throw error;
  }
}

const plainTrouble = (says: Sentence): MessageTrouble => ({ says, member: null, line: null, column: null });

const troubleOf = ({ says, member }: IntakeRefusal): MessageTrouble => ({
  ...plainTrouble(says),
  member: member ?? null,
});

function atOnce<Value>(steps: Generator<void, Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
