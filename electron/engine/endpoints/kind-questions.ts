/**
 * What of a kind's set-up cannot be used at its address, and what a person says yes to first: a template that fits no
 * sample, and what is dropped with a former kind.
 */
import { RelayError } from '../../../shared/api.ts';
import { askedMembers, typedText } from '../../../shared/endpoint-kinds/asked.ts';
import { kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import { isNoticeType } from '../../../shared/notices.ts';
import type { EndpointChange } from '../../../shared/schemas.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { whyOf } from '../../../shared/sentences/why.ts';
import type { EndpointRow } from '../store/endpoints.ts';
import { optionsOf, storedConfig } from './endpoint-options.ts';
import { behaviourOf } from './kinds/index.ts';
import type { KindSetUp } from './kinds/kind.ts';
import { sampleScope } from './sample-scope.ts';

/**
 * @param headers the names of the endpoint's own
 * @throws RelayError `bad_input` with the member that is missing
 */
export function refuseLacking({ kind, config }: KindSetUp, address: string, headers: readonly string[]): void {
  if (!URL.canParse(address)) return;
  const lacking = kindNamed(kind).lacks?.(new URL(address), config, headers) ?? null;
  if (lacking) throw new RelayError('bad_input', lacking.says, { member: `config.${lacking.member}` });
}

/**
 * @param events what it would be sent
 * @throws RelayError `bad_input` where it refuses some of it whatever that says
 */
export function refuseNotices(kind: KindSetUp['kind'], events: readonly EventType[]): void {
  const notice = kindNamed(kind).takesNotices === false ? events.find(isNoticeType) : undefined;
  if (notice !== undefined) {
    throw new RelayError('bad_input', sentence('problem.no_notices', { type: notice }), { member: 'events' });
  }
}

/** What its template makes nothing of: of no sample, it is as good as certain that it is wrong. */
export function askOfTemplate(setUp: KindSetUp): void {
  const behaviour = behaviourOf(setUp.kind);
  if (behaviour.isShared) return;
  const made = eventTypes.map((event) => behaviour.shape(sampleScope(event), setUp));
  const [first] = made;
  if (first === undefined || first.ok || made.some(({ ok }) => ok)) return;
  const { line, column, why } = first.problem;
  const says = sentence('problem.template_never', { ...whyOf(why), line, column });
  throw new RelayError('not_confirmed', says, { member: `config.${first.member ?? 'template'}` });
}

/** What a person chose for the kind that it has now is not kept beside the next one's. */
export function askOfDropped(row: EndpointRow, { kind }: Pick<EndpointChange, 'kind'>): void {
  const present = optionsOf(row).kind;
  if (kind === undefined || kind === present) return;
  const usual = new Map(askedMembers(present).map((member) => [member.name, member.usual]));
  const secrets = JSON.parse(row.kindSecretNames) as readonly { readonly name: string }[];
  const members = [
    ...Object.entries(storedConfig(row))
      .filter(([name, value]) => typedText(value) !== (usual.get(name) ?? ''))
      .map(([name]) => name),
    ...secrets.map(({ name }) => name),
  ];
  if (members.length === 0) return;
  throw new RelayError('not_confirmed', sentence('problem.kind_drops', { members: members.join(', ') }), {
    member: 'kind',
  });
}
