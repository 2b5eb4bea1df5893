/** How long one kind of data is kept bounds another: what an event said goes with it, and answers go with what it said. */
import type { Sentence } from './domain.ts';
import type { Settings } from './schemas.ts';
import { sentence } from './sentences/sentence.ts';

export type RetentionDays = Pick<Settings, 'retentionDays' | 'keep'>;

/** Fewer are refused by their own name. */
const fewest = 1;

/** The same days, where what cannot be kept for so long goes with what it belongs to. */
export function keptWithin({ retentionDays, keep }: RetentionDays): Settings['keep'] {
  const payloadDays = Math.min(keep.payloadDays, Math.max(fewest, retentionDays));
  return { ...keep, payloadDays, answerDays: Math.min(keep.answerDays, payloadDays) };
}

export interface Contradiction {
  readonly member: 'keep.payloadDays' | 'keep.answerDays';
  readonly says: Sentence;
}

/** Days that could never be kept; null where there are none. */
export function retentionContradiction({ retentionDays, keep }: RetentionDays): Contradiction | null {
  const { payloadDays, answerDays } = keep;
  if (payloadDays > Math.max(fewest, retentionDays)) {
    const says = sentence('problem.retention_content', { most: retentionDays, got: payloadDays });
    return { member: 'keep.payloadDays', says };
  }
  if (answerDays <= payloadDays) return null;
  return {
    member: 'keep.answerDays',
    says: sentence('problem.retention_answers', { most: payloadDays, got: answerDays }),
  };
}
