/** What is said between the delivering thread and one that reads for a source. */
import type { Sentence } from '../../../../shared/domain.ts';

/** What a thread reads. */
export type Role = 'files' | 'sql';

export type Call = (input: never) => unknown;
export type Calls = Readonly<Record<string, Call>>;

export interface SourceThreadData {
  readonly role: Role;
}

export interface ThreadQuestion {
  readonly no: number;
  readonly call: string;
  readonly input: unknown;
}

export type ThreadAnswer =
  | { readonly no: number; readonly value: unknown }
  | { readonly no: number; readonly message: string; readonly says: Sentence | null };
