/** What an endpoint's rules let through. */
import { compileRules } from '../shaping/rules.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import { optionsOf } from './endpoint-options.ts';

/** Null where it has none. */
export function rulesOf(row: Pick<EndpointRow, 'kind' | 'options'>) {
  const { rules } = optionsOf(row).options;
  return rules && compileRules(rules);
}
