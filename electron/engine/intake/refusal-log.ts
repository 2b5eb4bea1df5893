/**
 * Keeps refused requests for their source's page. They are written together after a moment: a program that
 * posts nonsense in a loop must not keep the disk busy.
 */
import type { SourceId } from '../../../shared/domain.ts';
import { type EngineContext, wallTime } from '../context.ts';
import { createRefusalTable, keptRefusals, type NewRefusal, type RefusalRow } from '../store/refusals.ts';
import type { IntakeRefusal } from './refusal.ts';

const writeAfterMs = 500;

export interface RefusalLog {
  keep(sourceNo: number | null, refusal: Pick<IntakeRefusal, 'status' | 'member' | 'says'>): void;
  /** Newest first; of one source, or of all. */
  list(source: { readonly no: number; readonly id: SourceId } | null): Promise<readonly RefusalRow[]>;
  lastOf(sourceNo: number): RefusalRow | null;
  /** Writes down what is pending. */
  flush(): Promise<void>;
}

export function createRefusalLog(
  context: Pick<EngineContext, 'clock' | 'commit' | 'writer' | 'changes' | 'logger'>,
): RefusalLog {
  const table = createRefusalTable(context.writer);
  let pending: NewRefusal[] = [];
  let cancel: (() => void) | null = null;

  async function flush(): Promise<void> {
    cancel?.();
    cancel = null;
    if (pending.length === 0) return;
    const batch = pending;
    pending = [];
    try {
      await context.commit.transact(() => table.add(batch));
      context.changes.touch('sources');
    } catch (error) {
      // A full disk: the PMS has had its answer, and this list is a help and no promise.
      context.logger.warn({ refusals: batch.length, error: String(error) }, 'refused requests could not be kept');
    }
  }

  return {
    keep(sourceNo, { status, member, says }) {
      pending.push({ sourceNo, at: wallTime(context.clock), status, member: member ?? null, says });
      if (pending.length > keptRefusals) pending.shift();
      cancel ??= context.clock.after(writeAfterMs, () => void flush());
    },
    async list(source) {
      await flush();
      return table.list(source?.no ?? null);
    },
    lastOf: (sourceNo) => table.lastOf(sourceNo) ?? null,
    flush,
  };
}
