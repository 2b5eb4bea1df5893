/** The calls about a source's messages: what came, what becomes of it, and taking in or letting go what is kept. */
import { RelayError } from '../../../shared/api.ts';
import type { Actor, SourceId } from '../../../shared/domain.ts';
import type { MessagePreview, SourceMessageView, TakenMessages } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { readShaping, type ShapingChange } from '../../../shared/source-shaping.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { MessageLog } from '../intake/message-log.ts';
import type { Foreseen, MessageReading, Outcome, Taken, Takes } from '../intake/take.ts';
import { createMessageTable, type StoredMessage } from '../store/messages.ts';
import type { SourceRecord, SourceTable } from '../store/sources.ts';
import { changedShaping } from './chosen-shaping.ts';
import { readingOf } from './reading-of.ts';

export interface MessageCallParts {
  readonly context: Pick<EngineContext, 'commit' | 'recordAct' | 'changes' | 'settings' | 'clock' | 'writer'>;
  readonly table: Pick<SourceTable, 'all'>;
  readonly takes: Takes;
  readonly log: MessageLog;
  /** @throws RelayError `not_found` */
  readonly present: (id: SourceId) => SourceRecord;
}

export type MessageHandlers = Pick<
  EngineHandlers,
  | 'sources.messages'
  | 'sources.preview'
  | 'sources.tryKept'
  | 'sources.takeKept'
  | 'messages.get'
  | 'messages.retry'
  | 'messages.drop'
>;

/** So many characters of a message stand in a list. */
const shownInList = 4_000;
/** Kept messages that are tried, or taken in, at a time. */
const batchSize = 100;

export function createMessageCalls({ context, table, takes, log, present }: MessageCallParts): MessageHandlers {
  const { commit, recordAct, changes, settings, clock, writer } = context;
  const messages = createMessageTable(writer);
  /** Sources whose kept messages are being taken in: two clicks are one act. */
  const underWay = new Set<number>();

  const reading = (record: SourceRecord, change?: ShapingChange): MessageReading => ({
    ...readingOf(record, settings.current(), changedShaping(readShaping(record.shaping), change)),
    isDraft: false,
  });

  function kept(id: number): StoredMessage & { readonly record: SourceRecord } {
    const message = messages.get(id);
    const record = message && table.all().find(({ no }) => no === message.sourceNo);
    if (!message || !record) {
      throw new RelayError('not_found', sentence('problem.no_such_message'), { member: 'id' });
    }
    return { ...message, record };
  }

  /** @throws RelayError `conflict` where it is done already */
  async function alone<Value>(no: number, work: () => Promise<Value>): Promise<Value> {
    if (underWay.has(no)) throw new RelayError('conflict', sentence('problem.messages_under_way'));
    underWay.add(no);
    try {
      return await work();
    } finally {
      underWay.delete(no);
      changes.touch('sources');
      changes.touch('situation');
    }
  }

  async function takeKept(record: SourceRecord, actor: Actor): Promise<TakenMessages> {
    const sum = new Sum();
    const { no, id, name, propertyId } = record;
    for (let after = 0; ; ) {
      const batch = messages.kept(no, after, batchSize);
      const last = batch.at(-1);
      if (last === undefined) return sum;
      const taken = await takes.retake({ no, propertyId }, reading(record), batch, ({ taken, ignored, kept: stay }) => {
        if (taken + ignored > 0) recordAct(actor, 'sources.takeKept', id, { name, taken, ignored, kept: stay });
      });
      sum.add(taken);
      after = last.id;
    }
  }

  async function tryKept(record: SourceRecord, change: ShapingChange | undefined): Promise<TakenMessages> {
    const sum = new Sum();
    const { no, propertyId } = record;
    const foresee = takes.foresee({ no, propertyId }, reading(record, change));
    for (let after = 0; ; ) {
      const batch = messages.kept(no, after, batchSize);
      const last = batch.at(-1);
      if (last === undefined) return sum;
      for (const row of batch) sum.would(row, await foresee(row.raw));
      after = last.id;
    }
  }

  function drop(rows: readonly StoredMessage[], actor: Actor, target: SourceId): Promise<number> {
    return commit.transact(() => {
      const at = wallTime(clock);
      const says = sentence('source_message.dropped_by', { goneOn: at, who: actor.account || 'Roost Relay' });
      const trouble = { says, member: null, line: null, column: null };
      for (const { id } of rows) messages.settle(id, { state: 'dropped', trouble, events: [], at });
      if (rows.length > 0) {
        const ids = rows.slice(0, 20).map(({ id }) => id);
        recordAct(actor, 'messages.drop', target, { messages: rows.length, ids });
      }
      return rows.length;
    });
  }

  return {
    async 'sources.messages'({ id, keptOnly, limit }) {
      // What is kept of a revoked source still waits for a person.
      const all = table.all().filter(({ revokedAt }) => keptOnly || revokedAt === null);
      const of = id === undefined ? all : [present(id)];
      await log.flush();
      const rowsOf = (no: number) => (keptOnly ? messages.kept(no, 0, limit) : messages.last(no, limit));
      const rows = of.flatMap(({ no }) => rowsOf(no));
      if (id === undefined) rows.sort((a, b) => b.at - a.at || b.id - a.id);
      return rows.slice(0, limit).map((row) => shown(row, shownInList));
    },

    async 'sources.preview'({ id, shaping, limit }) {
      const record = present(id);
      await log.flush();
      const tried = reading(record, shaping);
      const previews: MessagePreview[] = [];
      for (const row of messages.last(record.no, limit)) {
        // Its text was too large to be stored, or it was empty: there is nothing to try.
        if (row.raw === '') {
          const outcome = row.state === 'taken' ? null : row.state === 'kept' ? 'kept' : 'ignored';
          previews.push({ ...shown(row, shownInList), outcome, made: [], why: row.trouble });
          continue;
        }
        // Nothing becomes of what was let go; of what a forgotten guest's message said nothing is left to try.
        const isClosed = /^source_message\.(?:forgotten|dropped_by)/.test(row.trouble?.says.key ?? '');
        const outcome: Outcome =
          isClosed && row.trouble !== null
            ? { kind: 'ignored', trouble: row.trouble }
            : await takes.preview(record, tried, row.raw);
        previews.push({ ...shown(row, shownInList), ...previewOf(outcome, record, settings.current().propertyId) });
      }
      return previews;
    },

    'sources.tryKept': ({ id, shaping }) => tryKept(present(id), shaping),

    async 'sources.takeKept'({ id }, actor) {
      const record = present(id);
      // One that was revoked while it was being set up is never switched on: what is kept of it need not wait for that.
      if (record.draft === 1 && record.revokedAt === null)
        throw new RelayError('not_possible', sentence('problem.source_is_draft'), { member: 'id' });
      return alone(record.no, () => takeKept(record, actor));
    },

    async 'messages.get'({ id }) {
      return shown(kept(id), Number.POSITIVE_INFINITY);
    },

    async 'messages.retry'({ id, body }, actor) {
      const { record, ...row } = kept(id);
      if (row.state !== 'kept') throw new RelayError('conflict', sentence('problem.message_settled'), { member: 'id' });
      return alone(record.no, async () => {
        const { no, propertyId, name } = record;
        const tried = reading(record);
        const raw = body ?? row.raw;
        const outcome = await takes.preview({ no, propertyId }, tried, raw);
        if (outcome.kind === 'kept') {
          const member = outcome.trouble.member ?? (body === undefined ? 'id' : 'body');
          throw new RelayError('bad_input', outcome.trouble.says, { member });
        }
        const isMended = body !== undefined && body !== row.raw;
        const { events } = await takes.retake({ no, propertyId }, tried, [{ ...row, raw }], () =>
          recordAct(actor, 'messages.retry', record.id, { message: id, mended: isMended, source: name }),
        );
        return {
          events: events.map((event) => event.id),
          ignored: outcome.kind === 'ignored' ? outcome.trouble.says : null,
        };
      });
    },

    async 'messages.drop'({ id, sourceId }, actor) {
      if (id !== undefined) {
        const { record, ...row } = kept(id);
        if (row.state !== 'kept') {
          throw new RelayError('conflict', sentence('problem.message_settled'), { member: 'id' });
        }
        return alone(record.no, async () => ({ dropped: await drop([row], actor, record.id) }));
      }
      if (sourceId === undefined) {
        throw new RelayError('bad_input', sentence('problem.which_messages'), { member: 'id' });
      }
      const record = present(sourceId);
      return alone(record.no, async () => {
        let dropped = 0;
        for (;;) {
          const batch = messages.kept(record.no, 0, batchSize);
          if (batch.length === 0) return { dropped };
          dropped += await drop(batch, actor, record.id);
        }
      });
    },
  };
}

