/** What is done by the clock and could not be done the last time: kept until it can be, for a person to know. */
import type { UtcMs } from '../../../shared/domain.ts';
import { RelayError } from '../../../shared/errors.ts';
import type { Situation } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { EngineContext } from '../context.ts';
import { storeError } from '../store/connection.ts';
import { createMetaTable, metaKey, readMeta } from '../store/meta.ts';

export type Undone = Situation['upkeepUndone'][number];

type Parts = Pick<EngineContext, 'reader' | 'writer' | 'commit' | 'clock' | 'changes'>;

/** What is not done now; nothing where all is. */
export function undoneIn(reader: Parts['reader']): Undone[] {
  const text = readMeta(reader).get(metaKey.upkeepUndone);
  return text === undefined ? [] : (JSON.parse(text) as Undone[]);
}

/** @returns keeps what became of a work: `why` it could not be done, as an error or a sentence; null where it was */
export function createUndone({ reader, writer, commit, clock, changes }: Parts) {
  const meta = createMetaTable(writer);
  return async (work: Undone['work'], why: unknown): Promise<void> => {
    const present = undoneIn(reader);
    const before = present.find((one) => one.work === work);
    if (why === null && before === undefined) return;
    const since = before?.since ?? (Math.round(clock.wallMs()) as UtcMs);
    const now = why === null ? [] : [{ work, since, times: (before?.times ?? 0) + 1, says: saysOf(work, why) }];
    const kept = [...present.filter((one) => one.work !== work), ...now];
    await commit.transact(() => meta.put(metaKey.upkeepUndone, JSON.stringify(kept)));
    changes.touch('situation');
  };
}

function saysOf(work: Undone['work'], why: unknown): Undone['says'] {
  if (isSentence(why)) return why;
  const error = storeError(why);
  // One outside the closed set says nothing by itself.
  if (error instanceof RelayError && error.code !== 'internal') return error.says;
  const detail = error instanceof RelayError ? (error.detail ?? error.code) : String(error);
  return sentence(work === 'retention' ? 'problem.retention_failed' : 'problem.backup_failed', { detail });
}

const isSentence = (why: unknown): why is Undone['says'] =>
  typeof why === 'object' && why !== null && 'key' in why && 'params' in why;
