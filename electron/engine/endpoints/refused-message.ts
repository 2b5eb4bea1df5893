/** A template of an operator's own that makes what its service would certainly refuse: told before it is saved. */
import { RelayError } from '../../../shared/api.ts';
import type { Sentence } from '../../../shared/domain.ts';
import { kindNamed } from '../../../shared/endpoint-kinds/index.ts';
import { type EventType, eventTypes } from '../../../shared/events.ts';
import { sentence } from '../../../shared/sentences/sentence.ts';
import { whyOf } from '../../../shared/sentences/why.ts';
import { behaviourOf } from './kinds/index.ts';
import type { KindSetUp } from './kinds/kind.ts';
import { faultOfBody, type MessageFault } from './kinds/message-fault.ts';
import { sampleScope } from './sample-scope.ts';

interface Tried {
  readonly event: EventType;
  /** Null where its message is in order. */
  readonly fault: MessageFault | null;
}

/**
 * @param address where it goes
 * @param events what it would be sent
 * @param confirmed a person has said yes to what is only likely
 * @throws RelayError `bad_input` for a template of which no message can be taken; `not_confirmed` for one of which some
 *   sample's cannot: another event's may
 */
export function refuseUnfit(setUp: KindSetUp, address: string, events: readonly EventType[], confirmed: boolean): void {
  const { kind, config } = setUp;
  const { template } = config;
  if (typeof template !== 'string') return;
  const tried = messagesTried(setUp, address, events.length > 0 ? events : eventTypes);
  const unfit = tried.filter((each): each is Tried & { readonly fault: MessageFault } => each.fault !== null);
  const [first] = unfit;
  if (first === undefined) return;
  const service = kindNamed(kind).receivers[0]?.name ?? kind;
  const why = whyOf(first.fault.says);
  const isAll = unfit.length === tried.length;
  if (isAll && unfit.every(({ fault }) => isNever(fault, template))) {
    throw new RelayError('bad_input', sentence('problem.message_never', { ...why, service }), {
      member: 'config.template',
    });
  }
  if (confirmed) return;
  const says: Sentence = isAll
    ? sentence('problem.message_no_sample', { ...why, service })
    : sentence('problem.message_some', { ...why, service, event: first.event });
  throw new RelayError('not_confirmed', says, { member: 'config.template' });
}

/** Of the samples of which the template makes something. */
function messagesTried(setUp: KindSetUp, address: string, events: readonly EventType[]): Tried[] {
  const behaviour = behaviourOf(setUp.kind);
  if (behaviour.isShared) return [];
  const host = URL.canParse(address) ? new URL(address).hostname : '';
  return events.flatMap((event) => {
    const made = behaviour.shape(sampleScope(event), setUp);
    return made.ok ? [{ event, fault: faultOfBody(behaviour, setUp.kind, made.body, { host, address }) }] : [];
  });
}

/** What every message needs stands nowhere in the template, whatever an event says. */
const isNever = ({ lacks }: MessageFault, template: string): boolean =>
  lacks?.every((member) => !new RegExp(`\\b${member}\\b`).test(template)) ?? false;
