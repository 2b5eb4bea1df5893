/** The calls about refused requests: one whole, and one that a person has mended and takes in after all. */
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext, EngineHandlers } from '../context.ts';
import type { SourceTable } from '../store/sources.ts';
import type { Accept } from './accept.ts';
import { orRelayError } from './emit.ts';
import { parseEvents } from './parse.ts';
import type { RefusalLog } from './refusal-log.ts';
import { removeRejected, spooledId } from './spool-file.ts';

export interface RefusalCallParts {
  readonly context: Pick<EngineContext, 'commit' | 'recordAct' | 'changes' | 'dataFolder' | 'reader'>;
  readonly table: SourceTable;
  readonly refusals: RefusalLog;
  readonly accept: Accept;
}

export function createRefusalCalls({
  context,
  table,
  refusals,
  accept,
}: RefusalCallParts): Pick<EngineHandlers, 'refusals.get' | 'refusals.retry'> {
  async function present(id: number) {
    const refusal = await refusals.get(id);
    if (refusal === null) throw new RelayError('not_found', sentence('problem.no_such_refusal'), { member: 'id' });
    return refusal;
  }
  const stored = context.reader.prepare<[string], unknown>('SELECT 1 FROM events WHERE id = ?');
  /** Those that are being taken in now: two clicks are one act. */
  const underWay = new Set<number>();

  return {
    async 'refusals.get'({ id }) {
      const { sourceNo: _, ...refusal } = await present(id);
      return refusal;
    },

    async 'refusals.retry'({ id, body: mended }, actor) {
      const { sourceNo, request, body: kept, takenAt, sourceId } = await present(id);
      if (takenAt !== null || underWay.has(id)) throw new RelayError('conflict', sentence('problem.refusal_taken'));
      const text = mended ?? kept;
      if (text === null) throw new RelayError('not_possible', sentence('problem.refusal_without_body'));
      const source = table.all().find(({ no }) => no === sourceNo) ?? null;
      // A spool file has its event's id: taken in with it, the file may come again and is known.
      const spooled = request?.method === 'FILE' ? spooledId(request.path) : null;
      // A person moved the file back, and it was taken in by itself.
      if (spooled !== null && stored.get(spooled) !== undefined) {
        throw new RelayError('conflict', sentence('problem.refusal_taken'));
      }
      underWay.add(id);
      try {
        const accepted = await orRelayError(async () =>
          accept({
            received: parseEvents(Buffer.from(text, 'utf8'), request?.lines ?? false),
            origin: source,
            idempotencyKey: null,
            ...(spooled === null ? {} : { eventIds: [spooled] }),
            also: () => {
              refusals.taken(id);
              const detail = { refusal: id, mended: mended !== undefined && mended !== kept, source: source?.name };
              context.recordAct(actor, 'refusals.retry', sourceId, detail);
            },
          }),
        );
        if (spooled !== null) await removeRejected(context.dataFolder, spooled);
        return { events: accepted.map((one) => ({ ...one })) };
      } finally {
        underWay.delete(id);
      }
    },
  };
}
