/**
 * What a person does by hand: tries whether a folder or a database can be read before it is kept, and hands in a text or a
 * file, seen as events first.
 */
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import type { Actor, EndpointId, SourceId } from '../../../shared/domain.ts';
import { inputError } from '../../../shared/input.ts';
import type { HandedInBefore, PastedMessages, SourceTrial } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { FileFormat } from '../../../shared/source-kinds/file-form.ts';
import { readShaping, type ShapingChange } from '../../../shared/source-shaping.ts';
import { type EngineContext, type EngineHandlers, wallTime } from '../context.ts';
import type { SourceMessage, Takes } from '../intake/take.ts';
import type { SourceRecord } from '../store/sources.ts';
import { changedShaping } from './chosen-shaping.ts';
import { createHandedInLog } from './handed-in.ts';
import { previewOf } from './message-calls.ts';
import { placeWord, seenForm, withEnvelope } from './reading/form.ts';
import { formOfText, rowsOfText } from './reading/read-file.ts';
import { UnreadableFile } from './reading/unreadable.ts';
import { readingOf } from './reading-of.ts';
import type { WholeKind } from './running.ts';
import { type OpenSourceThread, ThreadTrouble } from './thread/thread.ts';

export interface HandCallParts {
  readonly context: Pick<EngineContext, 'recordAct' | 'settings' | 'dataFolder' | 'clock' | 'writer'>;
  readonly takes: Takes;
  readonly openThread: OpenSourceThread;
  readonly kindOf: (name: string) => WholeKind | null;
  /** @throws RelayError `not_found` */
  readonly present: (id: SourceId) => SourceRecord;
  /** With what is secret of it. */
  readonly wholeConfig: (record: SourceRecord) => Readonly<Record<string, unknown>>;
  /** Whether what was chosen can be, beside the other sources. */
  readonly check: (kind: string, config: Readonly<Record<string, unknown>>, id: SourceId | null) => Promise<void>;
  /** The numbers of endpoints; @throws RelayError `not_found` with the member `notTo` */
  readonly endpointNos: (ids: readonly EndpointId[]) => readonly number[];
}

export type HandHandlers = Pick<EngineHandlers, 'sources.try' | 'sources.paste'>;

/** A source that is about to be. */
const notYet = { no: 0, propertyId: null, shaping: '{}', draft: 0 } as const;
/** In its events until it has one: that is asked for when it is added. */
const propertyToCome = '…';
const mostPreviewed = 20;
const takenAtOnce = 500;
const shownCharacters = 4_000;

