/** What the engine would not take of what a kind asks for, at the field that it is about. */
import { sourceKinds } from '../../../shared/source-kinds/index.ts';
import { withFound } from '../../lib/found.ts';
import type { CallFailure } from '../../lib/queries.ts';

export interface MemberProblem {
  /** Of the kind's config: `folder`, `password`; empty where it is about the whole. */
  readonly member: string;
  readonly message: string;
}

/**
 * Null for what is not about the config.
 * @param config what was given
 */
export function configProblem({ error }: CallFailure, config: Readonly<Record<string, unknown>>): MemberProblem | null {
  const [of, member = ''] = (error.member ?? '').split(/[.[]/);
  return of === 'config' ? { member, message: withFound(error.says, config[member], secrets.includes(member)) } : null;
}

const secrets = Object.values(sourceKinds).flatMap((kind) => kind.secrets);
