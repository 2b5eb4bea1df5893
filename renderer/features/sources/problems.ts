/** What the engine would not take of what a kind asks for, at the field that it is about. */
import type { CallFailure } from '../../lib/queries.ts';

export interface MemberProblem {
  /** Of the kind's config: `folder`, `password`; empty where it is about the whole. */
  readonly member: string;
  readonly message: string;
}

/** Null for what is not about the config. */
export function configProblem({ error, message }: CallFailure): MemberProblem | null {
  const [of, member = ''] = (error.member ?? '').split('.');
  return of === 'config' ? { member, message } : null;
}
