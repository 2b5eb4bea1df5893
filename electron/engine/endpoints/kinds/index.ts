/** Every kind's behaviour: a line for each, beside the one in `shared/endpoint-kinds/index.ts`. */
import type { EndpointKindName } from '../../../../shared/endpoint-kinds/index.ts';
import type { EndpointBehaviour, EventForBody } from './kind.ts';
import { webhook } from './webhook.ts';

const behaviours = { webhook, zapier: webhook, make: webhook } as const satisfies Record<
  EndpointKindName,
  EndpointBehaviour
>;

export const behaviourOf = (kind: EndpointKindName): EndpointBehaviour => behaviours[kind];

/**
 * The body of an event, as an endpoint of this kind gets it, for whoever shows it. While all kinds share their bodies it
 * needs nothing else; a kind that does not is stopped by the compiler here, and has to say what is shown of it.
 *
 * @param kind as it is stored; one that is not known is sent as a webhook
 */
export function shownBody(kind: string, event: EventForBody): string {
  const behaviour = Object.hasOwn(behaviours, kind) ? behaviours[kind as EndpointKindName] : behaviours.webhook;
  return behaviour.shape(event).body.toString('utf8');
}