function shown({ id, sourceId, at, state, origin, raw, trouble, events, settledAt }: StoredMessage, most: number) {
  const isCut = raw.length > most;
  return {
    ...{ id, sourceId, at, state, origin, raw: isCut ? raw.slice(0, most).toWellFormed() : raw, isCut },
    ...{ trouble, events: [...events], settledAt },
  } satisfies SourceMessageView;
}

/** An outcome as it is shown. */
export function previewOf(
  outcome: Outcome,
  { propertyId }: Pick<SourceRecord, 'propertyId'>,
  usualProperty: string | null,
): Pick<MessagePreview, 'outcome' | 'made' | 'why'> {
  if (outcome.kind !== 'events') return { outcome: outcome.kind, made: [], why: outcome.trouble };
  const made = outcome.request.received.events.map((event) => {
    const property = event.propertyId ?? propertyId ?? usualProperty;
    const members = [
      `"event":${JSON.stringify(event.type)}`,
      ...(event.timestamp === null ? [] : [`"timestamp":${JSON.stringify(event.timestamp)}`]),
      `"data":${event.dataText}`,
      `"property_id":${JSON.stringify(property)}`,
    ];
    // Of a table every member is a text: that is no news.
    const hints = event.hints.filter(({ key }) => key !== 'hint.type');
    return { event: event.type, id: event.id, body: `{${members.join(',')}}`, hints };
  });
  return { outcome: 'events', made, why: null };
}

const mostTroubles = 100;

class Sum implements TakenMessages {
  taken = 0;
  duplicates = 0;
  ignored = 0;
  kept = 0;
  events = 0;
  troubles: TakenMessages['troubles'] = [];

  add({ taken, duplicates, ignored, kept, events, troubles }: Taken): void {
    this.taken += taken;
    this.duplicates += duplicates;
    this.ignored += ignored;
    this.kept += kept;
    this.events += events.filter(({ duplicate }) => !duplicate).length;
    this.troubles.push(...troubles.slice(0, mostTroubles - this.troubles.length));
  }

  would({ id, origin }: StoredMessage, { outcome, fresh }: Foreseen): void {
    if (outcome.kind === 'events') {
      if (fresh > 0) this.taken += 1;
      else this.duplicates += 1;
      this.events += fresh;
    } else if (outcome.kind === 'ignored') this.ignored += 1;
    else {
      this.kept += 1;
      if (this.troubles.length < mostTroubles) this.troubles.push({ ...outcome.trouble, reference: id, origin });
    }
  }
}