export function createHandCalls(parts: HandCallParts): HandHandlers {
  const { context, takes, openThread, kindOf, present, wholeConfig, check, endpointNos } = parts;
  const { settings, recordAct, clock, writer } = context;
  const handedIn = createHandedInLog(writer);

  async function trial(
    id: SourceId | null,
    kind: string,
    config: Readonly<Record<string, unknown>>,
    shaping: ShapingChange | undefined,
  ): Promise<SourceTrial> {
    const behaviour = kindOf(kind)?.behaviour;
    if (behaviour?.sample === undefined) {
      throw new RelayError('not_possible', sentence('problem.source_not_tried', { kind }), { member: 'kind' });
    }
    await check(kind, config, id);
    const threads: ReturnType<OpenSourceThread>[] = [];
    const open: OpenSourceThread = (role) => {
      const thread = openThread(role);
      threads.push(thread);
      return thread;
    };
    try {
      const { says, columns, messages } = await behaviour.sample({
        config,
        openThread: open,
        commonTrust: settings.current().caPem,
      });
      return {
        ok: true,
        says: [...says],
        columns: [...columns],
        rows: await Promise.all(messages.map((message) => previewed(id, message, shaping, kind))),
      };
    } catch (error) {
      if (!(error instanceof ThreadTrouble)) throw error;
      return { ok: false, says: [error.says], columns: [], rows: [] };
    } finally {
      await Promise.all(threads.map((thread) => thread.close()));
    }
  }

  /** Of a source that is not there yet it is not known what its rows become, unless its shape is given. */
  async function previewed(id: SourceId | null, { raw, origin }: SourceMessage, shaping?: ShapingChange, kind = '') {
    const shown = { raw: raw.slice(0, shownCharacters).toWellFormed(), origin };
    if (id === null && shaping === undefined) return { ...shown, outcome: null, made: [], why: null };
    const property = settings.current().propertyId ?? propertyToCome;
    const record = id === null ? { ...notYet, propertyId: property, kind } : present(id);
    const tried = changedShaping(readShaping(record.shaping), shaping);
    const outcome = await takes.preview(
      record,
      { ...readingOf(record, settings.current(), tried), isDraft: false },
      raw,
    );
    return { ...shown, ...previewOf(outcome, record, settings.current().propertyId) };
  }

  async function messagesIn(text: string, name: string, format: FileFormat | null) {
    try {
      const form = formOfText(text, { format, delimiter: null, charset: null, path: null });
      const word = placeWord[form.format];
      const messages: SourceMessage[] = [];
      for await (const row of rowsOfText(once(text), form)) {
        messages.push({ raw: withEnvelope(row), origin: `${name} ${word} ${row.number}`, key: null });
        // A long text is read in many turns of the thread.
        if (messages.length % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      return { messages, form: seenForm(form) };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      throw new RelayError('bad_input', error.says, { member: 'text', cause: error });
    }
  }

  return {
    async 'sources.try'({ id, kind: asked, config = {}, shaping }) {
      if (id !== undefined) {
        const record = present(id);
        return trial(id, record.kind, chosen(record.kind, { ...wholeConfig(record), ...config }), shaping);
      }
      const kind = asked ?? 'http';
      return trial(null, kind, chosen(kind, config), shaping);
    },

    async 'sources.paste'(
      { id, text, name, format, preview, notTo, confirmed },
      actor: Actor,
    ): Promise<PastedMessages> {
      const record = present(id);
      if (record.revokedAt !== null) {
        throw new RelayError('conflict', sentence('problem.source_revoked', { name: record.name }), { member: 'id' });
      }
      const keptFrom = endpointNos(notTo);
      const { messages, form } = await messagesIn(text, name, format ?? null);
      if (messages.length === 0) throw new RelayError('bad_input', sentence('file.no_rows'), { member: 'text' });
      const rows: PastedMessages['rows'] = [];
      for (const message of messages.slice(0, mostPreviewed)) rows.push(await previewed(id, message));
      const sum = { taken: 0, duplicates: 0, ignored: 0, kept: 0 };
      const { no, propertyId } = record;
      const given = { name, text, messages };
      const { before } = handedIn.find(no, given, confirmed);
      const reading = { ...readingOf(record, settings.current()), keptFrom };
      if (preview) {
        const foresee = takes.foresee({ no, propertyId }, reading);
        for (const { raw } of messages) {
          const { outcome, fresh } = await foresee(raw);
          const became = outcome.kind !== 'events' ? outcome.kind : fresh > 0 ? 'taken' : 'duplicates';
          sum[record.draft === 1 ? 'kept' : became] += 1;
        }
        return { found: messages.length, form, rows, before, ...sum, isTaken: false };
      }
      await handedIn.alone(no, given, async () => {
        const { before, from: start, took } = handedIn.find(no, given, confirmed);
        if (before !== null && !confirmed) throw cameBefore(before);
        for (let from = start; from < messages.length; from += takenAtOnce) {
          const some = messages.slice(from, from + takenAtOnce);
          const taken = await takes.take({ no, propertyId }, reading, some, (so) => {
            const { taken, duplicates, ignored, kept } = so;
            took(from, some.length, so, wallTime(clock));
            const became = { taken, duplicates, ignored, kept };
            recordAct(actor, 'sources.paste', id, {
              ...{ name: record.name, file: name, from, ...became, notTo },
              ...(confirmed ? { again: true } : {}),
            });
          });
          for (const what of ['taken', 'duplicates', 'ignored', 'kept'] as const) sum[what] += taken[what];
        }
      });
      return { found: messages.length, form, rows, before, ...sum, isTaken: true };
    },
  };

  function chosen(kind: string, config: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const descriptor = kindOf(kind)?.descriptor;
    if (descriptor === undefined) return config;
    const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== null));
    const checked = z.object({ config: descriptor.config }).safeParse({ config: given });
    if (!checked.success) throw inputError('config', checked.error);
    return checked.data.config;
  }
}

function cameBefore({ name, at, kept }: HandedInBefore): RelayError {
  const about = { name, cameAt: at };
  const says =
    kept === 0
      ? sentence('problem.handed_in_before', about)
      : sentence('problem.handed_in_kept', { ...about, count: kept });
  return new RelayError('not_confirmed', says, { member: 'confirmed' });
}

async function* once(text: string): AsyncGenerator<string> {
  yield text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
