/** Rules that keep every event away, whatever comes: told before they are saved. */
import { RelayError } from '../../../shared/api.ts';
import type { EndpointRules } from '../../../shared/endpoint-kinds/rules.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import { isNoticeType } from '../../../shared/notices.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { impassable } from '../shaping/impassable.ts';

/**
 * @param events what it would be sent
 * @throws RelayError `bad_input` with the rules that no event can pass
 */
export function refuseImpassable(rules: EndpointRules | null, events: readonly EventType[]): void {
  if (rules === null) return;
  const never = impassable(rules, eventTypes);
  if (never !== null) throw refused('problem.rules_never', { found: never });
  const types = events.filter((type) => !isNoticeType(type));
  const kept = types.length === 0 ? null : impassable(rules, types);
  if (kept !== null) throw refused('problem.rules_types', { found: kept, events: types.join(', ') });
}

const refused = (key: 'problem.rules_never' | 'problem.rules_types', params: { found: string; events?: string }) =>
  new RelayError('bad_input', sentence(key, { member: 'rules', events: '', ...params }), { member: 'rules' });
