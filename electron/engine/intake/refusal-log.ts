/**
 * Keeps refused requests for their source's page. They are written together after a moment: a program that
 * posts nonsense in a loop must not keep the disk busy.
 */
import type { SourceId } from '../../../shared/domain.ts';
import { type EngineContext, wallTime } from '../context.ts';
import {
  createRefusalTable,
  keptRefusals,
  type NewRefusal,
  type RefusalRow,
  type RefusedRequest,
  type WholeRefusal,
} from '../store/refusals.ts';
import type { SourceTable } from '../store/sources.ts';
import { type KeptBody, keptBody } from './kept-request.ts';
import type { IntakeRefusal } from './refusal.ts';

const writeAfterMs = 500;
/** Most characters of bodies that wait to be written; beyond them they are written at once. */
const mostPending = 4_194_304;

/** The request that was refused, as far as it is kept. */
export interface RefusedWhole {
  readonly request: RefusedRequest;
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
}

/** Why something was not taken; of a file, also what it is called where it lies now. */
export interface Refused extends Pick<IntakeRefusal, 'status' | 'code' | 'says'> {
  readonly member?: string | undefined;
  readonly file?: string;
}

export interface RefusalLog {
  /**
   * @param known a source's, or this PC's own; of nobody known no body is kept
   * @param whole null where there is nothing more to keep
   */
  keep(sourceNo: number | null, refusal: Refused, known: boolean, whole: RefusedWhole | null): void;
  /** Newest first; of one source, or of all. */
  list(source: { readonly no: number; readonly id: SourceId } | null): Promise<readonly RefusalRow[]>;
  lastOf(sourceNo: number): RefusalRow | null;
  get(id: number): Promise<WholeRefusal | null>;
  /** Inside a transaction: its events were taken in after all. */
  taken(id: number): void;
  /** Writes down what is pending. */
  flush(): Promise<void>;
}

export function createRefusalLog(
  context: Pick<EngineContext, 'clock' | 'commit' | 'writer' | 'changes' | 'logger' | 'mishaps'>,
  sources: Pick<SourceTable, 'sawTrouble'>,
): RefusalLog {
  const table = createRefusalTable(context.writer);
  let pending: NewRefusal[] = [];
  let pendingCharacters = 0;
  let cancel: (() => void) | null = null;

  async function flush(): Promise<void> {
    cancel?.();
    cancel = null;
    if (pending.length === 0) return;
    const batch = pending;
    pending = [];
    pendingCharacters = 0;
    try {
      await context.commit.transact(() => {
        table.add(batch);
        for (const { sourceNo, known, at, says } of lastOfEach(batch)) {
          if (sourceNo !== null && known) sources.sawTrouble(sourceNo, at, says);
        }
      });
      context.changes.touch('sources');
    } catch (error) {
      // A full disk: the PMS has had its answer, and this list is a help and no promise.
      context.logger.warn({ refusals: batch.length, error: String(error) }, 'refused requests could not be kept');
    }
  }

  return {
    keep(sourceNo, { status, code, file, member, says }, known, whole) {
      const at = wallTime(context.clock);
      const kept: KeptBody =
        known && whole !== null
          ? keptBody(whole.bytes, whole.request.headers['content-type'] ?? '')
          : { body: null, bodyHash: null };
      pending.push({
        sourceNo,
        known,
        at,
        status,
        code,
        file: file ?? null,
        member: member ?? null,
        says,
        ...kept,
        sizeBytes: whole?.sizeBytes ?? 0,
        request: whole?.request ?? null,
      });
      pendingCharacters += kept.body?.length ?? 0;
      if (pending.length > keptRefusals || pendingCharacters > mostPending)
        context.mishaps.own('the refused requests', flush());
      else cancel ??= context.clock.after(writeAfterMs, () => context.mishaps.own('the refused requests', flush()));
    },
    async list(source) {
      await flush();
      return table.list(source?.no ?? null);
    },
    lastOf: (sourceNo) => table.lastOf(sourceNo) ?? null,
    async get(id) {
      await flush();
      return table.get(id) ?? null;
    },
    taken: (id) => table.taken(id, wallTime(context.clock)),
    flush,
  };
}

const lastOfEach = (batch: readonly NewRefusal[]): Iterable<NewRefusal> =>
  new Map(batch.map((refusal) => [refusal.sourceNo, refusal])).values();
