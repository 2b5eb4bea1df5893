/** What a person sets for a source that nothing reads beside the rest of it: it would be taken, and change nothing. */
import { z } from 'zod';
import { RelayError } from '../../../shared/api.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import type { SourceKind } from '../../../shared/source-kinds/source-kind.ts';

/**
 * @param given what is set now
 * @param whole what holds with it
 * @throws RelayError `bad_input` that names the member and the choice that makes it unused
 */
export function refuseUnused(
  { config, unused }: SourceKind,
  given: Readonly<Record<string, unknown>>,
  whole: Readonly<Record<string, unknown>>,
): void {
  for (const { member, because } of unused?.(whole) ?? []) {
    // As a form may send it: what it is without being set.
    const schema = config.shape[member];
    const usual = schema && z.safeParse(schema, undefined).data;
    if (given[member] === undefined || whole[member] === '' || whole[member] === usual) continue;
    const says = sentence('problem.input_unused', { member: `config.${member}`, because });
    throw new RelayError('bad_input', says, { member: `config.${member}` });
  }
}
