/** Days of retention that a person asks for, before they are saved. */
import type { ParsedInput } from '../../../shared/api.ts';
import { RelayError } from '../../../shared/errors.ts';
import { keptWithin, retentionContradiction } from '../../../shared/retention.ts';
import type { Settings } from '../../../shared/schemas.ts';

type Change = ParsedInput<'settings.change'>['change'];

/**
 * Where only the events' own days are changed, what cannot outlive them goes as soon.
 *
 * @throws RelayError `bad_input` for days that could never be kept
 */
export function withinDays(change: Change, before: Settings): Change {
  const { retentionDays = before.retentionDays, keep } = change;
  if (keep === undefined) {
    return change.retentionDays === undefined
      ? change
      : { ...change, keep: keptWithin({ retentionDays, keep: before.keep }) };
  }
  const wrong = retentionContradiction({ retentionDays, keep });
  if (wrong === null) return change;
  throw new RelayError('bad_input', wrong.says, { member: `change.${wrong.member}` });
}
