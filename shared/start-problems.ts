/** What a start can fail for, as far as somebody does something about it. */
import type { Sentence } from './domain.ts';

/** Whether a backup puts it right: the database is damaged, or gone. */
export const isForBackup = ({ key }: Sentence): boolean =>
  key === 'problem.store_damaged' || key === 'problem.store_missing' || key === 'problem.store_emptied';
